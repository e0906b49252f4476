"""Tables of coding: excerpts (exact words) and codings (excerpt, code, coder, time)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.codebook import Code
from ia_workbench.coding.rules import ReanchoringOutcome
from ia_workbench.corpus import Revision
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.privacy import Account, Guarded


class Excerpt(Identified, Guarded, EvidenceBase):
    """Exact words of one revision: `start` to `end` in code points, the words themselves, and their SHA-256."""

    __tablename__ = "excerpt"
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


class Coding(Identified, Guarded, EvidenceBase):
    """That one coder gave one excerpt one code. `request` identifies the act, so that sending it twice codes once."""

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("excerpt_id", "code_id", "coder_id"),
        UniqueConstraint("coder_id", "request"),
        Index("ix_coding_code_id", "code_id"),
        {"sqlite_autoincrement": True},
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"))
    coder_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    request: Mapped[str | None]
    excerpt: Mapped[Excerpt] = relationship()
    code: Mapped[Code] = relationship()
    coder: Mapped[Account] = relationship()


class Reanchoring(Identified, Guarded, EvidenceBase):
    """What a new revision did to one excerpt: where its words were, and where they are now.

    `outcome` says whether the words stand unchanged elsewhere, changed, or are gone; the excerpt itself carries the new
    place, or the old one when it is orphaned. `decided_by` is who looked and settled it; None while it waits.
    """

    __tablename__ = "reanchoring"
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


class Memo(Identified, Versioned, Guarded, EvidenceBase):
    """What someone noted beside a source, or beside the exact words of an excerpt.

    `origin` tells a comment of the file it came with (`file-comment`) from a note of the team (`team`).
    """

    __tablename__ = "memo"
    __table_args__ = (Index("ix_memo_source_id", "source_id"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    excerpt_id: Mapped[int | None] = mapped_column(ForeignKey("excerpt.id"))
    words: Mapped[str]
    origin: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    excerpt: Mapped[Excerpt | None] = relationship()
