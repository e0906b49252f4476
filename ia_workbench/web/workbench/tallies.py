"""Counts that pages show beside things, each for a whole study in one query."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision, Turn
from ia_workbench.findings import EvidenceLink, Finding


def turns_by_source(session: Session, study_id: int) -> dict[int, int]:
    """Return how many turns the newest revision of each source has, by the source's internal number."""
    newest = select(func.max(Revision.id)).where(Revision.study_id == study_id).group_by(Revision.source_id)
    statement = (
        select(Revision.source_id, func.count(Turn.id))
        .join(Turn, Turn.revision_id == Revision.id)
        .where(Revision.id.in_(newest))
        .group_by(Revision.source_id)
    )
    return dict(session.execute(statement).all())


def codings_by_source(session: Session, study_id: int) -> dict[int, int]:
    """Return how many codings lie in each source, by the source's internal number; sources without any are absent."""
    statement = (
        select(Revision.source_id, func.count(Coding.id))
        .join(Excerpt, Excerpt.revision_id == Revision.id)
        .join(Coding, Coding.excerpt_id == Excerpt.id)
        .where(Revision.study_id == study_id)
        .group_by(Revision.source_id)
    )
    return dict(session.execute(statement).all())


def turns_of_excerpts(session: Session, excerpt_ids: set[int]) -> dict[int, int]:
    """Return the number of the turn that each excerpt begins in, by the excerpt's internal number."""
    statement = (
        select(Excerpt.id, func.max(Turn.number))
        .join(Turn, (Turn.revision_id == Excerpt.revision_id) & (Turn.start <= Excerpt.start))
        .where(Excerpt.id.in_(excerpt_ids))
        .group_by(Excerpt.id)
    )
    return dict(session.execute(statement).all())


def findings_by_source(session: Session, study_id: int) -> dict[int, list[str]]:
    """Return the keys of the findings that each source is evidence for, by the source's internal number."""
    statement = (
        select(Revision.source_id, Finding.key)
        .join(Excerpt, Excerpt.revision_id == Revision.id)
        .join(EvidenceLink, EvidenceLink.excerpt_id == Excerpt.id)
        .join(Finding, EvidenceLink.finding_id == Finding.id)
        .where(Revision.study_id == study_id)
        .distinct()
        .order_by(Revision.source_id, Finding.key)
    )
    found: dict[int, list[str]] = {}
    for source_id, key in session.execute(statement):
        found.setdefault(source_id, []).append(key)
    return found
