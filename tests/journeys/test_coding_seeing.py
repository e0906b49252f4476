"""Looking at codings in a real browser: some of them, coder by coder, very many on one turn, from right to left."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from ia_workbench import codebook, coding
from tests.support.looks import ARABIC, HEBREW, add_crowded, add_plain, add_right_to_left
from tests.support.reading_page import PAGE, names_beside, newest, press, saved
from tests.support.serving import PHONE, Served, axe_findings
from tests.support.transcripts import add_transcript

CROWDED = "/s/cedar/sources/INT-030/code"
ARABIC_PAGE, HEBREW_PAGE = "/s/cedar/sources/INT-020/code", "/s/cedar/sources/INT-021/code"
WORDS = "Words of the source"


@pytest.fixture
def ana(served: Served) -> Page:
    """Ana's browser, signed in; the study has a transcript that three people have coded."""
    add_transcript(served.home)
    return served.sign_in(served.open_page(), "ana")


def opened(served: Served, page: Page, address: str = PAGE) -> Page:
    """The page of a source, once its codings are there."""
    page.goto(f"{served.team}{address}")
    expect(page.locator("html.has-codings")).to_be_attached()
    return page


def box(of: Locator) -> dict[str, float]:
    """Where something stands in the window."""
    found = of.bounding_box()
    assert found is not None
    return dict(found)  # type: ignore[arg-type]


def test_codings_are_narrowed_by_keys_and_stay_so_when_the_page_is_loaded_again(served: Served, ana: Page) -> None:
    page = opened(served, ana)
    page.get_by_role("group", name=WORDS).focus()
    press(page, "f")
    code = page.get_by_label("Code, with those below it")
    expect(code).to_be_focused()
    code.select_option("family-time")
    page.get_by_label("Coder", exact=True).select_option("ben")
    for _again in range(2):
        expect(page.locator("#shown")).to_have_text("Showing 2 of 12 codings: Family time; by ben")
        expect(page).to_have_url(re.compile(r"\?code=family-time&coder=ben$"))
        expect(page.locator(".given button .name")).to_have_text(["office hours only", "missed visit"])
        expect(page.get_by_role("treeitem", name="Family time").locator(".n")).to_have_text("2")
        expect(page.get_by_role("treeitem", name="shift work").locator(".n")).to_have_text("")
        drawn = page.locator("#strip path").evaluate_all(
            "(paths) => paths.map((each) => each.getAttribute('d')).join('')"
        )
        assert drawn.count("M") == 2
        page.reload()
        expect(page.locator("html.has-codings")).to_be_attached()
    page.get_by_role("link", name="Show all").click()
    expect(page.locator("#shown")).to_have_text("All codings: 12")
    expect(page).to_have_url(f"{served.team}{PAGE}")
    expect(names_beside(page, 3)).to_have_count(3)
    expect(page.get_by_role("group", name=WORDS)).to_be_focused()


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
def test_the_fields_of_the_filter_open_below_its_bar_and_lead_back_to_the_words(
    served: Served, size: tuple[int, int]
) -> None:
    add_transcript(served.home)
    page = opened(served, served.sign_in(served.open_page(size), "ana"), f"{PAGE}#turn-5")
    page.get_by_role("group", name=WORDS).focus()
    press(page, "t")
    bar, counts = page.locator("#filters summary"), page.locator("#shown")
    before = box(counts)["y"] - box(bar)["y"]
    press(page, "f")
    coder = page.get_by_label("Coder", exact=True)
    assert box(counts)["y"] - box(bar)["y"] == before
    assert box(coder)["y"] >= box(counts)["y"] + box(counts)["height"]
    coder.select_option("carla")
    expect(page.locator("#no-codes")).to_have_text("No code of those shown.")
    coder.press("Escape")
    expect(page.get_by_role("group", name=WORDS)).to_be_focused()
    expect(page.locator("#turn-5 .speech")).to_be_in_viewport()
    press(page, "Shift+F", "j", "t")
    expect(page.locator("#no-codes")).to_have_text("No code here yet.")


def test_one_code_is_shown_alone_from_the_tree_and_a_coding_that_this_hides_is_told(served: Served, ana: Page) -> None:
    page = opened(served, ana)
    page.get_by_role("treeitem", name="Family time").focus()
    press(page, "Shift+Enter")
    expect(page.locator("#shown")).to_have_text("Showing 5 of 12 codings: Family time")
    page.get_by_role("button", name="Show only Family time").click()
    expect(page.locator("#shown")).to_have_text("All codings: 12")
    page.get_by_role("button", name="Show only Family time").click()
    page.get_by_role("group", name=WORDS).focus()
    press(page, "j", "Shift+End", "c")
    page.keyboard.type("goodwill")
    press(page, "Enter")
    expect(page.locator("#saving-words")).to_have_text("Coded: staff goodwill. It is not among the codings shown now.")
    expect(page.locator("#shown")).to_have_text("Showing 5 of 13 codings: Family time")
    saved(page)
    page.get_by_role("group", name=WORDS).focus()
    press(page, "Shift+f")
    expect(names_beside(page, 2)).to_have_text(["staff goodwill"])


