"""Changing memos: versions, two writers, undo; who may read them; links; what a withdrawal and withholding reach."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus
from ia_workbench.coding import Memo, MemoAbout, MemoChoice, MemoLink, MemoVersion, memo_name
from ia_workbench.corpus import Revision, Source, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import Conflict, Edit, NotAllowed, NotFound, Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.materials import CODES
from tests.support.sources import add_source

TEXT = "PARENT: I called the court at noon.\nWORKER: And then?\nPARENT: Nobody called back.\n"
APPLIERS = {"memo": coding.set_memo_state}


@pytest.fixture
def noted(home: Home) -> Home:
    """A study with a source and a codebook."""
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=TEXT)
        codebook.import_codebook(session, home.actor("ana"), study_id=home.study_id, file=CODES)
    return home


@contextmanager
def desk(home: Home, who: str) -> Iterator[tuple[Session, Actor, Source, Revision]]:
    """A session of someone with the source and its newest text; stored at the end."""
    actor = home.actor(who)
    with home.session(actor) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        yield session, actor, source, corpus.newest_revision(session, source)


def only(session: Session) -> Memo:
    return session.scalars(select(Memo)).one()


def change(session: Session, actor: Actor, memo: Memo, words: str, **further: object) -> None:
    said: dict[str, object] = {"title": memo.title, "is_private": memo.private_to is not None, "seen": memo.version}
    coding.change_memo(session, actor, memo=memo, words=words, **{**said, **further})  # type: ignore[arg-type]


def test_a_memo_can_be_about_a_turn_words_a_code_or_the_source(noted: Home) -> None:
    with desk(noted, "ben") as (session, ben, source, revision):
        turn = corpus.turns_of(session, revision)[1]
        code = codebook.codes(session, noted.study_id)[0]
        for about in (coding.on_source(source), coding.on_turn(revision, turn), coding.on_words(revision, Span(8, 16)),
                      coding.on_code(code)):  # fmt: skip
            coding.add_memo(session, ben, about=about, words=f"On a {about.about}.")
        quotes = {each.about: each.excerpt.quote for each in coding.memos_of(session, source) if each.excerpt}
        assert quotes == {MemoAbout.TURN: "And then?", MemoAbout.EXCERPT: "I called"}
        assert [each.words for each in coding.memos_about(session, coding.on_code(code))] == ["On a code."]
        assert [(each.words, number) for each, number in coding.memos_on_codes(session, noted.study_id)] == [
            ("On a code.", code.id)
        ]
        found = coding.memos(session, noted.study_id, MemoChoice(about=MemoAbout.TURN, by="ben"))
        assert [each.words for each in found] == ["On a turn."]


def test_a_private_memo_is_read_changed_and_removed_by_nobody_else_a_lead_neither(noted: Home) -> None:
    with desk(noted, "ben") as (session, ben, source, _revision):
        memo = coding.add_memo(session, ben, about=coding.on_source(source), words="I doubt it.", is_private=True)
        guid = str(memo.guid)
    with desk(noted, "ana") as (session, ana, source, _revision):
        assert list(coding.memos_of(session, source)) == []
        assert session.scalars(select(MemoVersion)).all() == []
        with pytest.raises(NotFound):
            coding.memo_of_study(session, noted.study_id, guid)
    with noted.unheld(Store.EVIDENCE) as unguarded:
        ana, memo = noted.actor("ana"), only(unguarded)
        for act in (
            lambda: change(unguarded, ana, memo, "Mine now."),
            lambda: coding.remove_memo(unguarded, ana, memo=memo),
            lambda: coding.restore_memo(unguarded, ana, memo=memo),
        ):
            with pytest.raises(NotFound):
                act()
    with desk(noted, "ben") as (session, _ben, source, _revision):
        assert [each.words for each in coding.memos_of(session, source)] == ["I doubt it."]


def test_what_was_written_in_private_stays_so_when_the_memo_becomes_the_teams(noted: Home) -> None:
    with desk(noted, "ben") as (session, ben, source, _revision):
        memo = coding.add_memo(session, ben, about=coding.on_source(source), words="She lies.", is_private=True)
        change(session, ben, memo, "Her account differs.", is_private=False)
    with desk(noted, "ana") as (session, ana, source, _revision):
        (memo,) = coding.memos_of(session, source)
        assert [each.words for each in coding.versions_of(session, memo)] == ["Her account differs."]
        with pytest.raises(NotAllowed, match="Only ben"):
            change(session, ana, memo, memo.words, is_private=True)
        change(session, ana, memo, "Her account differs. Why?")
    with desk(noted, "ben") as (session, ben, _source, _revision), pytest.raises(Refused, match="stays the team's"):
        change(session, ben, only(session), "Back to me.", is_private=True)


def test_whoever_saves_second_is_told_and_nothing_is_overwritten(noted: Home) -> None:
    with desk(noted, "ana") as (session, ana, source, _revision):
        seen = coding.add_memo(session, ana, about=coding.on_source(source), words="One.").version
    with desk(noted, "ben") as (session, ben, _source, _revision):
        change(session, ben, only(session), "Two.", seen=seen)
    with desk(noted, "ana") as (session, ana, _source, _revision):
        memo = only(session)
        with pytest.raises(Conflict, match="changed this memo"):
            change(session, ana, memo, "Three.", seen=seen)
        assert memo.words == "Two."
        change(session, ana, memo, "Two and three.")
        assert [(each.words, each.by) for each in coding.versions_of(session, memo)] == [
            ("Two and three.", "ana"),
            ("Two.", "ben"),
            ("One.", "ana"),
        ]


def test_the_same_request_notes_once_and_changes_once(noted: Home) -> None:
    with desk(noted, "ana") as (session, ana, source, _revision):
        about = coding.on_source(source)
        first, second = (coding.add_memo(session, ana, about=about, words="One.", request="r-1") for _ in range(2))
        assert first is second
        for _ in range(2):
            change(session, ana, first, "Two.", seen=1, request="r-2")
        assert len(coding.versions_of(session, first)) == 2


def test_undo_and_redo_take_a_memo_through_all_it_was_and_the_journal_holds_no_words(noted: Home) -> None:
    with desk(noted, "ana") as (session, ana, source, _revision):
        other = coding.add_memo(session, ana, about=coding.on_source(source), words="Other.")
        memo = coding.add_memo(session, ana, about=coding.on_source(source), words="Needle one.")
        change(session, ana, memo, "Needle two.", is_private=True, links=[other.guid])
        coding.remove_memo(session, ana, memo=memo)

        def now() -> tuple[str, bool, int] | None:
            if memo.removed_at is not None:
                return None
            linked = coding.linked_memos(session, [memo])[memo.id]
            return memo.words, memo.private_to is not None, len(linked.to)

        states = [now()]
        for _ in range(3):
            coding.undo(session, ana, source=source, appliers=APPLIERS)
            states.append(now())
        assert states == [None, ("Needle two.", True, 1), ("Needle one.", False, 0), None]
        again = []
        for _ in range(3):
            coding.redo(session, ana, source=source, appliers=APPLIERS)
            again.append(now())
        assert again == [("Needle one.", False, 0), ("Needle two.", True, 1), None]
        written = json.dumps([each.parts for each in session.scalars(select(coding.CodingAct))])
        assert "Needle" not in written


def test_what_somebody_else_changed_since_is_not_undone(noted: Home) -> None:
    with desk(noted, "ana") as (session, ana, source, _revision):
        coding.add_memo(session, ana, about=coding.on_source(source), words="One.")
    with desk(noted, "ben") as (session, ben, _source, _revision):
        change(session, ben, only(session), "Two.")
    with desk(noted, "ana") as (session, ana, source, _revision):
        with pytest.raises(Conflict):
            coding.undo(session, ana, source=source, appliers=APPLIERS)
        assert only(session).words == "Two."


def test_a_removed_memo_keeps_its_versions_and_can_be_put_back(noted: Home) -> None:
    with desk(noted, "ana") as (session, ana, source, _revision):
        memo = coding.add_memo(session, ana, about=coding.on_source(source), words="One.")
        change(session, ana, memo, "Two.")
        coding.remove_memo(session, ana, memo=memo)
        assert list(coding.memos_of(session, source)) == []
        assert len(coding.versions_of(session, memo)) == 2
        assert list(coding.memos(session, noted.study_id, MemoChoice(is_removed=True))) == [memo]
        coding.restore_memo(session, ana, memo=memo)
        assert list(coding.memos_of(session, source)) == [memo]


def test_links_are_seen_from_both_ends_by_whoever_may_read_both(noted: Home) -> None:
    with desk(noted, "ben") as (session, ben, source, _revision):
        about = coding.on_source(source)
        team = coding.add_memo(session, ben, about=about, words="Team.")
        private = coding.add_memo(session, ben, about=about, words="Mine.", is_private=True, links=[team.guid])
        linked = coding.linked_memos(session, [team, private])
        assert linked[team.id].coming == (private,)
        assert linked[private.id].to == (team,)
        with pytest.raises(NotFound):
            coding.add_memo(session, ben, about=about, words="To nowhere.", links=[uuid.uuid4()])
    with desk(noted, "ana") as (session, ana, _source, _revision):
        (team,) = session.scalars(select(Memo))
        assert session.scalars(select(MemoLink)).all() == []
        change(session, ana, team, "Team's.", links=[])  # what she does not see stays
    with desk(noted, "ben") as (session, _ben, _source, _revision):
        assert len(session.scalars(select(MemoLink)).all()) == 1


def test_withheld_words_leave_every_version_whoever_keeps_it_private(noted: Home) -> None:
    with desk(noted, "ben") as (session, ben, source, revision):
        code = codebook.codes(session, noted.study_id)[0]
        memo = coding.add_memo(session, ben, about=coding.on_source(source), words="At noon?", is_private=True)
        change(session, ben, memo, "No.", title="At noon")
        coding.add_memo(session, ben, about=coding.on_code(code), words="As in: at noon.")
    with desk(noted, "ana") as (session, ana, source, revision):
        start = TEXT.index("noon")
        text = TEXT.replace("noon", "[time]")
        coding.withhold_words(
            session, ana, source=source, text=text, edits=[Edit(start, start + 4, start, start + 6)], instead="[time]"
        )
        assert [each.words for each in session.scalars(select(Memo))] == ["As in: at [time]."]
    with noted.unheld(Store.EVIDENCE, writes=False) as session:
        kept = [*session.scalars(select(Memo)), *session.scalars(select(MemoVersion))]
        assert not any("noon" in each.words + each.title for each in kept)
        assert len(kept) == 5


def test_a_withdrawal_takes_private_memos_and_counts_them(noted: Home) -> None:
    with desk(noted, "ben") as (session, ben, source, _revision):
        coding.add_memo(session, ben, about=coding.on_source(source), words="Mine.", is_private=True)
        coding.add_memo(session, ben, about=coding.on_source(source), words="Ours.")
    with desk(noted, "ana") as (session, ana, source, _revision):
        assert coding.memos_to_forget(session, [source.id]) == 2
        assert coding.forget(session, source, WithdrawalOutcome.DESTROY)["memos"] == 2
    with noted.unheld(Store.EVIDENCE, writes=False) as session:
        assert session.scalars(select(Memo)).all() == session.scalars(select(MemoVersion)).all() == []


@pytest.mark.parametrize(
    ("title", "words", "name"),
    [
        (" A  title\n", "Words", "A title"),
        ("", "\n\n# **Why** *not*?\nMore", "Why not?"),
        ("", "- see [the law](https://example.org/x)", "see the law"),
        ("", "***", "***"),
        ("", "word " * 40, "word word word word word word word word word word word word …"),
    ],
)
def test_a_memo_is_called_by_its_title_or_its_first_words(title: str, words: str, name: str) -> None:
    assert memo_name(title, words) == name


ACTS = st.lists(st.sampled_from(["change", "private", "remove", "restore", "undo", "redo"]), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_sequence_of_changes_leaves_a_memo_and_its_versions_in_agreement(noted: Home, acts: list[str]) -> None:
    ana = noted.actor("ana")
    with noted.session(ana) as session:
        source = corpus.source_keyed(session, noted.study_id, "INT-001")
        memo = coding.add_memo(session, ana, about=coding.on_source(source), words="0")
        past, undone = [None], list[object]()
        for number, act in enumerate(acts, start=1):
            before = coding.memo_state(session, memo)
            if act == "undo" and past:
                coding.undo(session, ana, source=source, appliers=APPLIERS)
                undone.append(before)
                assert coding.memo_state(session, memo) == past.pop()
            elif act == "redo" and undone:
                coding.redo(session, ana, source=source, appliers=APPLIERS)
                past.append(before)
                assert coding.memo_state(session, memo) == undone.pop()
            elif _did(session, ana, memo, act, number):
                past.append(before)
                undone.clear()
            shown = {each.number: each.words for each in coding.versions_of(session, memo)}
            assert memo.words == shown[memo.shown]
        session.rollback()


def _did(session: Session, ana: Actor, memo: Memo, act: str, number: int) -> bool:
    """Do an act on a memo; says whether it changed anything."""
    stands = memo.removed_at is None
    if act == "change" and stands:
        change(session, ana, memo, str(number))
    elif act == "private" and stands:
        change(session, ana, memo, memo.words, is_private=memo.private_to is None)
    elif act == "remove" and stands:
        coding.remove_memo(session, ana, memo=memo)
    elif act == "restore" and not stands:
        coding.restore_memo(session, ana, memo=memo)
    else:
        return False
    return True
