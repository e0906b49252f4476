"""Tables of the sources: who and what they are, the files as they came, and their text by revision and turn."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.corpus.rules import ConsentScope, RevisionKind, SourceKind
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.privacy import Guarded


class Participant(Identified, Guarded, EvidenceBase):
    """A pseudonymous individual in the source register, known by a key such as `P-01`; no name is kept."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]


class CaseCluster(Identified, Guarded, EvidenceBase):
    """All sources about one family's case, known by a key such as `C-01`."""

    __tablename__ = "case_cluster"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]


class SourceParticipant(Guarded, EvidenceBase):
    """That a participant speaks in a source."""

    __tablename__ = "source_participant"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)
    position: Mapped[int]
    participant: Mapped[Participant] = relationship()


class Source(Identified, Versioned, Guarded, EvidenceBase):
    """One interview, group, observed event, record, institutional text or data set.

    `collectors` are usernames; `nodes` the keys of the map steps the source touches; `text_id` is shared by all
    editions of one text and `event_id` by all sources about one event (both decide which sources count as one unit).
    """

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    title: Mapped[str]
    kind: Mapped[SourceKind]
    subkind: Mapped[str | None]
    standpoint: Mapped[str]
    worker_role: Mapped[str | None]
    office: Mapped[str | None]
    agency: Mapped[str | None]
    language: Mapped[str]
    date: Mapped[date | None]
    consent: Mapped[ConsentScope]
    collectors: Mapped[list[str]]
    nodes: Mapped[list[str]]
    text_id: Mapped[str | None]
    event_id: Mapped[str | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_cluster.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]
    imported_at: Mapped[datetime]
    imported_by: Mapped[str]
    case: Mapped[CaseCluster | None] = relationship()
    participant_links: Mapped[list[SourceParticipant]] = relationship(order_by=SourceParticipant.position)

    @property
    def participants(self) -> list[Participant]:
        """The participants who speak in this source, in the order given."""
        return [link.participant for link in self.participant_links]

    @property
    def is_withdrawn(self) -> bool:
        """Whether the source may no longer be used."""
        return self.withdrawn_at is not None


class SourceFile(Guarded, EvidenceBase):
    """The file of a source exactly as it came. Its name may identify someone: it never leaves the team.

    `notes` say what reading it left out or changed; `convention` is set when a person chose how its turns are written.
    """

    __tablename__ = "source_file"
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    notes: Mapped[list[str]] = mapped_column(default=list)
    convention: Mapped[str | None]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Revision(Identified, Guarded, EvidenceBase):
    """The immutable text of a source: NFC, `\\n` line ends, `length` code points, SHA-256 of its UTF-8."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("source_id", "number"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    number: Mapped[int]
    kind: Mapped[RevisionKind]
    text: Mapped[str] = mapped_column(deferred=True)
    length: Mapped[int]
    sha256: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    source: Mapped[Source] = relationship()


class Turn(Guarded, EvidenceBase):
    """One speaker's turn, or one paragraph where nobody speaks: the fixed unit for reading and comparing coders.

    `start` to `end` covers the whole turn with its label; the speech itself begins at `speech_start`. `line` is the
    number of the turn's first line when the whole text is set at 72 characters a line. `mark` is the time mark as
    written (`[00:13:48]`).
    """

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("revision_id", "number"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    number: Mapped[int]
    start: Mapped[int]
    speech_start: Mapped[int]
    end: Mapped[int]
    line: Mapped[int]
    speaker: Mapped[str | None]
    mark: Mapped[str | None]


class PendingImport(Identified, Guarded, EvidenceBase):
    """A file that was read and is shown to a person; it becomes a source only when accepted.

    `record` holds the fields of the source register as `sources.csv` writes them; the turns are found again from the
    text by `convention`. `sha256` is of the bytes. `turns`, `speakers` and `words` were counted on reading, so that a
    list of waiting files loads no text.
    """

    __tablename__ = "pending_import"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    by: Mapped[str]
    at: Mapped[datetime]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str]
    text: Mapped[str] = mapped_column(deferred=True)
    record: Mapped[dict[str, Any]]
    notes: Mapped[list[str]]
    convention: Mapped[str]
    turns: Mapped[int]
    speakers: Mapped[int]
    words: Mapped[int]
