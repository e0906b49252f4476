"""Changing the map of a study."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ia_workbench.kernel import Refused
from ia_workbench.privacy import Act, Actor, record, require
from ia_workbench.process_map.models import Edge, Lane, Node, ProcessMap
from ia_workbench.process_map.queries import edges, lanes, nodes
from ia_workbench.process_map.rules import EdgeEntry, LaneEntry, MapFile, NodeEntry


@dataclass(frozen=True)
class ImportedMap:
    """What an import did, as keys of steps and passages (lanes are counted in neither).

    `kept` are steps and passages of the study that the file does not have: an import never removes one, since sources
    and findings may name it. `revision` is the map's after the import; it grows only when something changed.
    """

    revision: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def import_map(session: Session, actor: Actor, *, study_id: int, file: MapFile) -> ImportedMap:
    """Take a map into a study: lanes, steps and passages it has already, by key, are updated; others are added."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    known_lanes = {lane.key: lane for lane in lanes(session, study_id)}
    known_nodes = {node.key: node for node in nodes(session, study_id)}
    known_edges = {edge.key: edge for edge in edges(session, study_id)}
    known = [*known_nodes, *known_edges]
    wanted = [*(node.key for node in file.nodes), *(edge.key for edge in file.edges)]
    _refuse_taken_numbers(file, known_nodes)
    lanes_changed = _take_lanes(session, study_id, file.lanes, known_lanes)
    changed = _take_nodes(session, study_id, file.nodes, known_nodes, known_lanes)
    changed += _take_edges(session, study_id, file.edges, known_edges, known_nodes)
    added = tuple(key for key in wanted if key not in known)
    revision = _name_map(session, study_id, file, is_changed=bool(added or changed or lanes_changed))
    counts = {"added": len(added), "changed": len(changed), "revision": revision}
    record(session, actor, "import-map", subject="map", study_id=study_id, **counts)
    return ImportedMap(revision, added, tuple(changed), tuple(key for key in known if key not in wanted))


def _refuse_taken_numbers(file: MapFile, known: dict[str, Node]) -> None:
    """A step that the file does not have keeps its number, so the file may not give that number to another."""
    wanted = {node.number: node.key for node in file.nodes}
    for node in known.values():
        other = wanted.get(node.number, node.key)
        if other != node.key and node.key not in wanted.values():
            raise Refused(
                "Number {number} is taken by step {known}, which the file does not have; give {wanted} another number.",
                number=node.number,
                known=node.key,
                wanted=other,
            )


def _name_map(session: Session, study_id: int, file: MapFile, *, is_changed: bool) -> int:
    kept = session.get(ProcessMap, study_id)
    if kept is None:
        kept = ProcessMap(study_id=study_id, revision=0)
        session.add(kept)
    is_changed |= _set(kept, {"name": file.name, "version": file.version, "note": file.note})
    kept.revision += 1 if is_changed else 0
    return kept.revision


def _take_lanes(session: Session, study_id: int, wanted: tuple[LaneEntry, ...], known: dict[str, Lane]) -> bool:
    is_changed = False
    behind = [lane for key, lane in known.items() if key not in {entry.key for entry in wanted}]
    for position, lane in enumerate(behind, len(wanted)):
        is_changed |= _set(lane, {"position": position})
    for position, entry in enumerate(wanted):
        if entry.key not in known:
            known[entry.key] = Lane(study_id=study_id, key=entry.key)
            session.add(known[entry.key])
        is_changed |= _set(known[entry.key], {"name": entry.name, "position": position})
    return is_changed


def _take_nodes(
    session: Session,
    study_id: int,
    wanted: tuple[NodeEntry, ...],
    known: dict[str, Node],
    known_lanes: dict[str, Lane],
) -> list[str]:
    changed = []
    for entry in wanted:
        node = known.get(entry.key)
        columns = _node_columns(entry) | {"lane": known_lanes[entry.lane]}
        if node is None:
            known[entry.key] = Node(study_id=study_id, key=entry.key, **columns)
            session.add(known[entry.key])
        elif _set(node, columns):
            changed.append(entry.key)
    session.flush()  # the passages need the numbers of their steps
    return changed


def _node_columns(entry: NodeEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "title": entry.title,
        "plain": {title.language: title.words for title in entry.plain},
        "type": entry.type,
        "description": entry.description,
        "worker_roles": list(entry.worker_roles),
        "trigger": entry.trigger,
        "options": list(entry.options),
        "directives": [
            {
                "citation": directive.citation,
                "title": directive.title,
                "from": directive.since.isoformat() if directive.since else None,
                "to": directive.until.isoformat() if directive.until else None,
            }
            for directive in entry.directives
        ],
        "texts_in": list(entry.texts_in),
        "texts_out": list(entry.texts_out),
        "standard_time": entry.standard_time,
        "standard_days": entry.standard_days,
        "observed_time": entry.observed_time,
        "observed_days": entry.observed_days,
        "present": list(entry.present),
        "absent": list(entry.absent),
        "is_in_scope": entry.is_in_scope,
    }


def _take_edges(
    session: Session,
    study_id: int,
    wanted: tuple[EdgeEntry, ...],
    known: dict[str, Edge],
    known_nodes: dict[str, Node],
) -> list[str]:
    changed = []
    behind = [edge for key, edge in known.items() if key not in {entry.key for entry in wanted}]
    for position, edge in enumerate(behind, len(wanted)):
        _set(edge, {"position": position})
    for position, entry in enumerate(wanted):
        columns = _edge_columns(entry)
        if entry.key not in known:
            ends = {"from_node": known_nodes[entry.from_key], "to_node": known_nodes[entry.to_key]}
            session.add(Edge(study_id=study_id, key=entry.key, position=position, **ends, **columns))
            continue
        if _set(known[entry.key], columns):
            changed.append(entry.key)
        _set(known[entry.key], {"position": position})
    return changed


def _edge_columns(entry: EdgeEntry) -> dict[str, Any]:
    return {
        "condition": entry.condition,
        "passes": [str(each) for each in entry.passes],
        "expected_days": entry.expected_days,
        "observed_days": entry.observed_days,
        "gap": entry.gap,
    }


def _set(row: object, columns: dict[str, Any]) -> bool:
    """Give a row these values and tell whether any of them is new to it."""
    differing = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
