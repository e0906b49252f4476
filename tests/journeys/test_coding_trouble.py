"""When the workbench cannot be reached or says no: the coding stays in sight as not saved, and nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from ia_workbench import coding, privacy
from ia_workbench.database import Store
from tests.support.serving import Served
from tests.support.transcripts import CODINGS, KEY, add_transcript

PAGE = f"/s/cedar/sources/{KEY}/code"
SENT_TO = f"**/sources/{KEY}/codings"
# What is sent again by itself after 8 seconds would come between on a busy machine: here the reader sends it.
NOTHING_LATER_BY_ITSELF = """
  const later = window.setTimeout;
  window.setTimeout = (act, pause, ...given) => later(act, pause >= 8000 ? 2 ** 31 - 1 : pause, ...given);
"""


@pytest.fixture
def ben(served: Served) -> Page:
    """Ben's browser on the page of a transcript, with the first five words of turn 11 selected."""
    add_transcript(served.home)
    page = served.sign_in(served.open_page(), "ben")
    # Chromium lets requests through for a moment after it is first asked to hold them: ask before the page opens.
    page.route("**/*", lambda route: route.continue_())
    page.add_init_script(NOTHING_LATER_BY_ITSELF)
    page.goto(f"{served.team}{PAGE}")
    page.get_by_role("group", name="Words of the source").focus()
    for key in (*["j"] * 10, *["Shift+ArrowRight"] * 5):
        page.keyboard.press(key)
    return page


def apply(page: Page, typed: str) -> None:
    """Give the selected words the code that is found first."""
    page.keyboard.press("c")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def saved(page: Page) -> None:
    """Wait until the status bar says that all is saved."""
    expect(page.locator("#saving-words")).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))


def count(served: Served) -> int:
    """How many codings the study has."""
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        return len(coding.codings(session, served.home.study_id))


def test_a_coding_that_cannot_be_sent_stays_in_sight_and_is_sent_again(served: Served, ben: Page) -> None:
    ben.route(SENT_TO, lambda route: route.abort())
    apply(ben, "staff")
    name = ben.locator("#turn-11 .given button .name")
    expect(name).to_have_text("staff goodwill, not saved")
    expect(ben.locator("#saving-words")).to_contain_text("1 not saved. The workbench could not be reached.")
    assert count(served) == len(CODINGS)
    ben.locator("#unsaved").get_by_role("button", name="Try again").click()
    ben.unroute(SENT_TO)
    expect(name).to_have_text("staff goodwill")
    expect(ben.locator("#unsaved")).to_be_hidden()
    assert count(served) == len(CODINGS) + 1


def test_an_answer_that_was_lost_on_the_way_does_not_code_twice(served: Served, ben: Page) -> None:
    def lose(route: Route) -> None:
        route.fetch()  # the workbench stores it, but its answer never arrives
        route.abort()

    ben.route(SENT_TO, lose)
    apply(ben, "staff")
    expect(ben.locator("#turn-11 .given button .name")).to_have_text("staff goodwill, not saved")
    assert count(served) == len(CODINGS) + 1
    ben.locator("#retry").click()
    ben.unroute(SENT_TO)
    expect(ben.locator("#turn-11 .given button .name")).to_have_text("staff goodwill")
    assert count(served) == len(CODINGS) + 1


def test_a_coding_whose_answer_was_lost_can_still_be_given_up(served: Served, ben: Page) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    ben.route(SENT_TO, lose)
    apply(ben, "staff")
    expect(ben.locator("#unsaved")).to_be_visible()
    ben.get_by_role("button", name="Do not keep it").click()
    ben.unroute(SENT_TO)
    expect(ben.locator("#turn-11 .given button .name")).to_have_count(0)
    expect(ben.locator("#unsaved")).to_be_hidden()
    saved(ben)
    assert count(served) == len(CODINGS)


