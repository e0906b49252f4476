"""Masking a source by keys alone, to the signature of a second person."""

import re

from playwright.sync_api import Page, expect

from ia_workbench import corpus, masking
from ia_workbench.masking import MarkState, TextState
from tests.support.masking import named_source
from tests.support.serving import Served, axe_findings

LOADING_A_MODEL = 60_000  # ms, on a machine that does much else
PLACE = "/s/cedar/sources/INT-001/mask"


def press_and_wait(page: Page, key: str) -> None:
    """Press a key that decides, and wait for the next mark: keys count only for a mark that is shown."""
    before = page.locator("#decide [name=mark]").input_value() + page.locator("#decide [name=version]").input_value()
    page.keyboard.press(key)
    now = page.locator("#decide [name=mark]")
    for _turn in range(400):  # twenty seconds at least
        if now.input_value() + page.locator("#decide [name=version]").input_value() != before:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{key} did nothing")


def test_a_source_is_masked_by_keys_and_signed_by_a_second_person(served: Served) -> None:
    ana = served.home.actor("ana")
    with served.home.session(ana) as session:
        named_source(session, served.home)
    page = served.sign_in(served.open_page(), "ana")
    page.goto(served.team + PLACE)
    page.get_by_role("button", name="Look for identifiers").press("Enter", no_wait_after=True)
    expect(page.locator("#decide .swap b")).to_have_text("TASHA BRENNICK", timeout=LOADING_A_MODEL)
    assert not axe_findings(page)
    page.keyboard.press("e")
    expect(page.locator("#instead")).to_be_focused()
    page.keyboard.type("Dana Reed")
    press_and_wait(page, "Enter")
    expect(page.locator("#turns .m.yes")).to_have_count(5)
    expect(page.locator("#turn-2")).to_contain_text("Dana")
    press_and_wait(page, "n")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+z")
    expect(page.locator("#queue li.rejected")).to_have_count(0)
    while page.locator("#queue li.proposed").count():
        press_and_wait(page, "Enter")
    page.locator("#turn-3 [data-s]", has_text="is my married name").evaluate(
        "(each) => getSelection().setBaseAndExtent(each.firstChild, 7, each.firstChild, 14)"
    )
    page.keyboard.press("m")
    expect(page.locator("#missed-words")).to_have_value("married")
    page.keyboard.type("other")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-3 .m", has_text="other")).to_be_visible()
    page.get_by_role("button", name="Send to second reader").press("Enter", no_wait_after=True)
    expect(page.get_by_role("heading", name="Masked text")).to_be_visible(timeout=LOADING_A_MODEL)
    expect(
        page.get_by_text("Another person of the study must sign it: it waits on their first page of the study.")
    ).to_be_visible()
    second = served.sign_in(served.open_page(), "ben")
    second.goto(f"{served.team}{PLACE}/text")
    assert not axe_findings(second)
    shown = second.locator(".masked-turns")
    expect(shown).not_to_contain_text(re.compile("tasha|brennick|halvorsen|8821|married", re.IGNORECASE))
    second.get_by_role("button", name="Sign: this identifies no one").press("Enter")
    expect(second.get_by_text("signed by ben")).to_be_visible()
    with served.home.session(ana, writes=False) as session:
        source = corpus.source_keyed(session, served.home.study_id, "INT-001")
        assert masking.standing_of(session, source).state is TextState.SIGNED
        assert {each.state for each in masking.marks_of(session, source)} == {MarkState.ACCEPTED}
    page.goto(f"{served.team}{PLACE}")
    send = page.get_by_role("button", name="Send to second reader")
    expect(send).to_have_count(0)  # it is signed, and nothing changed since
    address = page.locator("#queue li.accepted a[data-go]").first.get_attribute("href")
    page.goto(f"{served.team}{PLACE}{address}")  # a page of its own: keys count only for a mark that is shown
    expect(page.locator("#turns .m.now")).to_have_count(1)
    press_and_wait(page, "n")
    expect(send).to_be_visible()
