"""Coding a transcript in a real browser: with the mouse, and by keys alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.reading_page import (
    PAGE,
    drag,
    middle_of,
    names_beside,
    newest,
    open_transcript,
    press,
    saved,
    stored,
)
from tests.support.serving import PHONE, Served, axe_findings
from tests.support.transcripts import CODINGS, add_transcript


@pytest.fixture
def ana(served: Served) -> Page:
    """Ana's browser on the page of a transcript that three people have coded."""
    add_transcript(served.home)
    return open_transcript(served, served.sign_in(served.open_page(), "ana"))


def drag_over(page: Page, turn: int, first: str, last: str) -> None:
    """Drag the mouse from the middle of the first words to the middle of the last ones."""
    drag(page, middle_of(page, turn, first), middle_of(page, turn, last))


def test_words_are_coded_with_the_mouse_in_whole_words(served: Served, ana: Page) -> None:
    drag_over(ana, 7, "missed", "visits")
    expect(ana.locator("#at-words")).to_have_text("“missed five of nine visits”")
    ana.get_by_role("button", name="Code", exact=True).click()
    expect(ana.locator("#pick-place")).to_have_text("5 words, turn 7")
    ana.locator("#picker").get_by_role("option", name="reason left out").click()
    saved(ana)
    assert newest(served) == ("missed five of nine visits", "court-reports/reason-left-out")
    expect(names_beside(ana, 7)).to_have_text(["reason left out", "read as unwilling"])
    expect(ana.locator("#mine")).to_have_text("9 codings by you")


def test_with_alt_the_mouse_selects_exact_characters(ana: Page) -> None:
    ana.keyboard.down("Alt")
    drag_over(ana, 7, "missed", "visits")
    ana.keyboard.up("Alt")
    expect(ana.locator("#at-words")).to_have_text("“sed five of nine vis”")


def test_a_coding_in_the_address_is_opened(served: Served, ana: Page) -> None:
    made = next(each for each in stored(served) if each.code.path == "means/bus-timing")
    ana.goto(f"{served.team}{PAGE}?coding={made.guid}#turn-5")
    expect(ana.locator(".code.open .name")).to_have_text("bus timing")
    expect(ana.locator("#at-words")).to_have_text(f"“{made.excerpt.quote}”")


def test_a_page_that_was_just_opened_takes_the_keys_of_the_transcript(served: Served, ana: Page) -> None:
    expect(ana.locator("body")).to_be_focused()
    press(ana, "j", "j", "j", "j", "j", "j", *["Shift+ArrowRight"] * 2, "c")
    expect(ana.locator("#pick-place")).to_have_text("2 words, turn 7")
    press(ana, "Escape")
    expect(ana.get_by_role("group", name="Words of the source")).to_be_focused()
    ana.locator("main").evaluate("(main) => main.focus()")  # elsewhere on the page they are not ours
    press(ana, "c")
    expect(ana.locator("#pick-place")).to_be_hidden()


def test_a_code_of_the_tree_is_given_with_one_click(served: Served, ana: Page) -> None:
    drag_over(ana, 9, "partner", "before")
    ana.get_by_role("treeitem", name="staff goodwill").click()
    saved(ana)
    assert newest(served) == ("partner. She had seen it before", "staff-goodwill")


def test_words_are_coded_and_uncoded_by_keys_alone(served: Served, ana: Page) -> None:
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, "j", "j", "j", "j", "j", "j", *["Shift+ArrowRight"] * 10, "c")
    field = ana.get_by_role("combobox", name="Find a code")
    expect(field).to_be_focused()
    ana.keyboard.type("left out")
    press(ana, "Enter")
    saved(ana)
    assert newest(served) == ("In the court report it says I missed five of", "court-reports/reason-left-out")
    expect(ana.get_by_role("group", name="Words of the source")).to_be_focused()
    press(ana, "u")
    expect(names_beside(ana, 7)).to_have_text(["read as unwilling"])
    saved(ana)
    expect(ana.locator("#mine")).to_have_text("8 codings by you")
    assert len(stored(served)) == len(CODINGS)


def test_an_act_is_undone(served: Served, ana: Page) -> None:
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, "j", "Shift+End", "c", "Enter")
    expect(names_beside(ana, 2)).to_have_count(1)
    press(ana, "Control+z")
    expect(names_beside(ana, 2)).to_have_count(0)
    saved(ana)
    ana.reload()
    expect(names_beside(ana, 2)).to_have_count(0)
    assert len(stored(served)) == len(CODINGS)


def test_closing_the_picker_gives_the_focus_and_the_selection_back(ana: Page) -> None:
    words = ana.get_by_role("group", name="Words of the source")
    words.focus()
    press(ana, "Shift+ArrowRight", "Shift+ArrowRight", "c", "Escape")
    expect(words).to_be_focused()
    expect(ana.locator("#at-words")).to_have_text("“The worker”")


