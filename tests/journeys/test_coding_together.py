"""Two people at one source: each sees what the other does, nothing of one's own is moved, and nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from ia_workbench import coding, corpus
from tests.support.reading_page import PAGE, stored
from tests.support.serving import Served, axe_findings
from tests.support.transcripts import CODINGS, KEY, TEXT, Coded, add_transcript, span_of

SOON = 2_000  # ms in which one sees what another did


@pytest.fixture
def coded(served: Served) -> Coded:
    """The transcript, coded by three people."""
    return add_transcript(served.home)


@pytest.fixture
def ana(served: Served, coded: Coded) -> Page:
    """Ana's browser on the page; she leads the study."""
    return at_work(served, "ana")


@pytest.fixture
def ben(served: Served, coded: Coded) -> Page:
    """Ben's browser on the page; he is an analyst."""
    return at_work(served, "ben")


def at_work(served: Served, who: str) -> Page:
    """Open the page for someone in a browser of their own."""
    page = served.sign_in(served.open_page(), who)
    page.route("**/*", lambda route: route.continue_())  # requests can be held from now on
    page.goto(f"{served.team}{PAGE}")
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until the codings have come."""
    expect(page.locator("html.has-codings")).to_be_attached()


def select(page: Page, turn: int, words: int) -> None:
    """Select the first words of a turn by keys."""
    page.get_by_role("group", name="Words of the source").focus()
    page.keyboard.press("Escape")
    page.evaluate("location.hash = ''")
    page.evaluate(f"location.hash = '#turn-{turn}'")
    page.wait_for_timeout(50)
    for key in ("Home", *["Shift+ArrowRight"] * words):
        page.keyboard.press(key)


def apply(page: Page, turn: int, words: int, typed: str) -> None:
    """Give the first words of a turn the code that is found first."""
    select(page, turn, words)
    page.keyboard.press("c")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def names(page: Page, turn: int) -> list[str]:
    """The codes that stand beside a turn."""
    return page.locator(f"#turn-{turn} .given button .name").all_inner_texts()


def saved(page: Page) -> None:
    """Wait until nothing waits any more."""
    expect(page.locator("#saving-words")).to_have_text(
        re.compile(r"^(Saved \d\d:\d\d:\d\d|All saved)$"), timeout=10_000
    )


def test_each_sees_what_the_other_codes_and_nothing_of_ones_own_is_moved(ana: Page, ben: Page) -> None:
    select(ben, 7, 4)
    where = "() => [document.querySelector('#text').scrollTop, document.querySelector('#at-words').textContent]"
    expect(ben.locator("#at-words")).to_have_text("“In the court report”")
    before = ben.evaluate(where)
    apply(ana, 7, 3, "staff")
    name = ben.locator("#turn-7 .given button .name", has_text="staff goodwill")
    expect(name).to_be_visible(timeout=SOON)
    assert ben.evaluate(where) == before
    expect(ben.locator("#spoken")).to_have_text("ana coded 1 place.")
    ben.keyboard.press("c")  # his selection is what he codes now
    ben.keyboard.type("bus")
    ana.keyboard.press("u")
    expect(name).to_have_count(0, timeout=SOON)
    expect(ben.locator("#picker")).to_be_visible()
    expect(ben.locator("#pick-words")).to_be_focused()
    assert ben.locator("#pick-words").input_value() == "bus"
    assert axe_findings(ben) == []


def test_who_else_is_here_is_shown_until_they_hide_or_go(ana: Page, ben: Page) -> None:
    expect(ben.locator("#here-names")).to_have_text("Also here: ana.", timeout=4_000)
    expect(ben.locator("#here-chips .who")).to_have_text("AN")
    ana.locator("#here > summary").click()
    assert axe_findings(ana) == []
    ana.get_by_label("Let others see that I am here").uncheck()
    expect(ana.locator("#here-names")).to_have_text("Also here: ben. You are hidden.", timeout=4_000)
    expect(ben.locator("#here-names")).to_have_text("Nobody else is here.", timeout=SOON + 500)
    ana.reload()  # the choice is the account's
    expect(ana.locator("#here-names")).to_have_text("Also here: ben. You are hidden.", timeout=6_000)
    expect(ana.get_by_label("Let others see that I am here")).not_to_be_checked()


def test_what_others_do_can_be_hushed(ana: Page, ben: Page) -> None:
    ben.locator("#here > summary").click()
    ben.get_by_label("Tell me what others do here").uncheck()
    ben.keyboard.press("Escape")
    apply(ana, 7, 3, "staff")
    expect(ben.locator("#turn-7 .given button .name", has_text="staff goodwill")).to_be_visible(timeout=SOON)
    expect(ben.locator("#spoken")).to_have_text("")


def test_five_codings_made_offline_outlive_a_reload_and_are_sent_once(served: Served, ben: Page) -> None:
    ben.context.set_offline(True)
    for words in range(1, 6):
        apply(ben, 11, words, "staff")
    expect(ben.locator("#saving-words")).to_have_text("Offline. 5 changes wait here and go out by themselves.")
    kept = ben.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open('ia-workbench-acts');
          opening.onsuccess = () => {
            const asked = opening.result.transaction('acts').objectStore('acts').getAll();
            asked.onsuccess = () => resolve(JSON.stringify(asked.result));
          };
        })"""
    )
    assert kept.count('"kind":"apply"') == 5
    assert "paper" not in kept  # a word of the turn
    assert len(stored(served)) == len(CODINGS)
    ben.context.set_offline(False)
    ben.route(f"**/sources/{KEY}/codings", lambda route: route.abort())
    ben.reload()
    ready(ben)
    expect(ben.locator("#turn-11 .given button .name", has_text="staff goodwill")).to_have_count(5)
    expect(ben.locator("#unsaved-list > li")).not_to_have_count(0)
    ben.unroute(f"**/sources/{KEY}/codings")
    saved(ben)
    made = [each for each in stored(served) if each.code.path == "staff-goodwill" and each.coder.username == "ben"]
    assert [each.excerpt.end for each in made] == sorted(each.excerpt.end for each in made)
    assert len({each.excerpt_id for each in made}) == len(made) == 5
    expect(ben.locator("#turn-11 .given button .name", has_text="staff goodwill")).to_have_count(5)