def test_what_is_shown_follows_a_code_that_somebody_else_merged(served: Served, ana: Page) -> None:
    page = opened(served, ana, f"{PAGE}?code=family-time/office-hours")
    expect(page.locator("#shown")).to_have_text("Showing 1 of 12 codings: office hours only")
    with served.home.session(served.home.actor("ben")) as session:
        gone, into = (
            codebook.code_at(session, served.home.study_id, f"family-time/{key}")
            for key in ("office-hours", "missed-visit")
        )
        coding.merge_codes(session, served.home.actor("ben"), code=gone, into=into)
    page.get_by_role("group", name=WORDS).focus()
    press(page, "j", "Shift+End", "c")
    page.keyboard.type("shift work")
    press(page, "Enter")
    saved(page)
    press(page, "Control+z")  # its answer tells what others did
    expect(page.locator("#shown")).to_have_text("Showing 2 of 12 codings: missed visit")
    expect(page).to_have_url(re.compile(r"\?code=family-time%2Fmissed-visit"))
    expect(page.get_by_label("Code, with those below it")).to_have_value("family-time/missed-visit")


def test_lanes_stand_coder_by_coder_under_their_letters(served: Served, ana: Page) -> None:
    page = opened(served, ana)
    page.get_by_role("group", name=WORDS).focus()
    press(page, "l")
    heads = page.locator("#heads li")
    expect(heads).to_have_text(["ANana", "BEben", "CAcarla"])
    expect(page).to_have_url(re.compile(r"\?lanes=coder$"))
    columns = [box(heads.nth(place))["x"] for place in range(3)]
    lanes = page.locator("#turn-3 .lane").evaluate_all(
        "(lanes) => lanes.map((lane) => [lane.coding.coder, lane.getBoundingClientRect().x])"
    )
    for coder, left in lanes:
        column = columns[["ana", "ben", "carla"].index(coder)]
        assert column - 1 <= left < column + 26
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(page.locator("#turn-3 .given li")).to_have_text(
        ["ana", "slots set by form", "ben", "office hours onlyBE", "carla", "staff goodwillCA"]
    )
    press(page, "l")
    expect(page.locator("#turn-3 .given li").first).to_have_text("slots set by form")


def test_thirty_codings_of_one_turn_are_folded_and_all_of_them_are_reached_by_keys(served: Served, ana: Page) -> None:
    add_crowded(served.home)
    page = opened(served, ana, CROWDED)
    more = page.get_by_role("button", name="+24 more")
    expect(more).to_have_attribute("aria-expanded", "false")
    page.get_by_role("group", name=WORDS).focus()
    press(page, "Tab", "End")
    expect(more).to_be_focused()
    press(page, "Enter")
    names = page.locator("#turn-1 .given button:not(.more)")
    expect(names).to_have_count(30)
    press(page, "Home")
    for place in range(30):
        expect(names.nth(place)).to_be_focused()
        press(page, "ArrowDown")
    expect(page.get_by_role("button", name="Show fewer")).to_be_focused()
    boxes = [box(names.nth(place)) for place in range(30)]
    text, strip = box(page.locator("#turn-1 .speech")), box(page.locator("#strip"))
    assert all(after["y"] >= before["y"] + before["height"] for before, after in zip(boxes, boxes[1:], strict=False))
    assert all(each["x"] >= text["x"] + text["width"] for each in boxes)
    assert all(each["x"] + each["width"] <= strip["x"] for each in boxes)
    press(page, "ArrowUp", "Enter")
    expect(page.get_by_role("group", name=WORDS)).to_be_focused()
    expect(page.locator(".code.open")).to_have_count(1)


def test_a_card_tells_what_a_coding_is_and_stays_until_it_is_dismissed(served: Served, ana: Page) -> None:
    page = opened(served, ana)
    name = page.locator("#turn-3 .given button").nth(1)
    card = page.get_by_role("tooltip")
    name.hover()
    expect(card).to_contain_text("office hours onlyFamily timeNothing after four.Coderben, 2 Mar 2026, 12:00")
    shown = box(card)
    assert shown["x"] + shown["width"] <= box(page.get_by_role("complementary", name="Inspector"))["x"]
    assert shown["y"] >= box(name)["y"] + box(name)["height"]
    card.hover()  # it can be pointed at
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.locator("#turn-9 .speech").hover()
    expect(card).to_be_hidden()
    page.get_by_role("group", name=WORDS).focus()
    press(page, "Tab", "ArrowDown")
    expect(card).to_contain_text("shift work")
    focused = page.locator(":focus")
    expect(focused).to_have_attribute("aria-describedby", "coding-card")
    press(page, "Escape")
    expect(card).to_be_hidden()
    expect(focused).to_have_accessible_name(re.compile("^shift work, ana"))
    press(page, "Escape")
    expect(page.get_by_role("group", name=WORDS)).to_be_focused()


