"""Coding with the hands on the keyboard, with and without sight of the page: sentences, favourites, two keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from ia_workbench import coding, corpus, findings, language
from tests.support.evidence import RECORD
from tests.support.keyboard import Keyboard
from tests.support.reading_page import PAGE, press, saved
from tests.support.serving import PHONE, Served, axe_findings
from tests.support.transcripts import CODINGS, KEY, add_transcript

FIRST = "The worker read them off the form."
SECOND = "Tuesday at ten or Thursday at two."


@pytest.fixture
def ana(served: Served) -> Page:
    """Ana's browser on the page of a transcript that three people have coded, with the words in hand."""
    language.sentences("Loaded before anybody waits.")
    add_transcript(served.home)
    page = served.sign_in(served.open_page(), "ana")
    open_page(served, page)
    return page


def open_page(served: Served, page: Page) -> None:
    """Open the transcript and give its words the focus."""
    page.goto(f"{served.team}{PAGE}")
    expect(page.locator("html.has-codings")).to_be_attached()
    page.get_by_role("group", name="Words of the source").focus()


def stored(served: Served) -> list[tuple[str, str, bool]]:
    """Words, code and importance of every coding, in the order in which they were made."""
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        made = sorted(coding.codings(session, served.home.study_id), key=lambda each: each.id)
        return [(each.excerpt.quote, each.code.path, each.is_important) for each in made]


