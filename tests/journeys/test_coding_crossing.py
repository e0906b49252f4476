"""Acts that cross on their way: a coding is changed before the store has it, or while somebody else changes it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, expect

from ia_workbench import codebook, coding
from tests.journeys.test_coding_mouse import add_rated_transcript, coding_of, open_coding, quote_of, resize_elsewhere
from tests.support.reading_page import names_beside, open_transcript, press, saved, stored
from tests.support.serving import Served
from tests.support.transcripts import CODINGS, KEY

SEVERAL = "**/codings/several"
ONE = f"**/sources/{KEY}/codings"
# What steps change is saved when the reader says so, not after a pause: machines that do other things as well are slow.
NO_PAUSE_ENDS = """
  const later = window.setTimeout;
  window.setTimeout = (act, pause, ...given) => later(act, pause === 800 ? 2 ** 31 - 1 : pause, ...given);
"""


@pytest.fixture
def ana(served: Served) -> Page:
    """Ana's browser on the page of a transcript whose code "bus timing" asks for a rating."""
    add_rated_transcript(served)
    page = served.sign_in(served.open_page(), "ana")
    page.route("**/*", lambda route: route.continue_())  # requests can be held from now on
    page.add_init_script(NO_PAUSE_ENDS)
    return open_transcript(served, page)


def select(page: Page, turn: int, words: int) -> None:
    """Select the first words of a turn by keys."""
    page.evaluate("location.hash = ''")
    page.evaluate(f"location.hash = '#turn-{turn}'")
    page.get_by_role("group", name="Words of the source").focus()
    press(page, "Home", *["Shift+ArrowRight"] * words)


def give_two(page: Page, turn: int = 11, words: int = 3) -> None:
    """Give the first words of a turn the first two codes of the codebook in one go."""
    select(page, turn, words)
    press(page, "c", "Space", "ArrowDown", "Space", "Enter")
    expect(names_beside(page, turn)).to_have_count(2)


def look(page: Page) -> None:
    """Let the page ask what changed, now."""
    with page.expect_response("**/changes.json*"):
        page.evaluate("dispatchEvent(new Event('online'))")


def held(page: Page, address: str) -> list[Route]:
    """Hold what is sent to an address; each is let through by `.continue_()`."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route))
    return waiting


def answers_held(page: Page, address: str) -> list[Callable[[], None]]:
    """Let requests through but hold their answers."""
    waiting: list[Callable[[], None]] = []

    def hold(route: Route) -> None:
        answer = route.fetch()
        waiting.append(lambda: route.fulfill(response=answer))

    page.route(address, hold)
    return waiting


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for something that the page does not show."""
    for _each in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come to hold")


def shown_and_stored_agree(served: Served, page: Page, turn: int, count: int) -> None:
    """Compare the codings beside a turn with what a fresh page shows."""
    expect(names_beside(page, turn)).to_have_count(count)
    labels = "(all) => all.map((each) => each.getAttribute('aria-label')).sort()"
    before = page.locator(f"#turn-{turn} .given button").evaluate_all(labels)
    open_transcript(served, page)
    expect(names_beside(page, turn)).to_have_count(count)
    assert page.locator(f"#turn-{turn} .given button").evaluate_all(labels) == before


def test_one_of_several_is_resized_before_the_store_has_them(served: Served, ana: Page) -> None:
    waiting = held(ana, SEVERAL)
    give_two(ana)
    press(ana, "Alt+Shift+ArrowRight")
    until(ana, lambda: bool(waiting))
    waiting[0].continue_()
    saved(ana)
    look(ana)
    assert sorted(len(each.excerpt.quote.split()) for each in stored(served)[-2:]) == [3, 4]
    shown_and_stored_agree(served, ana, 11, 2)


def test_one_of_several_gets_another_code_before_the_store_has_them(served: Served, ana: Page) -> None:
    waiting = held(ana, SEVERAL)
    give_two(ana)
    recode(ana, "staff")
    until(ana, lambda: bool(waiting))
    waiting[0].continue_()
    saved(ana)
    look(ana)
    given = [each.code.path for each in stored(served)[len(CODINGS) :]]
    assert (len(given), given.count("staff-goodwill")) == (2, 1)
    shown_and_stored_agree(served, ana, 11, 2)


