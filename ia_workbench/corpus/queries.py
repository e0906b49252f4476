"""Reads of sources, their text and their turns. Every one is held to the actor by the session."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from ia_workbench.corpus.models import CaseCluster, Participant, PendingImport, Revision, Source, SourceFile, Turn
from ia_workbench.corpus.records import SourceRecord
from ia_workbench.kernel import Span


def sources(session: Session, study_id: int) -> Sequence[Source]:
    """Return the sources of a study by key, withdrawn ones among them (`is_withdrawn`)."""
    raise NotImplementedError


def source_keyed(session: Session, study_id: int, key: str) -> Source:
    """Return a source by its key; raises NotFound."""
    raise NotImplementedError


def newest_revision(session: Session, source: Source) -> Revision:
    """Return the newest revision of a source, its text not loaded."""
    raise NotImplementedError


def revision_numbered(session: Session, source: Source, number: int) -> Revision:
    """Return a revision of a source by its number, its text not loaded; raises NotFound."""
    raise NotImplementedError


def text_of(session: Session, revision: Revision) -> str:
    """Return the whole text of a revision; raises Refused once its source is withdrawn."""
    raise NotImplementedError


def words_at(session: Session, revision: Revision, span: Span) -> str:
    """Return the words of a span without loading the text: the store cuts them out.

    Raises Refused for a span that ends past the text and once the source is withdrawn.
    """
    raise NotImplementedError


def turns_of(session: Session, revision: Revision) -> Sequence[Turn]:
    """Return the turns of a revision in order."""
    raise NotImplementedError


def turn_at(session: Session, revision_id: int, offset: int) -> Turn:
    """Return the turn that holds a character, or the one before it when it falls between two; raises NotFound."""
    raise NotImplementedError


def file_of(session: Session, source: Source) -> SourceFile:
    """Return the file a source came as (its content loads when touched); raises Refused once it is withdrawn."""
    raise NotImplementedError


def same_content(session: Session, study_id: int, sha256: str) -> Source | None:
    """Return the first source of a study that came as these bytes, withdrawn or not; None if there is none."""
    raise NotImplementedError


def record_of(session: Session, source: Source) -> SourceRecord:
    """Return what the source register says of a source, as `import_source` takes it."""
    raise NotImplementedError


def participants(session: Session, study_id: int) -> Sequence[Participant]:
    """Return the participants of a study by key."""
    raise NotImplementedError


def case_clusters(session: Session, study_id: int) -> Sequence[CaseCluster]:
    """Return the case clusters of a study by key."""
    raise NotImplementedError


def pending_imports(session: Session, study_id: int) -> Sequence[PendingImport]:
    """Return the imports of a study that wait for a decision, oldest first."""
    raise NotImplementedError


def pending_import(session: Session, study_id: int, guid: uuid.UUID) -> PendingImport:
    """Return one import that waits for a decision; raises NotFound."""
    raise NotImplementedError
