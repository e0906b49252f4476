"""Undo and redo: any sequence of acts comes back as it was, for each person alone."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus
from ia_workbench.coding import ActKind, Coding, CodingAct, watching
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Conflict, NotFound, Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: Dos autobuses 👩‍👧‍👦, été… y luego caminar."
PATHS = ("barriers", "barriers/transport", "barriers/hours")
KINDS = ("apply", "several", "remove", "resize", "recode", "mark", "rate", "undo", "redo")
Step = tuple[str, int, int, str]
STEPS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 12), st.integers(1, 12), st.sampled_from(PATHS)), max_size=30
)
Seen = dict[str, tuple[Any, ...]]


@pytest.fixture
def stocked(home: Home) -> Home:
    """The home with codes and a source."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        add_source(session, home, key="INT-001", text=TEXT)
        codebook.code_at(session, home.study_id, PATHS[0]).scale = ["slight", "marked", "strong"]
        codebook.code_at(session, home.study_id, PATHS[1]).scale = ["slight", "strong"]
    return home


def seen(session: Session) -> Seen:
    """All codings as they are, by GUID."""
    session.expire_all()
    return {
        str(each.guid): (
            each.excerpt.start,
            each.excerpt.end,
            each.code.path,
            each.coder_id,
            each.at,
            each.is_important,
            each.rating,
        )
        for each in session.scalars(select(Coding))
    }


def revision_in(session: Session) -> Revision:
    return session.scalars(select(Revision).order_by(Revision.id.desc())).first() or pytest.fail("no revision")


def act(session: Session, actor: Actor, revision: Revision, step: Step) -> None:
    """Take one step; one that is refused does nothing."""
    kind, start, length, path = step
    mine = [each for each in coding.codings_on(session, revision) if each.coder_id == actor.account_id]
    made = mine[start % len(mine)] if mine else None
    code, span = codebook.code_at(session, revision.study_id, path), Span(start, start + length)
    try:
        if kind == "apply":
            coding.apply_code(session, actor, revision=revision, span=span, code=code)
        elif kind == "several":
            several = [codebook.code_at(session, revision.study_id, each) for each in (path, PATHS[length % 3])]
            coding.apply_codes(session, actor, revision=revision, span=span, codes=several)
        elif kind in ("undo", "redo"):
            getattr(coding, kind)(session, actor, source=revision.source)
        elif made is not None and kind == "remove":
            coding.remove_coding(session, actor, coding=made)
        elif made is not None and kind == "resize":
            coding.resize_coding(session, actor, coding=made, revision=revision, span=span)
        elif made is not None and kind == "recode":
            coding.recode(session, actor, coding=made, code=code)
        elif made is not None and kind == "rate":
            coding.rate_coding(session, actor, coding=made, rating=length % 4 or None)
        elif made is not None and kind == "mark":
            coding.mark_important(session, actor, coding=made, is_important=not made.is_important)
    except (Refused, NotFound, Conflict):
        pass


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undoing_all_that_holds_and_redoing_it_gives_the_same_codings_back(
    stocked: Home, steps: Sequence[Step]
) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        key = f"INT-{len(session.scalars(select(Revision)).all()) + 1:03d}"
        revision = revision_of(session, add_source(session, stocked, key=key, text=TEXT))
        before = seen(session)
        for step in steps:
            act(session, ana, revision, step)
        after = seen(session)
        states = [after]
        while coding.undoable(session, ana, source=revision.source).undo:
            coding.undo(session, ana, source=revision.source)
            states.append(seen(session))
        assert states[-1] == before
        for state in reversed(states[:-1]):
            coding.redo(session, ana, source=revision.source)
            assert seen(session) == state
        assert seen(session) == after
        assert coding.mismatched_excerpts(session, stocked.study_id) == []