def test_a_coding_changed_before_its_answer_came_is_known_again(served: Served, ana: Page) -> None:
    waiting = answers_held(ana, ONE)
    select(ana, 11, 3)
    press(ana, "c")
    ana.keyboard.type("staff")
    press(ana, "Enter")
    recode(ana, "bus")
    until(ana, lambda: bool(waiting))
    look(ana)  # names it before its own answer does
    waiting[0]()
    saved(ana)
    look(ana)
    shown_and_stored_agree(served, ana, 11, 1)
    assert stored(served)[-1].code.path == "means/bus-timing"


def recode(page: Page, typed: str) -> None:
    """Give the open coding another code."""
    page.get_by_role("button", name="Change code…").click()
    page.keyboard.type(typed)
    press(page, "Enter")


def test_what_steps_change_stays_the_readers_when_somebody_else_was_first(served: Served, ana: Page) -> None:
    open_coding(ana, 5, "bus timing")
    ana.get_by_role("slider", name="End of “bus timing”").focus()
    press(ana, "ArrowLeft", "ArrowLeft")
    wanted = ana.locator("#at-words").inner_text()
    assert not wanted.endswith("ten-twenty”")
    resize_elsewhere(served)
    look(ana)
    press(ana, "Alt")  # letting it go says so
    dialog = ana.get_by_role("dialog", name="Somebody else was here first")
    expect(dialog.locator("#conflict-theirs")).to_contain_text("“bus from the east side only gets in at ten-twenty”")
    expect(dialog.locator("#conflict-mine")).to_contain_text(wanted)
    dialog.get_by_role("button", name="Do mine again").click()
    saved(ana)
    assert f"“{quote_of(served, 'means/bus-timing')}”" == wanted


def test_what_is_removed_is_not_changed_as_well(served: Served, ana: Page) -> None:
    open_coding(ana, 5, "bus timing")
    ana.get_by_role("slider", name="End of “bus timing”").focus()
    press(ana, "ArrowLeft", "u")
    saved(ana)
    expect(ana.locator("#conflict")).to_be_hidden()
    expect(ana.locator("#unsaved")).to_be_hidden()
    assert "means/bus-timing" not in {each.code.path for each in stored(served)}
    press(ana, "Control+z")
    saved(ana)
    assert quote_of(served, "means/bus-timing").endswith("ten-twenty")


@pytest.mark.parametrize("theirs", ["removed", "resized"])
def test_taking_back_what_steps_changed_leaves_what_somebody_else_did(served: Served, ana: Page, theirs: str) -> None:
    open_coding(ana, 5, "bus timing")
    ana.get_by_role("slider", name="End of “bus timing”").focus()
    press(ana, "ArrowLeft")
    if theirs == "resized":
        resize_elsewhere(served)
    else:
        remove_elsewhere(served)
    look(ana)
    press(ana, "Control+z")
    ana.wait_for_timeout(100)
    shown_and_stored_agree(served, ana, 5, 3 if theirs == "resized" else 2)


def remove_elsewhere(served: Served) -> None:
    """Remove the coding of the bus, as somebody in another window does."""
    ana = served.home.actor("ana")
    with served.home.session(ana) as session:
        made = coding.coding_by_guid(session, coding_of(served, "means/bus-timing").guid)
        coding.remove_coding(session, ana, coding=made)


def test_a_removal_taken_over_by_another_window_is_not_lost(served: Served, ana: Page) -> None:
    for address in (SEVERAL, "**/remove"):
        ana.context.route(address, lambda route: route.abort())
    ana.unroute("**/*")
    give_two(ana)
    press(ana, "u")
    second = ana.context.new_page()
    second.route("**/*", lambda route: route.fallback())
    open_transcript(served, second)
    expect(names_beside(second, 11)).to_have_count(2)
    for address in (SEVERAL, "**/remove"):
        second.route(address, lambda route: route.abort())
    ana.context.unroute(SEVERAL)
    until(ana, lambda: len(stored(served)) == len(CODINGS) + 2)
    second.unroute(SEVERAL)
    second.unroute("**/remove")
    ana.context.unroute("**/remove")
    for page in (second, ana):
        page.evaluate("dispatchEvent(new Event('online'))")
    for page in (second, ana):
        expect(page.locator("#saving-words")).to_have_text(re.compile("^(All saved|Saved .*)$"))
    assert len(stored(served)) == len(CODINGS) + 1


