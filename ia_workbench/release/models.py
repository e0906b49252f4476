"""Tables of the bridge, in the evidence store: masks of quotes and the outbox of releases."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.coding import in_excerpts_of
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.findings import EvidenceLink
from ia_workbench.privacy import Actor, Guarded
from ia_workbench.publication import Audience, is_emptied


class Mask(Identified, Versioned, Guarded, EvidenceBase):
    """What readers get of one evidence link: which words give way to which, and the two people who vouch for it.

    `replacements` is a list of `start`, `end` (code points within the quote) and `with`. `quote_sha256` pins the
    words it was made for, `shown_sha256` everything that readers get with them (translation, speaker, paraphrase): when
    either changes, the mask no longer counts. It counts once `confirmed_by` is another person than `by`. A mask that
    came from a study's files notes who loaded them and whom they name as second person, who does not count.
    """

    __tablename__ = "mask"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    link_id: Mapped[int] = mapped_column(ForeignKey("evidence_link.id", ondelete="CASCADE"), unique=True)
    replacements: Mapped[list[dict[str, Any]]]
    quote_sha256: Mapped[str]
    shown_sha256: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    confirmed_by: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_in_file: Mapped[str | None]
    loaded_by: Mapped[str | None]
    link: Mapped[EvidenceLink] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.link_id.in_(select(EvidenceLink.id).where(in_excerpts_of(EvidenceLink.excerpt_id, actor)))


class Release(Identified, Guarded, EvidenceBase):
    """The decision to release, with the package, in one transaction (outbox), and perhaps to take it back.

    `withdrawn_at` and `withdrawn_by` say that readers are no longer to have it, `withdrawal_reason` why. `copied_at` is
    when the published store learned what was decided last; None while it waits for the copy.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("study_id", "sha256"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    audience: Mapped[Audience]
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    copied_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]

    @property
    def is_emptied(self) -> bool:
        """Whether the words were taken out of it, because a speaker took theirs back."""
        return is_emptied(self.content)
