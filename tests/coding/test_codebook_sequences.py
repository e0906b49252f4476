"""Any sequence of codebook work, undone and redone, leaves paths unique, codings whole and the history complete."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding
from ia_workbench.codebook import Code
from ia_workbench.coding import Coding
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: I took the bus at six, and then I walked the rest of the way in the rain."
ACTS = ("add", "rename", "define", "move", "merge", "remove", "split", "vivo", "code")
REVERTING = ("undo", "redo")


def steps_of(acts: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str, int, int, int]]]:
    """Steps of these acts, each with numbers that choose codes and words."""
    return st.lists(
        st.tuples(st.sampled_from(acts), st.integers(0, 7), st.integers(0, 7), st.integers(0, 40)), max_size=12
    )


@dataclass
class Desk:
    """Somebody who works on the codebook at a source."""

    session: Session
    actor: Actor
    revision: Revision

    @property
    def study_id(self) -> int:
        """The study's number."""
        return self.revision.study_id

    def codes(self) -> list[Code]:
        """The codes as they are."""
        return codebook.codes(self.session, self.study_id)

    def code(self, number: int) -> Code:
        """One of the codes."""
        every = self.codes()
        return every[number % len(every)]

    def in_place(self, change: Any) -> None:
        """Do something to the codebook at the source."""
        coding.change_in_place(
            self.session, self.actor, study_id=self.study_id, change=change, place=self.revision.source
        )


def take(desk: Desk, act: str, one: int, other: int, at: int) -> None:
    """Take one step; what is refused changes nothing."""
    session, actor, source = desk.session, desk.actor, desk.revision.source
    code, target = desk.code(one), desk.code(other)
    span = Span(at, at + 1 + other)
    if act == "add":
        parent = code.path if at % 2 else None
        desk.in_place(
            lambda: codebook.add_code(session, actor, study_id=desk.study_id, name=f"Late {at}", parent_path=parent)
        )
    elif act == "rename":
        wording = replace(codebook.wording_of(code), name=f"Hours {at}")
        desk.in_place(lambda: codebook.change_code(session, actor, code=code, wording=wording))
    elif act == "define":
        wording = replace(codebook.wording_of(code), definition=f"When {at}", color=at % 12 + 1, scale=("low", "high"))
        desk.in_place(lambda: codebook.change_code(session, actor, code=code, wording=wording))
    elif act == "move":
        above = target if at % 3 else None
        desk.in_place(lambda: codebook.move_code(session, actor, code=code, parent=above, place=at % 4))
    elif act == "merge":
        coding.merge_codes(session, actor, code=code, into=target, place=source)
    elif act == "remove":
        coding.remove_code(session, actor, code=code, place=source)
    elif act == "split":
        split = coding.split_code(session, actor, code=code, targets=[target])
        waiting = [each.guid for each in coding.split_items(session, split)]
        coding.sort_coding(session, actor, split=split, guid=waiting[at % len(waiting)], into=target)
    elif act == "vivo":
        coding.code_in_vivo(session, actor, revision=desk.revision, span=span, name=f"“walked {at}”", parent=code)
    elif act == "code":
        rating = 1 if code.scale else None
        coding.apply_code(session, actor, revision=desk.revision, span=span, code=code, rating=rating)
    else:
        getattr(coding, act)(session, actor, source=source)


@pytest.fixture
def coded(home: Home) -> Iterator[Desk]:
    """Offer a study with codes and a source."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        yield Desk(session, ana, revision_of(session, add_source(session, home, key="INT-001", text=TEXT)))
        session.rollback()


SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(steps=steps_of(ACTS + REVERTING))
def test_any_sequence_leaves_paths_unique_codings_whole_and_the_history_complete(
    coded: Desk, steps: list[tuple[str, int, int, int]]
) -> None:
    session = coded.session
    outer = session.begin_nested()
    try:
        for step in steps:
            with suppress(Refused), session.begin_nested():
                take(coded, *step)
                session.flush()
            session.expire_all()
            assert_sound(coded)
        undo_all(coded)
        assert_sound(coded)
    finally:
        outer.rollback()
        session.expire_all()


def assert_sound(desk: Desk) -> None:
    every = desk.codes()
    assert len({each.path for each in every}) == len(every)
    assert all(each.path == (f"{each.parent.path}/{each.key}" if each.parent else each.key) for each in every)
    made = desk.session.scalars(select(Coding)).all()
    assert {each.code_id for each in made} <= {each.id for each in every}
    assert len({(each.excerpt_id, each.code_id, each.coder_id) for each in made}) == len(made)
    assert all(each.rating is None or each.rating <= len(each.code.scale) for each in made)
    assert by_history(desk) == {str(each.guid): own(codebook.code_state(desk.session, each)) for each in every}


def own(state: dict[str, Any]) -> dict[str, Any]:
    """What is a code's own, without what follows from the codes around it."""
    return {name: value for name, value in state.items() if name not in {"path", "place"}}


def by_history(desk: Desk) -> dict[str, dict[str, Any]]:
    """The codebook as its history alone tells it."""
    found: dict[str, dict[str, Any]] = {}
    for change in reversed(codebook.changes(desk.session, desk.study_id)):
        guid = str(change.code_guid)
        assert (own(change.before) if change.before else None) == found.get(guid)
        if change.after is None:
            del found[guid]
        else:
            found[guid] = own(change.after)
    return found


def undo_all(desk: Desk) -> None:
    with suppress(Refused):
        while True:
            with desk.session.begin_nested():
                coding.undo(desk.session, desk.actor, source=desk.revision.source)


@SLOW
@given(steps=steps_of(ACTS))
def test_undoing_everything_brings_the_codebook_and_the_codings_back(
    coded: Desk, steps: list[tuple[str, int, int, int]]
) -> None:
    session = coded.session
    outer = session.begin_nested()
    try:
        coding.apply_code(session, coded.actor, revision=coded.revision, span=Span(0, 9), code=coded.code(0))
        coding.leave_standing(session, coded.actor, source=coded.revision.source)
        before = picture(coded)
        for step in steps:
            with suppress(Refused), session.begin_nested():
                take(coded, *step)
                session.flush()
        session.expire_all()
        after = picture(coded)
        undo_all(coded)
        session.expire_all()
        assert picture(coded) == before
        with suppress(Refused):
            while True:
                with session.begin_nested():
                    coding.redo(session, coded.actor, source=coded.revision.source)
        session.expire_all()
        assert picture(coded) == after
    finally:
        outer.rollback()
        session.expire_all()


def picture(desk: Desk) -> tuple[list[Any], set[Any]]:
    """The tree in its order, and every coding by GUID."""
    made = desk.session.scalars(select(Coding)).all()
    codes = [(each.guid, codebook.code_state(desk.session, each)) for each in desk.codes()]
    return codes, {(each.guid, each.excerpt.guid, each.code.guid, each.rating) for each in made}
