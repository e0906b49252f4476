"""What waits to be decided on: an import as a row, and what a person should look at before it enters the study."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.corpus.importers import ReadFile
from ia_workbench.corpus.models import ImportedFile, PendingImport, Revision, Source
from ia_workbench.corpus.records import SourceRecord, fields_of
from ia_workbench.corpus.rules import ImportState, SourceKind, words_digest
from ia_workbench.corpus.turns import FoundTurns

SPOKEN = frozenset({SourceKind.INTERVIEW.value, SourceKind.FOCUS_GROUP.value})  # in which somebody speaks
NOBODYS = "text"  # the standpoint of what nobody says


class LookAt(StrEnum):
    """Why somebody should look at a file before it enters the study."""

    CHANGED = "changed"  # reading left something out, or stored it otherwise
    LABELS = "labels"  # two labels may be one speaker
    NO_SPEAKER = "no-speaker"  # a talk in which nobody was found to speak
    STANDPOINT = "standpoint"  # people speak in it, from the standpoint of nobody
    COLLECTOR = "collector"  # nobody is said to have collected it
    SAME_WORDS = "same-words"  # a source, or another file that waits, has these words in other bytes


def pending_row(
    *, study_id: int, by: str, at: datetime, record: SourceRecord, file: ReadFile, found: FoundTurns
) -> PendingImport:
    """Make the row of a file that was read and waits."""
    chosen = found.convention.value if found.is_chosen else None
    return PendingImport(
        study_id=study_id,
        by=by,
        at=at,
        name=file.name,
        content=file.content,
        sha256=file.sha256,
        text=file.text,
        record=dict(fields_of(replace(record, convention=chosen))),
        format=file.format,
        notes=list(file.notes),
        changes=[asdict(each) for each in file.changes],
        suggested=file.convention,
        anchors=[asdict(each) for each in file.anchors],
        respondents=[asdict(each) for each in file.respondents],
        convention=found.convention.value,
        turns=len(found.turns),
        speakers=len(found.speakers),
        words=len(file.text.split()),
    )


def reasons_to_look(pending: PendingImport, *, alike: int, is_like: bool) -> tuple[LookAt, ...]:
    """Return why somebody should look at a file that waits; none where it may go in as it is. Our convention.

    `alike` is how many pairs of its labels may be one speaker, `is_like` whether its words are somewhere else too.
    """
    record = pending.record
    reasons = {
        LookAt.CHANGED: bool(pending.notes),
        LookAt.LABELS: alike > 0,
        LookAt.NO_SPEAKER: record.get("kind") in SPOKEN and not pending.speakers,
        LookAt.STANDPOINT: bool(pending.speakers) and record.get("standpoint") == NOBODYS,
        LookAt.COLLECTOR: not record.get("collector"),
        LookAt.SAME_WORDS: is_like,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def settle_files(session: Session, pending: PendingImport, source: Source | None) -> None:
    """Say of the files that a pending import was read from what became of it: a source, or nothing."""
    files = session.scalars(select(ImportedFile).where(ImportedFile.pending_id == pending.id)).all()
    for file in files:
        if file.state is ImportState.WAITING:
            file.state = ImportState.TAKEN if source is not None else ImportState.DISCARDED
        if source is not None:
            file.source_id = source.id
        file.pending_id = None


def pending_with(session: Session, study_id: int, sha256: str) -> PendingImport | None:
    """Return the first file of a study that waits with these bytes; None if there is none."""
    statement = select(PendingImport).where(PendingImport.study_id == study_id, PendingImport.sha256 == sha256)
    return session.scalars(statement.order_by(PendingImport.id).limit(1)).first()


def those_like(session: Session, study_id: int, waiting: Collection[PendingImport]) -> dict[int, str]:
    """Return what has the words of files that wait: by each one's number, the key of a source or the name of a file."""
    digests = {each.words_sha256 for each in waiting} - {words_digest("")}
    if not digests:
        return {}
    sources = select(Revision.words_sha256, Source.key).join(Source, Source.id == Revision.source_id)
    sources = sources.where(Source.study_id == study_id, Source.withdrawn_at.is_(None))
    known = {words: key for words, key in session.execute(sources.order_by(Source.id.desc())) if words in digests}
    others = select(PendingImport).where(PendingImport.study_id == study_id).order_by(PendingImport.id.desc())
    alike = [each for each in session.scalars(others) if each.words_sha256 in digests]
    found: dict[int, str] = {}
    for each in waiting:
        twins = [other.name for other in alike if other.words_sha256 == each.words_sha256 and other.id != each.id]
        like = known.get(each.words_sha256) or next(iter(twins), None)
        if like is not None:
            found[each.id] = like
    return found