def said(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the live region says something."""
    expect(page.locator("#spoken")).to_have_text(words)


def selected(page: Page, words: str) -> None:
    """Wait until these words are selected."""
    expect(page.locator("#at-words")).to_have_text(f"“{words}”")


def select_first(page: Page) -> None:
    """Select the first sentence; the first time its end has to be found."""
    press(page, "s")
    selected(page, FIRST)


def draft_finding(served: Served) -> None:
    """Give the study a finding without steps and levers."""
    ana = served.home.actor("ana")
    record = findings.FindingRecord(title=RECORD.title, statement=RECORD.statement, plain=RECORD.plain)
    with served.home.session(ana) as session:
        findings.draft_finding(session, ana, study_id=served.home.study_id, record=record)


def links(served: Served) -> list[tuple[str, str, str]]:
    """Key, stance and words of the links to the source."""
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, served.home.study_id, KEY)
        return [(each.key, each.stance.value, each.excerpt.quote) for each in findings.links_on(session, source)]


def test_a_turn_is_heard_a_sentence_coded_by_favourite_marked_undone_and_redone(served: Served, ana: Page) -> None:
    keys = Keyboard(ana)
    keys.press("j", "k")
    said(
        ana,
        re.compile(
            r"^Turn 1, Parent: The worker read .* Codes: slots set by form, ana; .*; form shapes choice, ben\.$"
        ),
    )
    ana.get_by_role("treeitem", name="bus timing").focus()
    press(ana, "3")
    said(ana, "“bus timing” is kept as 3.")
    expect(ana.get_by_role("treeitem", name="bus timing favourite 3")).to_be_visible()
    press(ana, "Escape")
    select_first(ana)
    said(ana, f"{FIRST} Codes: slots set by form, ana.")
    press(ana, "s")
    selected(ana, SECOND)
    press(ana, "Shift+S", "3")
    expect(ana.locator("#turn-1 .given button .name")).to_have_count(5)
    said(ana, "Coded: bus timing")
    press(ana, "i")
    said(ana, "Marked as important: bus timing")
    saved(ana)
    assert stored(served)[-1] == (FIRST, "means/bus-timing", True)
    press(ana, "Control+z")
    said(ana, "Undone")
    press(ana, "Control+z")
    expect(ana.locator("#turn-1 .given button .name")).to_have_count(4)
    press(ana, "Control+Shift+z", "Control+Shift+z")
    expect(ana.locator("#turn-1 .given button .name")).to_have_count(5)
    expect(ana.locator("#saving-words")).to_have_text(re.compile("Redone|Saved"))
    ana.wait_for_function("() => !document.querySelector('#saving-words b')")
    assert stored(served)[-1] == (FIRST, "means/bus-timing", True)


def test_sentences_never_cross_turns_and_are_found_once(served: Served, ana: Page) -> None:
    asked: list[str] = []
    ana.on("request", lambda request: asked.append(request.url) if request.url.endswith("/sentences") else None)
    select_first(ana)
    press(ana, "s", "s")
    selected(
        ana,
        "I told her I am on first shift at the plant, six to two-thirty, and she said those are the slots that come up "
        "when she opens it.",
    )
    press(ana, "s")
    selected(ana, "When she opens the form?")
    press(ana, "Control+Shift+ArrowDown")
    selected(ana, "When she opens the form?\nPARENT: The request form, on her screen.")
    press(ana, "Control+Shift+ArrowUp")
    selected(ana, "When she opens the form?")
    press(ana, "j", "t")
    expect(ana.locator("#at-words")).to_have_text(re.compile("^“The request form, on her screen.*sorry about it.”$"))
    assert len(asked) == 1
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        revision = corpus.newest_revision_at(session, served.home.study_id, KEY)
        assert corpus.kept_sentence_ends(session, revision) is not None


def test_once_the_sentences_are_found_the_status_bar_tells_of_saving_again(ana: Page) -> None:
    status = ana.locator("#saving-words")
    ana.evaluate("""() => {
      const status = document.querySelector("#saving-words");
      window.told = [];
      const tell = () => window.told.push(status.textContent);
      new MutationObserver(tell).observe(status, { childList: true, subtree: true });
    }""")
    select_first(ana)
    expect(status).to_have_text("All saved", timeout=2_000)  # what is said in passing would stay for four seconds
    assert ana.evaluate("told").index("Looking for the sentences of this text …") == 0


def test_codings_and_turns_without_any_are_walked(ana: Page) -> None:
    press(ana, "n")
    selected(ana, "The worker read them off the form. Tuesday at ten or Thursday at two.")
    said(ana, re.compile(r"^slots set by form, ana, turn 1: The worker read"))
    press(ana, "n")
    selected(ana, "I am on first shift at the plant, six to two-thirty")
    press(ana, "p", "p")
    said(ana, "There is no further coding this way.")
    press(ana, "Shift+N")
    said(ana, "Turn 2, Interviewer: When she opens the form? No codes.")
    press(ana, "Shift+N")
    expect(ana.locator("#place")).to_have_text("Turn 4 of 12")
    press(ana, "Shift+P", "Shift+P")
    said(ana, "Every turn this way has a coding.")


def test_words_are_linked_to_a_finding_in_two_keys_and_the_link_is_undone(served: Served) -> None:
    language.sentences("Loaded before anybody waits.")
    add_transcript(served.home)
    draft_finding(served)
    page = served.sign_in(served.open_page(), "ana")
    open_page(served, page)
    keys = Keyboard(page)
    select_first(page)
    keys.press("e")
    expect(page.get_by_role("combobox", name="Find a finding")).to_be_focused()
    assert axe_findings(page) == []
    keys.press("1")
    expect(page.get_by_role("button", name="supports")).to_be_focused()
    assert axe_findings(page) == []
    press(page, "x")
    said(page, "Linked as evidence to F-01: complicates, what happens")
    expect(page.get_by_role("group", name="Words of the source")).to_be_focused()
    expect(page.locator("#links")).to_contain_text("complicates, what happens")
    assert links(served) == [("E-0001", "complicates", FIRST)]
    press(page, "Control+z")
    expect(page.locator("#in-findings")).to_be_hidden()
    assert links(served) == []
    press(page, "Control+Shift+z")
    expect(page.locator("#links")).to_contain_text("complicates, what happens")
    assert links(served) == [("E-0001", "complicates", FIRST)]
    press(page, "e", "Shift+Enter")
    expect(page.get_by_role("dialog", name="Link as evidence").get_by_label("Finding", exact=True)).to_be_focused()


def test_words_are_linked_as_what_is_shown_whatever_was_used_last(served: Served) -> None:
    language.sentences("Loaded before anybody waits.")
    add_transcript(served.home)
    draft_finding(served)
    page = served.sign_in(served.open_page(), "ana")
    open_page(served, page)
    supports, speaks_to = page.get_by_role("button", name="supports"), page.get_by_label("They speak to", exact=True)
    select_first(page)
    press(page, "e", "1")
    speaks_to.select_option(label="what does not fit")
    expect(supports).to_be_disabled()
    expect(page.locator("#link-unfit")).to_have_text(
        "What does not fit cannot support a finding: it contradicts or complicates it."
    )
    assert axe_findings(page) == []
    page.get_by_role("button", name="contradicts").focus()
    press(page, "s")
    expect(speaks_to).to_be_visible()
    press(page, "c")
    said(page, "Linked as evidence to F-01: contradicts, what does not fit")
    page.reload()
    for role in ("what happens", "impact on families"):
        open_page(served, page)
        select_first(page)
        press(page, "e", "1")
        expect(speaks_to.locator("option:checked")).to_have_text("what happens")
        speaks_to.select_option(label=role)
        page.get_by_role("button", name="complicates").focus()
        press(page, "s")
        said(page, f"Linked as evidence to F-01: supports, {role}")
    expect(page.locator("#link-unfit")).to_be_hidden()
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, served.home.study_id, KEY)
        made = [(each.stance.value, each.role.value) for each in findings.links_on(session, source)]
    assert made == [("contradicts", "counter"), ("supports", "happens"), ("supports", "impact")]


def test_a_key_is_chosen_and_used_and_single_letters_are_switched_off(served: Served, ana: Page) -> None:
    ana.goto(f"{served.team}/keys")
    field = ana.get_by_label("give the selected words a code")
    field.focus()
    press(ana, "s", "Enter")
    expect(ana.get_by_role("alert")).to_contain_text("s would do two things")
    ana.wait_for_load_state()  # with the script that takes a key for what it is
    ana.get_by_label("give the selected words a code").focus()
    press(ana, "x", "Enter")
    expect(ana.get_by_text("Your keys are saved.")).to_be_visible()
    open_page(served, ana)
    select_first(ana)
    press(ana, "c")
    expect(ana.locator("#picker")).to_be_hidden()
    press(ana, "x")
    expect(ana.get_by_role("combobox", name="Find a code")).to_be_focused()
    press(ana, "Escape", "?")
    ana.get_by_role("button", name="Switch single letters off").click()
    expect(ana.locator("html.has-codings")).to_be_attached()
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, "s", "x", "?", "3", "/", "j")
    expect(ana.locator("#at-words")).to_have_text("")
    expect(ana.locator("#place")).to_have_text("Turn 1 of 12")
    ana.get_by_role("button", name="Keys").focus()
    press(ana, "Enter")
    ana.get_by_role("button", name="select the sentence, then the next one").focus()
    press(ana, "Enter")
    selected(ana, FIRST)
    ana.get_by_role("button", name="Keys").focus()
    press(ana, "Enter", "Enter")
    selected(ana, SECOND)


def test_whole_words_are_shown_and_alt_says_that_characters_are_exact(ana: Page) -> None:
    press(ana, "Shift+ArrowRight")
    selected(ana, "The")
    said(ana, "Selected: The")
    assert ana.locator(".edge:visible").count() == 2
    ana.keyboard.down("Alt")
    expect(ana.locator("#snapping")).to_have_text("Exact characters")
    ana.keyboard.press("Shift+ArrowLeft")
    ana.keyboard.up("Alt")
    selected(ana, "Th")
    expect(ana.locator("#snapping")).to_have_text("Whole words")
    press(ana, "Control+Shift+ArrowRight")
    selected(ana, "The")


def test_codes_given_last_are_first_at_hand_over_reloads(served: Served, ana: Page) -> None:
    select_first(ana)
    press(ana, "r")
    recent = ["form shapes choice", "read as unwilling", "bus timing", "shift work", "slots set by form"]
    expect(ana.locator("#pick-list b")).to_have_text(recent)
    press(ana, "ArrowDown", "Enter")
    said(ana, "Coded: read as unwilling")
    open_page(served, ana)
    select_first(ana)
    press(ana, "r")
    expect(ana.locator("#pick-list b").first).to_have_text("read as unwilling")
    press(ana, "Alt+4")
    expect(ana.locator("#pick-list .now kbd")).to_have_text("4")
    press(ana, "Escape", "s", "4")
    said(ana, "Coded: read as unwilling")
    assert len(stored(served)) == len(CODINGS) + 2


def test_those_who_see_no_page_find_the_same_in_its_tree(ana: Page) -> None:
    select_first(ana)
    tree = ana.locator("#text").aria_snapshot()
    assert 'group "Turn 1, Parent"' in tree
    assert 'list "Codes of turn 1"' in tree
    assert re.search(r'button "slots set by form, ana: The worker read', tree)
    press(ana, "c")
    picker = ana.locator("#picker").aria_snapshot()
    assert 'combobox "Find a code"' in picker
    assert 'option "slots set by form' in picker
    field = ana.get_by_role("combobox", name="Find a code")
    expect(field).to_have_attribute("aria-activedescendant", "pick-0")  # what a screen reader says while one types
    press(ana, "Escape", "?")
    help_ = ana.locator("#keys").aria_snapshot()
    for heading in ("Moving", "Selecting", "Coding", "Seeing"):
        assert f'heading "{heading}"' in help_
    assert 'button "select the whole turn"' in help_
    assert ana.locator("[aria-live], [role=status], [role=alert]").filter(has_text=FIRST).count() <= 1


@pytest.mark.parametrize(("size", "theme"), [((1440, 900), "light"), (PHONE, "dark")])
def test_axe_finds_nothing_in_what_keys_open(served: Served, size: tuple[int, int], theme: str) -> None:
    add_transcript(served.home)
    page = served.sign_in(served.open_page(size, color_scheme=theme), "ana")
    open_page(served, page)
    press(page, "t", "?")
    assert axe_findings(page) == []
    press(page, "Escape")
    page.get_by_role("button", name="Favourites").click()
    assert axe_findings(page) == []


def test_favourites_and_codes_given_last_follow_the_codebook(served: Served, ana: Page) -> None:
    timing = ana.get_by_role("treeitem", name="bus timing")
    timing.focus()
    press(ana, "3", "F2")
    ana.keyboard.type("bus times 3")  # in the field a number is a number
    press(ana, "Enter")
    expect(ana.get_by_role("treeitem", name="bus times 3 favourite 3")).to_be_focused()
    press(ana, "Escape")
    select_first(ana)
    press(ana, "3")
    said(ana, "Coded: bus times 3")
    ana.get_by_role("button", name="Favourites").click()
    expect(ana.get_by_label("Favourite 3").locator("option:checked")).to_have_text("bus times 3")
    press(ana, "Escape")
    ana.get_by_role("group", name="Words of the source").focus()
    press(ana, "r")
    expect(ana.locator("#pick-list [role=option]").first).to_contain_text("bus times 3")
    press(ana, "Alt+1")
    expect(ana.locator("#pick-list [role=option]").first.locator(".fav")).to_have_text("1")
    assert [each[0] for each in stored(served)].count(FIRST) == 1  # Alt keeps; it gives nothing


def test_at_twice_the_size_and_without_motion_a_sentence_is_coded_and_nothing_leaves_the_window(served: Served) -> None:
    """WCAG 2.2, 1.4.4: at 200 percent a window of 1440 by 900 has 720 by 450 CSS pixels."""
    add_transcript(served.home)
    page = served.sign_in(served.open_page((720, 450), reduced_motion="reduce"), "ana")
    open_page(served, page)
    select_first(page)
    press(page, "c")
    expect(page.get_by_role("dialog", name="Code these words")).to_be_visible()
    assert axe_findings(page) == []
    field = page.get_by_role("combobox", name="Find a code").bounding_box()
    assert field is not None
    assert field["y"] >= 0
    assert field["y"] + field["height"] <= 450
    page.keyboard.type("goodwill")
    press(page, "Enter")
    expect(page.locator("#turn-1 .given button", has_text="staff goodwill")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page, "Control+z")
    expect(page.locator("#turn-1 .given button", has_text="staff goodwill")).to_have_count(0)
    moving = "document.getAnimations().filter((each) => each.playState === 'running').length"
    assert page.evaluate(moving) == 0
