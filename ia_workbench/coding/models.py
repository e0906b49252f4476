"""Tables of coding: excerpts (exact words), codings (excerpt, code, coder, time), and the acts that changed them."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    UniqueConstraint,
    and_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.codebook import Code
from ia_workbench.coding.rules import ActKind, ActStanding, ReanchoringOutcome
from ia_workbench.corpus import Revision, Source, in_revisions_of, keys_by_revision
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.privacy import Account, Actor, Guarded, RawWords


def in_excerpts_of(column: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a number of an excerpt is one of the sources that a limited actor was given."""
    theirs = select(Excerpt.id).join(Revision, Excerpt.revision_id == Revision.id)
    inside: ColumnElement[bool] = column.in_(theirs.where(Revision.source_id.in_(actor.source_ids)))
    return inside


def keys_by_excerpt(numbers: Collection[int]) -> Select[int, str]:
    """Select study number and key of the sources of these excerpts."""
    statement = select(Source.study_id, Source.key).join(Revision, Revision.source_id == Source.id)
    return statement.join(Excerpt, Excerpt.revision_id == Revision.id).where(Excerpt.id.in_(numbers))


class Excerpt(Identified, Guarded, EvidenceBase):
    """Exact words of one revision: `start` to `end` in code points, the words themselves, and their SHA-256."""

    __tablename__ = "excerpt"
    raw_words = RawWords(("quote",), "revision_id", keys_by_revision)
    __table_args__ = (
        UniqueConstraint("revision_id", "start", "end"),
        CheckConstraint('start >= 0 and "end" > start', name="span"),
        {"sqlite_autoincrement": True},
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    sha256: Mapped[str]
    revision: Mapped[Revision] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_revisions_of(cls.revision_id, actor)


class Coding(Identified, Versioned, Guarded, EvidenceBase):
    """That one coder gave one excerpt one code.

    `rating` counts from 1 in the scale of the code, None where it was not rated; `is_important` is a coder's own sign.
    """

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("excerpt_id", "code_id", "coder_id"),
        Index("ix_coding_code_id", "code_id"),
        {"sqlite_autoincrement": True},
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"))
    coder_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    rating: Mapped[int | None]
    is_important: Mapped[bool] = mapped_column(default=False)
    excerpt: Mapped[Excerpt] = relationship()
    code: Mapped[Code] = relationship()
    coder: Mapped[Account] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_excerpts_of(cls.excerpt_id, actor)


class CodingAct(Identified, Guarded, EvidenceBase):
    """One act of one person on codings or codes, with what it takes to undo and redo it. Only `standing` changes.

    `parts` says of each thing what it was before and after: `{kind, guid, before, after}`, identifiers and places only,
    None where it did not exist. `source_id` is the source whose codings it touched, None for the codebook alone;
    `place_id` the source at which it was done, whose undo takes it back. `together` joins the acts that are undone as
    one. `request` names the act, so that sending it twice does it once. An undo is an act, too: `reverts_id`.
    """

    __tablename__ = "coding_act"
    __table_args__ = (
        UniqueConstraint("account_id", "request"),
        Index("ix_coding_act_source_id", "source_id", "id"),
        Index("ix_coding_act_together", "together"),
        Index("ix_coding_act_account_id", "account_id", "place_id", "standing", "id"),
        {"sqlite_autoincrement": True},
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[ActKind]
    parts: Mapped[list[dict[str, Any]]]
    request: Mapped[str | None]
    together: Mapped[uuid.UUID]
    reverts_id: Mapped[int | None] = mapped_column(ForeignKey("coding_act.id"))
    standing: Mapped[ActStanding]
    at: Mapped[datetime]

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return or_(cls.source_id.is_(None), cls.source_id.in_(actor.source_ids))


class CodeSplit(Identified, Guarded, EvidenceBase):
    """One person's sorting of the codings of a code into others, one by one, over as many sittings as it takes.

    All are named by GUIDs as text, since any may go meanwhile: `codings` in the order in which they are gone through,
    `targets` the codes that they are sorted into, `stayed` the codings that were looked at and stay as they are.
    """

    __tablename__ = "code_split"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    code_guid: Mapped[uuid.UUID] = mapped_column(index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    codings: Mapped[list[str]]
    targets: Mapped[list[str]]
    stayed: Mapped[list[str]]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Favourite(Guarded, EvidenceBase):
    """That a coder keeps a code at a place from 1 to 9 of their own, by which a key gives it. Nobody else sees it."""

    __tablename__ = "favourite"
    __table_args__ = (
        UniqueConstraint("account_id", "study_id", "place"),
        UniqueConstraint("account_id", "code_id"),
        CheckConstraint("place between 1 and 9", name="place"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    place: Mapped[int]
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), index=True)
    code: Mapped[Code] = relationship()

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        whose = true() if actor.reaches_private else cls.account_id == actor.account_id
        return and_(cls.study_id.in_(actor.study_ids), whose)


class Reanchoring(Identified, Guarded, EvidenceBase):
    """What a new revision did to one excerpt: where its words were, and where they are now.

    `outcome` says whether the words stand unchanged elsewhere, changed, or are gone; the excerpt itself carries the new
    place, or the old one when it is orphaned. `decided_by` is who looked and settled it; None while it waits.
    """

    __tablename__ = "reanchoring"
    raw_words = RawWords(("from_quote",), "excerpt_id", keys_by_excerpt)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id", ondelete="CASCADE"), index=True)
    from_revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    to_revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    from_start: Mapped[int]
    from_end: Mapped[int]
    from_quote: Mapped[str]
    outcome: Mapped[ReanchoringOutcome]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    excerpt: Mapped[Excerpt] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_excerpts_of(cls.excerpt_id, actor)
