"""Finding room on the drawn map for marks of passages, for their conditions, and for the headings of rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from ia_workbench.process_map.geometry import measures
from ia_workbench.process_map.geometry.text_width import balanced, width_of
from ia_workbench.process_map.geometry.values import Box, Label, LaneBand, Mark, Point, Rect, RowHeading, Wire
from ia_workbench.process_map.rules import EdgeEntry

STEP = 6.0  # pixels between two places that are tried
LABEL_WIDTH, LABEL_LINES, LABEL_LINE = 118.0, 2, 14.0
PILL_END = 9.0  # from an upright wire to the nearer end of marks beside it
EDGE = 3.0  # of the map, which nothing touches
BESIDE = 5.0  # from a line to words beside it
NEAR, NEAR_COST = 7.0, 60.0  # of other wires to words
RULE_COST = 45.0  # for words across the rule between two lanes
HEADING_HEIGHT = 16.0

Sizes = Sequence[tuple[float, float]]  # widths and heights that the marks of a passage can have


@dataclass(frozen=True)
class Piece:
    """A straight piece of a wire."""

    owner: str
    one: Point
    other: Point

    @cached_property
    def is_level(self) -> bool:
        """Whether it runs from left to right or back."""
        return self.one[1] == self.other[1]

    @cached_property
    def length(self) -> float:
        """Its length in pixels."""
        return abs(self.one[0] - self.other[0]) + abs(self.one[1] - self.other[1])

    @cached_property
    def ground(self) -> Rect:
        """The ground it lies on, one pixel wide."""
        (x1, y1), (x2, y2) = self.one, self.other
        return Rect(min(x1, x2) - 0.5, min(y1, y2) - 0.5, abs(x1 - x2) + 1, abs(y1 - y2) + 1)

    def places(self) -> Iterator[Point]:
        """Yield places on the piece, from its middle outwards."""
        (x1, y1), (x2, y2) = self.one, self.other
        count = int(self.length / STEP / 2)
        for number in range(count + 1):
            for sign in (1, -1) if number else (1,):
                share = 0.5 + sign * number * STEP / self.length
                yield x1 + (x2 - x1) * share, y1 + (y2 - y1) * share


def pieces_of(wire: Wire) -> list[Piece]:
    """Return the straight pieces of a wire that have a length, from its start."""
    pieces = (Piece(wire.edge.key, one, other) for one, other in zip(wire.points, wire.points[1:], strict=False))
    return [piece for piece in pieces if piece.length > 0]


@dataclass
class Ground:
    """What lies on the map already: boxes and the ends of rows, wires, rules between lanes, words and marks."""

    width: float
    height: float
    solid: list[Rect]
    pieces: list[Piece]
    rules: list[float] = field(default_factory=list)
    words: list[Rect] = field(default_factory=list)

    def is_free(self, rect: Rect) -> bool:
        """Say whether no box and no words lie there, inside the map."""
        if rect.x < EDGE or rect.x + rect.w > self.width - EDGE or rect.y + rect.h > self.height - EDGE:
            return False
        return not any(rect.overlaps(each) for each in chain(self.solid, self.words))

    def wires_on(self, rect: Rect, *, besides: str | None = None) -> int:
        """Count the pieces of wire that lie there."""
        return sum(piece.owner != besides and piece.ground.overlaps(rect) for piece in self.pieces)

    def is_own(self, piece: Piece, point: Point) -> bool:
        """Say whether no other wire runs along a piece at a point."""
        spot = Rect(point[0] - 1, point[1] - 1, 2, 2)
        return not any(
            each.is_level == piece.is_level and each.owner != piece.owner and each.ground.overlaps(spot)
            for each in self.pieces
        )


def pill_sizes(delay: str, mark: Mark | None) -> Sizes:
    """Return width and height of the marks of a passage, side by side and one above the other; empty without marks.

    `delay` is its delay as the map says it, empty where it has none.
    """
    parts = []
    if delay:
        parts.append(width_of(delay, measures.SMALL_SIZE))
    if mark and mark.findings:
        parts.append(measures.PILL_ICON + width_of(str(mark.findings), measures.SMALL_SIZE))
    if parts and mark and mark.blind_spot:
        parts.append(measures.PILL_ICON - 4)
    if not parts:
        return []
    edges = 2 * measures.PILL_PADDING
    flat = (sum(parts) + measures.PILL_BETWEEN * (len(parts) - 1) + edges, measures.PILL_HEIGHT)
    tall = (max(parts) + edges, measures.PILL_HEIGHT + (len(parts) - 1) * measures.PILL_LINE)
    return [flat, tall] if len(parts) > 1 else [flat]


def with_pills(
    wires: Sequence[Wire], ground: Ground, sizes_of: Mapping[str, Sizes], *, anywhere: bool
) -> tuple[list[Wire], list[EdgeEntry]]:
    """Place the marks of all passages on their wires; return the wires, and the passages that found no room.

    Marks lie where the wire runs alone, or, when there is no other way, `anywhere` on it.
    """
    placed, homeless = [], []
    for wire in wires:
        sizes = sizes_of[wire.edge.key]
        rect = _pill(wire, ground, sizes, anywhere=anywhere) if sizes else None
        if rect:
            ground.words.append(rect)
        elif sizes:
            homeless.append(wire.edge)
        placed.append(replace(wire, pill=rect))
    return placed, homeless


def _pill(wire: Wire, ground: Ground, sizes: Sizes, *, anywhere: bool) -> Rect | None:
    """Of all places where the marks lie on the wire and on nothing else, take one that hides few other wires."""
    best: tuple[float, Rect] | None = None
    for turn, (width, height) in enumerate(sizes):
        for piece in sorted(pieces_of(wire), key=lambda each: -each.length):
            if piece.length < (width if piece.is_level else height) + measures.PILL_CLEAR / 2:
                continue
            for far, (x, y) in enumerate(piece.places()):
                for shift, rect in _around(piece, x, y, width, height):
                    cost = far + 8 * shift + 30 * turn
                    if (best and cost >= best[0]) or not (_reaches_over(piece, rect) and ground.is_free(rect)):
                        continue
                    cost += 100 * ground.wires_on(rect, besides=wire.edge.key)
                    if (best is None or cost < best[0]) and (anywhere or ground.is_own(piece, (x, y))):
                        best = (cost, rect)
    return best[1] if best else None


def _around(piece: Piece, x: float, y: float, width: float, height: float) -> Iterator[tuple[int, Rect]]:
    """Yield marks in the middle of a wire, and beside an upright one so that it runs through one of their ends."""
    yield 0, Rect(x - width / 2, y - height / 2, width, height)
    if not piece.is_level:
        yield 1, Rect(x - PILL_END, y - height / 2, width, height)
        yield 1, Rect(x + PILL_END - width, y - height / 2, width, height)


def _reaches_over(piece: Piece, rect: Rect) -> bool:
    """Say whether the piece shows on both sides of the marks."""
    ground = piece.ground
    if piece.is_level:
        return ground.x < rect.x and rect.x + rect.w < ground.x + ground.w
    return ground.y < rect.y and rect.y + rect.h < ground.y + ground.h


def with_labels(wires: Sequence[Wire], ground: Ground) -> list[Wire]:
    """Write its condition beside each passage that is one of several ways on, or leads back, where there is room."""
    leaving = [wire.edge.from_key for wire in wires]
    labelled = []
    for wire in wires:
        wanted = wire.edge.condition and (leaving.count(wire.edge.from_key) > 1 or wire.is_back)
        label = _label(wire, ground, wire.edge.condition or "") if wanted else None
        labelled.append(replace(wire, label=label))
    return labelled


def _label(wire: Wire, ground: Ground, condition: str) -> Label | None:
    """Of all places beside the wire where nothing else is, take one near its start and away from other wires."""
    lines = balanced(condition, size=measures.SMALL_SIZE, width=LABEL_WIDTH, most_lines=LABEL_LINES)
    width = max(width_of(line, measures.SMALL_SIZE) for line in lines) + 4
    best: tuple[float, Rect] | None = None
    for far, piece, (x, y) in sorted(_places_from_start(wire), key=lambda place: place[0]):
        if best and far >= best[0]:
            break
        for rect in _beside(piece, x, y, width, LABEL_LINE * len(lines)):
            if not ground.is_free(rect) or ground.wires_on(rect) or not ground.is_own(piece, (x, y)):
                continue
            near = Rect(rect.x - NEAR, rect.y - NEAR, rect.w + 2 * NEAR, rect.h + 2 * NEAR)
            cost = far + NEAR_COST * ground.wires_on(near, besides=wire.edge.key)
            cost += RULE_COST * any(rect.y < rule < rect.y + rect.h for rule in ground.rules)
            if best is None or cost < best[0]:
                best = (cost, rect)
    if best is None:
        return None
    ground.words.append(best[1])
    return Label(best[1].x + best[1].w / 2, best[1].y + LABEL_LINE - 3, lines)


def _places_from_start(wire: Wire) -> Iterator[tuple[float, Piece, Point]]:
    """Yield places on the wire with how far along it they are."""
    gone = 0.0
    for piece in pieces_of(wire):
        for x, y in piece.places():
            yield gone + abs(x - piece.one[0]) + abs(y - piece.one[1]), piece, (x, y)
        gone += piece.length


def _beside(piece: Piece, x: float, y: float, width: float, height: float) -> Iterator[Rect]:
    if piece.is_level:
        yield Rect(x - width / 2, y - height - BESIDE / 2, width, height)
        yield Rect(x - width / 2, y + BESIDE / 2, width, height)
    else:
        yield Rect(x + BESIDE, y - height / 2, width, height)
        yield Rect(x - width - BESIDE, y - height / 2, width, height)


def with_room(heading: RowHeading, words: str, ground: Ground) -> RowHeading:
    """Move a heading to the right until no wire runs through its words; leave it where there is no such place."""
    width = width_of(words, measures.SMALL_SIZE) + 8
    x = heading.x
    while x + width < ground.width:
        rect = Rect(x - 4, heading.y - 12, width, HEADING_HEIGHT)
        if not ground.wires_on(rect) and not any(rect.overlaps(each) for each in ground.words):
            ground.words.append(rect)
            return replace(heading, x=x)
        x += STEP
    ground.words.append(Rect(heading.x - 4, heading.y - 12, width, HEADING_HEIGHT))
    return heading


def ground_of(
    width: float, height: float, bands: Sequence[LaneBand], boxes: Sequence[Box], wires: Sequence[Wire]
) -> Ground:
    """Return what lies on a map of bands, boxes and wires; the ends of a row count, the rules inside it do not."""
    solid = [Rect(box.rect.x - 2, box.rect.y - 2, box.rect.w + 4, box.rect.h + 4) for box in boxes]
    for before, band in zip([None, *bands], bands, strict=False):
        name = Rect(measures.MARGIN, band.rect.y + 6, measures.LANE_NAME, 6 + measures.TITLE_LINE * len(band.lines))
        solid.append(name)
        if before is None or before.row != band.row:
            solid.append(Rect(0.0, band.rect.y - 1, width, 2.0))
            solid += [Rect(0.0, before.rect.y + before.rect.h - 1, width, 2.0)] if before else []
    pieces = [piece for wire in wires for piece in pieces_of(wire)]
    return Ground(width, height, solid, pieces, rules=[band.rect.y for band in bands])
