"""Reads of memos. What others keep private is not there; nor is what is about a withdrawn source."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from ia_workbench.codebook import Code
from ia_workbench.coding.memo_models import Memo, MemoLink, MemoVersion
from ia_workbench.coding.memo_subjects import Subject
from ia_workbench.coding.models import Excerpt
from ia_workbench.coding.rules import MemoAbout
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import NotFound

GONE = "This memo is no longer there."


@dataclass(frozen=True)
class MemoChoice:
    """Which memos are asked for; None means whichever. `is_private` is about the reader's own, the only ones seen."""

    about: MemoAbout | None = None
    source: Source | None = None
    by: str | None = None
    is_private: bool | None = None
    since: datetime | None = None
    is_removed: bool = False


@dataclass(frozen=True)
class Linked:
    """The memos that one points to, and those that point to it, oldest first."""

    to: tuple[Memo, ...] = ()
    coming: tuple[Memo, ...] = ()


def memos(session: Session, study_id: int, choice: MemoChoice | None = None) -> Sequence[Memo]:
    """Return the memos of a study that the session shows, the last written first, with their excerpts loaded."""
    chosen = choice or MemoChoice()
    conditions: list[ColumnElement[bool]] = [Memo.study_id == study_id]
    if chosen.about is not None:
        conditions.append(Memo.about == chosen.about)
    if chosen.source is not None:
        conditions.append(Memo.source_id == chosen.source.id)
    if chosen.by is not None:
        conditions.append(Memo.by == chosen.by)
    if chosen.is_private is not None:
        conditions.append(Memo.private_to.is_not(None) if chosen.is_private else Memo.private_to.is_(None))
    if chosen.since is not None:
        conditions.append(or_(Memo.at >= chosen.since, Memo.changed_at >= chosen.since))
    conditions.append(Memo.removed_at.is_not(None) if chosen.is_removed else Memo.removed_at.is_(None))
    return session.scalars(_standing().where(*conditions).order_by(Memo.at.desc(), Memo.id.desc())).all()


def _standing() -> Select[Memo]:
    """Select memos, but none of a withdrawn source."""
    withdrawn = select(Source.id).where(Source.withdrawn_at.is_not(None))
    statement = select(Memo).where(or_(Memo.source_id.is_(None), Memo.source_id.not_in(withdrawn)))
    return statement.options(joinedload(Memo.excerpt).joinedload(Excerpt.revision))


def memos_of(session: Session, source: Source) -> Sequence[Memo]:
    """Return the memos of a source with their excerpts loaded, oldest first; empty once the source is withdrawn."""
    if source.is_withdrawn:
        return []
    here = (Memo.source_id == source.id, Memo.removed_at.is_(None))
    return session.scalars(_standing().where(*here).order_by(Memo.at, Memo.id)).all()


def excerpts_with_memos(session: Session, revision: Revision) -> Sequence[int]:
    """Return the excerpt of each memo on turns or words of a text, by internal number; one that has two comes twice."""
    statement = select(Memo.excerpt_id).join(Excerpt, Memo.excerpt_id == Excerpt.id)
    here = (Excerpt.revision_id == revision.id, Memo.removed_at.is_(None))
    return [each for each in session.scalars(statement.where(*here)) if each is not None]


def memos_about(session: Session, subject: Subject) -> Sequence[Memo]:
    """Return the memos on a code, a step or passage, or a finding, oldest first."""
    here = (Memo.study_id == subject.study_id, Memo.about == subject.about, Memo.thing == subject.thing)
    return session.scalars(_standing().where(*here, Memo.removed_at.is_(None)).order_by(Memo.at, Memo.id)).all()


def memos_on_codes(session: Session, study_id: int) -> Sequence[tuple[Memo, int]]:
    """Return every memo on a code of the codebook with the code's internal number, oldest first."""
    numbers = {str(guid): number for guid, number in session.execute(_codes(study_id))}
    here = (Memo.study_id == study_id, Memo.about == MemoAbout.CODE, Memo.removed_at.is_(None))
    found = session.scalars(_standing().where(*here).order_by(Memo.at, Memo.id)).all()
    return [(each, numbers[each.thing]) for each in found if each.thing in numbers]


def _codes(study_id: int) -> Select[uuid.UUID, int]:
    return select(Code.guid, Code.id).where(Code.study_id == study_id)


def memo_of_study(session: Session, study_id: int, guid: str, *, or_removed: bool = False) -> Memo:
    """Return a memo of a study by its GUID as text; raises NotFound, for one that was removed unless `or_removed`."""
    try:
        wanted = uuid.UUID(guid)
    except ValueError:
        raise NotFound(GONE) from None
    found = session.scalars(_standing().where(Memo.study_id == study_id, Memo.guid == wanted)).one_or_none()
    if found is None or (found.removed_at is not None and not or_removed):
        raise NotFound(GONE)
    return found


def memo_by_guid(session: Session, source: Source, guid: str) -> Memo:
    """Return a memo of a source by its GUID as text; raises NotFound."""
    found = memo_of_study(session, source.study_id, guid)
    if found.source_id != source.id:
        raise NotFound(GONE)
    return found


def versions_of(session: Session, memo: Memo) -> Sequence[MemoVersion]:
    """Return every version of a memo that the session shows, the last one first."""
    statement = select(MemoVersion).where(MemoVersion.memo_id == memo.id)
    return session.scalars(statement.order_by(MemoVersion.number.desc())).all()


def linked_memos(session: Session, memos: Iterable[Memo]) -> Mapping[int, Linked]:
    """Return what each of these memos points to and what points to it, by internal number; two queries for all."""
    numbers = {each.id for each in memos}
    here = or_(MemoLink.from_id.in_(numbers), MemoLink.to_id.in_(numbers))
    pairs = [
        (from_id, to_id) for from_id, to_id in session.execute(select(MemoLink.from_id, MemoLink.to_id).where(here))
    ]
    there = _by_number(session, {number for pair in pairs for number in pair})
    found: dict[int, Linked] = {}
    for number in numbers:
        to = [there[end] for start, end in pairs if start == number and end in there]
        coming = [there[start] for start, end in pairs if end == number and start in there]
        found[number] = Linked(tuple(sorted(to, key=_age)), tuple(sorted(coming, key=_age)))
    return found


def _age(memo: Memo) -> int:
    return memo.id


def _by_number(session: Session, numbers: Collection[int]) -> dict[int, Memo]:
    statement = _standing().where(Memo.id.in_(numbers), Memo.removed_at.is_(None))
    return {each.id: each for each in session.scalars(statement)}
