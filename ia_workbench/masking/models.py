"""Tables of masking: what each name gives way to, the marks in a text, and who vouches for a masked text."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, Integer, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.corpus import Participant, Revision, in_revisions_of, keys_by_revision, participants_within
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.masking.rules import MarkState
from ia_workbench.privacy import Actor, Guarded, IdentifierClass, RawWords


class Pseudonym(Identified, Versioned, Guarded, EvidenceBase):
    """One person, place or agency under all its spellings, and the one thing readers see for it in every source.

    `names` are spellings, the fullest first; `instead` what readers see, by language. The name of a person gives way to
    another name, the name of a place or an agency to general words.
    """

    __tablename__ = "pseudonym"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    identifier_class: Mapped[IdentifierClass]
    names: Mapped[list[str]]
    instead: Mapped[str]
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    by: Mapped[str]
    at: Mapped[datetime]
    participant: Mapped[Participant | None] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        here = select(Mark.pseudonym_id).where(in_revisions_of(Mark.revision_id, actor))
        mine = cls.by == actor.username
        return or_(mine, cls.participant_id.in_(participants_within(actor)), cls.id.in_(here))


class Mark(Identified, Versioned, Guarded, EvidenceBase):
    """Exact characters of a raw revision that may identify someone, what they are, and what a person decided.

    `found_by` is `pattern`, `name-list`, `model` or `person`; `rule` says which pattern, list entry or label. `instead`
    is what readers see. Decided marks of one revision do not overlap.
    """

    __tablename__ = "mark"
    raw_words = RawWords(("words",), "revision_id", keys_by_revision)
    __table_args__ = (
        UniqueConstraint("revision_id", "start", "end"),
        CheckConstraint('start >= 0 and "end" > start', name="span"),
        {"sqlite_autoincrement": True},
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    start: Mapped[int]
    end: Mapped[int]
    words: Mapped[str]
    identifier_class: Mapped[IdentifierClass]
    found_by: Mapped[str]
    rule: Mapped[str]
    instead: Mapped[str]
    state: Mapped[MarkState]
    pseudonym_id: Mapped[int | None] = mapped_column(ForeignKey("pseudonym.id", ondelete="SET NULL"), index=True)
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    revision: Mapped[Revision] = relationship()
    pseudonym: Mapped[Pseudonym | None] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_revisions_of(cls.revision_id, actor)


class MarkStep(Guarded, EvidenceBase):
    """What a mark was before somebody decided about it, so that they can take that back.

    The steps of one act share `act`. `before` is empty for a mark that the act made; else its fields but for the words.
    `version` is the mark's after the act: a mark that someone else changed since is not taken back.
    """

    __tablename__ = "mark_step"
    __table_args__ = (Index("ix_mark_step_revision_id", "revision_id", "by"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    mark_id: Mapped[int] = mapped_column(ForeignKey("mark.id", ondelete="CASCADE"), index=True)
    act: Mapped[str]
    before: Mapped[dict[str, Any]]
    version: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
    mark: Mapped[Mark] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_revisions_of(cls.revision_id, actor)


class MaskedText(Identified, Versioned, Guarded, EvidenceBase):
    """The masked revision of a source, made of a raw one, and the two people who vouch for it.

    `by` decided the marks; the text counts as masked once `signed_by` is somebody else, of this home, and as long as
    `outdated_at` is None: something that it was made of changed then. `sent_back_by` is who looked and would not sign.
    """

    __tablename__ = "masked_text"
    __table_args__ = (Index("ix_masked_text_raw_id", "raw_id"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    raw_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), unique=True)
    by: Mapped[str]
    at: Mapped[datetime]
    signed_by: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    sent_back_by: Mapped[str | None]
    outdated_at: Mapped[datetime | None]
    raw: Mapped[Revision] = relationship(foreign_keys=raw_id)
    revision: Mapped[Revision] = relationship(foreign_keys=revision_id)

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_revisions_of(cls.raw_id, actor)
