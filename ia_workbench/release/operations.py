"""Writes of releases: the decision with its package in one transaction, and the copy into the published store."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import findings, privacy, publication
from ia_workbench.database import moment_of
from ia_workbench.findings import Finding
from ia_workbench.privacy import Act, Actor
from ia_workbench.publication import Audience, PackageContent
from ia_workbench.release.clearance import NotCleared
from ia_workbench.release.gate import examine
from ia_workbench.release.models import Release
from ia_workbench.release.packaging import STAGES
from ia_workbench.release.queries import releases_to_copy


def decide_release(
    session: Session, actor: Actor, *, finding: Finding, audience: Audience, unanswered: int = 0
) -> Release:
    """Release a finding to an audience: the package, the finding's new stage and the entries, in one transaction.

    The package waits here until `copy_releases` has taken it across. Releasing the same content again is the same
    release and changes nothing. `unanswered` is what `unanswered_concerns` says. Raises NotCleared with every obstacle.
    """
    privacy.require(actor, Act.RELEASE, study_id=finding.study_id)
    examined = examine(session, finding, audience, unanswered=unanswered)
    if examined.obstacles:
        raise NotCleared(finding, list(examined.obstacles))
    release = _known(session, finding, examined.content)
    if release is None:
        release = _new_release(session, actor, finding, examined.content)
        findings.move_stage(session, actor, finding=finding, stage=STAGES[audience])
    details = {"audience": audience.value, "sha256": release.sha256}
    privacy.record(session, actor, "release-finding", subject=finding.key, study_id=finding.study_id, **details)
    return release


def _known(session: Session, finding: Finding, content: PackageContent) -> Release | None:
    same = select(Release).where(Release.study_id == finding.study_id, Release.sha256 == content.sha256)
    return session.scalars(same).one_or_none()


def _new_release(session: Session, actor: Actor, finding: Finding, content: PackageContent) -> Release:
    release = Release(
        study_id=finding.study_id,
        finding_id=finding.id,
        audience=content.audience,
        content=content.to_json(),
        sha256=content.sha256,
        by=actor.username,
        at=moment_of(session),
    )
    session.add(release)
    return release


def copy_releases(session: Session, published_session: Session, actor: Actor) -> list[Release]:
    """Take every waiting release across to the published store; returns those taken, oldest first.

    `session` is held to the actor on the evidence store, `published_session` an unheld one on the published store. The
    caller commits the published store first: if the evidence store's commit is then lost, the next call finds the
    packages there and only marks them, so nothing is copied twice and nothing is lost.
    """
    taken = []
    for release in releases_to_copy(session):
        privacy.require(actor, Act.RELEASE, study_id=release.study_id)
        study = privacy.study_numbered(session, release.study_id)
        published = privacy.publish_study(published_session, study)
        guest = privacy.guest_in_published_store(published_session, actor, [study.key])
        content = PackageContent.from_json(release.content)
        publication.receive_package(published_session, guest, study_id=published.id, content=content)
        release.copied_at = moment_of(session)
        subject = content.finding_key
        privacy.record(session, actor, "copy-release", subject=subject, study_id=study.id, sha256=release.sha256)
        taken.append(release)
    return taken
