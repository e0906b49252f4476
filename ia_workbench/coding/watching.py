"""What changed at a source since someone last looked: for browsers that show the same source to two people."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from ia_workbench.coding.journal import CODE, CODING, EVIDENCE, FAVOURITE, MEMO, SUBJECT, Part, parts_of
from ia_workbench.coding.models import CodingAct
from ia_workbench.coding.queries import Mark, marks_on
from ia_workbench.coding.rules import ActKind
from ia_workbench.corpus import Revision, RevisionKind, Source
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Account, Study

MOST_ACTS = 500  # after more than these a browser reads everything anew


@dataclass(frozen=True)
class Changes:
    """What changed since an act: codings as they are now, those that are gone, whether codebook or memos changed.

    `last` is the number to ask with next time. `is_too_much` says to read everything anew, so that all else is taken to
    have changed, too. `doings` say who did what, in order.
    """

    last: int
    marks: Sequence[Mark]
    gone: Sequence[uuid.UUID]
    is_codebook_changed: bool
    are_memos_changed: bool
    is_evidence_changed: bool
    is_too_much: bool
    doings: Sequence["Doing"] = ()


@dataclass(frozen=True)
class Doing:
    """What kind of act somebody did, and to which things (their GUIDs); what followed a merge is none of them."""

    who: str
    kind: ActKind
    things: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class Glance:
    """A source at a glance: its number in the store, the number of its newest text, and of the last act on it."""

    source_id: int
    revision: int
    last: int
    is_withdrawn: bool = False


def _glance() -> Select[int, int | None, int | None, int | None, bool]:
    on_source = select(func.max(CodingAct.id)).where(CodingAct.source_id == Source.id)
    on_codes = select(func.max(CodingAct.id)).where(CodingAct.study_id == Study.id, CodingAct.source_id.is_(None))
    is_there = (Revision.source_id == Source.id, Revision.kind != RevisionKind.MASKED)
    newest = select(func.max(Revision.number)).where(*is_there)
    columns = (newest.scalar_subquery(), on_source.scalar_subquery(), on_codes.scalar_subquery())
    here = (Study.key == bindparam("study"), Source.key == bindparam("source"))
    is_withdrawn = Source.withdrawn_at.is_not(None).label("is_withdrawn")
    return select(Source.id, *columns, is_withdrawn).join(Study, Study.id == Source.study_id).where(*here)


GLANCE = _glance()  # put together once: that takes longer than asking it


def glance_at(session: Session, study_key: str, source_key: str) -> Glance:
    """Return where a source stands in one query that reads no row of it but its number; NotFound when it is absent.

    It is what browsers ask every second or two, so it must cost next to nothing.
    """
    row = session.execute(GLANCE, {"study": study_key, "source": source_key}).one_or_none()
    if row is None or row[1] is None:
        raise NotFound("There is no source {key} in this study.", key=source_key)
    return Glance(row[0], row[1], max(row[2] or 0, row[3] or 0), is_withdrawn=bool(row[4]))


def is_last_on(session: Session, act: CodingAct, guid: uuid.UUID) -> bool:
    """Say whether a coding is still as an act left it: no later act at its source touched it."""
    later = select(CodingAct.parts).where(CodingAct.source_id == act.source_id, CodingAct.id > act.id)
    return all(part["guid"] != str(guid) for parts in session.scalars(later) for part in parts)


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
    is_too_much = len(acts) > MOST_ACTS
    return Changes(
        last=acts[-1].id if acts else after,
        marks=marks,
        gone=[guid for guid in touched if guid not in there],
        is_codebook_changed=is_too_much or any(part.kind == CODE for part in parts),
        are_memos_changed=is_too_much or any(_touches_memos(part) for part in parts),
        is_evidence_changed=is_too_much or any(part.kind == EVIDENCE for part in parts),
        is_too_much=is_too_much,
        doings=_doings(session, acts),
    )


def _touches_memos(part: Part) -> bool:
    """Say whether a part changed a memo, or what memos are on: with a code that goes or comes its memos do."""
    return part.kind in (MEMO, SUBJECT) or (part.kind == CODE and None in (part.before, part.after))


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


def _doings(session: Session, acts: Sequence[CodingAct]) -> list[Doing]:
    numbers = {act.account_id for act in acts}
    found = session.execute(select(Account.id, Account.username).where(Account.id.in_(numbers))) if numbers else ()
    names = {number: name for number, name in found}
    return [Doing(names[act.account_id], act.kind, tuple(_things(act))) for act in acts]


def _things(act: CodingAct) -> Iterator[uuid.UUID]:
    yield from (part.guid for part in parts_of(act) if part.kind not in (SUBJECT, FAVOURITE))
