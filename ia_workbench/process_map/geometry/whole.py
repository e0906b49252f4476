"""Laying the map out: from lanes, steps and passages to boxes, wires, bands and headings."""

from collections.abc import Iterator, Mapping, Sequence

from ia_workbench.process_map.geometry import measures
from ia_workbench.process_map.geometry.arrangement import Arrangement, Room
from ia_workbench.process_map.geometry.case_order import back_edges, columns
from ia_workbench.process_map.geometry.folding import folded
from ia_workbench.process_map.geometry.grid import Grid, GridPoint, Line, grid_of
from ia_workbench.process_map.geometry.labelling import Sizes, pill_sizes, with_labels, with_pills, with_room
from ia_workbench.process_map.geometry.routing import Way, ways_of
from ia_workbench.process_map.geometry.values import MapLayout, Mark
from ia_workbench.process_map.geometry.wording import MapWords
from ia_workbench.process_map.rules import EdgeEntry, LaneEntry, NodeEntry

ATTEMPTS = 5  # each makes room for the marks that found none before ...
STEP = 4.0  # ... and, between columns, this much more each time


def layout(
    lanes: Sequence[LaneEntry],
    nodes: Sequence[NodeEntry],
    edges: Sequence[EdgeEntry],
    *,
    width: float = measures.WIDTH,
    marks: Mapping[str, Mark] | None = None,
    words: MapWords | None = None,
) -> MapLayout:
    """Lay the map out in ordered lanes, folded into rows of about ten steps, in CSS pixels.

    `marks` are by key of step or passage, and `words` what the picture adds, both the same as for drawing: they are
    given room. The layout is as wide as asked for, or wider where the steps of a row need it. The same map always gives
    the same layout.
    """
    place = columns(nodes, edges)
    rows = folded(nodes, edges, place, most_columns=measures.columns_in(width))
    grid = grid_of(rows, lanes)
    marks, words = marks or {}, words or MapWords()
    sizes = {edge.key: pill_sizes(words.of_delay(edge), marks.get(edge.key)) for edge in edges}
    marked = frozenset(key for key, found in sizes.items() if found)
    ways = ways_of(grid, edges, back=back_edges(nodes, edges), marked=marked)
    room = Room({}, {})
    for attempt in range(ATTEMPTS):
        arrangement = Arrangement(grid, rows, ways, width, room)
        ground = arrangement.ground()
        wires, homeless = with_pills(arrangement.wires, ground, sizes, anywhere=attempt == ATTEMPTS - 1)
        if not homeless:
            break
        room = _wider(room, grid, {way.edge.key: way for way in ways}, homeless, sizes)
    headings = tuple(with_room(heading, words.of_row(heading), ground) for heading in arrangement.headings())
    return MapLayout(
        width=arrangement.width,
        height=arrangement.height,
        bands=arrangement.bands(),
        headings=headings,
        boxes=arrangement.boxes,
        wires=tuple(with_labels(wires, ground)),
    )


def _wider(
    room: Room, grid: Grid, ways: Mapping[str, Way], homeless: Sequence[EdgeEntry], sizes: Mapping[str, Sizes]
) -> Room:
    """Ask for more room where a passage could not carry its marks."""
    channels, gaps = dict(room.channels), dict(room.gaps)
    for edge in homeless:
        (x1, y1), (x2, y2) = ways[edge.key].corners[:2]
        if len(ways[edge.key].corners) == 2 and y1 == y2:
            line = min(x1, x2) + 1
            narrowest = min(width for width, _ in sizes[edge.key])
            channels[line] = max(channels.get(line, 0.0) + STEP, narrowest + measures.PILL_CLEAR + 2)
        else:
            touched = {y for _, y in _walk(ways[edge.key].corners) if grid.across[y].line is not Line.LANE}
            gaps.update({y: gaps.get(y, 0.0) + measures.PILL_REACH for y in touched})
    return Room(channels, gaps)


def _walk(corners: Sequence[GridPoint]) -> Iterator[GridPoint]:
    for (x1, y1), (x2, y2) in zip(corners, corners[1:], strict=False):
        for x in range(min(x1, x2), max(x1, x2) + 1):
            for y in range(min(y1, y2), max(y1, y2) + 1):
                yield x, y
