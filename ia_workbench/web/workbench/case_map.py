"""The case-processing map: drawn, as a list, and one step or passage with all that is known about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template
from markupsafe import Markup

from ia_workbench import codebook, coding, findings
from ia_workbench import process_map as maps
from ia_workbench.findings import Coverage, PlaceCoverage, SourceFacts, WeighedFinding
from ia_workbench.process_map import Edge, MapFile, MapWords, Mark, Node, NodeType, Passing
from ia_workbench.web.access import open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import session
from ia_workbench.web.translating import gettext as _
from ia_workbench.web.workbench.current import TEAM, study
from ia_workbench.web.workbench.wording import word

process_map = Blueprint("process_map", __name__, url_prefix="/s/<study_key>/map")

WHOLE_WIDTH = 1400  # CSS pixels of the drawing alone
BESIDE_WIDTH = 1000  # and beside an open step
WORKERS = frozenset({"frontline", "supervisor"})
COLUMNS = {
    "interview": "talk",
    "focus-group": "talk",
    "survey": "talk",
    "observation": "seen",
    "case-record": "record",
    "institutional-text": "text",
    "quantitative": "numbers",
}


@dataclass(frozen=True)
class Listed:
    """A step in the list view, with what is known about it."""

    node: Node
    covered: PlaceCoverage


@dataclass(frozen=True)
class Grid:
    """Independent units at a place by who speaks (rows) and how they were asked (columns)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    units: dict[tuple[str, str], int]


@process_map.get("")
@open_to(*TEAM)
def drawn() -> str:
    """Show the map as a drawing, and on narrow pages as its list."""
    covered = findings.coverage(session(), study().id)
    file = maps.map_file(session(), study().id)
    return render_template(
        "team/map/drawn.html",
        file=file,
        revision=maps.revision_of_map(session(), study().id),
        picture=_picture(file, covered, width=WHOLE_WIDTH),
        steps=_listed(covered),
        blind=sum(bool(each.blind_spot) for each in covered.nodes),
        covered=covered,
    )


@process_map.get("/list")
@open_to(*TEAM)
def listed() -> str:
    """Show the same steps as a list, with the passages that lead on from each."""
    covered = findings.coverage(session(), study().id)
    return render_template(
        "team/map/listed.html",
        steps=_listed(covered),
        passages=maps.edges(session(), study().id),
        places={each.place: each for each in covered.edges},
        revision=maps.revision_of_map(session(), study().id),
        blind=sum(bool(each.blind_spot) for each in covered.nodes),
    )


def _listed(covered: Coverage) -> list[Listed]:
    nodes = maps.nodes(session(), study().id)
    by_key = {each.place: each for each in covered.nodes}
    return [Listed(node, by_key[node.key]) for node in nodes]


def _picture(file: MapFile, covered: Coverage, *, width: int, selected: str | None = None) -> Markup:
    marks = {
        each.place: Mark(
            units=each.independent_units,
            findings=len(each.findings),
            blind_spot=tuple(word("blind-spot", spot) for spot in each.blind_spot),
        )
        for each in covered.nodes
    }
    marks |= {each.place: Mark(findings=len(each.findings)) for each in covered.edges if each.findings}
    words = _words()
    laid_out = maps.layout(file.lanes, file.nodes, file.edges, width=width, marks=marks, words=words)
    drawing = maps.draw_map(
        laid_out,
        marks=marks,
        href=lambda key: url_of("process_map.place", place=key),
        selected=selected,
        words=words,
    )
    return Markup(drawing)  # noqa: S704 - draw_map escapes every word it is given


