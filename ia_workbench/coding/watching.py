"""What changed at a source since someone last looked: for browsers that show the same source to two people."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ia_workbench.coding.journal import CODE, CODING, EVIDENCE, MEMO, parts_of
from ia_workbench.coding.models import CodingAct
from ia_workbench.coding.queries import Mark, marks_on
from ia_workbench.coding.rules import ActKind
from ia_workbench.corpus import Revision, Source

MOST_ACTS = 500  # after more than these a browser reads everything anew


@dataclass(frozen=True)
class Changes:
    """What changed since an act: codings as they are now, those that are gone, whether codebook or memos changed.

    `last` is the number to ask with next time. `is_too_much` says to read everything anew.
    """

    last: int
    marks: Sequence[Mark]
    gone: Sequence[uuid.UUID]
    is_codebook_changed: bool
    are_memos_changed: bool
    is_evidence_changed: bool
    is_too_much: bool


def last_act(session: Session, study_id: int) -> int:
    """Return the number of the last act in a study, 0 before the first."""
    return session.scalar(select(func.max(CodingAct.id)).where(CodingAct.study_id == study_id)) or 0


def changes_since(session: Session, revision: Revision, after: int) -> Changes:
    """Return what acts after the one of that number changed among the codings of a revision."""
    here = or_(CodingAct.source_id == revision.source_id, CodingAct.source_id.is_(None))
    statement = select(CodingAct).where(CodingAct.study_id == revision.study_id, here, CodingAct.id > after)
    acts = session.scalars(statement.order_by(CodingAct.id).limit(MOST_ACTS + 1)).all()
    parts = [part for act in acts for part in parts_of(act)]
    touched = list(dict.fromkeys(part.guid for part in parts if part.kind == CODING))
    marks = marks_on(session, revision, only=touched) if touched else []
    there = {each.guid for each in marks}
    return Changes(
        last=acts[-1].id if acts else after,
        marks=marks,
        gone=[guid for guid in touched if guid not in there],
        is_codebook_changed=any(part.kind == CODE for part in parts),
        are_memos_changed=any(part.kind == MEMO for part in parts),
        is_evidence_changed=any(part.kind == EVIDENCE for part in parts),
        is_too_much=len(acts) > MOST_ACTS,
    )


def merged_codings(
    session: Session, study_id: int, together: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, Counter[str]]:
    """Return how many codings each merge moved in each source: by what joins its acts, then by source key.

    `together` are those of the merges, as the history of the codebook has them. Withdrawn sources are left out.
    """
    statement = (
        select(CodingAct.together, Source.key, CodingAct.parts)
        .join(Source, CodingAct.source_id == Source.id)
        .where(CodingAct.study_id == study_id, CodingAct.together.in_(together), Source.withdrawn_at.is_(None))
        .where(CodingAct.kind == ActKind.CODEBOOK)
        .order_by(Source.key)
    )
    found: defaultdict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    for joined, key, parts in session.execute(statement):
        found[joined][key] += len({part["guid"] for part in parts if part["kind"] == CODING})
    return found
