"""Reading the map of a study."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ia_workbench.kernel import NotFound
from ia_workbench.process_map.models import Edge, Lane, Node, ProcessMap
from ia_workbench.process_map.rules import Directive, EdgeEntry, LaneEntry, MapFile, NodeEntry, Passing, PlainTitle

UNNAMED = "Case-processing map"


def revision_of_map(session: Session, study_id: int) -> int:
    """Return how often the study's map was changed; 0 when it has none yet."""
    kept = session.get(ProcessMap, study_id)
    return kept.revision if kept else 0


def lanes(session: Session, study_id: int) -> list[Lane]:
    """Return the lanes of a study's map, top to bottom."""
    return list(session.scalars(select(Lane).where(Lane.study_id == study_id).order_by(Lane.position, Lane.key)))


def nodes(session: Session, study_id: int) -> list[Node]:
    """Return the steps of a study's map by number, each with its lane."""
    statement = select(Node).where(Node.study_id == study_id).options(joinedload(Node.lane))
    return list(session.scalars(statement.order_by(Node.number, Node.key)))


def edges(session: Session, study_id: int) -> list[Edge]:
    """Return the passages of a study's map in order, each with its two steps."""
    statement = (
        select(Edge)
        .where(Edge.study_id == study_id)
        .options(joinedload(Edge.from_node), joinedload(Edge.to_node))
        .order_by(Edge.position, Edge.key)
    )
    return list(session.scalars(statement))


def node_keyed(session: Session, study_id: int, key: str) -> Node:
    """Return a step by its key (`N-07`); raises NotFound when the map has none."""
    node = session.scalars(select(Node).where(Node.study_id == study_id, Node.key == key)).one_or_none()
    if node is None:
        raise NotFound("There is no step {key} on this map.", key=key)
    return node


def place_keyed(session: Session, study_id: int, key: str) -> Node | Edge:
    """Return a step (`N-07`) or a passage (`N-13..N-14`) by its key; raises NotFound when the map has none."""
    return edge_keyed(session, study_id, key) if ".." in key else node_keyed(session, study_id, key)


def check_steps(session: Session, study_id: int, keys: Collection[str]) -> None:
    """Refuse steps that the study's map does not have; a study without a map may name its steps before they are there.

    Raises NotFound naming the first.
    """
    known = set(session.scalars(select(Node.key).where(Node.study_id == study_id))) if keys else set()
    for key in keys:
        if known and key not in known:
            raise NotFound("There is no step {key} on the map.", key=key)


def edge_keyed(session: Session, study_id: int, key: str) -> Edge:
    """Return a passage by its key (`N-13..N-14`); raises NotFound when the map has none."""
    edge = session.scalars(select(Edge).where(Edge.study_id == study_id, Edge.key == key)).one_or_none()
    if edge is None:
        raise NotFound("There is no passage {key} on this map.", key=key)
    return edge


def map_file(session: Session, study_id: int) -> MapFile:
    """Return the whole map of a study as the value that `write_map` writes, `layout` lays out and `strip_of` cuts."""
    kept = session.get(ProcessMap, study_id)
    return MapFile(
        name=kept.name if kept else UNNAMED,
        version=kept.version if kept else 1,
        note=kept.note if kept else "",
        lanes=tuple(LaneEntry(lane.key, lane.name) for lane in lanes(session, study_id)),
        nodes=tuple(_node_entry(node) for node in nodes(session, study_id)),
        edges=tuple(_edge_entry(edge) for edge in edges(session, study_id)),
    )


def _node_entry(node: Node) -> NodeEntry:
    return NodeEntry(
        key=node.key,
        number=node.number,
        title=node.title,
        lane=node.lane.key,
        type=node.type,
        plain=tuple(PlainTitle(language, words) for language, words in sorted(node.plain.items())),
        description=node.description,
        worker_roles=tuple(node.worker_roles),
        trigger=node.trigger,
        options=tuple(node.options),
        directives=tuple(_directive(stored) for stored in node.directives),
        texts_in=tuple(node.texts_in),
        texts_out=tuple(node.texts_out),
        standard_time=node.standard_time,
        standard_days=node.standard_days,
        observed_time=node.observed_time,
        observed_days=node.observed_days,
        present=tuple(node.present),
        absent=tuple(node.absent),
        is_in_scope=node.is_in_scope,
    )


def _directive(stored: dict[str, str | None]) -> Directive:
    since, until = stored["from"], stored["to"]
    return Directive(
        citation=stored["citation"] or "",
        title=stored["title"] or "",
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
    )


def _edge_entry(edge: Edge) -> EdgeEntry:
    return EdgeEntry(
        from_key=edge.from_node.key,
        to_key=edge.to_node.key,
        condition=edge.condition,
        passes=tuple(Passing(each) for each in edge.passes),
        expected_days=edge.expected_days,
        observed_days=edge.observed_days,
        gap=edge.gap,
    )
