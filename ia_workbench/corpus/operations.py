"""Writes: taking files in as sources, and withdrawing sources."""

from datetime import datetime

from sqlalchemy.orm import Session

from ia_workbench.corpus.importers import ReadFile
from ia_workbench.corpus.models import PendingImport, Source
from ia_workbench.corpus.records import SourceRecord
from ia_workbench.corpus.turns import FoundTurns
from ia_workbench.privacy import Actor


def import_source(
    session: Session,
    actor: Actor,
    *,
    study_id: int,
    record: SourceRecord,
    file: ReadFile,
    found: FoundTurns,
    by: str | None = None,
    at: datetime | None = None,
    allow_same: bool = False,
) -> Source:
    """Take a file in as a source: its record, the bytes as they came, revision 1 of its text, and its turns.

    `by` and `at` say who took it in and when, where that was someone else or earlier (a study that is loaded). Raises
    Refused for a malformed record, an unknown office, standpoint or collector, a key that is taken, and, unless
    `allow_same`, for bytes that are in the study already.
    """
    raise NotImplementedError


def propose_import(
    session: Session, actor: Actor, *, study_id: int, record: SourceRecord, file: ReadFile, found: FoundTurns
) -> PendingImport:
    """Keep a file that was read, so that a person can look at its turns before it becomes a source.

    Raises Refused for whatever `import_source` would refuse in the record; the same bytes are refused on accepting.
    """
    raise NotImplementedError


def accept_import(
    session: Session,
    actor: Actor,
    *,
    pending: PendingImport,
    record: SourceRecord | None = None,
    convention: str | None = None,
    allow_same: bool = False,
) -> Source:
    """Make a source of an import that waits, with the record and convention a person settled on; removes the import."""
    raise NotImplementedError


def discard_import(session: Session, actor: Actor, *, pending: PendingImport) -> None:
    """Remove an import that waits, with its bytes and text."""
    raise NotImplementedError


def withdraw_source(session: Session, actor: Actor, *, source: Source, reason: str) -> None:
    """Stop the use of a source: from now on its words can be neither read nor quoted, and it counts for nothing.

    Codings and evidence links stay and show that their source is withdrawn. Raises Refused without a reason, and for a
    source that is withdrawn already.
    """
    raise NotImplementedError