def test_an_undo_whose_answer_was_lost_undoes_once(served: Served, ben: Page) -> None:
    apply(ben, 11, 2, "staff")
    apply(ben, 11, 4, "staff")
    saved(ben)
    ben.route(f"**/sources/{KEY}/undo", lambda route: (route.fetch(), route.abort()))
    ben.keyboard.press("Control+z")
    expect(ben.locator("#unsaved-list")).to_contain_text("to be undone")
    ben.locator("#retry").click()
    ben.unroute(f"**/sources/{KEY}/undo")
    expect(ben.locator("#turn-11 .given button .name")).to_have_count(1)
    saved(ben)
    assert len(stored(served)) == len(CODINGS) + 1


def test_who_removes_a_coding_that_somebody_changed_meanwhile_chooses(served: Served, coded: Coded, ben: Page) -> None:
    theirs = next(each for each in coded.codings if each.code.path == "family-time/missed-visit")
    ben.locator("#turn-5 .given button .name", has_text="missed visit").click()
    ben.route("**/changes.json*", lambda route: route.abort())
    lead = served.home.actor("ana")
    with served.home.session(lead) as session:
        made = coding.coding_by_guid(session, theirs.guid)
        span = span_of("So I missed three", "ten-twenty")
        coding.resize_coding(session, lead, coding=made, revision=made.excerpt.revision, span=span)
    ben.locator("#text").focus()
    ben.keyboard.press("u")
    ben.unroute("**/changes.json*")
    dialog = ben.locator("#conflict")
    expect(dialog).to_be_visible()
    expect(ben.locator("#conflict-theirs")).to_contain_text("ten-twenty")
    assert axe_findings(ben) == []
    dialog.get_by_role("button", name="Keep theirs").click()
    expect(ben.locator("#turn-5 .given button .name", has_text="missed visit")).to_have_text("missed visit")
    saved(ben)
    assert theirs.guid in {each.guid for each in stored(served)}


