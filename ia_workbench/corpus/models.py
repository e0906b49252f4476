"""Tables of the sources: who and what they are, the files as they came, and their text by revision and turn."""

import datetime as dates  # `Source` has a column called date
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Integer,
    LargeBinary,
    Select,
    String,
    UniqueConstraint,
    cast,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.corpus.rules import (
    AttributeScope,
    AttributeType,
    ConsentScope,
    ImportState,
    PrivacyClass,
    RevisionKind,
    SourceKind,
    WithdrawalOutcome,
    allowed_on,
    scope_on,
    words_digest,
)
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.privacy import Actor, Guarded, RawWords


def _words_digest_of(context: Any) -> str:
    return words_digest(context.get_current_parameters()["text"])


def keys_of_sources(numbers: Collection[int]) -> Select[int, str]:
    """Select study number and key of these sources."""
    return select(Source.study_id, Source.key).where(Source.id.in_(numbers))


def keys_by_revision(numbers: Collection[int]) -> Select[int, str]:
    """Select study number and key of the sources of these revisions."""
    return (
        select(Source.study_id, Source.key)
        .join(Revision, Revision.source_id == Source.id)
        .where(Revision.id.in_(numbers))
    )


def keys_of_imports(numbers: Collection[int]) -> Select[int, str]:
    """Select study number and a key for these files that are no sources yet: `import-7`."""
    key = (literal("import-") + cast(PendingImport.id, String)).label("key")
    return select(PendingImport.study_id, key).where(PendingImport.id.in_(numbers))


def keys_of_brought(numbers: Collection[int]) -> Select[int, str]:
    """Select study number and a key for these files that were brought and not read yet: `brought-7`."""
    key = (literal("brought-") + cast(ImportedFile.id, String)).label("key")
    return select(ImportedFile.study_id, key).where(ImportedFile.id.in_(numbers))


def in_revisions_of(column: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a number of a revision is one of the sources that a limited actor was given."""
    inside: ColumnElement[bool] = column.in_(select(Revision.id).where(Revision.source_id.in_(actor.source_ids)))
    return inside


def participants_within(actor: Actor) -> Select[int]:
    """Select the numbers of the participants who speak in the sources that a limited actor was given."""
    return select(SourceParticipant.participant_id).where(SourceParticipant.source_id.in_(actor.source_ids))


class Participant(Identified, Guarded, EvidenceBase):
    """A pseudonymous individual in the source register, known by a key such as `P-01`; no name is kept."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    withdrawn_at: Mapped[datetime | None]

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.in_(
            select(SourceParticipant.participant_id).where(SourceParticipant.source_id.in_(actor.source_ids))
        )


class CaseCluster(Identified, Guarded, EvidenceBase):
    """All sources about one family's case, known by a key such as `C-01`."""

    __tablename__ = "case_cluster"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.in_(select(Source.case_id).where(Source.id.in_(actor.source_ids)))


class SourceParticipant(Guarded, EvidenceBase):
    """That a participant speaks in a source, and under which label of its text, where someone said so.

    `withdrawal` says how far their share was taken out, where others speak in the source and go on doing so, and
    `withdrawal_reason` why; both None for a participant who speaks there still.
    """

    __tablename__ = "source_participant"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)
    position: Mapped[int]
    speaker: Mapped[str | None]
    withdrawal: Mapped[WithdrawalOutcome | None]
    withdrawal_reason: Mapped[str | None]
    participant: Mapped[Participant] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.source_id.in_(actor.source_ids)


class Stewardship(Identified, Versioned, Guarded, EvidenceBase):
    """The terms on which a nation or community lets its data be used, known by a key such as `ST-01`.

    The fields follow the CARE principles (Data Science Journal 2020-043) and OCAP: who governs, what was approved and
    until when, whom to ask, what the data may be used for, where they may be kept, and how they go back. `uses` are the
    widest consent scopes the steward allows, as one scope.
    """

    __tablename__ = "stewardship"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    nation: Mapped[str]
    approval: Mapped[str]
    approved_on: Mapped[date | None]
    approved_until: Mapped[date | None]
    contact: Mapped[str]
    uses: Mapped[ConsentScope]
    storage: Mapped[str]
    return_terms: Mapped[str]
    label: Mapped[str]

    def is_approved_on(self, day: date) -> bool:
        """Say whether the approval holds on a day: it was given by then, and its last day is not over."""
        return self.approved_on is not None and self.approved_on <= day <= (self.approved_until or day)