def test_while_offline_coding_goes_on_and_all_of_it_goes_out_afterwards(served: Served, ben: Page) -> None:
    ben.context.set_offline(True)
    apply(ben, "staff")
    apply(ben, "bus")
    expect(ben.locator("#turn-11 .given button .name")).to_have_count(2)
    expect(ben.locator("#saving-words")).to_contain_text("Offline. 2 changes wait here")
    ben.context.set_offline(False)
    expect(ben.locator("#turn-11 .given button .name", has_text="not saved")).to_have_count(0)
    saved(ben)
    assert count(served) == len(CODINGS) + 2


def test_a_refusal_is_said_in_its_own_words_and_the_coding_can_be_given_up(served: Served, ben: Page) -> None:
    sentence = "There is no code staff-goodwill in this codebook."
    ben.route(SENT_TO, lambda route: route.fulfill(status=404, json={"error": sentence}))
    apply(ben, "staff")
    expect(ben.locator("#unsaved-words")).to_contain_text(sentence)
    ben.get_by_role("button", name="Do not keep it").click()
    expect(ben.locator("#turn-11 .given button .name")).to_have_count(0)
    assert count(served) == len(CODINGS)


def test_a_removal_that_is_refused_puts_the_coding_back(served: Served, ben: Page) -> None:
    ben.locator("#turn-1 .given button .name", has_text="form shapes choice").click()
    ben.route(f"{SENT_TO}/*/remove", lambda route: route.abort())
    ben.keyboard.press("u")
    expect(ben.locator("#turn-1 .given button .name", has_text="form shapes choice, not saved")).to_be_visible()
    ben.get_by_role("button", name="Do not keep it").click()
    ben.unroute(f"{SENT_TO}/*/remove")
    expect(ben.locator("#saving-words")).to_have_text("Undone", timeout=10_000)  # it may have reached the store
    expect(ben.locator("#turn-1 .given button .name", has_text="form shapes choice")).to_have_text("form shapes choice")
    assert count(served) == len(CODINGS)


def test_someone_who_was_signed_out_meanwhile_loses_nothing(served: Served, ben: Page) -> None:
    token = next(cookie for cookie in ben.context.cookies() if cookie["name"] == "ia_evidence")["value"]
    with served.home.session(served.home.actor("ben")) as session:
        privacy.sign_out(session, served.home.actor("ben"), token=token)
    apply(ben, "staff")
    expect(ben.locator("#turn-11 .given button .name")).to_have_text("staff goodwill, not saved")
    served.sign_in(ben.context.new_page(), "ben")
    ben.locator("#retry").click()
    expect(ben.locator("#turn-11 .given button .name")).to_have_text("staff goodwill")
    assert count(served) == len(CODINGS) + 1


def test_leaving_with_something_unsaved_asks_only_where_the_browser_keeps_nothing(served: Served, ben: Page) -> None:
    ben.route(SENT_TO, lambda route: route.abort())
    asked: list[str] = []
    ben.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    apply(ben, "staff")
    expect(ben.locator("#unsaved")).to_be_visible()
    ben.reload()
    expect(ben.locator("#turn-11 .given button .name")).to_have_text(re.compile("staff goodwill"))
    assert asked == []
    forgetful = served.sign_in(served.open_page(), "carla")
    forgetful.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    forgetful.route(SENT_TO, lambda route: route.abort())
    forgetful.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    forgetful.goto(f"{served.team}{PAGE}")
    forgetful.get_by_role("group", name="Words of the source").focus()
    for key in (*["j"] * 10, *["Shift+ArrowRight"] * 5):
        forgetful.keyboard.press(key)
    apply(forgetful, "staff")
    expect(forgetful.locator("#unsaved")).to_be_visible()
    with forgetful.expect_event("dialog"):
        forgetful.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_another_coders_coding_is_not_offered_to_be_removed(served: Served, ben: Page) -> None:
    ben.locator("#turn-1 .given button .name", has_text="shift work").click()
    expect(ben.locator(".code.open .name")).to_have_text("shift work")
    expect(ben.locator(".code.open .remove")).to_be_hidden()
    ben.keyboard.press("u")
    expect(ben.locator("#saving-words")).to_contain_text("No coding of yours")
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        acts = [entry.act for entry in privacy.audit_entries(session, Store.EVIDENCE)]
    assert "remove-coding" not in acts
