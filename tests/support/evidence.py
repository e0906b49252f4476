"""What tests of findings stand on: sources at steps of a map, and one finding."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, findings
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import ConsentScope, Source, SourceKind
from ia_workbench.findings import EvidenceLink, Finding, FindingRecord, LeverNamed, LinkRole, Stance
from ia_workbench.kernel import Span
from ia_workbench.privacy import Actor
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: They hand you two times and you say yes to one, or you have no visit that week."
RECORD = FindingRecord(
    title="Visit hours set by the request form",
    statement="At the visit request, form 214 organizes workers to book weekday slots, so that parents lose visits.",
    plain={"en": "The visit form only lists weekday hours.", "es": "El formulario solo ofrece horas entre semana."},
    levers=(LeverNamed("ADM", "Form 214 lists eight slots."),),
    nodes=("N-14",),
    edges=("N-13..N-14",),
)


def stock(home: Home) -> None:
    """Give the home's study a map, codes, levers and seven sources."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        at = ("N-13", "N-14")
        text, desk = SourceKind.INSTITUTIONAL_TEXT, SourceKind.OBSERVATION
        add(session, home, "INT-001", participants=("P-01",), case="C-01", nodes=at)
        add(session, home, "INT-002", standpoint="frontline", participants=("P-02",), case="C-01", nodes=at)
        add(
            session, home, "INT-003", participants=("P-03",), case="C-02", office="South", collectors=("ben",), nodes=at
        )
        add(session, home, "TXT-001", kind=text, standpoint="text", office=None, text_id="T-1", nodes=("N-14",))
        add(session, home, "OBS-01", kind=desk, standpoint="frontline", event_id="V-1", nodes=("N-14",))
        add(session, home, "INT-004", standpoint="court", participants=("P-04",), nodes=("N-14", "N-15"))
        add(session, home, "DEB-01", kind=SourceKind.DEBRIEF, standpoint="frontline", nodes=("N-12", "N-14"))


def add(session: Session, home: Home, key: str, **fields: object) -> Source:
    """Add a source that says what all of them say."""
    return add_source(session, home, key=key, text=TEXT, **fields)  # type: ignore[arg-type]


def draft(session: Session, home: Home, actor: Actor, **changes: object) -> Finding:
    """Draft a finding like RECORD."""
    record = replace(RECORD, **changes)  # type: ignore[arg-type]
    return findings.draft_finding(session, actor, study_id=home.study_id, record=record)


def excerpt(session: Session, actor: Actor, source: str, start: int = 8, end: int = 31) -> Excerpt:
    """Cut an excerpt out of a source."""
    revision = revision_of(session, session.scalars(select(Source).where(Source.key == source)).one())
    return coding.excerpt_of(session, actor, revision=revision, span=Span(start, end))


def support(session: Session, actor: Actor, finding: Finding, source: str, **link: object) -> EvidenceLink:
    """Link words of a source to a finding, as support of what happens unless told otherwise."""
    given: dict[str, object] = {"stance": Stance.SUPPORTS, "role": LinkRole.HAPPENS} | link
    words = excerpt(session, actor, source)
    return findings.link_evidence(session, actor, finding=finding, excerpt=words, **given)  # type: ignore[arg-type]


def anchor(session: Session, actor: Actor, finding: Finding, source: str) -> EvidenceLink:
    """Link words of a text or an observation to a finding as what produces it."""
    return support(session, actor, finding, source, role=LinkRole.PRODUCED_BY, lever="ADM")


def establish(session: Session, actor: Actor, finding: Finding) -> None:
    """Link what makes a finding established."""
    support(session, actor, finding, "INT-001")
    support(session, actor, finding, "INT-003")
    anchor(session, actor, finding, "TXT-001")
    anchor(session, actor, finding, "OBS-01")
    findings.record_search(session, actor, finding=finding, query="evening, Saturday", note="Two excerpts found.")


def consent(session: Session, source: str, scope: ConsentScope) -> None:
    """Change how far the words of a source may travel."""
    session.scalars(select(Source).where(Source.key == source)).one().consent = scope
