"""Tables of memos: what someone noted, every version of it, and which memo points to which."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, and_, or_, select, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.coding.models import Excerpt
from ia_workbench.coding.rules import MemoAbout, MemoOrigin
from ia_workbench.corpus import keys_of_sources
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.privacy import Actor, Guarded, RawWords


def for_reader(private_to: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the condition that words are the team's, or private to this very actor."""
    return true() if actor.reaches_private else or_(private_to.is_(None), private_to == actor.username)


def of_no_other_source(source_id: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a row is about one of a limited actor's sources, or about none."""
    return or_(source_id.is_(None), source_id.in_(actor.source_ids))


class Memo(Identified, Versioned, Guarded, EvidenceBase):
    """What someone noted: about a source, a turn, exact words, a code, a step or a finding.

    A memo on a turn or on words hangs on their excerpt. `thing` says which code (GUID), step or passage (key), or
    finding (GUID) it is about: no reference, so that a memo outlives what it is about, and is there when that is back.
    `private_to` is the one person who may read it, None for the team. `title`, `words` are those of the version that is
    `shown`. `origin` tells a comment of the file it came with from a note of the team; `comment` is the place of such a
    comment among the changes of its file, counted from 0, so that none becomes a memo twice. A memo that was removed
    (`removed_at`) keeps its versions until its source is withdrawn.
    """

    __tablename__ = "memo"
    raw_words = RawWords(("title", "words"), "source_id", keys_of_sources)
    __table_args__ = (
        UniqueConstraint("source_id", "comment"),
        Index("ix_memo_source_id", "source_id"),
        Index("ix_memo_about", "study_id", "about", "thing"),
        {"sqlite_autoincrement": True},
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    about: Mapped[MemoAbout] = mapped_column(default=MemoAbout.SOURCE)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    excerpt_id: Mapped[int | None] = mapped_column(ForeignKey("excerpt.id"))
    thing: Mapped[str | None]
    private_to: Mapped[str | None]
    title: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    shown: Mapped[int] = mapped_column(default=1)
    origin: Mapped[MemoOrigin]
    comment: Mapped[int | None]
    by: Mapped[str]
    at: Mapped[datetime]
    changed_by: Mapped[str | None]
    changed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]
    excerpt: Mapped[Excerpt | None] = relationship()

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        return and_(super().guard(actor), for_reader(cls.private_to, actor))

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return of_no_other_source(cls.source_id, actor)


class MemoVersion(Guarded, EvidenceBase):
    """Words that a memo had, numbered from 1. What was written in private stays so when the memo becomes the team's."""

    __tablename__ = "memo_version"
    raw_words = RawWords(("title", "words"), "source_id", keys_of_sources)
    __table_args__ = (UniqueConstraint("memo_id", "number"), Index("ix_memo_version_source_id", "source_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    memo_id: Mapped[int] = mapped_column(ForeignKey("memo.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str]
    words: Mapped[str]
    private_to: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime]

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        return and_(super().guard(actor), for_reader(cls.private_to, actor))

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return of_no_other_source(cls.source_id, actor)


class MemoLink(Guarded, EvidenceBase):
    """That one memo points to another. It is seen by whoever may read both."""

    __tablename__ = "memo_link"
    __table_args__ = (UniqueConstraint("from_id", "to_id"), Index("ix_memo_link_to_id", "to_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("memo.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("memo.id", ondelete="CASCADE"))

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        mine = select(Memo.id).where(for_reader(Memo.private_to, actor))
        return and_(super().guard(actor), cls.from_id.in_(mine), cls.to_id.in_(mine))

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        mine = select(Memo.id).where(of_no_other_source(Memo.source_id, actor))
        return and_(cls.from_id.in_(mine), cls.to_id.in_(mine))
