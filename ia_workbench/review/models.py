"""Tables of the body's review: positions as given, and the team's answers."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.database import Identified, PublishedBase, Versioned
from ia_workbench.privacy import Actor, CommunityAccount, Guarded, Role
from ia_workbench.publication import Fit, Outcome
from ia_workbench.review.positions import Said


class Position(Identified, Versioned, Guarded, PublishedBase):
    """What one member says of one finding, kept as given. One a member and finding, which they may change.

    It is a concern that the team must answer by `answer_due` when it says anything beyond "fits" (see
    `rules.is_concern`); None otherwise. `finding_key` outlives the package it was given on (`package_sha256`);
    `words_sha256` says which words the member read, the same for all packages that read alike. `edition` counts how
    often the member has said something else, from 1.
    """

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("study_id", "finding_key", "account_id"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("published_study.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("community_account.id"))
    finding_key: Mapped[str]
    package_sha256: Mapped[str]
    words_sha256: Mapped[str]
    fit: Mapped[Fit]
    comment: Mapped[str]
    language: Mapped[str]
    could_harm: Mapped[bool]
    quotes_not_to_use: Mapped[list[str]]
    edition: Mapped[int]
    given_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    answer_due: Mapped[date | None]
    account: Mapped[CommunityAccount] = relationship()

    @property
    def said(self) -> Said | None:
        """What the member says; None before they have said anything."""
        if not self.edition:
            return None
        return Said(self.fit, self.comment, self.could_harm, tuple(self.quotes_not_to_use))

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        """A member sees their own; the team and site leads see all (pages for site leads never say who spoke)."""
        theirs = cls.study_id.in_(actor.study_ids)
        return and_(theirs, cls.account_id == actor.account_id) if actor.role is Role.REVIEWER else theirs


class Answer(Identified, Versioned, Guarded, PublishedBase):
    """The team's answer to one position: changed or not changed, and why, by language.

    It answers the position's `edition`; once the member says something else, it no longer stands.
    """

    __tablename__ = "answer"
    study_id: Mapped[int] = mapped_column(ForeignKey("published_study.id"))
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), unique=True)
    edition: Mapped[int]
    outcome: Mapped[Outcome]
    text: Mapped[str]
    text_es: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime]
    position: Mapped[Position] = relationship()