class Attribute(Identified, Guarded, EvidenceBase):
    """A property that a study gives its sources, participants or cases, with a type; `choices` where it is a choice."""

    __tablename__ = "attribute"
    __table_args__ = (UniqueConstraint("study_id", "scope", "name"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    scope: Mapped[AttributeScope]
    name: Mapped[str]
    type: Mapped[AttributeType]
    choices: Mapped[list[str]]
    position: Mapped[int]


class AttributeValue(Guarded, EvidenceBase):
    """The value of an attribute for one source, participant or case, written in its type's canonical way.

    Exactly one of the three numbers is set, the one of the attribute's scope.
    """

    __tablename__ = "attribute_value"
    __table_args__ = (
        UniqueConstraint("attribute_id", "source_id"),
        UniqueConstraint("attribute_id", "participant_id"),
        UniqueConstraint("attribute_id", "case_id"),
        CheckConstraint(
            "(source_id IS NOT NULL) + (participant_id IS NOT NULL) + (case_id IS NOT NULL) = 1", name="one_owner"
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    attribute_id: Mapped[int] = mapped_column(ForeignKey("attribute.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_cluster.id"), index=True)
    value: Mapped[str]
    attribute: Mapped[Attribute] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        cases = select(Source.case_id).where(Source.id.in_(actor.source_ids))
        return or_(
            cls.source_id.in_(actor.source_ids),
            cls.participant_id.in_(participants_within(actor)),
            cls.case_id.in_(cases),
        )


class TaughtConvention(Identified, Guarded, EvidenceBase):
    """A way of writing turns that someone taught the study with an example line.

    `example` is that line without its words of speech, with `speaker`, a placeholder, for the label; `pattern` is how
    labels are found (see `teaching.TaughtRule`).
    """

    __tablename__ = "taught_convention"
    __table_args__ = (UniqueConstraint("study_id", "name"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    name: Mapped[str]
    example: Mapped[str]
    speaker: Mapped[str]
    pattern: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.by == actor.username  # the label in it may be a name


class Source(Identified, Versioned, Guarded, EvidenceBase):
    """One interview, group, observed event, record, institutional text or data set.

    `collectors` are usernames; `nodes` the keys of the map steps the source touches; `text_id` is shared by all
    editions of one text and `event_id` by all sources about one event (both decide which sources count as one unit).
    Consent was given on `consent_on` and holds up to and with `consent_until` (None: no end was agreed).
    """

    __tablename__ = "source"
    is_brought = True
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
    consent: Mapped[ConsentScope]
    consent_on: Mapped[date | None]
    consent_until: Mapped[date | None]
    privacy_class: Mapped[PrivacyClass] = mapped_column(default=PrivacyClass.CONFIDENTIAL)
    debriefed_on: Mapped[date | None]
    date: Mapped[date | None]  # below every other day: from here on the class knows the word as this column
    collectors: Mapped[list[str]]
    nodes: Mapped[list[str]]
    text_id: Mapped[str | None]
    event_id: Mapped[str | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_cluster.id"), index=True)
    stewardship_id: Mapped[int | None] = mapped_column(ForeignKey("stewardship.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawal: Mapped[WithdrawalOutcome | None]
    withdrawal_reason: Mapped[str | None]
    imported_at: Mapped[datetime]
    imported_by: Mapped[str]
    case: Mapped[CaseCluster | None] = relationship()
    stewardship: Mapped[Stewardship | None] = relationship()
    participant_links: Mapped[list[SourceParticipant]] = relationship(order_by=SourceParticipant.position)

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.in_(actor.source_ids)

    @property
    def participants(self) -> list[Participant]:
        """The participants who speak in this source, in the order given; without those whose share was taken out."""
        return [link.participant for link in self.participant_links if link.withdrawal is None]

    @property
    def is_withdrawn(self) -> bool:
        """Whether the source may no longer be used."""
        return self.withdrawn_at is not None

    @property
    def withdrawn_as(self) -> WithdrawalOutcome | None:
        """How far the source was withdrawn; None where it was not."""
        return (self.withdrawal or WithdrawalOutcome.STOP) if self.is_withdrawn else None

    @property
    def is_destroyed(self) -> bool:
        """Whether nothing but the key, the kind and the days is left of the source."""
        return self.withdrawn_as is WithdrawalOutcome.DESTROY

    def scope_on(self, day: dates.date) -> ConsentScope:
        """Return how far the words of the source may travel on a day, by its consent and the terms of its steward.

        Analysis only once the consent has ended, and while a steward's approval does not hold.
        """
        terms = self.stewardship
        allowed = None if terms is None else allowed_on(day, terms.uses, terms.approved_on, terms.approved_until)
        return scope_on(day, self.consent, self.consent_until, allowed)


class SourceFile(Guarded, EvidenceBase):
    """The file of a source exactly as it came. Its name may identify someone: it never leaves the team.

    `notes` say in sentences what reading it left out or changed, `changes` each place (see `importers.Change`);
    `convention` is set when a person chose how its turns are written.
    """

    __tablename__ = "source_file"
    raw_words = RawWords(("content", "changes"), "source_id", keys_of_sources)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    format: Mapped[str] = mapped_column(default="txt")
    notes: Mapped[list[str]] = mapped_column(default=list)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(default=list, deferred=True)
    convention: Mapped[str | None]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.source_id.in_(actor.source_ids)


class Revision(Identified, Guarded, EvidenceBase):
    """The immutable text of a source: NFC, `\\n` line ends, `length` code points, SHA-256 of its UTF-8.

    `words_sha256` is of its words alone, so that one interview as .docx and as .pdf is recognised (`same_words`).
    `edits` lead from the text it was made of (`based_on_id`) to this one: dicts of `start`, `end` there and
    `new_start`, `new_end` here, in order and apart. `anchors` are pages and times by offset (see `importers.Anchor`).
    A closed revision is read by nobody: what it told was withheld in a later one.
    """

    __tablename__ = "revision"
    raw_words = RawWords(("text",), "source_id", keys_of_sources)
    __table_args__ = (UniqueConstraint("source_id", "number"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    number: Mapped[int]
    kind: Mapped[RevisionKind]
    text: Mapped[str] = mapped_column(deferred=True)
    length: Mapped[int]
    sha256: Mapped[str]
    words_sha256: Mapped[str] = mapped_column(index=True, default=_words_digest_of)
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    edits: Mapped[list[dict[str, Any]]] = mapped_column(default=list, deferred=True)
    anchors: Mapped[list[dict[str, Any]]] = mapped_column(default=list, deferred=True)
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    closed_at: Mapped[datetime | None]
    source: Mapped[Source] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.source_id.in_(actor.source_ids)


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

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_revisions_of(cls.revision_id, actor)


class RevisionSentences(Guarded, EvidenceBase):
    """Where the sentences of a revision end, in code points and in order; found again when `pipeline` is another.

    No words: they are cut out of the text when they are needed.
    """

    __tablename__ = "revision_sentences"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    pipeline: Mapped[str]
    ends: Mapped[list[int]]

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_revisions_of(cls.revision_id, actor)


class ImportBatch(Identified, Guarded, EvidenceBase):
    """Files that one person brought at once; `finished_at` is None while some of them wait to be read."""

    __tablename__ = "import_batch"
    is_brought = True
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    by: Mapped[str]
    at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.by == actor.username


class ImportedFile(Guarded, EvidenceBase):
    """What became of one file of a batch. `sentence` and `facts` say why it was refused; `source_id` what it became.

    `content` and `record` (as `sources.csv` writes it) are kept only until the file is read. Of a file that waits,
    `facts` may hold `alike`: how many pairs of its labels may be one speaker.
    """

    __tablename__ = "imported_file"
    __table_args__ = (UniqueConstraint("batch_id", "position"),)
    raw_words = RawWords(("content",), "id", keys_of_brought)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    position: Mapped[int]
    name: Mapped[str]
    state: Mapped[ImportState]
    sentence: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    record: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    pending_id: Mapped[int | None] = mapped_column(ForeignKey("pending_import.id", ondelete="SET NULL"), index=True)

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        mine = select(ImportBatch.id).where(ImportBatch.by == actor.username)
        return or_(cls.source_id.in_(actor.source_ids), cls.batch_id.in_(mine))


class PendingImport(Identified, Guarded, EvidenceBase):
    """A file that was read and is shown to a person; it becomes a source only when accepted.

    `record` holds the fields of the source register as `sources.csv` writes them; the turns are found again from the
    text by `convention`; `suggested` is the one that the file's format told. `sha256` is of the bytes, `words_sha256`
    of the words alone as in a revision. `turns`, `speakers` and `words` were counted on reading, so that a list of
    waiting files loads no text.
    """

    __tablename__ = "pending_import"
    is_brought = True
    raw_words = RawWords(("content", "text", "changes"), "id", keys_of_imports)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    by: Mapped[str]
    at: Mapped[datetime]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str]
    text: Mapped[str] = mapped_column(deferred=True)
    words_sha256: Mapped[str] = mapped_column(default=_words_digest_of)
    record: Mapped[dict[str, Any]]
    format: Mapped[str] = mapped_column(default="txt")
    notes: Mapped[list[str]]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(default=list, deferred=True)
    anchors: Mapped[list[dict[str, Any]]] = mapped_column(default=list, deferred=True)
    respondents: Mapped[list[dict[str, Any]]] = mapped_column(default=list, deferred=True)
    convention: Mapped[str]
    suggested: Mapped[str | None]
    turns: Mapped[int]
    speakers: Mapped[int]
    words: Mapped[int]

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.by == actor.username
