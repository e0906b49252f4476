"""Withdrawing sources and participants in this room: the marks that stay, and what is taken out of the tables."""

import hashlib
from typing import Any

from sqlalchemy import CursorResult, Delete, Update, delete, func, or_, select, update
from sqlalchemy.orm import Session

from ia_workbench.corpus.models import (
    AttributeValue,
    CaseCluster,
    ImportBatch,
    ImportedFile,
    Participant,
    PendingImport,
    Revision,
    RevisionSentences,
    Source,
    SourceFile,
    SourceParticipant,
    Turn,
)
from ia_workbench.corpus.rules import ConsentScope, ImportState, RevisionKind, WithdrawalOutcome
from ia_workbench.database import moment_of

NO_LANGUAGE = "und"  # ISO 639-2: undetermined
NOBODY = "text"  # the standpoint of nobody


def rows_changed(session: Session, statement: Delete | Update) -> int:
    """Delete or change rows as one statement, which loads none of their words; returns how many they were.

    What the session has in hand is not looked at: whoever calls it last expires it.
    """
    result: Any = session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount) if isinstance(result, CursorResult) else 0


def forget(session: Session, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take out of this room what the outcome takes of a source; returns how many rows of which kind.

    Excluding takes the masked texts; destroying takes file, texts, turns and record, imports of the same bytes that
    wait, and people and cases that are in no other source. Key, kind, when it came and how it went remain, and the
    SHA-256 of its file, by which the same bytes are known again. Rooms above have forgotten it before.
    """
    if outcome is WithdrawalOutcome.STOP:
        return {}
    if outcome is WithdrawalOutcome.EXCLUDE:
        return forget_masked_texts(session, source)
    found = _forget_texts(session, source, masked_only=False)
    found |= forget_imports(session, source)
    found |= {"files": empty_file(session, source)}
    mine = AttributeValue.source_id == source.id
    found["attribute-values"] = rows_changed(session, delete(AttributeValue).where(mine))
    people, cases = _forget_people(session, source), _forget_case(session, source)
    found["attribute-values"] += people.pop("attribute-values") + cases.pop("attribute-values")
    _empty_record(source)
    session.flush()  # the row is a tombstone from here on
    return found | people | cases


def forget_participant(session: Session, participant: Participant) -> int:
    """Take away what is noted of a participant and the labels they speak under; the key stays. Returns how many."""
    labels = update(SourceParticipant).where(SourceParticipant.participant_id == participant.id)
    labelled = rows_changed(session, labels.where(SourceParticipant.speaker.is_not(None)).values(speaker=None))
    noted = delete(AttributeValue).where(AttributeValue.participant_id == participant.id)
    return labelled + rows_changed(session, noted)


def _forget_texts(session: Session, source: Source, *, masked_only: bool) -> dict[str, int]:
    texts = select(Revision.id).where(Revision.source_id == source.id)
    going = delete(Revision).where(Revision.source_id == source.id)
    if masked_only:
        texts = texts.where(Revision.kind == RevisionKind.MASKED)
        going = going.where(Revision.kind == RevisionKind.MASKED)
    rows_changed(session, delete(RevisionSentences).where(RevisionSentences.revision_id.in_(texts)))
    turns = rows_changed(session, delete(Turn).where(Turn.revision_id.in_(texts)))
    return {"turns": turns, "texts": rows_changed(session, going)}


def forget_masked_texts(session: Session, source: Source) -> dict[str, int]:
    """Take away the masked texts of a source; returns how many turns and texts that were."""
    return _forget_texts(session, source, masked_only=True)


def forget_imports(session: Session, source: Source) -> dict[str, int]:
    """Take away what waits with the same bytes, and what batches noted of this file or of one of its name."""
    kept = select(SourceFile.name, SourceFile.sha256).where(SourceFile.source_id == source.id)
    name, sha256 = session.execute(kept).one_or_none() or ("", "")
    here = PendingImport.study_id == source.study_id
    waiting = select(PendingImport.id).where(here, PendingImport.sha256 == sha256)
    queued = _queued_with(session, source.study_id, sha256)
    known = [ImportedFile.source_id == source.id, ImportedFile.pending_id.in_(waiting), ImportedFile.id.in_(queued)]
    if name:  # batches note the path inside a folder or an archive
        known += [ImportedFile.name == name, ImportedFile.name.endswith(f"/{name}", autoescape=True)]
    mine = ImportedFile.study_id == source.study_id
    never = update(ImportedFile).where(mine, ImportedFile.id.in_(queued))
    rows_changed(session, never.values(content=None, record={}, state=ImportState.DISCARDED))
    rows_changed(session, _batches_read_through(queued).values(finished_at=moment_of(session)))
    noted = update(ImportedFile).where(mine, or_(*known), ImportedFile.name != "")
    files = rows_changed(session, noted.values(name="", sentence=None, facts={}))
    going = delete(PendingImport).where(here, PendingImport.sha256 == sha256)
    return {"imported-files": files, "pending-imports": rows_changed(session, going)}


def _batches_read_through(numbers: list[int]) -> Update:
    """The batches of these files of which nothing waits to be read any more, and nobody has said so yet."""
    waits = select(ImportedFile.id).where(
        ImportedFile.batch_id == ImportBatch.id, ImportedFile.state == ImportState.QUEUED
    )
    theirs = select(ImportedFile.batch_id).where(ImportedFile.id.in_(numbers))
    unsaid = (ImportBatch.id.in_(theirs), ImportBatch.finished_at.is_(None))
    return update(ImportBatch).where(*unsaid, ~waits.exists())


def _queued_with(session: Session, study_id: int, sha256: str) -> list[int]:
    """The numbers of files that no one has read yet and that hold the same bytes."""
    held = select(ImportedFile.id, ImportedFile.content).where(
        ImportedFile.study_id == study_id, ImportedFile.content.is_not(None)
    )
    rows = session.execute(held.execution_options(yield_per=1))
    return [number for number, content in rows if hashlib.sha256(content or b"").hexdigest() == sha256]


def empty_file(session: Session, source: Source) -> int:
    """Empty the file of a source; its format and its SHA-256 stay. Returns how many were emptied."""
    emptied = update(SourceFile).where(SourceFile.source_id == source.id)
    return rows_changed(session, emptied.values(name="", content=b"", notes=[], changes=[], convention=None))


def _forget_people(session: Session, source: Source) -> dict[str, int]:
    """Take away who speaks in it, and those who speak nowhere else unless they are kept as withdrawn themselves."""
    theirs = select(SourceParticipant.participant_id).where(SourceParticipant.source_id == source.id)
    elsewhere = select(SourceParticipant.participant_id).where(SourceParticipant.source_id != source.id)
    alone = list(
        session.scalars(select(Participant.id).where(Participant.id.in_(theirs), Participant.id.not_in(elsewhere)))
    )
    rows_changed(session, delete(SourceParticipant).where(SourceParticipant.source_id == source.id))
    values = rows_changed(session, delete(AttributeValue).where(AttributeValue.participant_id.in_(alone)))
    gone = delete(Participant).where(Participant.id.in_(alone), Participant.withdrawn_at.is_(None))
    return {"participants": rows_changed(session, gone), "attribute-values": values}


def _forget_case(session: Session, source: Source) -> dict[str, int]:
    """Take a source out of its case; the case goes with it when nothing else is in it."""
    number, source.case_id = source.case_id, None
    session.flush()  # the case is asked who is still in it
    others = session.scalar(select(func.count(Source.id)).where(Source.case_id == number))
    if number is None or others:
        return {"cases": 0, "attribute-values": 0}
    values = rows_changed(session, delete(AttributeValue).where(AttributeValue.case_id == number))
    gone = rows_changed(session, delete(CaseCluster).where(CaseCluster.id == number))
    return {"cases": gone, "attribute-values": values}


def _empty_record(source: Source) -> None:
    source.title, source.standpoint, source.language = source.key, NOBODY, NO_LANGUAGE
    source.subkind = source.worker_role = source.office = source.agency = None
    source.text_id = source.event_id = source.stewardship_id = None
    source.consent, source.consent_on, source.consent_until = ConsentScope.ANALYSIS_ONLY, None, None
    source.date = source.debriefed_on = None
    source.collectors, source.nodes = [], []
