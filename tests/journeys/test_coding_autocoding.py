"""Autocoding and suggestions in the coding screen, by keys alone."""

import pytest
from playwright.sync_api import Page, expect

from ia_workbench import coding
from tests.support.serving import Served, axe_findings
from tests.support.transcripts import KEY, add_transcript

PAGE = f"/s/cedar/sources/{KEY}/code"


@pytest.fixture
def ana(served: Served) -> Page:
    """Ana's browser on the page of a transcript that three people have coded."""
    add_transcript(served.home)
    page = served.sign_in(served.open_page(), "ana")
    page.goto(f"{served.team}{PAGE}")
    expect(page.locator("html.has-codings")).to_be_attached()
    page.locator("#text").focus()
    return page


def coded(served: Served, path: str) -> list[str]:
    """The words that have a code."""
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        made = coding.codings(session, served.home.study_id)
        return sorted(each.excerpt.quote for each in made if each.code.path == path)


def test_a_rule_is_tried_looked_through_accepted_and_undone_by_keys_alone(served: Served, ana: Page) -> None:
    path = "family-time/office-hours"
    before = coded(served, path)
    ana.keyboard.press("a")
    ana.keyboard.type("the form")
    ana.keyboard.press("Tab")
    ana.keyboard.type("office")
    expect(ana.locator("#autocode-code")).to_have_value(path)
    ana.keyboard.press("Tab")
    ana.keyboard.press("Enter")
    expect(ana.locator("#autocode-matches li")).to_have_count(2)
    assert coded(served, path) == before, "nothing is stored before it is accepted"
    expect(ana.locator("#autocode-matches input").first).to_be_focused()
    assert not axe_findings(ana)
    ana.keyboard.press("n")
    ana.keyboard.press("y")
    expect(ana.locator("#autocode-accept")).to_have_text("Code 1 place")
    ana.keyboard.press("Tab")
    ana.keyboard.press("Enter")
    expect(ana.locator("#autocode")).to_be_hidden()
    expect(ana.locator("#turn-2 .given button .name")).to_have_text("office hours only")
    assert coded(served, path) == sorted([*before, "the form"])
    ana.keyboard.press("Control+z")
    expect(ana.locator("#turn-2 .given button")).to_have_count(0)
    assert coded(served, path) == before


def test_what_is_typed_takes_the_place_of_the_selected_words(ana: Page) -> None:
    press = ana.keyboard.press
    press("Shift+ArrowRight")
    press("Shift+ArrowRight")
    press("a")
    words = ana.locator("#autocode [name=words]")
    expect(words).to_have_value("The worker")
    ana.keyboard.type("the form")
    expect(words).to_have_value("the form")


def test_suggestions_come_into_their_own_place_and_one_is_applied_by_its_number(served: Served, ana: Page) -> None:
    for _turn in range(8):
        ana.keyboard.press("j")
    ana.keyboard.press("Shift+End")
    with ana.expect_request("**/suggestions") as asked:
        ana.keyboard.press("c")
        first = ana.locator("#pick-0").bounding_box()
    assert set(asked.value.post_data_json) == {"revision", "start", "end"}, "places are sent, and no words"
    options = ana.locator("#likely-list [role=option]")
    expect(options.first).to_contain_text(f"seen in {KEY}")
    assert ana.locator("#pick-0").bounding_box() == first, "nothing under the reader's hand moves"
    expect(ana.locator("#likely-count")).not_to_be_empty()
    assert not axe_findings(ana)
    name = options.first.locator("b").inner_text()
    ana.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    ana.keyboard.press("ArrowDown")
    ana.keyboard.press("1")
    expect(ana.locator("#picker")).to_be_hidden()
    expect(ana.locator("#turn-9 .given button .name", has_text=name)).to_be_attached()