def test_the_strip_moves_the_source_by_keys_and_by_dragging_and_says_where_it_is(served: Served, ana: Page) -> None:
    text = "\n".join(
        f"PARENT: Turn {number} of a long talk about the form. {'More words. ' * 30}" for number in range(120)
    )
    add_plain(served.home, "INT-040", text)
    page = opened(served, ana, "/s/cedar/sources/INT-040/code")
    strip = page.get_by_role("slider", name="Codings along the source")
    strip.focus()
    press(page, "End")
    expect(strip).to_have_attribute("aria-valuetext", re.compile("to 120 of 120 in view; 0 codings there"))
    press(page, "Home", "ArrowDown")
    expect(strip).to_have_attribute("aria-valuenow", "2")
    press(page, "PageDown")
    expect(strip).not_to_have_attribute("aria-valuenow", "2")
    place = box(strip)
    page.mouse.move(place["x"] + 9, place["y"] + place["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(place["x"] + 9, place["y"] + place["height"] * 0.5, steps=4)
    page.mouse.up()
    expect(strip).to_have_attribute("aria-valuenow", re.compile(r"^(5[4-9]|6[0-4])$"))


def test_in_a_text_from_right_to_left_arrows_go_where_they_point_and_lanes_stand_left(
    served: Served, ana: Page
) -> None:
    add_right_to_left(served.home, "INT-020", ARABIC, "ar")
    page = opened(served, ana, ARABIC_PAGE)
    turn = page.locator("#turn-1")
    assert all(
        box(each)["x"] < box(turn.locator(".speech"))["x"]
        for each in (turn.locator(".lane").first, turn.locator(".name").first)
    )
    page.get_by_role("group", name=WORDS).focus()
    press(page, "j")
    first = box(page.locator(".caret"))["x"]
    press(page, "Shift+ArrowLeft", "Shift+ArrowLeft")
    expect(page.locator("#at-words")).to_have_text("“المحاورة: ومن”")
    assert box(page.locator(".caret"))["x"] < first
    press(page, "Shift+ArrowRight")
    expect(page.locator("#at-words")).to_have_text("“المحاورة: ”")
    press(page, "Shift+ArrowLeft", "c")
    page.keyboard.type("goodwill")
    press(page, "Enter")
    saved(page)
    assert newest(served) == ("المحاورة: ومن", "staff-goodwill")


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_however_the_codings_are_looked_at(served: Served, language: str) -> None:
    add_transcript(served.home)
    add_crowded(served.home)
    add_right_to_left(served.home, "INT-021", HEBREW, "he")
    page = served.sign_in(served.open_page(locale=language), "ana")
    opened(served, page, f"{PAGE}?coder=ben&lanes=coder")
    page.locator("#filters summary").click()
    page.locator("#turn-3 .given button").first.hover()
    expect(page.locator("#coding-card")).to_be_visible()
    assert axe_findings(page) == []
    opened(served, page, CROWDED)
    page.locator(".given .more").click()
    assert axe_findings(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (HEBREW_PAGE, f"{CROWDED}?lanes=coder&coder=ben"):
        opened(served, page, address)
        page.locator("#filters summary").click()
        assert axe_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_with_colours_of_ones_own_codings_are_still_seen(served: Served) -> None:
    add_transcript(served.home)
    page = served.sign_in(served.open_page(forced_colors="active"), "ana")
    opened(served, page)
    looks = page.evaluate(
        """() => {
          const of = (name) => getComputedStyle(document.querySelector("#turn-1 .speech"), `::highlight(${name})`);
          const lane = getComputedStyle(document.querySelector("#turn-1 .lane"));
          const page = getComputedStyle(document.querySelector("#turn-1 .speech"));
          const [line, under] = [of("ground-2").textDecorationLine, of("under-3").textDecorationLine];
          const [ground, chosen] = [of("ground-2").backgroundColor, of("chosen").backgroundColor];
          return { ground, line, under, chosen, lane: lane.backgroundColor, ink: page.color };
        }"""
    )
    assert looks["ground"] not in {"rgba(0, 0, 0, 0)", looks["chosen"]}
    assert looks["line"] == looks["under"] == "underline"
    assert looks["lane"] == looks["ink"]
