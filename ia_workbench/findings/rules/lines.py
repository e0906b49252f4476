"""The nine lines of the evidence rule: what is observed, whether it suffices, and what would close the gap."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ia_workbench.findings.rules.evidence_rule import EvidenceRule, LineKey
from ia_workbench.findings.rules.facts import FindingFacts, LinkFacts, SourceFacts
from ia_workbench.findings.rules.units import Unit, grouped
from ia_workbench.method import Stance


@dataclass(frozen=True)
class Advice:
    """One sentence with `{named}` places and what fills them, so that it can be translated before it is filled."""

    sentence: str
    facts: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.sentence.format(**dict(self.facts))


@dataclass(frozen=True)
class Line:
    """One line of the rule, weighed. `closes` says what would meet it (None when met); `waiver` why it was waived."""

    key: LineKey
    required: int | bool
    observed: int | bool
    is_met: bool
    closes: Advice | None = None
    waiver: str | None = None


@dataclass(frozen=True)
class Support:
    """What speaks for a finding: the links that support and count, their sources, and the units these make up."""

    facts: FindingFacts
    links: tuple[LinkFacts, ...]
    units: tuple[Unit, ...]

    @property
    def sources(self) -> tuple[SourceFacts, ...]:
        """The supporting sources, each once."""
        return tuple(source for unit in self.units for source in unit)

    @property
    def kinds(self) -> list[str]:
        """The kinds of the supporting sources."""
        return sorted({source.kind for source in self.sources})

    @property
    def offices(self) -> list[str]:
        """The offices that are known of the supporting sources; a source that names none comes from no other office."""
        return sorted({source.office for source in self.sources if source.office})

    @property
    def cases(self) -> set[str | None]:
        """The case clusters of the supporting sources; None stands for those about no case."""
        return {source.case for source in self.sources}

    @property
    def investigators(self) -> list[str]:
        """Everyone who collected or coded what supports the finding."""
        return sorted(frozenset[str]().union(*(link.investigators for link in self.links)))

    @property
    def family_units(self) -> int:
        """How many supporting units hold a family standpoint."""
        return sum(any(source.is_of_families for source in unit) for unit in self.units)

    @property
    def anchoring_units(self) -> int:
        """How many supporting units anchor a lever in an institutional text or an observation."""
        anchoring = {link.source.key for link in self.links if self.facts.anchors_lever(link)}
        return sum(any(source.key in anchoring for source in unit) for unit in self.units)

    def without(self, unit: Unit) -> "Support":
        """Return what is left when a unit is dropped: the others stand as they are, since units share nothing."""
        dropped = {source.key for source in unit}
        links = tuple(link for link in self.links if link.source.key not in dropped)
        return replace(self, links=links, units=tuple(other for other in self.units if other != unit))


def support_of(facts: FindingFacts) -> Support:
    """Return what speaks for a finding."""
    links = facts.linked(Stance.SUPPORTS)
    return Support(facts, links, tuple(grouped(link.source for link in links)))


def lines_of(support: Support, rule: EvidenceRule) -> tuple[Line, ...]:
    """Weigh the nine lines, in their order."""
    return tuple(_line(key, rule.required(key), support) for key in LineKey)


def _line(key: LineKey, required: int | bool, support: Support) -> Line:
    observed = OBSERVED[key](support)
    waiver = _waiver(key, support.facts)
    if observed >= required or waiver:
        return Line(key, required, observed, True, waiver=None if observed >= required else waiver)
    return Line(key, required, observed, False, closes=CLOSES[key](support, int(required)))


def _waiver(key: LineKey, facts: FindingFacts) -> str | None:
    may_be_waived = key is LineKey.NOT_ONE_OFFICE and facts.may_waive_office
    return (facts.office_waiver or "").strip() or None if may_be_waived else None


def _open_contrary(facts: FindingFacts) -> list[str]:
    return [link.key for link in facts.linked(Stance.CONTRADICTS) if not link.is_resolved]


OBSERVED: dict[LineKey, Callable[[Support], int | bool]] = {
    LineKey.INDEPENDENT_SOURCES: lambda support: len(support.units),
    LineKey.KINDS: lambda support: len(support.kinds),
    LineKey.FAMILY_STANDPOINT: lambda support: support.family_units,
    LineKey.LEVER_ANCHORED: lambda support: support.anchoring_units,
    LineKey.INVESTIGATORS: lambda support: len(support.investigators),
    LineKey.NOT_ONE_CASE: lambda support: len(support.cases) > 1 or None in support.cases,
    LineKey.NOT_ONE_OFFICE: lambda support: len(support.offices) > 1,
    LineKey.NEGATIVE_CASE_SEARCH: lambda support: support.facts.searches > 0,
    LineKey.CONTRARY_RESOLVED: lambda support: not _open_contrary(support.facts),
}


def _close_units(support: Support, required: int) -> Advice:
    sentence = (
        "{observed} of {required} independent units so far. Link support from another person, about another case, "
        "or from another text."
    )
    return Advice(sentence, (("observed", len(support.units)), ("required", required)))


def _close_kinds(support: Support, required: int) -> Advice:
    if not support.kinds:
        return Advice("Link support from at least {required} kinds of source.", (("required", required),))
    sentence = "So far only {kinds}. Link support of another kind, such as an observation or an institutional text."
    return Advice(sentence, (("kinds", ", ".join(support.kinds)),))


def _close_family(support: Support, required: int) -> Advice:
    sentence = (
        "{observed} of {required} family units so far. Link what a parent, a young person, a relative or a caregiver "
        "says."
    )
    return Advice(sentence, (("observed", support.family_units), ("required", required)))


def _close_anchor(support: Support, _required: int) -> Advice:
    if not support.facts.levers:
        return Advice("Name a lever, then link an institutional text or an observation that shows it at work.")
    sentence = "Link an institutional text or an observation with the role produced-by and one of the levers {levers}."
    return Advice(sentence, (("levers", ", ".join(support.facts.levers)),))


def _close_investigators(support: Support, _required: int) -> Advice:
    if not support.investigators:
        return Advice(
            "Nobody is named who collected or coded what supports this. Fill in the collectors of the sources."
        )
    sentence = "So far only {who} collected or coded what supports this. Have someone else code the excerpts as well."
    return Advice(sentence, (("who", ", ".join(support.investigators)),))


def _close_case(support: Support, _required: int) -> Advice:
    if not support.cases:
        return Advice("Link support from more than one case.")
    sentence = "All support concerns case {case}. Link a source about another case, or about none."
    return Advice(sentence, (("case", min(case for case in support.cases if case)),))


def _close_office(support: Support, _required: int) -> Advice:
    facts = support.facts
    if facts.may_waive_office:
        return Advice("The site has one office. Waive this line and give the reason.")
    if not support.offices:
        return Advice("No supporting source names an office. Fill in the offices of the sources.")
    sentence = "All support that names an office comes from {office}. Link a supporting source from {others}."
    others = " or ".join(office for office in facts.offices if office not in support.offices)
    return Advice(sentence, (("office", support.offices[0]), ("others", others)))


def _close_search(_support: Support, _required: int) -> Advice:
    return Advice("Search for evidence against this finding, and record who searched, how, and what was found.")


def _close_contrary(support: Support, _required: int) -> Advice:
    keys = ", ".join(_open_contrary(support.facts))
    return Advice("Write how the contrary evidence was weighed: {keys}.", (("keys", keys),))


CLOSES: dict[LineKey, Callable[[Support, int], Advice]] = {
    LineKey.INDEPENDENT_SOURCES: _close_units,
    LineKey.KINDS: _close_kinds,
    LineKey.FAMILY_STANDPOINT: _close_family,
    LineKey.LEVER_ANCHORED: _close_anchor,
    LineKey.INVESTIGATORS: _close_investigators,
    LineKey.NOT_ONE_CASE: _close_case,
    LineKey.NOT_ONE_OFFICE: _close_office,
    LineKey.NEGATIVE_CASE_SEARCH: _close_search,
    LineKey.CONTRARY_RESOLVED: _close_contrary,
}
