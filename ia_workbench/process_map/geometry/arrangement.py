"""Boxes, wires and bands in pixels, for a map whose ways on the grid are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ia_workbench.process_map.geometry import measures
from ia_workbench.process_map.geometry.folding import Row
from ia_workbench.process_map.geometry.grid import Grid, GridPoint, Line
from ia_workbench.process_map.geometry.labelling import Ground, ground_of
from ia_workbench.process_map.geometry.routing import Way
from ia_workbench.process_map.geometry.text_width import broken
from ia_workbench.process_map.geometry.tracing import LineTracks, Part, level_tracks, upright_tracks
from ia_workbench.process_map.geometry.values import Box, LaneBand, Point, Rect, RowHeading, Wire
from ia_workbench.process_map.rules import NodeEntry

Titles = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Room:
    """Room asked for besides what the wires need, by line of the grid.

    For spaces between columns their least width, for spaces between lanes the least distance of a wire to both sides.
    """

    channels: Mapping[int, float]
    gaps: Mapping[int, float]


@dataclass(frozen=True)
class Span:
    """Where a line of the grid lies: its middle, and the size of the boxes on it or of the space around it."""

    middle: float
    size: float


class Arrangement:
    """Sizes found one after the other: columns from upright parts of wires, then lanes from level ones."""

    def __init__(self, grid: Grid, rows: Sequence[Row], ways: Sequence[Way], width: float, room: Room) -> None:
        self.grid, self.rows, self.ways, self.room = grid, rows, ways, room
        self.upright = upright_tracks(ways)
        self.down = self._down(width)
        self.width = max(width, self.down[-1].middle + self.down[-1].size / 2 + measures.RIGHT_MARGIN)
        self.titles: Titles = {node.key: self._title(node) for row in rows for node in row.nodes}
        self.level: LineTracks = level_tracks(ways, self._level_end)
        self._across()
        self.boxes = tuple(self._box(number, node) for number, row in enumerate(rows) for node in row.nodes)
        self.wires = tuple(self._wire(number, way) for number, way in enumerate(ways))

    # ---------------------------------------------------------------- from left to right

    def _down(self, width: float) -> list[Span]:
        channels = [self._channel(line) for line in range(0, self.grid.down_count, 2)]
        room = width - measures.LEFT - measures.RIGHT_MARGIN - sum(channels)
        count = self.grid.column_count
        box = min(max(room / count, measures.BOX_LEAST), measures.BOX_MOST) if count else 0.0
        spare = max(0.0, (room - box * count) / max(1, count))
        spans, left = [], measures.LEFT
        for line in range(self.grid.down_count):
            size = box if line % 2 else channels[line // 2] + (spare if 0 < line < self.grid.down_count - 1 else 0.0)
            spans.append(Span(left + size / 2, size))
            left += size
        return spans

    def _channel(self, line: int) -> float:
        tracks = self.upright.count.get(line, 0)
        is_outside = line in (0, self.grid.down_count - 1)
        needed = measures.OUTSIDE if is_outside else measures.NARROW
        if tracks:
            needed = measures.LEAVE + (tracks - 1) * measures.TRACK + measures.ARRIVE
        return max(needed, self.room.channels.get(line, 0.0))

    def _x(self, part: Part) -> float:
        """Where an upright part runs."""
        line = self.ways[part.way].corners[part.part][0]
        span, offset = self.down[line], self.upright.offset[part]
        if line % 2 == 0:
            return span.middle + offset * measures.TRACK + (measures.LEAVE - measures.ARRIVE) / 2
        return span.middle + offset * _port_track(span.size, self.upright.count[line])

    def _level_end(self, part: Part, corner: int, towards: GridPoint) -> float:
        way, point = self.ways[part.way], self.ways[part.way].corners[corner]
        if corner in (0, len(way.corners) - 1):
            half = self.down[point[0]].size / 2
            return self.down[point[0]].middle + (half if towards[0] > point[0] else -half)
        return self._x(Part(part.way, part.part - 1 if corner == part.part else part.part + 1))

    def _title(self, node: NodeEntry) -> tuple[str, ...]:
        width = self.down[1].size - 2 * measures.BOX_PADDING
        return broken(
            node.title,
            size=measures.TITLE_SIZE,
            width=width,
            most_lines=measures.MOST_TITLE_LINES,
            tracking=measures.TITLE_TRACKING,
        )

    # ---------------------------------------------------------------- from top to bottom

    def _across(self) -> None:
        """Find the spans of all level lines, the bands, the tops of the headings, and the height."""
        self.across: list[Span] = []
        self.band_rects: list[Rect] = []
        self.heading_tops = [0.0] if self.rows else []
        y = band_top = measures.HEADING
        for number, line in enumerate(self.grid.across):
            if line.line is Line.LANE:
                size = self._box_height(number)
                self.across.append(Span(y + size / 2, size))
            elif line.line is Line.FOLD:
                size = 2 * measures.FOLD_EDGE + self._between(number)
                self.across.append(Span(y + size / 2, size))
                self.heading_tops.append(y + size)
                size += measures.FOLD_HEADING
                band_top = y + size
            else:
                above, below = self._gap(number)
                size = above + self._between(number) + below
                self.across.append(Span(y + above + self._between(number) / 2, size))
                if line.place:
                    border = y + size - (measures.GAP_ABOVE if line.place < len(self.grid.lanes[line.row]) else 0.0)
                    self.band_rects.append(Rect(0.0, band_top, self.width, border - band_top))
                    band_top = border
            y += size
        self.height = y + measures.FOOT

    def _box_height(self, number: int) -> float:
        """All boxes of a lane in one row are as high as the longest title among them needs."""
        most = max(len(self.titles[key]) for key, (_, y) in self.grid.places.items() if y == number)
        return measures.BOX_FIXED + measures.TITLE_LINE * most

    def _between(self, number: int) -> float:
        """How far the outermost passages on a level line are from one another."""
        return max(0, self.level.count.get(number, 0) - 1) * measures.TRACK

    def _gap(self, number: int) -> tuple[float, float]:
        """Return the space above and below the passages that run between two lanes, or along the edge of a row."""
        line = self.grid.across[number]
        is_used, is_last = number in self.level.count, line.place == len(self.grid.lanes[line.row])
        reach = self.room.gaps.get(number, 0.0)
        above = measures.ROW_TOP if line.place == 0 else measures.ARRIVE
        below = measures.ROW_EDGE if is_last else measures.GAP_ABOVE + measures.ROW_EDGE / 2
        if line.place == 0:
            below = measures.GAP_ABOVE
        if not is_used:
            above, below = (
                (0.0, measures.GAP_ABOVE)
                if line.place == 0
                else (measures.GAP_BELOW, 0.0 if is_last else measures.GAP_ABOVE)
            )
        return max(above, reach), max(below, reach)

    def _y(self, part: Part) -> float:
        """Where a level part runs."""
        line = self.ways[part.way].corners[part.part][1]
        span, offset = self.across[line], self.level.offset[part]
        if self.grid.across[line].line is not Line.LANE:
            return span.middle + offset * measures.TRACK
        return span.middle + offset * _port_track(span.size, self.level.count[line])

    # ---------------------------------------------------------------- the drawing's values

    def bands(self) -> tuple[LaneBand, ...]:
        each = [(row, place, lane) for row, lanes in enumerate(self.grid.lanes) for place, lane in enumerate(lanes)]
        return tuple(
            LaneBand(
                key=lane.key,
                lines=broken(lane.name, size=measures.SMALL_SIZE, width=measures.LANE_NAME, most_lines=3),
                row=row,
                rect=rect,
                is_alternate=place % 2 == 1,
            )
            for (row, place, lane), rect in zip(each, self.band_rects, strict=True)
        )

    def headings(self) -> list[RowHeading]:
        return [
            RowHeading(
                measures.MARGIN, top + (18.0 if number == 0 else 11.0), number, row.runs, row.nodes[0], row.nodes[-1]
            )
            for number, (row, top) in enumerate(zip(self.rows, self.heading_tops, strict=True))
        ]

    def ground(self) -> Ground:
        """Return what lies on the map so far, for whatever else needs a place."""
        return ground_of(self.width, self.height, self.bands(), self.boxes, self.wires)

    def _box(self, row_number: int, node: NodeEntry) -> Box:
        x, y = self.grid.places[node.key]
        lane_name = next(lane.name for lane in self.grid.lanes[row_number] if lane.key == node.lane)
        return Box(node, lane_name, self._rect(x, y), row_number, x // 2, self.titles[node.key])

    def _rect(self, x: int, y: int) -> Rect:
        across, down = self.across[y], self.down[x]
        return Rect(down.middle - down.size / 2, across.middle - across.size / 2, down.size, across.size)

    def _wire(self, number: int, way: Way) -> Wire:
        corners = way.corners
        points: list[Point] = []
        for corner, point in enumerate(corners):
            before, after = Part(number, corner - 1), Part(number, corner)
            if corner in (0, len(corners) - 1):
                part, towards = (after, corners[1]) if corner == 0 else (before, corners[-2])
                points.append(self._port(part, point, towards))
            elif before in self.upright.offset:
                points.append((self._x(before), self._y(after)))
            else:
                points.append((self._x(after), self._y(before)))
        rows = {self.grid.across[corners[end][1]].row for end in (0, -1)}
        return Wire(way.edge, tuple(points), way.is_back, len(rows) > 1, None, None)

    def _port(self, part: Part, point: GridPoint, towards: GridPoint) -> Point:
        """Where a passage meets the edge of its box."""
        rect = self._rect(*point)
        if part in self.upright.offset:
            return self._x(part), rect.y + rect.h if towards[1] > point[1] else rect.y
        return rect.x + rect.w if towards[0] > point[0] else rect.x, self._y(part)


def _port_track(size: float, count: int) -> float:
    """How far apart passages meet a side of a box."""
    return min(measures.PORT_TRACK, (size - 2 * measures.PORT_MARGIN) / max(1, count - 1))
