"""The core of the path by keyboard alone: no mouse is used, and at every stop one sees where one is."""

import re

from playwright.sync_api import Page, expect

from tests.support.journeys import expect_line, expect_ready_to_code, expect_saved, expect_strength, said
from tests.support.keyboard import Keyboard
from tests.support.serving import DESKTOP, PHONE, Served

THIN = "F-06"  # of the demo: one unit, from one case and one office
SOURCE = "INT-001"  # another case, another office
CHOSEN = "It's on. You can say"
COMMENT = "At my sister's it took five weeks, not two."


def test_words_are_coded_linked_and_weighed_by_keyboard_alone(served_demo: Served) -> None:
    page = signed_in_by_keyboard(served_demo, "ana", DESKTOP)
    keys = Keyboard(page)
    open_a_source(keys)
    code_words(keys)
    link_words(keys)
    see_the_rule(keys)
    record_a_search(keys)
    sign_out(keys)


def test_a_member_answers_by_keyboard_alone(served_demo: Served) -> None:
    page = signed_in_by_keyboard(served_demo, "rosa", PHONE)
    keys = Keyboard(page)
    waiting = page.get_by_role("region", name="Waiting for your answer").get_by_role("link")
    keys.reach(waiting)
    keys.lead_on()
    keys.reach(page.get_by_label("It fits what I know"))
    keys.press("ArrowDown")
    expect(page.get_by_label("Part of it fits")).to_be_checked()
    keys.reach(page.get_by_label("Tell us more"))
    keys.type(COMMENT)
    keys.reach(page.get_by_role("button", name="Send my answer"))
    keys.lead_on()
    said(page, "Your answer was sent. Thank you.")
    expect(page.get_by_role("region", name="What you said")).to_contain_text(COMMENT)


def signed_in_by_keyboard(served: Served, username: str, size: tuple[int, int]) -> Page:
    """Someone's browser, after they have typed their name and password."""
    password = served.home.give_password(served.home.actor(username, served.home_store(username)))
    page = served.open_page(size)
    page.goto(served.address_of(username))
    keys = Keyboard(page)
    keys.reach(page.get_by_label("Username"))
    keys.type(username)
    keys.press("Tab")
    keys.type(password)
    keys.press("Tab")
    keys.lead_on()
    return page


def open_a_source(keys: Keyboard) -> None:
    """`g` and `s` lead to the sources, `j` walks their rows, Enter opens one; Tab leads to its words."""
    page = keys.page
    page.keyboard.press("g")
    keys.lead_on("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    keys.reach(page.get_by_role("row", name=re.compile(SOURCE)).get_by_role("cell").get_by_role("link").first, "j")
    keys.lead_on()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SOURCE)
    keys.reach(page.get_by_role("link", name="Read and code").first)
    keys.lead_on()
    expect_ready_to_code(page)


def code_words(keys: Keyboard) -> None:
    """The skip link and Tab lead to the words; letters and arrows do the rest, and the focus comes back."""
    page = keys.page
    words = page.get_by_role("group", name="Words of the source")
    keys.reach(words)
    keys.press(*["j"] * 3, *["Shift+ArrowRight"] * 5)
    expect(page.get_by_role("complementary", name="Inspector")).to_contain_text(f"“{CHOSEN}”")
    keys.press("c")
    expect(page.get_by_role("combobox", name="Find a code")).to_be_focused()
    keys.type("lost wages")
    keys.press("Enter")
    expect_saved(page)
    expect(words).to_be_focused()
    given = page.get_by_role("list", name="Codes of turn 4").get_by_role("button")
    expect(given.filter(has_text="Lost wages or job")).to_be_visible()


def link_words(keys: Keyboard) -> None:
    """`e` asks which finding the words speak to; Shift and Enter open the form, where all can be chosen."""
    page = keys.page
    keys.press("e", "Shift+Enter")
    dialog = page.get_by_role("dialog", name="Link as evidence")
    keys.reach(dialog.get_by_label("Finding", exact=True))
    keys.type(THIN)
    expect(dialog.get_by_label("Finding", exact=True)).to_have_value(THIN)
    keys.reach(dialog.get_by_label("supports", exact=True))
    keys.reach(dialog.get_by_label("what happens", exact=True))
    keys.press("ArrowDown", "ArrowDown")
    expect(dialog.get_by_label("impact on families", exact=True)).to_be_checked()
    keys.reach(dialog.get_by_role("button", name="Link as evidence"))
    keys.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("group", name="Words of the source")).to_be_focused()


def see_the_rule(keys: Keyboard) -> None:
    """The inspector's link leads to the finding, whose lines have changed."""
    page = keys.page
    keys.reach(page.get_by_role("complementary", name="Inspector").get_by_role("link", name=THIN))
    keys.lead_on()
    expect_strength(page, "Emerging")
    expect_line(page, "Independent sources", "2", is_met=False)
    expect_line(page, "Not all from one case", "yes", is_met=True)
    expect_line(page, "Not all from one office", "yes", is_met=True)
    expect_line(page, "Search for negative cases", "no", is_met=False)


def record_a_search(keys: Keyboard) -> None:
    """The unmet line's own link, then the form; the rule changes without a new page and the focus is not lost."""
    page = keys.page
    searches = page.get_by_role("region", name="Searches for negative cases")
    keys.reach(searches.locator("summary"))
    keys.press("Enter")
    keys.reach(searches.get_by_label("What you looked for"))
    keys.type("home before June, school")
    keys.reach(searches.get_by_role("button", name="Record the search"))
    keys.press("Enter")
    expect_line(page, "Search for negative cases", "yes", is_met=True)
    keys.press("Tab")


def sign_out(keys: Keyboard) -> None:
    """Back to the top by the way one came, and out."""
    page = keys.page
    menu = page.locator("summary.who")
    keys.reach(menu, "Shift+Tab")
    keys.press("Enter")
    keys.reach(page.get_by_role("button", name="Sign out"))
    keys.lead_on()
    said(page, "You are signed out.")
