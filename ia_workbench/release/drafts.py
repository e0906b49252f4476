"""A finding as it would be told today: for whom next, and the draft of its brief with what the body has said of it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ia_workbench import review
from ia_workbench.findings import Finding, Stage
from ia_workbench.publication import Audience, BodySummary, PackageContent
from ia_workbench.release.gate import published_study
from ia_workbench.release.packaging import build_package, study_of
from ia_workbench.release.queries import has_met_body, releases

AFTER_THE_BODY = (Stage.BODY_REVIEW, Stage.TEAM_DECISION, Stage.RELEASED)


@dataclass(frozen=True)
class Draft:
    """What the draft of a brief is written from; `body` is None while the published store does not know the study."""

    content: PackageContent
    body: BodySummary | None


def next_audience(session: Session, finding: Finding) -> Audience:
    """Return to whom a finding goes next: to the public once the body was given it here, and it is on from there."""
    earlier = releases(session, finding.study_id, finding)
    return Audience.PUBLIC if has_met_body(earlier) and finding.stage in AFTER_THE_BODY else Audience.BODY


def draft_of(session: Session, published_session: Session, finding: Finding, audience: Audience | None = None) -> Draft:
    """Return the draft of a finding's brief for an audience, the next one unless given: never for a release."""
    content = build_package(session, finding, audience or next_audience(session, finding))
    there = published_study(published_session, study_of(session, finding).key)
    return Draft(content, review.body_summary(published_session, there.id, finding.key, content) if there else None)
