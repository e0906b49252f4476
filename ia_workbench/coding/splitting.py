"""Splitting a code: its codings are gone through one by one and sorted into other codes, over several sittings."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ia_workbench import codebook
from ia_workbench.codebook import Code
from ia_workbench.coding.code_acts import joined, recoded
from ia_workbench.coding.journal import note
from ia_workbench.coding.models import CodeSplit, Coding, Excerpt
from ia_workbench.coding.operations import refuse_anothers
from ia_workbench.coding.rules import ActKind
from ia_workbench.corpus import Revision, Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused
from ia_workbench.privacy import Act, Actor, record, require

MOST_TARGETS = 9  # one for each digit that sorts a coding
AT_ONCE = 500  # codings asked for in one query: a store takes some thousands of values


class SplitState(StrEnum):
    """What became of a coding in a split."""

    WAITS = "waits"
    STAYED = "stayed"
    SORTED = "sorted"  # it has another code now, however it came by it
    GONE = "gone"  # somebody removed it


@dataclass(frozen=True)
class SplitItem:
    """One coding of a split, None when it is gone, and what became of it."""

    guid: uuid.UUID
    coding: Coding | None
    state: SplitState


def open_split(session: Session, actor: Actor, *, code: Code) -> CodeSplit | None:
    """Return the split of a code that this person has begun and not ended; None when there is none."""
    mine = (CodeSplit.code_guid == code.guid, CodeSplit.account_id == actor.account_id)
    return session.scalars(select(CodeSplit).where(*mine, CodeSplit.ended_at.is_(None))).first()


def split_code(session: Session, actor: Actor, *, code: Code, targets: Sequence[Code]) -> CodeSplit:
    """Begin to sort the codings of a code into others, or go on with further targets and what was coded since.

    An analyst sorts their own codings, a lead everyone's. Refuses no target, too many, the code itself, and a code
    without codings to sort.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=code.study_id)
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    for target in targets:
        codebook.refuse_foreign(code, target)
        if target.id == code.id:
            raise Refused("Choose codes other than {path} to sort its codings into.", path=code.path)
    split = open_split(session, actor, code=code)
    if split is None:
        split = CodeSplit(
            study_id=code.study_id, code_guid=code.guid, account_id=actor.account_id, codings=[], targets=[],
            stayed=[], begun_at=moment_of(session),
        )  # fmt: skip
    guids = list(dict.fromkeys([*split.targets, *(str(each.guid) for each in targets)]))
    if not 0 < len(guids) <= MOST_TARGETS:
        raise Refused("Choose one to {most} codes to sort the codings into.", most=MOST_TARGETS)
    codings = [str(each) for each in _to_sort(session, actor, code)]
    if not codings and not split.codings:
        raise Refused("Nothing of yours is coded with {path}: there is nothing to sort.", path=code.path)
    split.targets, split.codings = guids, list(dict.fromkeys([*split.codings, *codings]))
    session.add(split)
    session.flush()  # so that it has its GUID
    record(session, actor, "split-code", subject=str(code.guid), study_id=code.study_id, targets=guids)
    return split


def _to_sort(session: Session, actor: Actor, code: Code) -> Sequence[uuid.UUID]:
    statement = (
        select(Coding.guid)
        .join(Coding.excerpt)
        .join(Excerpt.revision)
        .join(Revision.source)
        .where(Coding.code_id == code.id, Source.withdrawn_at.is_(None))
        .order_by(Source.key, Excerpt.start, Excerpt.end, Coding.id)
    )
    if not actor.may(Act.MANAGE_STUDY):
        statement = statement.where(Coding.coder_id == actor.account_id)
    return session.scalars(statement).all()


def split_items(session: Session, split: CodeSplit) -> list[SplitItem]:
    """Return the codings of a split in the order in which they are gone through, without loading their words."""
    guids = [uuid.UUID(each) for each in split.codings]
    found: dict[uuid.UUID, Coding] = {}
    for start in range(0, len(guids), AT_ONCE):
        statement = select(Coding).where(Coding.guid.in_(guids[start : start + AT_ONCE]))
        found.update((each.guid, each) for each in session.scalars(statement.options(selectinload(Coding.code))))
    stayed = set(split.stayed)
    return [SplitItem(each, found.get(each), _state(found.get(each), split, stayed)) for each in guids]


def _state(coding: Coding | None, split: CodeSplit, stayed: set[str]) -> SplitState:
    if coding is None:
        return SplitState.GONE
    if coding.code.guid != split.code_guid:
        return SplitState.SORTED
    return SplitState.STAYED if str(coding.guid) in stayed else SplitState.WAITS


def sort_coding(session: Session, actor: Actor, *, split: CodeSplit, guid: uuid.UUID, into: Code | None) -> None:
    """Give one coding of a split the code that it is sorted into, or let it stay with its code (None).

    Sorting again changes it again. Where its coder gave the same words that code already, the two become one as in a
    merge. Refuses a code that is no target; raises Conflict when the coding is gone.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=split.study_id)
    if split.account_id != actor.account_id or str(guid) not in split.codings:
        raise NotFound("This coding is no longer there.")
    coding = session.scalars(select(Coding).where(Coding.guid == guid)).one_or_none()
    if coding is None:
        raise Conflict("This coding was removed meanwhile. Go on with the next one.")
    refuse_anothers(actor, coding)
    if into is not None and str(into.guid) not in split.targets:
        raise Refused("Choose one of the codes that this split sorts into.")
    stays = [each for each in split.stayed if each != str(guid)]
    split.stayed = stays if into else [*stays, str(guid)]
    code = into or codebook.code_by_guid(session, split.code_guid)
    if coding.code_id != code.id:
        _recode(session, actor, coding, code)
    record(session, actor, "sort-coding", subject=str(guid), study_id=split.study_id, code=str(code.guid))


def _recode(session: Session, actor: Actor, coding: Coding, code: Code) -> None:
    source_id = coding.excerpt.revision.source_id
    same = (Coding.excerpt_id == coding.excerpt_id, Coding.coder_id == coding.coder_id, Coding.code_id == code.id)
    double = session.scalars(select(Coding).where(*same)).one_or_none()
    parts = [recoded(coding, code)] if double is None else joined(session, coding, double)
    session.flush()  # what cannot stand beside another coding is found
    note(session, actor, ActKind.RECODE, parts, study_id=coding.study_id, source_id=source_id)


def end_split(session: Session, actor: Actor, *, split: CodeSplit) -> None:
    """End a split; what was not sorted keeps its code. The code can be split again."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=split.study_id)
    if split.account_id != actor.account_id:
        raise NotFound("This split is somebody else's.")
    split.ended_at = moment_of(session)
    record(session, actor, "end-split", subject=str(split.guid), study_id=split.study_id)
