"""What people write of a finding, as values: `draft_finding` and `edit_finding` take it, `record_of` gives it back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from ia_workbench.findings.models import Finding
from ia_workbench.findings.rules import ConfidenceLevel, ReleaseLevel

Words = Mapping[str, str]  # plain words by language: {"en": …, "es": …}


@dataclass(frozen=True)
class LeverNamed:
    """A lever that produces the finding (by key), and by which text or practice."""

    key: str
    explanation: str = ""


@dataclass(frozen=True)
class Recommendation:
    """A proposed action aimed at a lever, with a suggested owner, a horizon, and the change families would notice."""

    action: str
    lever: str
    owner: str = ""
    horizon: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Confidence:
    """How sure the team is, chosen and explained by a person."""

    level: ConfidenceLevel
    note: str
    by: str


@dataclass(frozen=True)
class FindingRecord:
    """Everything of a finding that people write. `nodes` and `edges` are map keys; nothing is public by default."""

    title: str
    statement: str = ""
    plain: Words = field(default_factory=dict)
    matters: Words = field(default_factory=dict)
    step_note: Words = field(default_factory=dict)
    content_note: Words = field(default_factory=dict)
    release_level: ReleaseLevel = ReleaseLevel.PRIVATE
    levers: tuple[LeverNamed, ...] = ()
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    strengths: str = ""
    recommendations: tuple[Recommendation, ...] = ()
    confidence: Confidence | None = None
    office_waiver: str | None = None


def record_of(finding: Finding) -> FindingRecord:
    """Return what people wrote of a finding; `dataclasses.replace` changes parts of it for `edit_finding`."""
    confidence = finding.confidence
    return FindingRecord(
        title=finding.title,
        statement=finding.statement,
        plain=dict(finding.plain),
        matters=dict(finding.matters),
        step_note=dict(finding.step_note),
        content_note=dict(finding.content_note),
        release_level=finding.release_level,
        levers=tuple(LeverNamed(each.lever, each.explanation) for each in finding.levers),
        nodes=tuple(finding.nodes),
        edges=tuple(finding.edges),
        strengths=finding.strengths,
        recommendations=tuple(Recommendation(**each) for each in finding.recommendations),
        confidence=Confidence(ConfidenceLevel(confidence["level"]), confidence["note"], confidence["by"])
        if confidence
        else None,
        office_waiver=finding.office_waiver,
    )


def write_record(record: FindingRecord, finding: Finding) -> None:
    """Put what a person wrote into the columns of a finding, levers apart."""
    finding.title, finding.statement = record.title.strip(), " ".join(record.statement.split())
    finding.plain, finding.matters = _kept(record.plain), _kept(record.matters)
    finding.step_note, finding.content_note = _kept(record.step_note), _kept(record.content_note)
    finding.release_level = record.release_level
    finding.nodes, finding.edges = list(record.nodes), list(record.edges)
    finding.strengths = record.strengths.strip()
    finding.recommendations = [asdict(each) for each in record.recommendations]
    finding.confidence = asdict(record.confidence) if record.confidence else {}
    finding.office_waiver = (record.office_waiver or "").strip() or None


def _kept(words: Words) -> dict[str, str]:
    return {language: text.strip() for language, text in words.items() if text.strip()}
