"""The drawn map as values, in CSS pixels from the top left corner."""

from dataclasses import dataclass

from ia_workbench.process_map.rules import EdgeEntry, NodeEntry

Point = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    def overlaps(self, other: "Rect") -> bool:
        """Say whether the two share any ground; touching edges do not count."""
        apart = self.x + self.w <= other.x or other.x + other.w <= self.x
        return not (apart or self.y + self.h <= other.y or other.y + other.h <= self.y)


@dataclass(frozen=True)
class Mark:
    """What is known about a step or passage: independent units, findings, and why it is a blind spot (in words)."""

    units: int = 0
    findings: int = 0
    blind_spot: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    """A step on the map. `lines` is its title broken to fit; `row` and `column` count from 0."""

    node: NodeEntry
    lane_name: str
    rect: Rect
    row: int
    column: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """Words beside a passage: the middle of the first line's baseline, and the lines."""

    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Wire:
    """A passage on the map: a line of right-angled points from the edge of one box to the edge of another.

    `pill` is where marks of the passage (its delay, findings, a blind spot) are shown: None where it has none, or where
    a very crowded map leaves no room. `label` is None where its condition finds no room or is not needed.
    """

    edge: EdgeEntry
    points: tuple[Point, ...]
    is_back: bool
    crosses_rows: bool
    pill: Rect | None
    label: Label | None


@dataclass(frozen=True)
class LaneBand:
    """A lane in one row, across the whole width; `is_alternate` on every second band of a row."""

    key: str
    lines: tuple[str, ...]
    row: int
    rect: Rect
    is_alternate: bool


@dataclass(frozen=True)
class RowHeading:
    """Which steps a row shows: left end of the heading's baseline, step numbers in runs, first and last step."""

    x: float
    y: float
    row: int
    runs: tuple[tuple[int, int], ...]
    first: NodeEntry
    last: NodeEntry


@dataclass(frozen=True)
class MapLayout:
    """The whole drawing."""

    width: float
    height: float
    bands: tuple[LaneBand, ...]
    headings: tuple[RowHeading, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
