"""Reads of packages. The session holds them to the actor: a site lead's session shows public packages only."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ia_workbench.kernel import NotFound
from ia_workbench.publication.content import PackageContent
from ia_workbench.publication.models import Package

NO_SUCH_PACKAGE = "There is nothing here under that name."


def content_of(package: Package) -> PackageContent:
    """Return what a package says."""
    return PackageContent.from_json(package.content)


def packages(session: Session, study_id: int) -> list[Package]:
    """Return the packages that stand now, one a finding, by number; replaced and withdrawn ones are left out.

    While a finding's public package and a later one for the body both stand, whoever may see both gets the later.
    """
    statement = select(Package).where(Package.study_id == study_id, *_standing()).order_by(Package.number, Package.id)
    newest = {package.number: package for package in session.scalars(statement)}
    return list(newest.values())


def last_packages(session: Session, study_id: int) -> list[Package]:
    """Return the package that each finding had last, by number: it stands, or it was withdrawn."""
    statement = select(Package).where(Package.study_id == study_id).order_by(Package.number, Package.id)
    last = {package.number: package for package in session.scalars(statement)}
    return list(last.values())


def package_numbered(session: Session, study_id: int, number: int) -> Package:
    """Return the package that stands under a number; raises NotFound when there is none that the actor may see."""
    return _newest(session, study_id, Package.number == number)


def package_for(session: Session, study_id: int, finding_key: str) -> Package:
    """Return the package that stands for a finding; raises NotFound when there is none that the actor may see."""
    return _newest(session, study_id, Package.finding_key == finding_key)


def package_with_digest(session: Session, study_id: int, sha256: str) -> Package:
    """Return the package of this content, standing, replaced or withdrawn; raises NotFound when there is none."""
    statement = select(Package).where(Package.study_id == study_id, Package.sha256 == sha256)
    package = session.scalars(statement).one_or_none()
    if package is None:
        raise NotFound(NO_SUCH_PACKAGE)
    return package


def _newest(session: Session, study_id: int, condition: ColumnElement[bool]) -> Package:
    statement = select(Package).where(Package.study_id == study_id, condition, *_standing())
    package = session.scalars(statement.order_by(Package.id.desc()).limit(1)).first()
    if package is None:
        raise NotFound(NO_SUCH_PACKAGE)
    return package


def _standing() -> tuple[ColumnElement[bool], ...]:
    return Package.replaced_at.is_(None), Package.withdrawn_at.is_(None)
