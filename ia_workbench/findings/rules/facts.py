"""What the rules need to know of a finding, its evidence and the sources behind it: values, no rows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ia_workbench.findings.rules.vocabulary import SourceFamily
from ia_workbench.method import LinkRole, Stance

FAMILY_STANDPOINTS = frozenset({"parent", "youth", "kin", "caregiver"})
WORKER_STANDPOINTS = frozenset({"frontline", "supervisor"})
DEBRIEF = "debrief"
LEVER_ANCHORS = frozenset({"institutional-text", "observation"})
FAMILY_OF_KIND = {
    "observation": SourceFamily.OBSERVATION,
    "case-record": SourceFamily.CASE_RECORD,
    "institutional-text": SourceFamily.INSTITUTIONAL_TEXT,
    "quantitative": SourceFamily.NUMBERS,
}


@dataclass(frozen=True)
class SourceFacts:
    """What decides how a source counts. Participants, case and nodes are keys, collectors usernames."""

    key: str
    kind: str
    standpoint: str
    participants: frozenset[str] = frozenset()
    case: str | None = None
    text_id: str | None = None
    event_id: str | None = None
    office: str | None = None
    collectors: frozenset[str] = frozenset()
    nodes: frozenset[str] = frozenset()
    on: date | None = None
    is_withdrawn: bool = False

    @property
    def counts(self) -> bool:
        """Whether the source may be evidence: withdrawn sources and debriefs never are."""
        return not self.is_withdrawn and self.kind != DEBRIEF

    @property
    def is_of_families(self) -> bool:
        """Whether a family standpoint speaks: parent, youth, kin or caregiver."""
        return self.standpoint in FAMILY_STANDPOINTS

    @property
    def family(self) -> SourceFamily:
        """The column of the convergence matrix: by kind where the kind decides, else by who speaks.

        A standpoint that a study added stands with the partners, so that no voice falls out of the matrix.
        """
        if self.kind in FAMILY_OF_KIND:
            return FAMILY_OF_KIND[self.kind]
        if self.is_of_families:
            return SourceFamily.FAMILY_VOICE
        if self.standpoint in WORKER_STANDPOINTS:
            return SourceFamily.WORKER_VOICE
        return SourceFamily.LEADERSHIP if self.standpoint == "leadership" else SourceFamily.PARTNER_VOICE

    def touches(self, nodes: Iterable[str], edges: Iterable[str]) -> bool:
        """Say whether the source touches one of these steps or passages.

        It touches a passage when it names the passage itself or both its steps: one end alone would make silence out
        of what nobody examined.
        """
        return any(node in self.nodes for node in nodes) or any(self._touches_edge(edge) for edge in edges)

    def _touches_edge(self, edge: str) -> bool:
        start, _, end = edge.partition("..")
        return edge in self.nodes or (start in self.nodes and end in self.nodes)


@dataclass(frozen=True)
class LinkFacts:
    """What decides how an evidence link counts. `excerpt` is the excerpt's internal number, `coders` are usernames."""

    key: str
    source: SourceFacts
    excerpt: int
    stance: Stance
    role: LinkRole
    lever: str | None = None
    is_resolved: bool = False
    coders: frozenset[str] = frozenset()
    by: str = ""

    @property
    def investigators(self) -> frozenset[str]:
        """Who stands behind the words: collectors of the source and coders of the excerpt.

        Whoever made the link counts only where neither is known: linking is using evidence, not gathering it.
        """
        return self.source.collectors | self.coders or frozenset({self.by} - {""})


def _withdrawn(source: SourceFacts) -> SourceFacts:
    return replace(source, is_withdrawn=True)


def lever_meant(link_lever: str | None, role: LinkRole, levers: Sequence[str]) -> str | None:
    """Return the lever that a link stands for: the one it names, else the only one of its finding, else None."""
    if link_lever is None and role is LinkRole.PRODUCED_BY and len(levers) == 1:
        return levers[0]
    return link_lever


@dataclass(frozen=True)
class FindingFacts:
    """A finding as the rules see it. `sources` are all sources of the study; `offices` the offices of its site."""

    key: str
    levers: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    links: tuple[LinkFacts, ...] = ()
    sources: tuple[SourceFacts, ...] = ()
    searches: int = 0
    office_waiver: str | None = None
    offices: tuple[str, ...] = ()

    def linked(self, stance: Stance) -> tuple[LinkFacts, ...]:
        """Return the links of a stance whose sources count as evidence."""
        return tuple(link for link in self.links if link.stance is stance and link.source.counts)

    def without(
        self, sources: Collection[str], links: Collection[str] = (), shares: Collection[tuple[str, str]] = ()
    ) -> "FindingFacts":
        """Return the finding as if these sources (keys) were withdrawn and these evidence links (keys) gone.

        `shares` are pairs of a source and a participant who speaks there no more.
        """
        left = (each for each in self.links if each.key not in links)

        def after(source: SourceFacts) -> SourceFacts:
            gone = {person for key, person in shares if key == source.key}
            kept = replace(source, participants=source.participants - gone)
            return _withdrawn(kept) if source.key in sources else kept

        return replace(
            self,
            sources=tuple(after(each) for each in self.sources),
            links=tuple(replace(each, source=after(each.source)) for each in left),
        )

    def anchors_lever(self, link: LinkFacts) -> bool:
        """Say whether a link shows by which text or observed practice one of the finding's levers produces it.

        A link that names no lever counts for the line, which asks for one lever that is anchored, whichever it is.
        """
        is_shown = link.role is LinkRole.PRODUCED_BY and link.source.kind in LEVER_ANCHORS
        return is_shown and bool(self.levers) and (link.lever is None or link.lever in self.levers)

    @property
    def may_waive_office(self) -> bool:
        """Whether the site has but one office, so that evidence from a second cannot exist."""
        return len(self.offices) <= 1
