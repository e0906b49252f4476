"""Writes of releases: the decision with its package in one transaction, taking it back, and the copy to readers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import findings, privacy, publication
from ia_workbench.database import moment_of
from ia_workbench.findings import WITH_READERS, Finding, Stage
from ia_workbench.kernel import Conflict, NotFound, Refused, has_words, normalise_text
from ia_workbench.privacy import Act, Actor
from ia_workbench.publication import Audience, PackageContent
from ia_workbench.release.clearance import NotCleared
from ia_workbench.release.gate import examine
from ia_workbench.release.models import Release
from ia_workbench.release.packaging import STAGES
from ia_workbench.release.queries import evidence_taken_back, releases, releases_to_copy, standing_releases

NEVER_RELEASED = "{finding} was never released, so there is nothing to take from readers. Move its stage instead."
BY_RELEASE = "A finding comes to {wanted} by a release alone. Open its release page."
BY_WITHDRAWAL = "Readers have {finding}. Take it from them on its release page, with a reason."
NOT_SEEN = "{finding} changed after you looked at it. Nothing was released; look at it again, then release it."
NO_REASON = "Say why {finding} is taken from readers: a withdrawal needs a reason."


def decide_release(
    session: Session,
    actor: Actor,
    *,
    finding: Finding,
    audience: Audience,
    unanswered: int = 0,
    seen: str | None = None,
) -> Release:
    """Release a finding to an audience: the package, the finding's new stage and the entries, in one transaction.

    The package waits here until `copy_releases` has taken it across. Releasing the same content again is the same
    release and changes nothing. `unanswered` is what `unanswered_concerns` says; `seen` is the digest of the
    package that the lead looked at. Raises NotCleared with every obstacle, and
    Conflict when the finding is not what was seen.
    """
    privacy.require(actor, Act.RELEASE, study_id=finding.study_id)
    examined = examine(session, finding, audience, unanswered=unanswered)
    if examined.obstacles:
        raise NotCleared(finding, list(examined.obstacles))
    if seen not in (None, examined.content.sha256):
        raise Conflict(NOT_SEEN, finding=finding.key)
    known = _known(session, finding, examined.content)
    release = known or _new_release(session, actor, finding, examined.content)
    if known is None or finding.stage is not STAGES[audience]:  # a finding may have been reopened since
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


def decide_withdrawal(session: Session, actor: Actor, *, finding: Finding, reason: str) -> list[Release]:
    """Take a finding from all its readers: every release of it, the stage and the entries, in one transaction.

    Returns the releases taken back; they wait until `copy_releases` has told the published store. Deciding again takes
    back nothing more. Refuses a finding that was never released, and an empty reason.
    """
    privacy.require(actor, Act.RELEASE, study_id=finding.study_id)
    every = releases(session, finding.study_id, finding)
    if not every:
        raise Refused(NEVER_RELEASED, finding=finding.key)
    why = normalise_text(reason).strip()
    if not has_words(why):
        raise Refused(NO_REASON, finding=finding.key)
    taken = [each for each in every if each.withdrawn_at is None]
    now = moment_of(session)
    for release in taken:
        release.withdrawn_by, release.withdrawn_at, release.withdrawal_reason = actor.username, now, why
        release.copied_at = None  # it waits again: readers have it until the published store knows
    if taken and finding.stage is not Stage.WITHDRAWN:
        findings.move_stage(session, actor, finding=finding, stage=Stage.WITHDRAWN)
    privacy.record(session, actor, "withdraw-finding", subject=finding.key, study_id=finding.study_id)
    return taken


def move_by_hand(session: Session, actor: Actor, *, finding: Finding, stage: Stage) -> None:
    """Move a finding to a stage that no release and no withdrawal stands behind; else as `findings.move_stage`.

    Refuses the stages before readers, and withdrawing what readers have: the words alone would change, not the pages.
    """
    if stage in WITH_READERS and stage is not finding.stage:
        privacy.require(actor, Act.RELEASE, study_id=finding.study_id)
        raise Refused(BY_RELEASE, wanted=stage.value)
    if stage is Stage.WITHDRAWN and standing_releases(session, finding.study_id, finding):
        raise Refused(BY_WITHDRAWAL, finding=finding.key)
    findings.move_stage(session, actor, finding=finding, stage=stage)


def copy_releases(session: Session, published_session: Session, actor: Actor) -> list[Release]:
    """Take every waiting release and withdrawal across to the published store; returns them, oldest first.

    A release whose evidence was taken back while it waited stays here: a person takes it back, or releases anew.
    `session` is held to the actor on the evidence store, `published_session` an unheld one on the published store. The
    caller commits the published store first: if the evidence store's commit is then lost, the next call finds the
    packages there and only marks them, so nothing is copied twice and nothing is lost.
    """
    taken = []
    for release in releases_to_copy(session):
        privacy.require(actor, Act.RELEASE, study_id=release.study_id)
        if release.withdrawn_at is None and evidence_taken_back(session, release):
            continue
        study = privacy.study_numbered(session, release.study_id)
        published = privacy.publish_study(published_session, study)
        guest = privacy.guest_in_published_store(published_session, actor, [study.key])
        if release.withdrawn_at is None:
            content = PackageContent.from_json(release.content)
            publication.receive_package(published_session, guest, study_id=published.id, content=content)
        else:
            _withdraw_if_there(published_session, guest, published.id, release)
        release.copied_at = moment_of(session)
        act = "copy-release" if release.withdrawn_at is None else "copy-withdrawal"
        subject = str(release.content["finding_key"])
        privacy.record(session, actor, act, subject=subject, study_id=study.id, sha256=release.sha256)
        taken.append(release)
    return taken


def _withdraw_if_there(published_session: Session, guest: Actor, study_id: int, release: Release) -> None:
    """Withdraw a package, and empty it where the release was; one that was taken back before it crossed never does."""
    try:
        package = publication.package_with_digest(published_session, study_id, release.sha256)
    except NotFound:
        return
    publication.withdraw_package(published_session, guest, package=package)
    if release.is_emptied:
        publication.empty_package(published_session, guest, package=package)
