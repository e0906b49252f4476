"""Correcting in a real browser: from the turn at hand to the excerpts before and after, by keys alone."""

import re

from playwright.sync_api import expect

from ia_workbench import coding, corpus
from tests.support.serving import Served, axe_findings
from tests.support.transcripts import KEY, add_transcript

SOURCE = f"/s/cedar/sources/{KEY}"


def test_the_turn_at_hand_is_corrected_and_its_codings_are_confirmed_by_keys(served: Served) -> None:
    add_transcript(served.home)
    ana = served.home.actor("ana")
    with served.home.session(ana, writes=False) as session:
        source = corpus.source_keyed(session, served.home.study_id, KEY)
        first = coding.codings(session, served.home.study_id, source=source)[0].excerpt
        turn = corpus.turn_at(session, first.revision_id, first.start).number
        word = re.findall(r"\w{4,}", first.quote)[-1]
    page = served.sign_in(served.open_page(), "ana")
    page.goto(f"{served.team}{SOURCE}/code")
    expect(page.locator("#turn-1 .lane").first).to_be_attached()
    page.locator("#text").focus()
    for _step in range(turn - 1):
        page.keyboard.press("j")
    expect(page.locator("#place")).to_contain_text(f"Turn {turn} ")
    page.locator("#correct").click()
    field = page.get_by_label("Words as they should be")
    assert word in field.input_value()
    field.fill(field.input_value().replace(word, "otherwise"))
    page.get_by_role("button", name="Save the correction").click()
    expect(page).to_have_url(re.compile(r"/revisions/2\?said=corrected$"))
    assert not axe_findings(page)
    waiting = page.locator("li.waits")
    for left in range(waiting.count(), 0, -1):
        expect(waiting).to_have_count(left)
        page.keyboard.press("j")
        page.keyboard.press("y")
        page.wait_for_url(re.compile(r"said=settled"))
        expect(waiting).to_have_count(left - 1)
    with served.home.session(ana, writes=False) as session:
        source = corpus.source_keyed(session, served.home.study_id, KEY)
        assert coding.unsettled_on(session, source) == {}
        assert any("otherwise" in each.excerpt.quote for each in coding.codings(session, served.home.study_id))