def test_what_waits_follows_its_code_when_that_is_moved_or_merged(served: Served, ana: Page) -> None:
    ana.context.set_offline(True)
    for words, typed in ((2, "bus"), (3, "office")):
        select(ana, 11, words)
        press(ana, "c")
        ana.keyboard.type(typed)
        press(ana, "Enter")
    lead = served.home.actor("ana")
    with served.home.session(lead) as session:
        at = lambda path: codebook.code_at(session, served.home.study_id, path)  # noqa: E731
        codebook.move_code(session, lead, code=at("means/bus-timing"), parent=at("court-reports"))
        coding.merge_codes(session, lead, code=at("family-time/office-hours"), into=at("staff-goodwill"))
    ana.context.set_offline(False)
    saved(ana)
    look(ana)
    assert [each.code.path for each in stored(served)[-2:]] == ["court-reports/bus-timing", "staff-goodwill"]
    shown_and_stored_agree(served, ana, 11, 2)


def test_undo_takes_back_the_last_act_and_not_one_that_was_refused_before(served: Served, ana: Page) -> None:
    path = "court-reports/proof-asked"
    lead = served.home.actor("ana")
    ana.context.set_offline(True)
    select(ana, 11, 4)
    give(ana, "proof")
    with served.home.session(lead) as session:
        coding.remove_code(session, lead, code=codebook.code_at(session, served.home.study_id, path))
    ana.context.set_offline(False)
    expect(ana.locator("#saving-words")).to_contain_text(f"There is no code {path}")
    select(ana, 12, 3)
    give(ana, "staff")
    until(ana, lambda: len(stored(served)) == len(CODINGS) + 1)
    press(ana, "Control+z")
    expect(names_beside(ana, 12)).to_have_count(0)
    expect(names_beside(ana, 11)).to_have_text(["proof asked of parent, not saved"])
    assert len(stored(served)) == len(CODINGS)


def give(page: Page, typed: str) -> None:
    """Give the selected words the code that is found first."""
    press(page, "c")
    page.keyboard.type(typed)
    press(page, "Enter")


def test_what_was_done_to_several_offline_outlives_a_reload(served: Served, ana: Page) -> None:
    ana.route("**/codings/**", lambda route: route.abort())
    give_two(ana)
    gone = ana.locator(".code.open .name").inner_text()
    press(ana, "u")
    expect(ana.locator("#turn-11 .given button", has_text=gone)).to_contain_text("not saved")
    ana.locator("#turn-11 .given button", has_text=gone).click()
    expect(ana.get_by_role("button", name="Change code…")).to_be_hidden()  # it is going
    ana.locator("#turn-11 .given button").filter(has_not_text=gone).click()
    recode(ana, "staff")
    ana.wait_for_timeout(300)  # what is kept is written
    open_transcript(served, ana)
    expect(ana.locator("#turn-11 .given button", has_text="staff goodwill")).to_be_visible()
    ana.unroute("**/codings/**")
    ana.evaluate("dispatchEvent(new Event('online'))")
    saved(ana)
    assert [each.code.path for each in stored(served)[len(CODINGS) :]] == ["staff-goodwill"]
    shown_and_stored_agree(served, ana, 11, 1)


def test_codes_are_counted_in_the_study_whatever_is_on_its_way_when_the_codebook_changes(
    served: Served, ana: Page
) -> None:
    waiting = held(ana, ONE)
    select(ana, 11, 3)
    give(ana, "staff")
    until(ana, lambda: bool(waiting))
    lead = served.home.actor("ana")
    with served.home.session(lead) as session:
        code = codebook.code_at(session, served.home.study_id, "family-time/office-hours")
        wording = replace(codebook.wording_of(code), definition="Nothing after five.")
        codebook.change_code(session, lead, code=code, wording=wording)
    look(ana)
    waiting[0].continue_()
    saved(ana)
    counted(ana, "staff goodwill", "2 here, 2 in study")
    open_coding(ana, 5, "bus timing")
    recode(ana, "staff")
    saved(ana)
    counted(ana, "staff goodwill", "3 here, 3 in study")
    counted(ana, "bus timing", "0 here, 0 in study")


def counted(page: Page, name: str, words: str) -> None:
    """Expect how often the picker says that a code was given."""
    select(page, 1, 2)
    press(page, "c")
    expect(page.locator("#pick-list").get_by_role("option", name=name).locator(".num")).to_have_text(words)
    press(page, "Escape")
