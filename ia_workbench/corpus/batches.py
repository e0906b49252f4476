"""Batches: many files brought at once, stored quickly and read one after another; what became of each stays known.

`start_batch` stores what was brought. Whoever works through it takes the next file (`next_brought`), reads it without
holding the store (`read_file`, `find_turns`), and says what came of it (`keep_brought`, `refuse_brought`), each in a
transaction of its own: whatever stops in between, a file is read again or was read, never half. Nothing of a batch is a
source before a person accepts it (`accept_import`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.importers import LARGEST_FILE, ReadFile
from ia_workbench.corpus.models import ImportBatch, ImportedFile
from ia_workbench.corpus.queries import same_content
from ia_workbench.corpus.records import SourceRecord, fields_of, read_record
from ia_workbench.corpus.register import check_record
from ia_workbench.corpus.rules import ImportState
from ia_workbench.corpus.speaker_names import alike_labels
from ia_workbench.corpus.turns import FoundTurns
from ia_workbench.corpus.waiting import pending_row, pending_with
from ia_workbench.database import moment_of
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Act, Actor

MOST_FILES = 2_000  # of one batch; as many as an archive may hold
LABELS_COMPARED = 60  # speakers that are compared for being one; no talk has more
TOO_MANY = "These are {number} files; at most {most} are read at once. Import them in several goes."
TOO_LARGE = "{name} is larger than 50 MB. Split it into smaller files."


@dataclass(frozen=True)
class BroughtFile:
    """A file that somebody brings, with its record; or a name and why nothing of that name is to be read."""

    name: str
    content: bytes = field(default=b"", repr=False)
    record: SourceRecord | None = None
    refusal: Refused | None = None


def start_batch(session: Session, actor: Actor, *, study_id: int, files: Iterable[BroughtFile]) -> ImportBatch:
    """Store files that were brought, in order, to be read one after another.

    A file whose record would be refused by `import_source`, and one that is too large, is refused there and then and
    its bytes are not kept; the others wait. Raises Refused without any file, and for more than 2,000.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    brought = list(files)
    if not brought:
        raise Refused("Choose at least one file.")
    if len(brought) > MOST_FILES:
        raise Refused(TOO_MANY, number=len(brought), most=MOST_FILES)
    batch = ImportBatch(study_id=study_id, by=actor.username, at=moment_of(session))
    session.add(batch)
    session.flush()  # its files need its number, the audit entry its GUID
    judged: dict[SourceRecord, Refused | None] = {}  # most files of a batch share one record
    for position, file in enumerate(brought, 1):
        row = _brought_row(session, batch, position, file, judged)
        session.add(row)
        session.flush()  # then its bytes can be let go of: all together they may be many
        session.expunge(row)
    _finish(session, batch)
    privacy.record(session, actor, "start-batch", subject=str(batch.guid), study_id=study_id, files=len(brought))
    return batch