def _words() -> MapWords:
    return MapWords(
        title=_("Case-processing map"),
        steps=_("Steps in the order of the case"),
        passages=_("Passages with marks"),
        heading=_("Steps {numbers}, {first} to {last}"),
        continued=_("Continues, steps {numbers}, {first} to {last}"),
        run=_("{first} to {last}"),
        joined=_("{before} and {last}"),
        step=_("Step {number}, {title}, {type}, lane {lane}"),
        passage=_("Passage {key}, {first} to {last}"),
        units=_("independent units: {count}"),
        findings=_("findings: {count}"),
        blind_spot=_("blind spot: {reasons}"),
        condition=_("when: {condition}"),
        passes=_("passes: {passes}"),
        observed=_("observed {days} days"),
        expected=_("expected {days} days"),
        gap=_("gap: {gap}"),
        days=_("{days} d"),
        types={each: word("node-type", each) for each in NodeType},
        passings={each: word("passing", each) for each in Passing},
    )


@process_map.get("/<place>")
@open_to(*TEAM)
def place(place: str) -> str:
    """Show one step or one passage beside the map."""
    return _passage_page(place) if ".." in place else _step_page(place)


def _step_page(key: str) -> str:
    node = maps.node_keyed(session(), study().id, key)
    order = maps.nodes(session(), study().id)
    position = [each.key for each in order].index(key)
    counts = {each.code_id: each.codings for each in coding.counts_by_code(session(), study().id)}
    tied = [each for each in codebook.codes(session(), study().id) if key in each.nodes]
    passages = maps.edges(session(), study().id)
    return render_template(
        "team/map/step.html",
        node=node,
        position=position + 1,
        total=len(order),
        before=order[position - 1] if position else None,
        after=order[position + 1] if position + 1 < len(order) else None,
        leaving=[each for each in passages if each.from_node.key == key],
        arriving=[each for each in passages if each.to_node.key == key],
        codes=[(each, counts.get(each.id, 0)) for each in tied],
        **_known_about(key),
    )


def _passage_page(key: str) -> str:
    edge: Edge = maps.edge_keyed(session(), study().id, key)
    return render_template("team/map/passage.html", edge=edge, **_known_about(key))


def _known_about(key: str) -> dict[str, object]:
    """What both pages show: the map with the place marked, its sources by standpoint, and the findings there."""
    covered = findings.coverage(session(), study().id)
    here = _sources_at(key)
    at_place = next(each for each in (*covered.nodes, *covered.edges) if each.place == key)
    return {
        "picture": _picture(maps.map_file(session(), study().id), covered, width=BESIDE_WIDTH, selected=key),
        "covered": at_place,
        "sources": _by_standpoint(here),
        "grid": _grid(here),
        "at_place": _weighed(at_place.findings),
    }


def _sources_at(key: str) -> list[SourceFacts]:
    wanted: tuple[tuple[str, ...], tuple[str, ...]] = ((), (key,)) if ".." in key else ((key,), ())
    every = findings.source_facts(session(), study().id).values()
    return sorted((each for each in every if each.counts and each.touches(*wanted)), key=lambda each: each.key)


def _by_standpoint(here: Iterable[SourceFacts]) -> list[tuple[str, list[str]]]:
    told: dict[str, list[str]] = {}
    for each in here:
        told.setdefault(each.standpoint, []).append(each.key)
    return sorted(told.items())


def _weighed(keys: tuple[str, ...]) -> list[WeighedFinding]:
    return [each for each in findings.evaluations(session(), study().id) if each.finding.key in keys]


def _grid(here: list[SourceFacts]) -> Grid:
    by_key = {each.key: each for each in here}
    units: dict[tuple[str, str], int] = {}
    for unit in findings.units_of(here):
        for cell in {(_row(by_key[key]), COLUMNS.get(by_key[key].kind, "talk")) for key in unit}:
            units[cell] = units.get(cell, 0) + 1
    rows = tuple(
        row for row in ("family", "worker", "leadership", "partner", "text") if any(r == row for r, _c in units)
    )
    return Grid(rows, tuple(dict.fromkeys(COLUMNS.values())), units)


def _row(source: SourceFacts) -> str:
    if source.is_of_families:
        return "family"
    if source.standpoint in WORKERS:
        return "worker"
    return source.standpoint if source.standpoint in ("leadership", "text") else "partner"