def test_an_undo_of_what_somebody_changed_since_asks_and_goes_on(served: Served, ben: Page) -> None:
    apply(ben, 11, 2, "staff")
    apply(ben, 11, 4, "staff")
    saved(ben)
    lead = served.home.actor("ana")
    with served.home.session(lead) as session:
        last = coding.coding_by_guid(session, stored(served)[-1].guid)
        coding.mark_important(session, lead, coding=last, is_important=True)
    ben.keyboard.press("Control+z")
    dialog = ben.locator("#conflict")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Leave it and undo what came before").click()
    expect(ben.locator("#turn-11 .given button .name")).to_have_count(1)
    saved(ben)
    assert stored(served)[-1].guid == last.guid


def test_words_are_found_again_after_the_text_was_corrected(served: Served, coded: Coded, ben: Page) -> None:
    ben.route(f"**/sources/{KEY}/codings", lambda route: route.abort())
    apply(ben, 11, 5, "staff")
    words = ben.locator("#at-words").inner_text()
    expect(ben.locator("#unsaved")).to_be_visible()
    lead = served.home.actor("ana")
    with served.home.session(lead) as session:
        source = corpus.source_keyed(session, served.home.study_id, KEY)
        text = TEXT.replace("The worker read", "The case worker there read")
        coding.correct_source(session, lead, source=source, text=text)
    expect(ben.locator("#corrected")).to_be_visible(timeout=SOON + 500)
    ben.unroute(f"**/sources/{KEY}/codings")
    ben.locator("#corrected a").click()
    ready(ben)
    expect(ben.locator("#unsaved-list")).to_contain_text("The text was corrected")
    ben.get_by_role("button", name="Find the words again").click()
    ben.locator("#conflict").get_by_role("button", name="Code these words").click()
    saved(ben)
    assert f"“{stored(served)[-1].excerpt.quote}”" == words


def test_what_waits_is_its_owners_alone(served: Served, ben: Page) -> None:
    ben.route(f"**/sources/{KEY}/codings", lambda route: route.abort())
    apply(ben, 11, 5, "staff")
    expect(ben.locator("#unsaved")).to_be_visible()
    ben.locator(".me summary").click()
    ben.get_by_role("button", name="Sign out").click()
    dialog = ben.locator("#conflict")
    expect(dialog).to_contain_text("1 change is not sent.")
    dialog.get_by_role("button", name="Sign out all the same").click()
    ben.wait_for_url("**/sign-in*")
    ben.unroute(f"**/sources/{KEY}/codings")
    served.sign_in(ben, "carla")
    ben.goto(f"{served.team}{PAGE}")
    ready(ben)
    expect(ben.locator("#unsaved")).to_be_hidden()
    assert "staff goodwill" not in names(ben, 11)
    assert len(stored(served)) == len(CODINGS)
    ben.context.clear_cookies()
    served.sign_in(ben, "ben")
    ben.goto(f"{served.team}{PAGE}")
    expect(ben.locator("#turn-11 .given button .name")).to_have_text("staff goodwill")
    saved(ben)
    assert len(stored(served)) == len(CODINGS) + 1


def test_two_windows_that_have_the_same_acts_to_send_send_each_once(served: Served, ben: Page) -> None:
    ben.context.route(f"**/sources/{KEY}/codings", lambda route: route.abort())
    ben.unroute("**/*")
    for words in (2, 4):
        apply(ben, 11, words, "staff")
    expect(ben.locator("#unsaved-list > li")).not_to_have_count(0)
    second = ben.context.new_page()
    second.goto(f"{served.team}{PAGE}")
    ready(second)
    expect(second.locator("#turn-11 .given button .name")).to_have_count(2)
    ben.context.unroute(f"**/sources/{KEY}/codings")
    for page in (ben, second):
        saved(page)
        expect(page.locator("#turn-11 .given button .name")).to_have_text(["staff goodwill", "staff goodwill"])
    assert len(stored(served)) == len(CODINGS) + 2
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        assert coding.replayed(session, served.home.study_id).wrong == frozenset()


def test_the_words_of_a_source_that_is_withdrawn_leave_the_screen_by_themselves(
    served: Served, coded: Coded, ben: Page
) -> None:
    words = ben.locator("#turn-1 .speech")
    expect(words).to_be_visible()
    lead = served.home.actor("ana")
    with served.home.session(lead) as session:
        source = corpus.source_keyed(session, served.home.study_id, KEY)
        corpus.withdraw_source(session, lead, source=source, reason="asked for")
    expect(words).to_have_count(0)
