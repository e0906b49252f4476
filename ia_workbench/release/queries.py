"""Reads of the bridge: masks by evidence link, releases by finding."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from ia_workbench.findings import EvidenceLink, Finding
from ia_workbench.release.models import Mask, Release
from ia_workbench.release.rules import is_vouched_for


def mask_of(session: Session, link: EvidenceLink) -> Mask | None:
    """Return the mask of one evidence link's quote, whether it counts or not; None when nobody masked it yet."""
    return session.scalars(select(Mask).where(Mask.link_id == link.id)).one_or_none()


def masks_for(session: Session, finding: Finding) -> Mapping[int, Mask]:
    """Return the masks of a finding's evidence, by the internal number of the link."""
    statement = select(Mask).join(EvidenceLink, Mask.link_id == EvidenceLink.id)
    found = session.scalars(statement.where(EvidenceLink.finding_id == finding.id))
    return {mask.link_id: mask for mask in found}


def counts(mask: Mask | None, link: EvidenceLink) -> bool:
    """Say whether a mask counts for a link as its quote stands now: same words, confirmed by another person."""
    if mask is None:
        return False
    return is_vouched_for(link.excerpt.quote, mask.quote_sha256, mask.by, mask.confirmed_by)


def masks_to_confirm(session: Session, study_id: int, username: str) -> Sequence[Mask]:
    """Return the masks that wait for a second person and that this one may confirm, by evidence key.

    Each with its link and finding loaded, in one query.
    """
    statement = select(Mask).join(Mask.link).join(EvidenceLink.finding).order_by(EvidenceLink.key)
    statement = statement.options(contains_eager(Mask.link).contains_eager(EvidenceLink.finding))
    waiting = statement.where(Mask.study_id == study_id, Mask.confirmed_by.is_(None), Mask.by != username)
    return session.scalars(waiting).all()


def releases(session: Session, study_id: int, finding: Finding | None = None) -> Sequence[Release]:
    """Return the releases of a study, or of one finding, oldest first."""
    statement = select(Release).where(Release.study_id == study_id).order_by(Release.id)
    if finding is not None:
        statement = statement.where(Release.finding_id == finding.id)
    return session.scalars(statement).all()


def releases_to_copy(session: Session) -> Sequence[Release]:
    """Return the releases that have not reached the published store, oldest first."""
    return session.scalars(select(Release).where(Release.copied_at.is_(None)).order_by(Release.id)).all()