def test_the_picker_stands_under_the_selection_and_covers_neither_it_nor_its_lanes(ana: Page) -> None:
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, *["j"] * 11, "Shift+End", "c")
    picker = ana.locator("#picker").bounding_box()
    words = ana.locator("#turn-12 .speech").bounding_box()
    lanes = ana.locator("#turn-9 .given").bounding_box()
    assert picker is not None
    assert words is not None
    assert lanes is not None
    assert picker["y"] >= words["y"] + words["height"]
    assert picker["x"] + picker["width"] <= lanes["x"]
    assert picker["y"] + picker["height"] <= 900


def test_exact_characters_are_selected_with_alt(served: Served, ana: Page) -> None:
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, *["j"] * 11, *["ArrowRight"] * 3, "Shift+ArrowRight")
    for words in ("us", "us ", "us \U0001f469\u200d\U0001f467", "us \U0001f469\u200d\U0001f467 "):
        at = ana.locator("#at-words")
        if words != "us":
            press(ana, "Alt+Shift+ArrowRight")
        expect(at).to_have_text(re.compile(f"^“{words}”$"))
    press(ana, "c")
    ana.keyboard.type("goodwill")
    press(ana, "Enter")
    saved(ana)
    assert newest(served) == ("us \U0001f469\u200d\U0001f467 ", "staff-goodwill")


def test_words_with_combining_marks_are_stored_as_they_are_shown(served: Served, ana: Page) -> None:
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, *["j"] * 11, "End", *["Shift+ArrowLeft"] * 3, "c")
    ana.keyboard.type("goodwill")
    press(ana, "Enter")
    saved(ana)
    assert newest(served) == ("z\u0332o\u0332e\u0332 under it.", "staff-goodwill")


def test_words_over_several_turns_are_one_coding_with_the_labels_between(served: Served, ana: Page) -> None:
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, "j", "Shift+j", "c", "Enter")
    saved(ana)
    quote, _code = newest(served)
    assert quote.startswith("When she opens the form?\nPARENT: The request form")
    expect(names_beside(ana, 2)).to_have_count(1)
    expect(names_beside(ana, 3)).to_have_count(4)


def test_every_overlapping_coding_is_in_sight_and_can_be_cycled(ana: Page) -> None:
    names = names_beside(ana, 3)
    expect(names).to_have_text(["slots set by form", "office hours only", "staff goodwill"])
    boxes = [names.nth(index).bounding_box() for index in range(3)]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    assert all(after - before >= 24 for before, after in zip(tops, tops[1:], strict=False))
    names.nth(1).click()
    expect(ana.locator("#at-words")).to_have_text("“Nothing after four, nothing on Saturday.”")
    expect(ana.locator("#cards h3 .name")).to_have_text(["slots set by form", "office hours only"])
    expect(ana.locator(".code.open .name")).to_have_text("office hours only")
    press(ana, "o")
    expect(ana.locator(".code.open .name")).to_have_text("slots set by form")


def test_a_coding_is_removed_in_the_inspector(served: Served, ana: Page) -> None:
    names_beside(ana, 5).nth(2).click()
    ana.get_by_role("button", name="Remove").click()
    expect(names_beside(ana, 5)).to_have_text(["shift work", "missed visit"])
    saved(ana)
    assert "means/bus-timing" not in [each.code.path for each in stored(served)]


def test_the_keys_are_listed_and_do_nothing_in_a_field(ana: Page) -> None:
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, "?")
    expect(ana.get_by_role("heading", name="Keys in the transcript")).to_be_visible()
    press(ana, "Escape")
    field = ana.get_by_role("textbox", name="Filter the codes")
    field.fill("")
    field.type("cujo?")
    expect(field).to_have_value("cujo?")
    expect(ana.locator("#picker")).not_to_be_visible()


def test_the_tree_is_filtered_and_walked_by_keys(served: Served, ana: Page) -> None:
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, "j", "Shift+End")
    ana.get_by_role("textbox", name="Filter the codes").fill("unwill")
    expect(ana.locator("#tree li:visible .name")).to_have_text(["Court reports", "read as unwilling"])
    press(ana, "ArrowDown", "ArrowDown", "Enter")
    saved(ana)
    assert newest(served)[1] == "court-reports/read-as-unwilling"


@pytest.mark.parametrize(
    ("size", "theme"), [((1440, 900), "light"), ((1440, 900), "dark"), ((1024, 768), "light"), (PHONE, "dark")]
)
def test_axe_finds_nothing_with_everything_open(served: Served, size: tuple[int, int], theme: str) -> None:
    add_transcript(served.home)
    page = served.sign_in(served.open_page(size, color_scheme=theme), "ana")
    page.goto(f"{served.team}{PAGE}")
    page.get_by_role("group", name="Words of the source").focus()
    press(page, "j", "j", "Shift+End")
    assert axe_findings(page) == []
    press(page, "c")
    assert axe_findings(page) == []
    press(page, "Escape", "e")
    assert axe_findings(page) == []
