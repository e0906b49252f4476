"""Reads of batches and of what became of their files. No bytes and no texts are loaded."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from ia_workbench.corpus.models import ImportBatch, ImportedFile, PendingImport, Source
from ia_workbench.corpus.rules import ImportState
from ia_workbench.corpus.waiting import LookAt, reasons_to_look, those_like
from ia_workbench.kernel import NotFound

SHOWN = 20  # batches that a list of them goes back


@dataclass(frozen=True)
class BatchFile:
    """One file of a batch: what became of it, the import that waits and the source it is, as far as there are any.

    `look_at` says why a person should look at it before it enters the study; `like` is the key of a source or the name
    of a file that waits with the same words in other bytes.
    """

    row: ImportedFile
    pending: PendingImport | None = None
    source: Source | None = None
    look_at: tuple[LookAt, ...] = ()
    like: str | None = None

    @property
    def state(self) -> ImportState:
        """What became of it."""
        return self.row.state

    @property
    def is_plain(self) -> bool:
        """Whether it waits and nothing in it needs to be looked at."""
        return self.state is ImportState.WAITING and not self.look_at


def import_batches(session: Session, study_id: int) -> Sequence[ImportBatch]:
    """Return the last twenty batches of a study, the newest first."""
    statement = select(ImportBatch).where(ImportBatch.study_id == study_id).order_by(ImportBatch.id.desc())
    return session.scalars(statement.limit(SHOWN)).all()


def import_batch(session: Session, study_id: int, guid: uuid.UUID) -> ImportBatch:
    """Return one batch of a study; raises NotFound."""
    statement = select(ImportBatch).where(ImportBatch.study_id == study_id, ImportBatch.guid == guid)
    batch = session.scalars(statement).one_or_none()
    if batch is None:
        raise NotFound("There is no such import in this study.")
    return batch


def unfinished_batches(session: Session) -> Sequence[ImportBatch]:
    """Return the batches that hold files which were not read yet, oldest first, over all studies of the session."""
    return session.scalars(select(ImportBatch).where(ImportBatch.finished_at.is_(None)).order_by(ImportBatch.id)).all()


def next_brought(session: Session, batch: ImportBatch) -> ImportedFile | None:
    """Return the first file of a batch that was not read yet, with its bytes and record; None when there is none."""
    statement = select(ImportedFile).where(ImportedFile.batch_id == batch.id, ImportedFile.state == ImportState.QUEUED)
    whole = statement.options(undefer(ImportedFile.content), undefer(ImportedFile.record))
    return session.scalars(whole.order_by(ImportedFile.position).limit(1)).one_or_none()


def brought_numbered(session: Session, number: int) -> ImportedFile | None:
    """Return a file of a batch by its internal number, with its record; None when it is gone."""
    statement = select(ImportedFile).where(ImportedFile.id == number).options(undefer(ImportedFile.record))
    return session.scalars(statement).one_or_none()


def batch_of(session: Session, pending: PendingImport) -> ImportBatch | None:
    """Return the batch in which a file that waits was brought; None where it came alone."""
    statement = select(ImportBatch).join(ImportedFile, ImportedFile.batch_id == ImportBatch.id)
    statement = statement.where(ImportedFile.pending_id == pending.id, ImportedFile.state == ImportState.WAITING)
    return session.scalars(statement.limit(1)).first()


def files_of_batch(session: Session, batch: ImportBatch) -> list[BatchFile]:
    """Return the files of a batch in order, in a fixed number of queries however many there are."""
    statement = (
        select(ImportedFile, PendingImport, Source)
        .outerjoin(PendingImport, PendingImport.id == ImportedFile.pending_id)
        .outerjoin(Source, Source.id == ImportedFile.source_id)
        .where(ImportedFile.batch_id == batch.id)
        .order_by(ImportedFile.position)
    )
    rows = [(row, pending, source) for row, pending, source in session.execute(statement).all()]
    waiting = [pending for row, pending, _source in rows if pending and row.state is ImportState.WAITING]
    like = those_like(session, batch.study_id, waiting)
    return [_file(row, pending, source, like) for row, pending, source in rows]


def _file(
    row: ImportedFile, pending: PendingImport | None, source: Source | None, like: Mapping[int, str]
) -> BatchFile:
    if row.state is not ImportState.WAITING or pending is None:
        return BatchFile(row, pending, source)
    twin = like.get(pending.id)
    reasons = reasons_to_look(pending, alike=int(row.facts.get("alike", 0)), is_like=twin is not None)
    return BatchFile(row, pending, source, reasons, twin)


def states_by_batch(session: Session, study_id: int) -> dict[int, dict[ImportState, int]]:
    """Return how many files of each batch of a study are in which state, by the batch's number."""
    statement = select(ImportedFile.batch_id, ImportedFile.state, func.count(ImportedFile.id))
    statement = statement.where(ImportedFile.study_id == study_id)
    found: dict[int, dict[ImportState, int]] = {}
    for number, state, many in session.execute(statement.group_by(ImportedFile.batch_id, ImportedFile.state)):
        found.setdefault(number, {})[state] = many
    return found
