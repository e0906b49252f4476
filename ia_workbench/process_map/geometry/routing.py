"""Finding a way for every passage on the grid: short, few bends, few crossings, never through a box."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from ia_workbench.process_map.geometry.grid import Grid, GridPoint, Line
from ia_workbench.process_map.rules import EdgeEntry

RIGHT, DOWN, LEFT, UP = range(4)
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
ACROSS, LANE_DOWN, FOLD_DOWN = 56.0, 48.0, 16.0  # about how long one step on the grid is drawn
BEND = 45.0
CROSSING = 14.0  # for each stretch of another passage that ends or passes at a point
CROWDING = 20.0  # for running beside a passage that has neither end in common
SHARED = 0.6  # of the length, where a passage runs together with one from or to the same step
WRONG_SIDE = 120.0
OTHER_SIDE = 10.0
SAME_LANE_BACK = 1.6  # of the length, for a loop that runs level with the boxes
NOT_BETWEEN_ROWS = 1.6  # of the length, for a passage to another row that runs level inside a row
OVER_OR_UNDER_ALL = 1.3  # of the length, above or below all lanes of a row: that makes the map higher


@dataclass(frozen=True)
class Way:
    """The way of one passage: the points where it starts, bends and ends."""

    edge: EdgeEntry
    is_back: bool
    corners: tuple[GridPoint, ...]


@dataclass
class _Traffic:
    """Which passages run on which stretch between two neighbouring points."""

    on: dict[tuple[GridPoint, GridPoint], list[EdgeEntry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, edge: EdgeEntry, points: Sequence[GridPoint]) -> None:
        for one, other in zip(points, points[1:], strict=False):
            self.on[min(one, other), max(one, other)].append(edge)

    def remove(self, edge: EdgeEntry, points: Sequence[GridPoint]) -> None:
        for one, other in zip(points, points[1:], strict=False):
            self.on[min(one, other), max(one, other)].remove(edge)


def ways_of(
    grid: Grid, edges: Sequence[EdgeEntry], *, back: frozenset[str], marked: frozenset[str] = frozenset()
) -> list[Way]:
    """Find the ways of all passages, in the order of the map.

    Short passages choose first, loops last; then each chooses once more, knowing where the others run. Passages that
    are `marked` rather run alone, so that it is clear whose the marks are.
    """
    finder = _Finder(grid, back, marked)
    order = sorted(edges, key=finder.priority)
    found: dict[str, list[GridPoint]] = {}
    for edge in [*order, *order]:
        if edge.key in found:
            finder.traffic.remove(edge, found[edge.key])
        found[edge.key] = finder.way(edge)
        finder.traffic.add(edge, found[edge.key])
    return [Way(edge, edge.key in back, tuple(_corners(found[edge.key]))) for edge in edges]


def _corners(points: Sequence[GridPoint]) -> list[GridPoint]:
    kept = [points[0]]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        if (point[0] - before[0], point[1] - before[1]) != (after[0] - point[0], after[1] - point[1]):
            kept.append(point)
    return [*kept, points[-1]]


class _Finder:
    """Shortest ways by A*: a state is a point and the direction in which it was come to."""

    def __init__(self, grid: Grid, back: frozenset[str], marked: frozenset[str]) -> None:
        self.grid = grid
        self.back = back
        self.marked = marked
        self.traffic = _Traffic()
        self.heights = [
            FOLD_DOWN if Line.FOLD in (one.line, two.line) else LANE_DOWN
            for one, two in zip(grid.across, grid.across[1:], strict=False)
        ]
        self.depths = list(accumulate(self.heights, initial=0.0))

    def priority(self, edge: EdgeEntry) -> tuple[bool, int, str]:
        """Short passages that lead on first."""
        (x1, y1), (x2, y2) = self.grid.places[edge.from_key], self.grid.places[edge.to_key]
        return edge.key in self.back, abs(x1 - x2) + abs(y1 - y2), edge.key

    def way(self, edge: EdgeEntry) -> list[GridPoint]:
        """Return every grid point of the cheapest way, from the middle of one box to the middle of the other."""
        start, goal = self.grid.places[edge.from_key], self.grid.places[edge.to_key]
        is_back = edge.key in self.back
        best: dict[tuple[GridPoint, int], float] = {}
        came: dict[tuple[GridPoint, int], tuple[GridPoint, int]] = {}
        queue: list[tuple[float, float, GridPoint, int]] = []
        for direction in range(4):
            cost = _port_cost(direction, is_back=is_back)
            best[start, direction] = cost
            heapq.heappush(queue, (cost + self._far(start, direction, goal), cost, start, direction))
        while queue:
            _, cost, point, direction = heapq.heappop(queue)
            if point == goal:
                return _walked(came, point, direction)
            if cost > best[point, direction]:
                continue
            for turned in self._directions(point, direction, start):
                following, step = self._step(edge, point, turned, goal)
                if following is None:
                    continue
                total = cost + step + (BEND if turned != direction else 0.0)
                if following == goal:
                    total += _port_cost(turned, is_back=is_back)
                if total < best.get((following, turned), float("inf")):
                    best[following, turned] = total
                    came[following, turned] = (point, direction)
                    heapq.heappush(queue, (total + self._far(following, turned, goal), total, following, turned))
        raise RuntimeError("every two boxes of a grid can be joined")

    def _directions(self, point: GridPoint, direction: int, start: GridPoint) -> tuple[int, ...]:
        if point == start:
            return (direction,)
        return (direction, (direction + 1) % 4, (direction + 3) % 4)

    def _step(
        self, edge: EdgeEntry, point: GridPoint, direction: int, goal: GridPoint
    ) -> tuple[GridPoint | None, float]:
        following = (point[0] + STEPS[direction][0], point[1] + STEPS[direction][1])
        if not (0 <= following[0] < self.grid.down_count and 0 <= following[1] < len(self.grid.across)):
            return None, 0.0
        if following in self.grid.taken and following != goal:
            return None, 0.0
        is_level = direction in (RIGHT, LEFT)
        length = ACROSS if is_level else self.heights[min(point[1], following[1])]
        if is_level:
            length *= self._level_cost(edge, point[1])
        cost = self._traffic_cost(edge, point, following, length)
        if following != goal:
            cost += self._crossing_cost(edge, following, is_level=is_level)
        return following, cost

    def _level_cost(self, edge: EdgeEntry, y: int) -> float:
        """Loops do not run level with the boxes, and what goes to another row turns between the rows."""
        across, (start, end) = self.grid.across[y], (self.grid.places[edge.from_key], self.grid.places[edge.to_key])
        if across.line is Line.FOLD:
            return 1.0
        leads_on = self.grid.across[start[1]].row != self.grid.across[end[1]].row
        cost = NOT_BETWEEN_ROWS if leads_on else 1.0
        if across.line is Line.GAP:
            return cost * (OVER_OR_UNDER_ALL if across.place in (0, len(self.grid.lanes[across.row])) else 1.0)
        return max(cost, SAME_LANE_BACK) if edge.key in self.back else cost

    def _traffic_cost(self, edge: EdgeEntry, point: GridPoint, following: GridPoint, length: float) -> float:
        others = self.traffic.on.get((min(point, following), max(point, following)))
        if not others:
            return length
        strangers = sum(not _belong_together(edge, other) for other in others)
        if any(other.key in self.marked or edge.key in self.marked for other in others):
            return length + CROWDING * len(others) * 2
        return length + CROWDING * strangers if strangers else length * SHARED

    def _crossing_cost(self, edge: EdgeEntry, point: GridPoint, *, is_level: bool) -> float:
        x, y = point
        beside = ((x, y - 1), (x, y + 1)) if is_level else ((x - 1, y), (x + 1, y))
        on = self.traffic.on
        return CROSSING * sum(
            not _belong_together(edge, other)
            for each in beside
            for other in on.get((min(point, each), max(point, each)), ())
        )

    def _far(self, point: GridPoint, direction: int, goal: GridPoint) -> float:
        """The least that is still to pay: the length at its cheapest, and a bend where the goal is not straight on."""
        across, down = goal[0] - point[0], goal[1] - point[1]
        length = SHARED * (abs(across) * ACROSS + abs(self.depths[goal[1]] - self.depths[point[1]]))
        aside = down if direction in (RIGHT, LEFT) else across
        return length + (BEND if aside else 0.0)


def _belong_together(one: EdgeEntry, other: EdgeEntry) -> bool:
    """Passages from the same step or to the same step may run on one line."""
    return one.from_key == other.from_key or one.to_key == other.to_key


def _port_cost(direction: int, *, is_back: bool) -> float:
    """A passage on leaves to the right and comes in from the left; a loop leaves and comes in above or below."""
    if direction in (UP, DOWN):
        return 0.0 if is_back else OTHER_SIDE
    if is_back:
        return WRONG_SIDE
    return 0.0 if direction == RIGHT else WRONG_SIDE


def _walked(
    came: dict[tuple[GridPoint, int], tuple[GridPoint, int]], point: GridPoint, direction: int
) -> list[GridPoint]:
    points = [point]
    state = (point, direction)
    while state in came:
        state = came[state]
        points.append(state[0])
    return points[::-1]
