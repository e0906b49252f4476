"""Reads of findings, their evidence, searches and history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from ia_workbench.coding import Excerpt
from ia_workbench.corpus import Revision, Source, Turn
from ia_workbench.findings.models import EvidenceLink, Finding, NegativeCaseSearch, Snapshot
from ia_workbench.findings.rules import LinkRole
from ia_workbench.kernel import NotFound


@dataclass(frozen=True)
class Evidence:
    """An evidence link with the turn its words begin in; None for words between turns."""

    link: EvidenceLink
    turn: Turn | None


def findings(session: Session, study_id: int) -> list[Finding]:
    """Return the findings of a study with their levers, by number, withdrawn ones among them; two queries."""
    statement = select(Finding).where(Finding.study_id == study_id).options(selectinload(Finding.levers))
    return sorted(session.scalars(statement), key=lambda finding: order_of(finding.key))


def order_of(key: str) -> tuple[str, int, str]:
    """Return what sorts keys by number: F-9 before F-10."""
    prefix, _, number = key.rpartition("-")
    return (prefix, int(number), key) if number.isascii() and number.isdigit() else (key, 0, key)


def finding_keyed(session: Session, study_id: int, key: str) -> Finding:
    """Return a finding by its key with its levers; raises NotFound."""
    statement = select(Finding).where(Finding.study_id == study_id, Finding.key == key)
    finding = session.scalars(statement.options(selectinload(Finding.levers))).one_or_none()
    if finding is None:
        raise NotFound("There is no finding {key} in this study.", key=key)
    return finding


def links_of(session: Session, finding: Finding) -> list[EvidenceLink]:
    """Return a finding's evidence links with excerpt, revision and source loaded, by number, in one query.

    Links to sources withdrawn since are among them (`is_withdrawn`): they count nowhere and their words are not shown.
    """
    return list(session.scalars(_links_read().where(EvidenceLink.finding_id == finding.id)))


def evidence_of(session: Session, finding: Finding) -> list[Evidence]:
    """Return the links of `links_of` with the turn that each excerpt begins in, in one query."""
    begins_in = and_(Turn.revision_id == Excerpt.revision_id, Turn.start <= Excerpt.start, Turn.end > Excerpt.start)
    statement = _links_read().where(EvidenceLink.finding_id == finding.id).outerjoin(Turn, begins_in).add_columns(Turn)
    return [Evidence(link, turn) for link, turn in session.execute(statement)]


def links_on(session: Session, source: Source) -> list[EvidenceLink]:
    """Return the evidence links to a source's words with finding, excerpt and revision loaded, by number."""
    statement = _links_read().join(EvidenceLink.finding).options(contains_eager(EvidenceLink.finding))
    return list(session.scalars(statement.where(Source.id == source.id)))


def last_role(session: Session, study_id: int, username: str) -> LinkRole | None:
    """Return the role that someone gave the link they made last in a study; None before their first."""
    mine = (EvidenceLink.study_id == study_id, EvidenceLink.by == username)
    return session.scalars(select(EvidenceLink.role).where(*mine).order_by(EvidenceLink.id.desc()).limit(1)).first()


def findings_by_source(session: Session, study_id: int) -> Mapping[int, list[str]]:
    """Return the keys of the findings that each source is evidence for, by the source's internal number; one query."""
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


def link_keyed(session: Session, study_id: int, key: str) -> EvidenceLink:
    """Return an evidence link by its key (`E-0007`) with excerpt, revision and source loaded; raises NotFound."""
    statement = _links_read().where(EvidenceLink.study_id == study_id, EvidenceLink.key == key)
    link = session.scalars(statement).one_or_none()
    if link is None:
        raise NotFound("There is no evidence {key} in this study.", key=key)
    return link


def _links_read() -> Select[EvidenceLink]:
    return (
        select(EvidenceLink)
        .join(EvidenceLink.excerpt)
        .join(Excerpt.revision)
        .join(Revision.source)
        .options(contains_eager(EvidenceLink.excerpt).contains_eager(Excerpt.revision).contains_eager(Revision.source))
        .order_by(EvidenceLink.id)
    )


def searches_of(session: Session, finding: Finding) -> Sequence[NegativeCaseSearch]:
    """Return the negative-case searches of a finding, oldest first."""
    statement = select(NegativeCaseSearch).where(NegativeCaseSearch.finding_id == finding.id)
    return session.scalars(statement.order_by(NegativeCaseSearch.on, NegativeCaseSearch.id)).all()


def snapshots_of(session: Session, finding: Finding) -> Sequence[Snapshot]:
    """Return a finding as it stood at each change of stage or strength, oldest first; never empty."""
    statement = select(Snapshot).where(Snapshot.finding_id == finding.id)
    return session.scalars(statement.order_by(Snapshot.id)).all()


def newest_snapshot(session: Session, finding: Finding) -> Snapshot | None:
    """Return the last snapshot of a finding; None before the first."""
    statement = select(Snapshot).where(Snapshot.finding_id == finding.id).order_by(Snapshot.id.desc()).limit(1)
    return session.scalars(statement).one_or_none()
