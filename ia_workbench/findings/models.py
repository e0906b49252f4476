"""Tables of findings: statements, levers, steps, evidence links, negative-case searches, snapshots."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.coding import Excerpt, in_excerpts_of
from ia_workbench.database import EvidenceBase, Identified, Versioned
from ia_workbench.findings.rules import LinkRole, ReleaseLevel, ShownAs, Stage, Stance
from ia_workbench.privacy import Actor, Guarded


class Finding(Identified, Versioned, Guarded, EvidenceBase):
    """A statement of how work is organized and with what consequence.

    `plain`, `matters`, `step_note` and `content_note` are plain words by language (`{"en": …, "es": …}`); `nodes` and
    `edges` are map keys; `recommendations` a list of action, lever, owner, horizon and sign; `confidence` holds level,
    note and by, chosen by a person.
    """

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("study_id", "key"), {"sqlite_autoincrement": True})
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    title: Mapped[str]
    statement: Mapped[str]
    plain: Mapped[dict[str, Any]]
    matters: Mapped[dict[str, Any]]
    step_note: Mapped[dict[str, Any]]
    content_note: Mapped[dict[str, Any]]
    stage: Mapped[Stage]
    release_level: Mapped[ReleaseLevel]
    nodes: Mapped[list[str]]
    edges: Mapped[list[str]]
    strengths: Mapped[str]
    recommendations: Mapped[list[dict[str, Any]]]
    confidence: Mapped[dict[str, Any]]
    office_waiver: Mapped[str | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    levers: Mapped[list["FindingLever"]] = relationship(order_by="FindingLever.position", cascade="all, delete-orphan")


class FindingLever(Guarded, EvidenceBase):
    """That a lever produces a finding, and by which text or practice."""

    __tablename__ = "finding_lever"
    __table_args__ = (UniqueConstraint("finding_id", "lever"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    lever: Mapped[str]
    explanation: Mapped[str]
    position: Mapped[int]


class EvidenceLink(Identified, Versioned, Guarded, EvidenceBase):
    """That an excerpt speaks to a finding. `key` (`E-0007`) is what a brief prints: it names no source.

    `lever` is set where the excerpt anchors a lever; `resolution` says how a contrary one was weighed (None: open).
    `paraphrase`, `translation` and `speaker` are words for readers outside the team, by language. `by` made the
    link; `changed_by` saved it last.
    """

    __tablename__ = "evidence_link"
    __table_args__ = (
        UniqueConstraint("study_id", "key"),
        UniqueConstraint("finding_id", "excerpt_id", "role"),
        Index("ix_evidence_link_excerpt_id", "excerpt_id"),
        {"sqlite_autoincrement": True},
    )
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    key: Mapped[str]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"))
    stance: Mapped[Stance]
    role: Mapped[LinkRole]
    lever: Mapped[str | None]
    note: Mapped[str]
    resolution: Mapped[str | None]
    shown_as: Mapped[ShownAs]
    paraphrase: Mapped[dict[str, Any]]
    translation: Mapped[dict[str, Any]]
    speaker: Mapped[dict[str, Any]]
    by: Mapped[str]
    at: Mapped[datetime]
    changed_by: Mapped[str]
    finding: Mapped[Finding] = relationship()
    excerpt: Mapped[Excerpt] = relationship()

    @classmethod
    def within(cls, actor: Actor) -> ColumnElement[bool]:
        return in_excerpts_of(cls.excerpt_id, actor)


class NegativeCaseSearch(Guarded, EvidenceBase):
    """That someone looked for evidence against a finding: who, when, how, and what they found."""

    __tablename__ = "negative_case_search"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    by: Mapped[str]
    on: Mapped[date]
    query: Mapped[str]
    note: Mapped[str]


class Snapshot(Guarded, EvidenceBase):
    """A finding as it stood when its stage or strength changed: `content` holds statement, counts and rule lines."""

    __tablename__ = "snapshot"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    guid: Mapped[uuid.UUID] = mapped_column(unique=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    stage: Mapped[Stage]
    content: Mapped[dict[str, Any]]
