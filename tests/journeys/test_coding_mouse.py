"""Changing codings in place in a real browser: by mouse, by finger and by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from ia_workbench import codebook, coding
from ia_workbench.coding import Coding
from ia_workbench.kernel import Span
from tests.support.fingers import Finger
from tests.support.reading_page import (
    acts_kept,
    centre_of,
    drag,
    middle_of,
    names_beside,
    open_transcript,
    press,
    saved,
    stored,
)
from tests.support.serving import PHONE, Served, axe_findings
from tests.support.transcripts import CODINGS, add_transcript, span_of

SCALE = ["slight", "marked", "strong"]


@pytest.fixture
def ana(served: Served) -> Page:
    """Ana's browser on the page of a transcript whose code "bus timing" asks for a rating."""
    add_rated_transcript(served)
    return open_transcript(served, served.sign_in(served.open_page(), "ana"))


def add_rated_transcript(served: Served) -> None:
    add_transcript(served.home)
    with served.home.session(served.home.actor("ana")) as session:
        codebook.code_at(session, served.home.study_id, "means/bus-timing").scale = SCALE


def coding_of(served: Served, path: str) -> Coding:
    """The first coding with a code."""
    return next(each for each in stored(served) if each.code.path == path)


def quote_of(served: Served, path: str) -> str:
    return coding_of(served, path).excerpt.quote


def open_coding(page: Page, turn: int, name: str) -> None:
    """Open a coding by its name beside a turn."""
    page.locator(f"#turn-{turn} .given button", has_text=name).first.click()
    expect(page.locator(".code.open .name")).to_have_text(name)


def drag_handle(page: Page, edge: str, place: tuple[float, float]) -> None:
    """Drag a handle of the open coding so that its words begin or end at a place."""
    handle = page.get_by_role("slider", name=f"{edge} of “bus timing”")
    x, y = centre_of(handle)
    beyond = (handle.bounding_box() or {})["width"] / 2 - 1
    drag(page, (x, y), (place[0] + (beyond if edge == "End" else -beyond), place[1]))


def test_the_end_of_a_coding_is_dragged_and_one_undo_takes_it_back(served: Served, ana: Page) -> None:
    open_coding(ana, 5, "bus timing")
    handle = ana.get_by_role("slider", name="End of “bus timing”")
    box = handle.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    kept = acts_kept(served)
    drag_handle(ana, "End", middle_of(ana, 5, "for."))
    expect(ana.locator("#at-words")).to_have_text(re.compile("^“the bus from .* I was late for”$"))
    saved(ana)
    assert quote_of(served, "means/bus-timing").endswith("I was late for")
    assert acts_kept(served) == kept + 1
    expect(handle).to_have_attribute("aria-valuetext", "for, turn 5")
    press(ana, "Control+z")
    expect(ana.locator("#at-words")).to_have_text(re.compile("ten-twenty”$"))
    saved(ana)
    assert quote_of(served, "means/bus-timing").endswith("ten-twenty")


def test_with_alt_a_handle_stops_inside_a_word_and_escape_leaves_all_as_it_was(served: Served, ana: Page) -> None:
    open_coding(ana, 5, "bus timing")
    ana.mouse.move(*centre_of(ana.get_by_role("slider", name="Start of “bus timing”")))
    ana.mouse.down()
    ana.mouse.move(*middle_of(ana, 5, "missed"), steps=4)
    expect(ana.locator("#at-words")).to_have_text(re.compile("^“missed three, and the bus"))
    press(ana, "Escape")
    ana.mouse.up()
    expect(ana.locator("#at-words")).to_have_text(re.compile("^“the bus"))
    ana.keyboard.down("Alt")
    drag_handle(ana, "Start", middle_of(ana, 5, "missed"))
    ana.keyboard.up("Alt")
    saved(ana)
    assert quote_of(served, "means/bus-timing").startswith("sed three, and the bus")


def test_both_ends_move_by_keys_from_the_words_and_are_saved_as_one_act(served: Served, ana: Page) -> None:
    open_coding(ana, 5, "bus timing")
    kept = acts_kept(served)
    ana.keyboard.down("Alt")
    press(ana, *["Shift+ArrowRight"] * 4, "Shift+ArrowLeft", *["Shift+ArrowUp"] * 2, "Shift+ArrowDown")
    expect(ana.locator("#at-words")).to_have_text(
        "“and the bus from the east side only gets in at ten-twenty, so the ones”"
    )
    ana.keyboard.up("Alt")
    saved(ana)
    assert (
        quote_of(served, "means/bus-timing") == "and the bus from the east side only gets in at ten-twenty, so the ones"
    )
    press(ana, "Control+z")
    expect(ana.locator("#at-words")).to_have_text(re.compile("^“the bus"))
    assert kept < acts_kept(served)


