"""The gate as a whole: a finding's package for an audience, and everything that stands in its way."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus, review
from ia_workbench.database import moment_of
from ia_workbench.findings import Finding
from ia_workbench.privacy import PublishedStudy
from ia_workbench.publication import Audience, PackageContent
from ia_workbench.release.clearance import Obstacle, finding_obstacles, link_obstacles, link_states
from ia_workbench.release.few_speakers import speaker_warnings
from ia_workbench.release.names import known_names, name_obstacles
from ia_workbench.release.packaging import content_from, numbered, study_of
from ia_workbench.release.queries import has_met_body, releases


@dataclass(frozen=True)
class Examined:
    """What readers would get, what stands in the way (empty: nothing), and what a person should look at once more."""

    content: PackageContent
    obstacles: tuple[Obstacle, ...]
    warnings: tuple[Obstacle, ...]


def examine(session: Session, finding: Finding, audience: Audience, *, unanswered: int = 0) -> Examined:
    """Build a finding's package for an audience and look for everything that stands in its way.

    `unanswered` is how many concerns of the body have no answer (`unanswered_concerns`).
    """
    states, today = link_states(session, finding), moment_of(session).date()
    study = study_of(session, finding)
    earlier = releases(session, finding.study_id, finding)
    content = numbered(content_from(session, finding, audience, states), earlier)
    sources = {state.link.key: state.source.key for state in states}
    found = [
        *finding_obstacles(finding, audience, unanswered, has_met_body=has_met_body(earlier)),
        *(each for state in states for each in link_obstacles(state, audience, today)),
        *name_obstacles(content, known_names(session, study, states), corpus.offices_of(session, study.id), sources),
    ]
    return Examined(content, tuple(found), tuple(speaker_warnings(session, finding.study_id, states)))


def obstacles(session: Session, finding: Finding, audience: Audience, *, unanswered: int = 0) -> list[Obstacle]:
    """Return everything that stands in the way of releasing a finding to an audience; [] when it is cleared."""
    return list(examine(session, finding, audience, unanswered=unanswered).obstacles)


def unanswered_concerns(published_session: Session, study_key: str, finding_key: str) -> int:
    """Return how many concerns of the body on a finding have no answer, asked in the published store.

    0 for a study that has not reached the published store.
    """
    study = published_study(published_session, study_key)
    if study is None:
        return 0
    return len(review.unanswered_concerns(published_session, study.id, finding_key))


def published_study(published_session: Session, study_key: str) -> PublishedStudy | None:
    """Return a study as the published store knows it; None before it has reached that store."""
    return published_session.scalars(select(PublishedStudy).where(PublishedStudy.key == study_key)).one_or_none()
