"""Memos on the coding screen in a real browser: by keys alone, without the network, by two people, and hostile ones."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from ia_workbench import coding, corpus
from ia_workbench.coding import Memo
from ia_workbench.database import Store
from tests.support.payloads import PAYLOADS
from tests.support.serving import Served, axe_findings
from tests.support.transcripts import KEY, add_transcript

PAGE = f"/s/cedar/sources/{KEY}/code"


@pytest.fixture
def ana(served: Served) -> Page:
    """Ana's browser on the page of a transcript, with the caret in its third turn."""
    add_transcript(served.home)
    page = served.sign_in(served.open_page(), "ana")
    open_at(page, served)
    return page


def open_at(page: Page, served: Served) -> None:
    page.goto(f"{served.team}{PAGE}#turn-3")
    expect(page.locator("html.has-codings")).to_be_attached()


def stored(served: Served) -> list[tuple[str, str, str | None]]:
    """What each memo is about, what it says, and to whom it is private, of those that stand."""
    with served.home.unheld(Store.EVIDENCE, writes=False) as session:
        rows = session.scalars(select(Memo).where(Memo.removed_at.is_(None)).order_by(Memo.id))
        return [(each.about.value, each.words, each.private_to) for each in rows]


def test_words_that_a_memo_is_about_are_cut_after_a_whole_one(ana: Page) -> None:
    ana.keyboard.press("t")
    ana.keyboard.press("m")
    expect(ana.locator("#memo-form-title")).to_have_text(
        "Memo on the words “The request form, on her screen. There is a drop-down.…”"
    )


def test_memos_are_written_linked_changed_and_undone_by_keys_alone(served: Served, ana: Page) -> None:
    keys = ana.keyboard
    keys.press("m")
    expect(ana.locator("#memo-form-words")).to_be_focused()
    keys.type("**Slots** come from the form")
    keys.press("Control+Enter")
    expect(ana.locator("#memo-list .memo-card")).to_have_count(1)
    expect(ana.locator("#text")).to_be_focused()
    expect(ana.locator("#turn-3")).to_have_attribute("aria-label", "Turn 3, Parent, 1 memo")
    expect(ana.locator("#turn-3 button.memo-sign")).to_have_text("1")

    keys.press("Shift+ArrowRight")
    keys.press("m")
    expect(ana.locator("#memo-form-title")).to_have_text("Memo on the words “The”")
    keys.type("A draft")
    keys.press("Escape")
    expect(ana.locator("#saving-words")).to_contain_text("Your draft is kept here")
    expect(ana.locator("#memo-form")).to_be_hidden()
    keys.press("m")
    expect(ana.locator("#memo-form-words")).to_have_value("A draft")
    expect(ana.locator("#memo-titles option")).to_have_count(1)
    ana.locator("#memo-form-link").focus()
    keys.type("Slots come from the form")
    keys.press("Enter")
    expect(ana.locator("#memo-chosen li")).to_have_count(1)
    assert axe_findings(ana) == []
    keys.press("Control+Enter")
    expect(ana.locator("#memo-list .memo-card")).to_have_count(2)

    keys.press("Shift+M")
    expect(ana.locator("#memo-form-title")).to_have_text("Memo on the code slots set by form")
    keys.type("Too wide")
    keys.press("Control+Enter")
    expect(ana.locator("#memo-list .memo-card")).to_have_count(3)
    assert [about for about, _words, _who in stored(served)] == ["turn", "excerpt", "code"]

    keys.press("Control+z")
    expect(ana.locator("#memo-list .memo-card")).to_have_count(2)
    keys.press("Control+z")
    expect(ana.locator("#memo-list .memo-card")).to_have_count(1)
    keys.press("Control+Shift+Z")
    expect(ana.locator("#memo-list .memo-card")).to_have_count(2)
    assert stored(served) == [("turn", "**Slots** come from the form", None), ("excerpt", "A draft", None)]


