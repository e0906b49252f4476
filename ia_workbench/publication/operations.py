"""Writes of packages: receiving, withdrawing and emptying one, and entering who took it away."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import moment_of
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Act, Actor
from ia_workbench.publication.content import PackageContent
from ia_workbench.publication.models import Package
from ia_workbench.publication.rules import EXPORT_BRIEF, NOT_CLEARED, Audience, emptied


def receive_package(session: Session, actor: Actor, *, study_id: int, content: PackageContent) -> Package:
    """Store a released finding's package and let it replace earlier ones; returns the stored package.

    Receiving the same content again changes nothing and returns the package as it stands. A public package replaces
    every earlier one of its finding; one for the body leaves a public one standing for its readers. `study_id` is the
    study's number in the published store. Refuses content that still holds the words of a draft's uncleared quote.
    """
    privacy.require(actor, Act.RELEASE, study_id=study_id)
    if NOT_CLEARED in content.canonical_bytes.decode():
        raise Refused("A quote in this package is not cleared, so it was not received.")
    digest = content.sha256
    known = session.scalars(select(Package).where(Package.study_id == study_id, Package.sha256 == digest)).first()
    if known is not None:
        return known
    number = _number_of(session, study_id, content.finding_key)
    _replace_earlier(session, study_id, content)
    package = Package(
        study_id=study_id,
        finding_key=content.finding_key,
        number=number,
        audience=content.audience,
        content=content.to_json(),
        sha256=digest,
        released_at=moment_of(session),
    )
    session.add(package)
    session.flush()  # a second package of this transaction must see this one's number
    privacy.record(session, actor, "receive-package", subject=content.finding_key, study_id=study_id, sha256=digest)
    return package


def _number_of(session: Session, study_id: int, finding_key: str) -> int:
    """The number readers know the finding by: kept for good, and never given to another finding."""
    of_study = select(Package.number).where(Package.study_id == study_id)
    known = session.scalars(of_study.where(Package.finding_key == finding_key).limit(1)).first()
    if known is not None:
        return known
    highest = session.scalars(select(func.max(Package.number)).where(Package.study_id == study_id)).one()
    return (highest or 0) + 1


def _replace_earlier(session: Session, study_id: int, content: PackageContent) -> None:
    earlier = select(Package).where(
        Package.study_id == study_id, Package.finding_key == content.finding_key, Package.replaced_at.is_(None)
    )
    if content.audience is Audience.BODY:
        earlier = earlier.where(Package.audience == Audience.BODY)
    for package in session.scalars(earlier):
        package.replaced_at = moment_of(session)


def withdraw_package(session: Session, actor: Actor, *, package: Package) -> None:
    """Take a package out of every page and brief; its key, number and date remain. Done again, it changes nothing."""
    privacy.require(actor, Act.RELEASE, study_id=package.study_id)
    if package.withdrawn_at is not None:
        return
    package.withdrawn_at = moment_of(session)
    privacy.record(session, actor, "withdraw-package", subject=package.finding_key, study_id=package.study_id)


def record_export(
    session: Session, actor: Actor, *, study_id: int, content: PackageContent, file_format: str, is_draft: bool = False
) -> None:
    """Enter in the audit trail that someone takes a brief away as a file, before they get it.

    The entry stands in the store of whoever takes it, with the package's digest, the keys of the evidence in it and the
    format (`docx`, `html`): a finding or source that is withdrawn later can say who is to be asked for what.
    `study_id` is the study's number in that store. Raises NotAllowed for a role that takes no briefs away.
    """
    privacy.require(actor, Act.EXPORT_BRIEF, study_id=study_id)
    privacy.record(
        session,
        actor,
        EXPORT_BRIEF,
        subject=content.finding_key,
        study_id=study_id,
        sha256=content.sha256,
        audience=content.audience.value,
        format=file_format,
        evidence=[each.key for each in content.evidence],
        draft=1 if is_draft else None,
    )


def empty_package(session: Session, actor: Actor, *, package: Package) -> None:
    """Take the words out of a withdrawn package for good; key, number, days and hash remain.

    Done again, it changes nothing. Refuses a package that readers still have.
    """
    privacy.require(actor, Act.RELEASE, study_id=package.study_id)
    if package.is_emptied:
        return
    if package.withdrawn_at is None:
        raise Refused("Readers still have {finding}. Take it from them first.", finding=package.finding_key)
    package.content = emptied(package.content)
    privacy.record(session, actor, "empty-package", subject=package.finding_key, study_id=package.study_id)