def test_a_handle_is_a_slider_that_arrows_move(served: Served, ana: Page) -> None:
    open_coding(ana, 5, "bus timing")
    handle = ana.get_by_role("slider", name="End of “bus timing”")
    handle.focus()
    press(ana, "ArrowRight", "ArrowRight", "Alt+ArrowLeft")
    expect(handle).to_have_attribute("aria-valuetext", "th, turn 5")
    expect(handle).to_be_focused()
    press(ana, "Enter")
    expect(ana.get_by_role("group", name="Words of the source")).to_be_focused()
    saved(ana)
    assert quote_of(served, "means/bus-timing").endswith("ten-twenty, so th")


def test_words_that_have_the_code_already_are_refused_and_the_end_snaps_back(served: Served, ana: Page) -> None:
    add_double(served)
    ana.reload()
    expect(ana.locator("html.has-codings")).to_be_attached()
    open_coding(ana, 5, "bus timing")
    before = ana.locator("#at-words").inner_text()
    press(ana, "Alt+Shift+ArrowLeft")
    expect(ana.locator("#saving-words")).to_contain_text("These words have this code")
    expect(ana.locator("#at-words")).to_have_text(before)
    assert quote_of(served, "means/bus-timing").endswith("ten-twenty")


def add_double(served: Served) -> None:
    """Code the same words but the last with the same code."""
    ana = served.home.actor("ana")
    first = coding_of(served, "means/bus-timing")
    with served.home.session(ana) as session:
        found = coding.coding_by_guid(session, first.guid).excerpt
        span = Span(found.start, found.start + len(found.quote.rsplit(" ", 1)[0]))
        code = codebook.code_at(session, served.home.study_id, "means/bus-timing")
        coding.apply_code(session, ana, revision=found.revision, span=span, code=code)


def resize_elsewhere(served: Served) -> None:
    """Begin the coding of the bus with its second word, as somebody in another window does."""
    with served.home.session(served.home.actor("ana")) as session:
        made = coding.coding_by_guid(session, coding_of(served, "means/bus-timing").guid)
        span = span_of("bus from", "ten-twenty")
        coding.resize_coding(session, served.home.actor("ana"), coding=made, revision=made.excerpt.revision, span=span)


def test_what_somebody_else_changed_meanwhile_is_chosen_on_the_page(served: Served, ana: Page) -> None:
    open_coding(ana, 5, "bus timing")
    ana.route("**/changes.json*here=1*", lambda route: route.abort())
    resize_elsewhere(served)
    press(ana, "Alt+Shift+ArrowUp")
    dialog = ana.get_by_role("dialog", name="Somebody else was here first")
    expect(dialog).to_be_visible()
    ana.unroute("**/changes.json*here=1*")
    expect(dialog.locator("#conflict-theirs")).to_have_text(
        "bus timing, turn 5: “bus from the east side only gets in at ten-twenty”"
    )
    expect(dialog.locator("#conflict-mine")).to_have_text(
        "bus timing, turn 5: “and the bus from the east side only gets in at ten-twenty”"
    )
    assert axe_findings(ana) == []
    dialog.get_by_role("button", name="Do mine again").click()
    saved(ana)
    assert quote_of(served, "means/bus-timing").startswith("and the bus")
    ana.route("**/changes.json*here=1*", lambda route: route.abort())
    resize_elsewhere(served)
    press(ana, "Alt+Shift+ArrowUp")
    expect(dialog).to_be_visible()
    ana.unroute("**/changes.json*here=1*")
    dialog.get_by_role("button", name="Keep theirs").click()
    saved(ana)
    assert quote_of(served, "means/bus-timing").startswith("bus from")
    expect(ana.locator("#turn-5 .given button", has_text="bus timing")).to_have_attribute(
        "aria-label", re.compile(": bus from")
    )


def test_several_codes_are_ticked_and_given_as_one_act(served: Served, ana: Page) -> None:
    kept = acts_kept(served)
    drag(ana, middle_of(ana, 7, "missed"), middle_of(ana, 7, "visits"))
    press(ana, "c")
    first_two = ana.locator("#pick-list [role=option] b").all_inner_texts()[:2]
    press(ana, "Space", "ArrowDown", "Space")
    ana.keyboard.type("left out")
    press(ana, "Control+Enter")
    expect(ana.get_by_role("button", name="Give 3 codes")).to_be_visible()
    expect(ana.locator("#pick-list [aria-selected=true] b")).to_have_text(["reason left out"])
    assert axe_findings(ana) == []
    press(ana, "Enter")
    saved(ana)
    given = [each.code.name for each in stored(served) if each.excerpt.quote == "missed five of nine visits"]
    assert sorted(given) == sorted([*first_two, "reason left out"])
    assert acts_kept(served) == kept + 1
    press(ana, "Control+z")
    expect(names_beside(ana, 7)).to_have_text(["read as unwilling"])
    saved(ana)
    assert len(stored(served)) == len(CODINGS)