def test_a_memo_that_cannot_be_sent_stays_in_the_editor_and_goes_out_once(served: Served, ana: Page) -> None:
    ana.keyboard.press("m")
    ana.keyboard.type("Not lost")
    ana.context.set_offline(True)
    ana.keyboard.press("Control+Enter")
    expect(ana.locator("#memo-refused")).to_contain_text("Not stored:")
    expect(ana.locator("#memo-form-words")).to_have_value("Not lost")
    assert stored(served) == []
    ana.context.set_offline(False)
    expect(ana.locator("#memo-list .memo-card")).to_have_count(1)
    assert stored(served) == [("turn", "Not lost", None)]


def test_whoever_saves_second_sees_both_texts_and_chooses(served: Served, ana: Page) -> None:
    ana.keyboard.press("m")
    ana.keyboard.type("One")
    ana.keyboard.press("Control+Enter")
    card = ana.locator("#memo-list .memo-card")
    card.locator("summary").click()
    card.get_by_role("button", name="Change").click()
    ben = served.home.actor("ben")
    with served.home.session(ben) as session:
        memo = session.scalars(select(Memo)).one()
        coding.change_memo(session, ben, memo=memo, seen=memo.version, words="Ben's", title="", is_private=False)
    ana.locator("#memo-form-words").fill("Ana's")
    ana.keyboard.press("Control+Enter")
    expect(ana.locator("#memo-theirs-words")).to_have_text("Ben's")
    expect(ana.locator("#memo-form-words")).to_have_value("Ana's")
    assert [words for _about, words, _who in stored(served)] == ["Ben's"]
    ana.get_by_role("button", name="Store mine as the next version").click()
    expect(ana.locator("#memo-list .md")).to_have_text("Ana's")


def test_nothing_of_a_hundred_hostile_memos_is_ever_carried_out(served: Served, ana: Page) -> None:
    actor = served.home.actor("ana")
    with served.home.session(actor) as session:
        source = corpus.source_keyed(session, served.home.study_id, KEY)
        revision = corpus.newest_revision(session, source)
        turn = corpus.turns_of(session, revision)[2]
        for payload in PAYLOADS:
            about = coding.on_turn(revision, turn)
            coding.add_memo(session, actor, about=about, words=payload, title=payload[:200].replace("\n", " "))
    assert len(PAYLOADS) >= 100
    ana.add_init_script("window.carriedOut = 0; window.hacked = () => { window.carriedOut += 1; };")
    memos = f"{served.team}/s/cedar/memos"
    for address in (memos, f"{memos}?page=2", f"{memos}?page=3", f"{served.team}/s/cedar/sources/{KEY}"):
        ana.goto(address)
        assert _carried_out(ana) == 0
    open_at(ana, served)
    expect(ana.locator("#memo-list .memo-card")).to_have_count(len(PAYLOADS))
    ana.evaluate("document.querySelectorAll('.memo-card').forEach((card) => (card.open = true))")
    assert _carried_out(ana) == 0
    ana.keyboard.press("m")
    ana.locator("#memo-form-words").fill("\n\n".join(PAYLOADS)[:19_000])
    ana.locator("#memo-preview summary").click()
    expect(ana.locator("#memo-preview-words > *").first).to_be_attached()
    assert _carried_out(ana) == 0
    ana.locator("#memo-form-words").fill("")


def _carried_out(page: Page) -> int:
    """Point at and focus everything in memos that could be, follow nothing, and count what was carried out."""
    page.evaluate("""() => document.querySelectorAll(".md *, .memo-top *, .memo-card *").forEach((each) => {
      for (const kind of ["mouseover", "focus", "toggle", "error", "load"]) each.dispatchEvent(new Event(kind));
    })""")
    bad = page.locator(
        '.md :is(script, img, svg, iframe, object, embed, style, form, input, video), .md a[href^="javascript"]'
    )
    assert bad.count() == 0
    return int(page.evaluate("window.carriedOut"))