def test_each_person_undoes_their_own_acts_and_no_others(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        hers = coding.apply_code(session, ana, revision=revision, span=Span(8, 11), code=code)
        his = coding.apply_code(session, ben, revision=revision, span=Span(8, 11), code=code)
        coding.undo(session, ana, source=revision.source)
        assert list(seen(session)) == [str(his.guid)]
        with pytest.raises(NotFound, match="nothing to undo"):
            coding.undo(session, ana, source=revision.source)
        coding.redo(session, ana, source=revision.source)
        assert set(seen(session)) == {str(hers.guid), str(his.guid)}


def test_a_new_act_ends_redoing(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        for start in (8, 12):
            coding.apply_code(session, ana, revision=revision, span=Span(start, start + 3), code=code)
        coding.undo(session, ana, source=revision.source)
        coding.apply_code(session, ana, revision=revision, span=Span(16, 19), code=code)
        with pytest.raises(NotFound, match="nothing to redo"):
            coding.redo(session, ana, source=revision.source)
        coding.undo(session, ana, source=revision.source)
        assert coding.undoable(session, ana, source=revision.source).redo is ActKind.APPLY


def test_what_another_changed_since_is_not_undone_and_can_be_left_as_it_is(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        first = coding.apply_code(session, ben, revision=revision, span=Span(8, 11), code=code)
        second = coding.apply_code(session, ben, revision=revision, span=Span(12, 15), code=code)
        coding.mark_important(session, ana, coding=second, is_important=True)
        with pytest.raises(Conflict, match="changed by someone else"):
            coding.undo(session, ben, source=revision.source)
        assert set(seen(session)) == {str(first.guid), str(second.guid)}
        coding.leave_standing(session, ben, source=revision.source)
        coding.undo(session, ben, source=revision.source)
        assert list(seen(session)) == [str(second.guid)]


def test_an_act_goes_along_with_a_corrected_text(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        made = coding.apply_code(session, ana, revision=revision, span=Span(8, 21), code=code)
        guid, quote = made.guid, made.excerpt.quote
        coding.remove_coding(session, ana, coding=made)
        corrected = coding.correct_source(session, ana, source=revision.source, text="Well. " + TEXT)
        coding.undo(session, ana, source=revision.source)
        (back,) = coding.codings_on(session, corrected.revision)
        assert (back.guid, back.excerpt.quote) == (guid, quote)


def test_a_withdrawn_source_gets_nothing_back(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        made = coding.apply_code(session, ana, revision=revision, span=Span(8, 21), code=code)
        coding.remove_coding(session, ana, coding=made)
        corpus.withdraw_source(session, ana, source=revision.source, reason="asked")
        with pytest.raises(Conflict, match="no longer there"):
            coding.undo(session, ana, source=revision.source)


def test_the_journal_holds_no_words(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        coding.apply_code(session, ana, revision=revision, span=Span(8, 21), code=code, request="once")
        coding.undo(session, ana, source=revision.source)
        for each in session.scalars(select(CodingAct)):
            assert "autobuses" not in str(each.parts)


def test_changes_since_an_act_are_what_others_did_after_it(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        hers = coding.apply_code(session, ana, revision=revision, span=Span(8, 11), code=code)
        known = coding.last_act(session, stocked.study_id)
        assert not coding.changes_since(session, revision, known).marks
        his = coding.apply_code(session, ben, revision=revision, span=Span(12, 15), code=code)
        gone = hers.guid
        coding.remove_coding(session, ana, coding=hers)
        found = coding.changes_since(session, revision, known)
        assert [each.guid for each in found.marks] == [his.guid]
        assert list(found.gone) == [gone]
        assert coding.changes_since(session, revision, found.last).gone == []


def test_sending_an_act_twice_does_it_once_even_when_its_coding_was_removed_since(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        made = coding.apply_code(session, ana, revision=revision, span=Span(8, 11), code=code, request="once")
        coding.resize_coding(session, ana, coding=made, revision=revision, span=Span(8, 15), request="twice")
        coding.resize_coding(session, ana, coding=made, revision=revision, span=Span(8, 21), request="twice")
        assert (made.excerpt.start, made.excerpt.end) == (8, 15)
        coding.remove_coding(session, ana, coding=made)
        with pytest.raises(Conflict):
            coding.apply_code(session, ana, revision=revision, span=Span(8, 12), code=code, request="once")
        with pytest.raises(NotFound, match="no longer there"):
            coding.apply_code(session, ana, revision=revision, span=Span(8, 11), code=code, request="once")
        assert seen(session) == {}


def test_a_coding_that_came_back_has_a_version_that_nobody_saw_of_it(stocked: Home) -> None:
    """Else a page that knows its first version would leave it as it was, and change what it never showed."""
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        first = coding.apply_code(session, ben, revision=revision, span=Span(8, 11), code=code)
        shown, guid = first.version, first.guid
        coding.mark_important(session, ana, coding=first, is_important=True)
        past = {shown, first.version}
        coding.remove_coding(session, ana, coding=first)
        coding.undo(session, ana, source=revision.source)
        back = coding.coding_by_guid(session, guid)
        assert back.version not in past
        with pytest.raises(Conflict, match="changed by someone else"):
            coding.rate_coding(session, ben, coding=back, rating=1, seen=shown)
        coding.rate_coding(session, ben, coding=back, rating=1, seen=back.version)


def test_several_codings_that_came_back_at_once_have_new_versions(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        codes = [codebook.code_at(session, stocked.study_id, path) for path in PATHS]
        coding.apply_codes(session, ana, revision=revision, span=Span(8, 11), codes=codes)
        coding.undo(session, ana, source=revision.source)
        coding.redo(session, ana, source=revision.source)
        assert all(each.version > 1 for each in coding.marks_on(session, revision))


def test_a_page_that_is_told_too_much_takes_all_else_to_have_changed_too(
    stocked: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_ACTS", 1)
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision = revision_in(session)
        code = codebook.code_at(session, stocked.study_id, PATHS[0])
        for start in (8, 12, 16):
            coding.apply_code(session, ana, revision=revision, span=Span(start, start + 3), code=code)
        coding.add_memo(session, ana, about=coding.on_code(code), words="Which?")
        found = coding.changes_since(session, revision, 0)
        assert (found.is_too_much, found.are_memos_changed, found.is_codebook_changed) == (True, True, True)
