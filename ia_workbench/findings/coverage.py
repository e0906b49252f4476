"""What the sources cover of the case-processing map: units at each step and passage, findings there, blind spots."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.findings.evaluations import source_facts
from ia_workbench.findings.queries import findings
from ia_workbench.findings.rules import SourceFacts, Stage, grouped
from ia_workbench.process_map import Edge, Node

INSTITUTIONAL_TEXT = "institutional-text"


class BlindSpot(StrEnum):
    """What a step in scope has not been looked at from."""

    NO_FAMILY_STANDPOINT = "no-family-standpoint"
    NO_INSTITUTIONAL_TEXT = "no-institutional-text"


@dataclass(frozen=True)
class Tally:
    """How many independent units have something, such as a standpoint."""

    name: str
    units: int


@dataclass(frozen=True)
class PlaceCoverage:
    """A step or passage: the units whose sources touch it, by standpoint and kind, the findings there (keys), and what
    is missing. `sources` are keys. A unit with two standpoints counts under both.
    """

    place: str
    independent_units: int
    sources: tuple[str, ...]
    standpoints: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    findings: tuple[str, ...]
    blind_spot: tuple[BlindSpot, ...]


@dataclass(frozen=True)
class Coverage:
    """All steps by their number and all passages in their order."""

    nodes: tuple[PlaceCoverage, ...]
    edges: tuple[PlaceCoverage, ...]


def coverage(session: Session, study_id: int) -> Coverage:
    """Return what the sources cover of the map; six queries. Withdrawn sources, debriefs and findings do not count."""
    sources = [source for source in source_facts(session, study_id).values() if source.counts]
    named = [
        (finding.key, (*finding.nodes, *finding.edges))
        for finding in findings(session, study_id)
        if finding.stage is not Stage.WITHDRAWN
    ]
    nodes = session.scalars(select(Node).where(Node.study_id == study_id).order_by(Node.number)).all()
    edges = session.scalars(select(Edge).where(Edge.study_id == study_id).order_by(Edge.position)).all()
    in_scope = {node.id for node in nodes if node.is_in_scope}

    def at(place: str, *, is_edge: bool, is_in_scope: bool) -> PlaceCoverage:
        wanted = ((), (place,)) if is_edge else ((place,), ())
        here = [source for source in sources if source.touches(*wanted)]
        return _place(place, here, [key for key, places in named if place in places], is_in_scope=is_in_scope)

    return Coverage(
        nodes=tuple(at(node.key, is_edge=False, is_in_scope=node.is_in_scope) for node in nodes),
        edges=tuple(at(edge.key, is_edge=True, is_in_scope={edge.from_id, edge.to_id} <= in_scope) for edge in edges),
    )


def _place(place: str, sources: list[SourceFacts], findings: list[str], *, is_in_scope: bool) -> PlaceCoverage:
    units = grouped(sources)
    return PlaceCoverage(
        place=place,
        independent_units=len(units),
        sources=tuple(sorted(source.key for source in sources)),
        standpoints=_tallies(units, lambda source: source.standpoint),
        kinds=_tallies(units, lambda source: source.kind),
        findings=tuple(findings),
        blind_spot=_blind_spot(sources) if is_in_scope else (),
    )


def _tallies(units: Iterable[Iterable[SourceFacts]], of: Callable[[SourceFacts], str]) -> tuple[Tally, ...]:
    counted = Counter(name for unit in units for name in {of(source) for source in unit})
    return tuple(Tally(name, count) for name, count in sorted(counted.items()))


def _blind_spot(sources: list[SourceFacts]) -> tuple[BlindSpot, ...]:
    missing = []
    if not any(source.is_of_families for source in sources):
        missing.append(BlindSpot.NO_FAMILY_STANDPOINT)
    if not any(source.kind == INSTITUTIONAL_TEXT for source in sources):
        missing.append(BlindSpot.NO_INSTITUTIONAL_TEXT)
    return tuple(missing)
