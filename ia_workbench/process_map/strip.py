"""The map strip: the few steps around a finding, as values that can leave this room."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ia_workbench.process_map.geometry.case_order import case_order
from ia_workbench.process_map.rules import EdgeEntry, LaneEntry, NodeEntry, NodeType, PlainTitle, edge_key

LONGEST_STRIP = 6
NEIGHBOURS = 2  # on either side


@dataclass(frozen=True)
class StripStep:
    """One step of a strip. `is_marked`: the finding is at it. `passage` leads to the next step of the strip."""

    key: str
    number: int
    title: str
    plain: tuple[PlainTitle, ...]
    lane: str
    lane_name: str
    type: NodeType
    is_marked: bool
    passage: "StripPassage | None"


@dataclass(frozen=True)
class StripPassage:
    """What lies between two neighbours of a strip.

    `is_direct` is False where the map has no passage between them or other steps lie between: draw it broken.
    `is_marked`: the finding is at this passage.
    """

    is_direct: bool
    is_marked: bool


def strip_of(
    lanes: Sequence[LaneEntry],
    nodes: Sequence[NodeEntry],
    edges: Sequence[EdgeEntry],
    *,
    node_keys: Collection[str],
    edge_keys: Collection[str],
) -> tuple[StripStep, ...]:
    """Return the steps of a finding with up to two neighbours on either side, at most six, in the order of the case.

    The ends of a passage are shown but not marked unless the finding is at them too. Keys that the map does not have
    are passed over; without any that it has, the strip is empty. Of more than six steps the first six are shown.
    """
    order = case_order(nodes, edges)
    ends = {key for edge in edges if edge.key in edge_keys for key in (edge.from_key, edge.to_key)}
    core = [key for key in order if key in node_keys or key in ends][:LONGEST_STRIP]
    if not core:
        return ()
    chosen = set(core) | set(_neighbours(order, core, edges))
    keys = [key for key in order if key in chosen]
    by_key = {node.key: node for node in nodes}
    lane_names = {lane.key: lane.name for lane in lanes}
    return tuple(
        _step(by_key[key], following, lane_names, edges, node_keys, edge_keys)
        for key, following in zip(keys, [*keys[1:], None], strict=True)
    )


def _neighbours(order: Sequence[str], core: Sequence[str], edges: Sequence[EdgeEntry]) -> list[str]:
    """Walk outwards from the finding's steps, by turns back and on, as long as the strip has room."""
    place = {key: index for index, key in enumerate(order)}
    found: list[str] = []
    first, last = core[0], core[-1]
    for _ in range(NEIGHBOURS):
        before = [e.from_key for e in edges if e.to_key == first and place[e.from_key] < place[first]]
        after = [e.to_key for e in edges if e.from_key == last and place[e.to_key] > place[last]]
        first = max(before, key=place.__getitem__, default=first)
        last = min(after, key=place.__getitem__, default=last)
        found += [key for key in (first, last) if key not in core and key not in found]
    return found[: LONGEST_STRIP - len(core)]


def _step(
    node: NodeEntry,
    following: str | None,
    lane_names: dict[str, str],
    edges: Sequence[EdgeEntry],
    node_keys: Collection[str],
    edge_keys: Collection[str],
) -> StripStep:
    passage = None
    if following is not None:
        key = edge_key(node.key, following)
        passage = StripPassage(any(edge.key == key for edge in edges), key in edge_keys)
    return StripStep(
        key=node.key,
        number=node.number,
        title=node.title,
        plain=node.plain,
        lane=node.lane,
        lane_name=lane_names[node.lane],
        type=node.type,
        is_marked=node.key in node_keys,
        passage=passage,
    )
