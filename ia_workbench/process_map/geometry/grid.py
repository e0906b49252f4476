"""The grid that passages run on: lines through the middle of boxes and lines between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from ia_workbench.process_map.geometry.folding import Row
from ia_workbench.process_map.rules import LaneEntry

GridPoint = tuple[int, int]  # which line across (x), which line down (y)


class Line(Enum):
    """What a horizontal line of the grid runs through."""

    LANE = "lane"  # the middle of the boxes of a lane
    GAP = "gap"  # the space above, between or below the lanes of a row
    FOLD = "fold"  # the space between two rows


@dataclass(frozen=True)
class Across:
    """A horizontal line: `place` is the lane's place in its row, or for a gap the place of the lane below it."""

    line: Line
    row: int
    place: int


@dataclass(frozen=True)
class Grid:
    """All lines. Vertical lines alternate: even ones run between columns, odd ones through the middle of a column.

    `places` holds where the middle of each step's box is.
    """

    column_count: int
    lanes: tuple[tuple[LaneEntry, ...], ...]
    across: tuple[Across, ...]
    places: Mapping[str, GridPoint]

    @property
    def down_count(self) -> int:
        """How many vertical lines there are."""
        return 2 * self.column_count + 1

    @cached_property
    def taken(self) -> Mapping[GridPoint, str]:
        """Which step stands at a point."""
        return {point: key for key, point in self.places.items()}


def grid_of(rows: Sequence[Row], lanes: Sequence[LaneEntry]) -> Grid:
    """Make the grid of a folded map: each row has the lanes in which it has a step, in the order of the map."""
    across: list[Across] = []
    places: dict[str, GridPoint] = {}
    row_lanes = []
    for number, row in enumerate(rows):
        if number:
            across.append(Across(Line.FOLD, number - 1, 0))
        used = {node.lane for node in row.nodes}
        present = tuple(lane for lane in lanes if lane.key in used)
        row_lanes.append(present)
        first = len(across)
        across += [
            Across(Line.GAP if each % 2 == 0 else Line.LANE, number, each // 2) for each in range(2 * len(present) + 1)
        ]
        place = {lane.key: index for index, lane in enumerate(present)}
        for column, nodes in enumerate(row.columns):
            places.update({node.key: (2 * column + 1, first + 2 * place[node.lane] + 1) for node in nodes})
    return Grid(max((len(row.columns) for row in rows), default=0), tuple(row_lanes), tuple(across), places)
