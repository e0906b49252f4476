"""Tables of the published store that hold packages."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from ia_workbench.database import Identified, PublishedBase
from ia_workbench.privacy import Actor, Guarded, Role
from ia_workbench.publication.rules import Audience, is_emptied


class Package(Identified, Guarded, PublishedBase):
    """What a released finding becomes: all that a page or a brief needs, cleared, with its hash. Never changed, but
    for a withdrawn one whose words are taken out for good (`emptied`).

    `number` is the finding's place among the study's releases as readers see it ("Finding 3"); `content` is the
    canonical package and `sha256` its digest. A later package of the same finding replaces this one
    (`replaced_at`); `withdrawn_at` takes it out of every page.
    """

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("study_id", "sha256"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("published_study.id"))
    finding_key: Mapped[str]
    number: Mapped[int]
    audience: Mapped[Audience]
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    released_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @property
    def is_emptied(self) -> bool:
        """Whether the words were taken out, because a speaker took theirs back."""
        return is_emptied(self.content)

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        """Site leads read what is public; the body and the team read all of their studies."""
        theirs = cls.study_id.in_(actor.study_ids)
        return and_(theirs, cls.audience == Audience.PUBLIC) if actor.role is Role.SITE_LEAD else theirs
