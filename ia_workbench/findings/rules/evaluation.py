"""Weighing a finding: strength, counts, what it hangs on, what speaks against it."""

from dataclasses import dataclass
from datetime import date

from ia_workbench.findings.rules.convergence import FamilyCell, convergence_of
from ia_workbench.findings.rules.evidence_rule import DEFAULT_RULE, EvidenceRule, LineKey
from ia_workbench.findings.rules.facts import FindingFacts
from ia_workbench.findings.rules.lines import Line, Support, lines_of, support_of
from ia_workbench.findings.rules.units import effective_kinds, grouped
from ia_workbench.method import Stance, Strength

FEWEST_UNITS = 2  # a finding on fewer is thin whatever the rule says


@dataclass(frozen=True)
class Counts:
    """What supports a finding, counted. Only `independent_units` feeds the rule; excerpts and sources stand beside it.

    `effective_kinds` is D2 over units, None without support.
    """

    excerpts: int
    sources: int
    independent_units: int
    kinds: int
    standpoints: int
    effective_kinds: float | None


@dataclass(frozen=True)
class Breadth:
    """How far the support reaches: the counts behind three of the four types of triangulation (data, method,
    investigator; the fourth, theory, is a note). Dates are None where no supporting source has one.
    """

    persons: int
    offices: tuple[str, ...]
    case_clusters: int
    first_on: date | None
    last_on: date | None
    kinds: tuple[str, ...]
    investigators: tuple[str, ...]


@dataclass(frozen=True)
class Contrary:
    """What speaks against a finding: units, sources, links without a resolution, and links that only complicate.

    `share` is contradicting units over contradicting and supporting ones, None when there are neither.
    """

    units: int
    sources: tuple[str, ...]
    unresolved: tuple[str, ...]
    complicating: tuple[str, ...]
    share: float | None


@dataclass(frozen=True)
class Evaluation:
    """A finding under a rule. `fragile_units` are the units (source keys) without any one of which the rule fails;
    empty when the rule is not met, for then there is nothing to lose.
    """

    finding: str
    strength: Strength
    rule: EvidenceRule
    lines: tuple[Line, ...]
    counts: Counts
    breadth: Breadth
    contrary: Contrary
    units: tuple[tuple[str, ...], ...]
    fragile_units: tuple[tuple[str, ...], ...]
    convergence: tuple[FamilyCell, ...]

    @property
    def is_met(self) -> bool:
        """Whether every line is met."""
        return all(line.is_met for line in self.lines)

    @property
    def unmet(self) -> tuple[Line, ...]:
        """The lines that are not met, in their order."""
        return tuple(line for line in self.lines if not line.is_met)

    def line(self, key: LineKey) -> Line:
        """Return one line."""
        return next(line for line in self.lines if line.key is key)


def evaluate(facts: FindingFacts, rule: EvidenceRule = DEFAULT_RULE) -> Evaluation:
    """Weigh a finding under a rule."""
    support = support_of(facts)
    lines = lines_of(support, rule)
    return Evaluation(
        finding=facts.key,
        strength=_strength(facts, support, lines),
        rule=rule,
        lines=lines,
        counts=_counts(support),
        breadth=_breadth(support),
        contrary=_contrary(facts, support),
        units=tuple(tuple(source.key for source in unit) for unit in support.units),
        fragile_units=_fragile(support, rule) if all(line.is_met for line in lines) else (),
        convergence=convergence_of(facts),
    )


def _strength(facts: FindingFacts, support: Support, lines: tuple[Line, ...]) -> Strength:
    if len(support.units) < FEWEST_UNITS or not facts.levers:
        return Strength.THIN
    return Strength.ESTABLISHED if all(line.is_met for line in lines) else Strength.EMERGING


def _fragile(support: Support, rule: EvidenceRule) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(source.key for source in unit)
        for unit in support.units
        if not all(line.is_met for line in lines_of(support.without(unit), rule))
    )


def _counts(support: Support) -> Counts:
    return Counts(
        excerpts=len({link.excerpt for link in support.links}),
        sources=len(support.sources),
        independent_units=len(support.units),
        kinds=len(support.kinds),
        standpoints=len({source.standpoint for source in support.sources}),
        effective_kinds=effective_kinds(support.units),
    )


def _breadth(support: Support) -> Breadth:
    dates = sorted(source.on for source in support.sources if source.on)
    return Breadth(
        persons=len(frozenset[str]().union(*(source.participants for source in support.sources))),
        offices=tuple(support.offices),
        case_clusters=len(support.cases - {None}),
        first_on=dates[0] if dates else None,
        last_on=dates[-1] if dates else None,
        kinds=tuple(support.kinds),
        investigators=tuple(support.investigators),
    )


def _contrary(facts: FindingFacts, support: Support) -> Contrary:
    links = facts.linked(Stance.CONTRADICTS)
    units = len(grouped(link.source for link in links))
    return Contrary(
        units=units,
        sources=tuple(sorted({link.source.key for link in links})),
        unresolved=tuple(link.key for link in links if not link.is_resolved),
        complicating=tuple(link.key for link in facts.linked(Stance.COMPLICATES)),
        share=contrary_share(units, len(support.units)),
    )


def contrary_share(contradicting: int, supporting: int) -> float | None:
    """Return the contradicting units' share of all units that speak for or against; None when none do."""
    return contradicting / (contradicting + supporting) if contradicting + supporting else None
