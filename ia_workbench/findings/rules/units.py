"""Independent units: ten excerpts of one transcript are one source, ten interviews about one case are one case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import networkx

from ia_workbench.findings.rules.facts import SourceFacts

Unit = tuple[SourceFacts, ...]


def units_of(sources: Iterable[SourceFacts]) -> list[frozenset[str]]:
    """Return the independent units among sources: sets of source keys, ordered by their first key.

    Two sources belong together when they share a participant or a case cluster, directly or through others given;
    sources that have neither belong together by text id, else by event id. Sources left out of the call join nothing.
    """
    return [frozenset(source.key for source in unit) for unit in grouped(sources)]


def grouped(sources: Iterable[SourceFacts]) -> list[Unit]:
    """Return the independent units as the sources themselves, each unit and the list ordered by key."""
    by_key = {source.key: source for source in sources}
    graph: networkx.Graph[tuple[str, str]] = networkx.Graph()
    for source in by_key.values():
        graph.add_node(("source", source.key))
        graph.add_edges_from((("source", source.key), tie) for tie in ties_of(source))
    units = []
    for component in networkx.connected_components(graph):
        keys = sorted(name for what, name in component if what == "source")
        units.append(tuple(by_key[key] for key in keys))
    return sorted(units, key=lambda unit: unit[0].key)


def ties_of(source: SourceFacts) -> set[tuple[str, str]]:
    """Return what ties a source to others: its participants and case; without either its text, else its event."""
    ties = {("participant", key) for key in source.participants}
    if source.case:
        ties.add(("case", source.case))
    if not ties and source.text_id:
        ties.add(("text", source.text_id))
    if not ties and source.event_id:
        ties.add(("event", source.event_id))
    return ties


def effective_kinds(units: Sequence[Unit]) -> float | None:
    """Return D2 = 1 / sum of p squared, p the share of units of each kind; None without units.

    A unit of mixed kinds splits its weight equally over them. Hill number of order 2 (inverse Simpson).
    """
    if not units:
        return None
    weights: defaultdict[str, float] = defaultdict(float)
    for unit in units:
        kinds = {source.kind for source in unit}
        for kind in kinds:
            weights[kind] += 1 / len(kinds)
    return len(units) ** 2 / sum(weight**2 for weight in weights.values())
