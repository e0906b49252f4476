"""The map as YAML that a person can edit."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from ia_workbench.kernel import Fields, given, is_key, parse_yaml, write_yaml
from ia_workbench.process_map.rules import (
    Directive,
    EdgeEntry,
    LaneEntry,
    MapFile,
    NodeEntry,
    NodeType,
    Passing,
    PlainTitle,
)

HIGHEST_NUMBER = 1_000_000
MOST_NODES = 400
LANGUAGES = ("en", "es")
KEY_RULE = (
    "The key of {place} may hold letters, digits and single - _ or . between them, at most 40 characters: "
    "{key} cannot be one."
)
TWICE = "The map has {place} twice; change one of the two."


def read_map(text: str) -> MapFile:
    """Read a map from YAML text.

    Raises Refused with the place (step N-07, passage N-07..N-08, the line) for a malformed or doubled key, a doubled
    number, a lane or step that is not in the file, a passage from a step to itself, an unknown field, a wrong type.
    """
    fields = Fields(parse_yaml(text), "the map")
    name = fields.text("name")
    version = fields.whole_number("version", least=1, most=HIGHEST_NUMBER, default=1)
    note = fields.text_or_empty("note")
    known = _Known()
    lanes = tuple(_read_lane(thing, number, known) for number, thing in enumerate(fields.things("lanes"), 1))
    nodes = tuple(_read_node(thing, number, known) for number, thing in enumerate(fields.things("nodes"), 1))
    edges = tuple(_read_edge(thing, number, known) for number, thing in enumerate(fields.things("edges"), 1))
    if len(nodes) > MOST_NODES:
        raise fields.refused("The map has more than {limit} steps; split it.", "nodes", limit=MOST_NODES)
    fields.close()
    return MapFile(name, version, note, lanes, tuple(sorted(nodes, key=lambda node: node.number)), edges)


@dataclass
class _Known:
    """What a map has so far, so that its parts fit together and nothing is there twice."""

    lanes: set[Hashable] = field(default_factory=set)
    nodes: set[Hashable] = field(default_factory=set)
    numbers: set[Hashable] = field(default_factory=set)
    edges: set[Hashable] = field(default_factory=set)


def _read_lane(thing: object, number: int, known: _Known) -> LaneEntry:
    fields = Fields(thing, f"lane {number}")
    lane = LaneEntry(_key(fields, "key"), fields.text("name"))
    fields.note_once("key", lane.key, known.lanes, TWICE, place=f"lane {lane.key}")
    fields.close()
    return lane


def _read_node(thing: object, number: int, known: _Known) -> NodeEntry:
    fields = Fields(thing, f"the step in place {number}")
    key = _key(fields, "key")
    fields.place = f"step {key}"
    node = NodeEntry(
        key=key,
        number=fields.whole_number("number", least=1, most=HIGHEST_NUMBER),
        title=fields.text("title"),
        lane=_key(fields, "lane"),
        type=fields.choice("type", NodeType),
        plain=_read_plain(fields),
        description=fields.text_or_empty("description"),
        worker_roles=fields.texts("worker_roles"),
        trigger=fields.optional_text("trigger") or None,
        options=fields.texts("options"),
        directives=tuple(_read_directive(thing, key) for thing in fields.things("directives")),
        texts_in=fields.texts("texts_in"),
        texts_out=fields.texts("texts_out"),
        standard_time=fields.optional_text("standard_time") or None,
        standard_days=fields.optional_number("standard_days"),
        observed_time=fields.optional_text("observed_time") or None,
        observed_days=fields.optional_number("observed_days"),
        present=fields.texts("present"),
        absent=fields.texts("absent"),
        is_in_scope=fields.truth("in_scope", default=True),
    )
    fields.close()
    fields.note_once("key", key, known.nodes, TWICE, place=f"step {key}")
    fields.note_once("number", node.number, known.numbers, TWICE, place=f"step number {node.number}")
    if node.lane not in known.lanes:
        sentence = "Step {node} is in a lane {lane} that the map does not have."
        raise fields.refused(sentence, "lane", node=key, lane=node.lane)
    return node


def _read_plain(fields: Fields) -> tuple[PlainTitle, ...]:
    inner = fields.inner("plain")
    if inner is None:
        return ()
    titles = tuple(PlainTitle(each, inner.text(each)) for each in LANGUAGES if each in inner.names())
    inner.close()
    return titles


def _read_directive(thing: object, node_key: str) -> Directive:
    fields = Fields(thing, f"a directive of step {node_key}")
    directive = Directive(
        citation=fields.text("citation"),
        title=fields.text_or_empty("title"),
        since=fields.optional_date("from"),
        until=fields.optional_date("to"),
    )
    fields.close()
    return directive


def _read_edge(thing: object, number: int, known: _Known) -> EdgeEntry:
    fields = Fields(thing, f"passage {number}")
    from_key, to_key = _key(fields, "from"), _key(fields, "to")
    fields.place = f"passage {from_key}..{to_key}"
    edge = EdgeEntry(
        from_key=from_key,
        to_key=to_key,
        condition=fields.optional_text("condition") or None,
        passes=fields.choices("passes", Passing),
        expected_days=fields.optional_number("expected_days"),
        observed_days=fields.optional_number("observed_days"),
        gap=fields.optional_text("gap") or None,
    )
    fields.close()
    fields.note_once("from", edge.key, known.edges, TWICE, place=f"passage {edge.key}")
    if from_key == to_key:
        sentence = "Passage {edge} leads from a step to itself; a passage joins two steps."
        raise fields.refused(sentence, "to", edge=edge.key)
    for name, key in (("from", from_key), ("to", to_key)):
        if key not in known.nodes:
            sentence = "Passage {edge} names a step {node} that the map does not have."
            raise fields.refused(sentence, name, edge=edge.key, node=key)
    return edge


def _key(fields: Fields, name: str) -> str:
    key = fields.text(name)
    if not is_key(key):
        raise fields.refused(KEY_RULE, name, place=fields.place, key=key)
    return key


def write_map(file: MapFile) -> str:
    """Write a map as YAML text that `read_map` reads back as the same value."""
    content: dict[str, Any] = {"name": file.name, "version": file.version} | given(note=file.note)
    content["lanes"] = [{"key": lane.key, "name": lane.name} for lane in file.lanes]
    content["nodes"] = [_node_content(node) for node in file.nodes]
    content["edges"] = [_edge_content(edge) for edge in file.edges]
    return write_yaml(content)


def _node_content(node: NodeEntry) -> dict[str, Any]:
    return {
        "key": node.key,
        "number": node.number,
        "title": node.title,
        **given(plain={title.language: title.words for title in node.plain}),
        "lane": node.lane,
        "type": str(node.type),
        **given(
            description=node.description,
            worker_roles=list(node.worker_roles),
            trigger=node.trigger,
            options=list(node.options),
            directives=[_directive_content(directive) for directive in node.directives],
            texts_in=list(node.texts_in),
            texts_out=list(node.texts_out),
            standard_time=node.standard_time,
            standard_days=_days(node.standard_days),
            observed_time=node.observed_time,
            observed_days=_days(node.observed_days),
            present=list(node.present),
            absent=list(node.absent),
        ),
        "in_scope": node.is_in_scope,
    }


def _directive_content(directive: Directive) -> dict[str, Any]:
    named = {"citation": directive.citation, "title": directive.title, "from": directive.since, "to": directive.until}
    return given(**named)


def _edge_content(edge: EdgeEntry) -> dict[str, Any]:
    return {"from": edge.from_key, "to": edge.to_key} | given(
        condition=edge.condition,
        passes=[str(each) for each in edge.passes],
        expected_days=_days(edge.expected_days),
        observed_days=_days(edge.observed_days),
        gap=edge.gap,
    )


def _days(days: float | None) -> float | None:
    """Write whole days without a decimal point."""
    return int(days) if days is not None and days == int(days) else days