def test_a_coding_is_rated_marked_and_given_another_code_in_its_card(served: Served, ana: Page) -> None:
    open_coding(ana, 5, "bus timing")
    at, top = ana.locator("#at-words").inner_text(), ana.locator("#text").evaluate("(area) => area.scrollTop")
    press(ana, "Enter", "2")
    expect(ana.get_by_role("radio", name="marked")).to_be_checked()
    saved(ana)
    beside = ana.locator("#turn-5 .given button", has_text="bus timing")
    expect(beside).to_have_attribute("aria-label", re.compile("^bus timing, ana, marked: "))
    ana.get_by_role("button", name="Important", exact=True).click()
    expect(ana.get_by_role("button", name="Important", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(ana.get_by_role("button", name="Important", exact=True)).to_be_focused()
    expect(beside).to_have_attribute("aria-label", re.compile("^bus timing, ana, important, marked: "))
    saved(ana)
    made = coding_of(served, "means/bus-timing")
    assert (made.rating, made.is_important) == (2, True)
    assert ana.locator("#at-words").inner_text() == at
    assert ana.locator("#text").evaluate("(area) => area.scrollTop") == top
    ana.get_by_role("button", name="Change code…").click()
    ana.keyboard.type("shift")
    press(ana, "Enter")
    expect(ana.locator(".code.open .name")).to_have_text("shift work")
    saved(ana)
    expect(ana.locator("#tree [role=treeitem]", has_text="bus timing").locator(".n")).to_have_text("")
    press(ana, "Control+z", "Control+z", "Control+z")
    saved(ana)
    made = coding_of(served, "means/bus-timing")
    assert (made.rating, made.is_important) == (None, False)


def test_a_code_is_dragged_onto_the_selection_or_onto_a_sentence(served: Served, ana: Page) -> None:
    drag(ana, middle_of(ana, 9, "partner"), middle_of(ana, 9, "before"))
    drag_code(ana, "staff goodwill", 9, "seen")
    saved(ana)
    assert stored(served)[-1].excerpt.quote == "partner. She had seen it before"
    drag_code(ana, "missed visit", 7, "plant")
    saved(ana)
    last = stored(served)[-1]
    assert (last.excerpt.quote, last.code.path) == (
        "It does not say anything about the plant.",
        "family-time/missed-visit",
    )


def drag_code(page: Page, name: str, turn: int, words: str) -> None:
    """Drag a code of the tree onto words."""
    page.mouse.move(*centre_of(page.get_by_role("treeitem", name=name)))
    page.mouse.down()
    page.mouse.move(*middle_of(page, turn, words), steps=5)
    shows = page.evaluate("CSS.highlights.get('offered').size")
    page.mouse.up()
    assert shows, "where it would be given is shown before it is let go"


def test_a_finger_selects_a_word_takes_more_and_codes_it(served: Served) -> None:
    add_rated_transcript(served)
    page = served.sign_in(served.open_page(PHONE, has_touch=True, is_mobile=True), "ana")
    open_transcript(served, page)
    finger = Finger(page)
    page.locator("#turn-5").scroll_into_view_if_needed()
    finger.press_long(*middle_of(page, 5, "traded"))
    expect(page.locator("#at-words")).to_have_text("“traded”")
    finger.drag(centre_of(page.get_by_role("slider", name="End of “the selection”")), middle_of(page, 5, "twice"))
    expect(page.locator("#at-words")).to_have_text("“traded shifts twice”")
    page.get_by_role("button", name="Code the words").tap()
    page.locator("#pick-list").get_by_role("option", name="bus timing").locator(".tick").tap()
    page.locator("#pick-list").get_by_role("option", name="staff goodwill").tap()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Give 2 codes").tap()
    saved(page)
    given = [each.code.path for each in stored(served) if each.excerpt.quote == "traded shifts twice"]
    assert sorted(given) == ["means/bus-timing", "staff-goodwill"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_handles_and_a_rated_card(served: Served, theme: str) -> None:
    add_rated_transcript(served)
    page = open_transcript(served, served.sign_in(served.open_page(color_scheme=theme), "ana"))
    open_coding(page, 5, "bus timing")
    press(page, "Enter", "1")
    page.get_by_role("button", name="Important", exact=True).click()
    saved(page)
    assert axe_findings(page) == []
