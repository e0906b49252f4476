"""Shares of sources that the ledger says were taken out, in a store that does not know it."""

import uuid
from collections.abc import Sequence
from itertools import chain, count

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.corpus import Participant, Revision, RevisionKind, Source, SourceParticipant, WithdrawalOutcome
from ia_workbench.database import moment_of
from ia_workbench.withdrawal.ledger import LedgerEntry

Reached = dict[tuple[uuid.UUID, uuid.UUID | None], WithdrawalOutcome | None]


def missing_shares(session: Session, lines: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Return the shares that are not taken out as far as these lines of a ledger say, in their order.

    Where the text that is here is none of those that a line knows, nobody can tell which turns to take out: a source
    that is stopped is as far as it goes.
    """
    if not lines:
        return []
    sources = _sources(session, {each.guid for each in lines})
    reached = _reached(session, set(sources))
    texts = _newest_texts(session, set(sources))
    return [each for each in lines if each.guid in sources and not _is_done(each, sources, reached, texts)]


def person_of_share(session: Session, source: Source, entry: LedgerEntry) -> Participant:
    """Return whose share it is; who is not in this copy is added as withdrawn, under another key where it is taken."""
    person = session.scalars(select(Participant).where(Participant.guid == entry.participant)).one_or_none()
    if person is not None:
        return person
    taken = set(session.scalars(select(Participant.key).where(Participant.study_id == source.study_id)))
    key = entry.participant_key or ""
    free = next(each for each in chain([key], (f"{key}-{number}" for number in count(2))) if each not in taken)
    person = Participant(guid=entry.participant, study_id=source.study_id, key=free, withdrawn_at=moment_of(session))
    session.add(person)
    session.flush()  # their row in the source needs its number
    return person


def _is_done(
    entry: LedgerEntry,
    sources: dict[uuid.UUID, WithdrawalOutcome | None],
    reached: Reached,
    texts: dict[uuid.UUID, str],
) -> bool:
    withdrawn_as = sources[entry.guid]
    if withdrawn_as is WithdrawalOutcome.DESTROY:
        return True
    known = reached.get((entry.guid, entry.participant))
    is_known_text = texts.get(entry.guid) in entry.places
    return (known is not None and known.reaches(entry.outcome)) or (withdrawn_as is not None and not is_known_text)


def _sources(session: Session, guids: set[uuid.UUID]) -> dict[uuid.UUID, WithdrawalOutcome | None]:
    columns = select(Source.guid, Source.withdrawn_at, Source.withdrawal).where(Source.guid.in_(guids))
    return {
        guid: None if at is None else outcome or WithdrawalOutcome.STOP
        for guid, at, outcome in session.execute(columns)
    }


def _reached(session: Session, guids: set[uuid.UUID]) -> Reached:
    columns = select(Source.guid, Participant.guid, SourceParticipant.withdrawal)
    columns = columns.join(SourceParticipant, SourceParticipant.source_id == Source.id)
    columns = columns.join(Participant, Participant.id == SourceParticipant.participant_id)
    rows = session.execute(columns.where(Source.guid.in_(guids)))
    return {(source, person): outcome for source, person, outcome in rows}


def _newest_texts(session: Session, guids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The SHA-256 of the newest raw text of each source."""
    raw = Revision.kind != RevisionKind.MASKED
    last = select(Revision.source_id, func.max(Revision.number).label("number")).where(raw).group_by(Revision.source_id)
    newest = last.subquery()
    columns = select(Source.guid, Revision.sha256).join(Revision, Revision.source_id == Source.id)
    columns = columns.join(newest, (newest.c.source_id == Revision.source_id) & (newest.c.number == Revision.number))
    return {guid: sha256 for guid, sha256 in session.execute(columns.where(Source.guid.in_(guids)))}