def keep_brought(
    session: Session, actor: Actor, *, brought: ImportedFile, file: ReadFile, found: FoundTurns
) -> ImportState:
    """Let a file that was read wait for a decision, unless its bytes are a source or wait already; says which.

    The row is left alone where it was read or cancelled meanwhile. Raises Refused for a record that does not fit the
    study any more.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=brought.study_id)
    batch = _batch_of(session, brought)
    if brought.state is ImportState.QUEUED:
        _keep(session, actor, brought, file, found)
        _finish(session, batch)
    _record_read(session, actor, batch, brought)
    return brought.state


def refuse_brought(session: Session, actor: Actor, *, brought: ImportedFile, refusal: Refused) -> None:
    """Note why a file was not read; its bytes are let go of. Left alone where it was read or cancelled meanwhile."""
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=brought.study_id)
    batch = _batch_of(session, brought)
    if brought.state is ImportState.QUEUED:
        _refuse(brought, refusal)
        _finish(session, batch)
    _record_read(session, actor, batch, brought)


def cancel_batch(session: Session, actor: Actor, *, batch: ImportBatch) -> int:
    """Read no more of a batch: what was not read is let go of, the rest still waits. Returns how many were left."""
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=batch.study_id)
    left = session.scalars(_of(batch).where(ImportedFile.state == ImportState.QUEUED)).all()
    for each in left:
        each.state, each.content, each.record = ImportState.DISCARDED, None, {}
    _finish(session, batch)
    privacy.record(session, actor, "cancel-batch", subject=str(batch.guid), study_id=batch.study_id, files=len(left))
    return len(left)


def record_brought(brought: ImportedFile) -> SourceRecord:
    """Return the record that a file was brought with; raises Refused where nothing was kept of it."""
    return read_record(brought.record)


def _brought_row(
    session: Session, batch: ImportBatch, position: int, file: BroughtFile, judged: dict[SourceRecord, Refused | None]
) -> ImportedFile:
    row = ImportedFile(
        study_id=batch.study_id, batch_id=batch.id, position=position, name=file.name, state=ImportState.QUEUED
    )
    refusal = file.refusal or (Refused(TOO_LARGE, name=file.name) if len(file.content) > LARGEST_FILE else None)
    if refusal is None and file.record is not None:
        if file.record not in judged:
            judged[file.record] = _wrong_with(session, batch.study_id, file.record)
        refusal = judged[file.record]
    if refusal is not None or file.record is None:
        _refuse(row, refusal or Refused("{name} came without a record.", name=file.name))
    else:
        row.content, row.record = file.content, dict(fields_of(file.record))
    return row


def _wrong_with(session: Session, study_id: int, record: SourceRecord) -> Refused | None:
    try:
        check_record(session, study_id, record)
    except Refused as refusal:
        return refusal
    return None


def _keep(session: Session, actor: Actor, brought: ImportedFile, file: ReadFile, found: FoundTurns) -> None:
    record = record_brought(brought)
    source = same_content(session, brought.study_id, file.sha256)
    waits = None if source is not None else pending_with(session, brought.study_id, file.sha256)
    if source is None and waits is None:
        check_record(session, brought.study_id, record)
        waits = pending_row(
            study_id=brought.study_id,
            by=actor.username,
            at=moment_of(session),
            record=record,
            file=file,
            found=found,
        )
        session.add(waits)
        session.flush()  # the file names its number
        brought.state = ImportState.WAITING
        brought.facts = {"alike": len(alike_labels(found.speakers[:LABELS_COMPARED]))}
    else:
        brought.state = ImportState.SAME
    brought.source_id = source.id if source is not None else None
    brought.pending_id = waits.id if waits is not None else None
    brought.content, brought.record = None, {}


def _refuse(row: ImportedFile, refusal: Refused) -> None:
    row.state, row.sentence = ImportState.REFUSED, refusal.sentence
    row.facts = {name: value if isinstance(value, int) else str(value) for name, value in refusal.facts.items()}
    row.content, row.record = None, {}


def _finish(session: Session, batch: ImportBatch) -> None:
    """Say when the last file was read; nothing while some wait to be."""
    session.flush()  # what was just decided counts
    queued = _of(batch, func.count(ImportedFile.id)).where(ImportedFile.state == ImportState.QUEUED)
    if not session.scalars(queued).one() and batch.finished_at is None:
        batch.finished_at = moment_of(session)


def _batch_of(session: Session, brought: ImportedFile) -> ImportBatch:
    return session.scalars(select(ImportBatch).where(ImportBatch.id == brought.batch_id)).one()


def _of(batch: ImportBatch, what: Any = ImportedFile) -> Any:
    return select(what).where(ImportedFile.batch_id == batch.id)


def _record_read(session: Session, actor: Actor, batch: ImportBatch, brought: ImportedFile) -> None:
    privacy.record(
        session,
        actor,
        "read-brought-file",
        subject=str(batch.guid),
        study_id=batch.study_id,
        position=brought.position,
        state=brought.state.value,
    )
