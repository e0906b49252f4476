"""Proving that the journal tells the truth: replayed from its first act, it gives the codings that are there."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from ia_workbench.coding.journal import CODING, State, coding_state, parts_of
from ia_workbench.coding.models import Coding, CodingAct


@dataclass(frozen=True)
class Replayed:
    """What came of replaying a journal: how many codings it tells of, and those with which something is wrong.

    `broken` are codings of which an act says that they were something else before than the act before it left;
    `unlike` are those that are not now what the journal leaves. Codings that it never tells of came with a study that
    was loaded, which is no act of anybody: `untold` says how many, and nothing is wrong with them.
    """

    told: int
    untold: int
    broken: frozenset[uuid.UUID]
    unlike: frozenset[uuid.UUID]

    @property
    def wrong(self) -> frozenset[uuid.UUID]:
        """All codings with which something is wrong."""
        return self.broken | self.unlike


def replayed(session: Session, study_id: int) -> Replayed:
    """Replay the journal of a study and compare what it leaves with the codings of the study.

    A withdrawal destroys the codings of a source with the acts on it, so that neither tells of the other.
    """
    left, broken = _left_by_acts(session, study_id)
    statement = select(Coding).join(Coding.excerpt).join(Coding.code)  # one whose code is missing is told elsewhere
    loaded = (contains_eager(Coding.excerpt), contains_eager(Coding.code))
    found = session.scalars(statement.where(Coding.study_id == study_id).options(*loaded))
    there = {each.guid: coding_state(each) for each in found}
    unlike = {guid for guid, state in left.items() if there.get(guid) != state}
    return Replayed(len(left), len(there.keys() - left.keys()), frozenset(broken), frozenset(unlike))


def _left_by_acts(session: Session, study_id: int) -> tuple[dict[uuid.UUID, State | None], set[uuid.UUID]]:
    """Return what the acts leave of each coding, None where it is gone, and of which one act does not fit the next."""
    left: dict[uuid.UUID, State | None] = {}
    broken: set[uuid.UUID] = set()
    acts = select(CodingAct).where(CodingAct.study_id == study_id).order_by(CodingAct.id)
    for act in session.scalars(acts.execution_options(yield_per=500)):
        for part in parts_of(act):
            if part.kind != CODING:
                continue
            if part.guid in left and left[part.guid] != part.before:
                broken.add(part.guid)
            left[part.guid] = part.after
    return left, broken
