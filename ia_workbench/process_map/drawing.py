"""The map as an SVG picture: a list of links in the order of the case, every line of it decorative."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from ia_workbench.process_map.geometry import measures
from ia_workbench.process_map.geometry.text_width import width_of
from ia_workbench.process_map.geometry.values import Box, LaneBand, MapLayout, Mark, Point, Rect, RowHeading, Wire
from ia_workbench.process_map.rules import EdgeEntry, NodeEntry, NodeType

RADIUS = 6.0  # of a bend
HEAD = 5.0  # length of an arrow's head
ICON = 0.75  # icons are drawn on a ground of 16
USERS = (
    "M8.5 5.5a2.5 2.5 0 1 1-5 0a2.5 2.5 0 0 1 5 0M1.5 13.5c.4-2.7 2.1-4 4.5-4s4.1 1.3 4.5 4"
    "M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.8c1.4.5 2.2 1.7 2.5 3.7"
)
FLAG = "M3.5 14.5v-12M3.5 3h8.5l-2 3 2 3H3.5"
STRUCK_EYE = "M1.5 8s2.4-4.2 6.5-4.2c1.2 0 2.3.4 3.2.9M14.5 8s-2.4 4.2-6.5 4.2c-1.2 0-2.3-.4-3.2-.9M2.5 14l11-12"


@dataclass(frozen=True)
class MapWords:
    """The words that the picture adds to those of the map, for translation; `{named}` places are filled."""

    title: str = "Case-processing map"
    steps: str = "Steps in the order of the case"
    passages: str = "Passages with marks"
    heading: str = "Steps {numbers}, {first} to {last}"
    continued: str = "Continues, steps {numbers}, {first} to {last}"
    run: str = "{first} to {last}"
    joined: str = "{before} and {last}"
    step: str = "Step {number}, {title}, {type}, lane {lane}"
    passage: str = "Passage {key}, {first} to {last}"
    units: str = "independent units: {count}"
    findings: str = "findings: {count}"
    blind_spot: str = "blind spot: {reasons}"
    condition: str = "when: {condition}"
    passes: str = "passes: {passes}"
    observed: str = "observed {days} days"
    expected: str = "expected {days} days"
    gap: str = "gap: {gap}"
    days: str = "{days} d"
    types: Mapping[NodeType, str] = field(default_factory=lambda: {each: each.value for each in NodeType})


def draw_map(
    layout: MapLayout,
    *,
    marks: Mapping[str, Mark],
    href: Callable[[str], str],
    selected: str | None = None,
    words: MapWords | None = None,
) -> str:
    """Return the map as an SVG element in HTML, without inline style: `web/static/map/map.css` gives it its look.

    `marks` are by key of step or passage; `href` gives the address of the page of a step or passage by its key;
    `selected` is the key of the one that is open.
    """
    return "\n".join(_Drawing(layout, marks, href, selected, words or MapWords()).lines())


@dataclass(frozen=True)
class _Drawing:
    layout: MapLayout
    marks: Mapping[str, Mark]
    href: Callable[[str], str]
    selected: str | None
    words: MapWords

    def lines(self) -> Iterator[str]:
        layout = self.layout
        yield (
            f'<svg class="map" xmlns="http://www.w3.org/2000/svg"'
            f' width="{_n(layout.width)}" height="{_n(layout.height)}"'
            f' viewBox="0 0 {_n(layout.width)} {_n(layout.height)}" role="group" aria-label="{_q(self.words.title)}">'
        )
        yield '<g aria-hidden="true">'
        yield from (_band(band) for band in layout.bands)
        for wire in sorted(layout.wires, key=self._is_hot):
            yield from self._wire(wire)
        yield from (self._heading(heading) for heading in layout.headings)
        yield from (_label(wire) for wire in layout.wires if wire.label)
        yield "</g>"
        yield f'<g role="list" aria-label="{_q(self.words.steps)}">'
        for box in layout.boxes:
            yield from self._step(box)
        yield "</g>"
        if any(wire.pill for wire in layout.wires):
            yield f'<g role="list" aria-label="{_q(self.words.passages)}">'
            for wire in layout.wires:
                if wire.pill:
                    yield from self._pill(wire, wire.pill)
            yield "</g>"
        yield "</svg>"

    # ---------------------------------------------------------------- headings

    def _heading(self, heading: RowHeading) -> str:
        runs = [
            str(first) if first == last else self.words.run.format(first=first, last=last)
            for first, last in heading.runs
        ]
        numbers = runs[-1]
        if len(runs) > 1:
            numbers = self.words.joined.format(before=", ".join(runs[:-1]), last=runs[-1])
        sentence = self.words.continued if heading.row else self.words.heading
        words = sentence.format(
            numbers=numbers, first=lower_first(heading.first.title), last=lower_first(heading.last.title)
        )
        return f'<text class="map-heading" x="{_n(heading.x)}" y="{_n(heading.y)}">{_q(words)}</text>'

    # ---------------------------------------------------------------- passages

    def _is_hot(self, wire: Wire) -> bool:
        return self.selected in (wire.edge.key, wire.edge.from_key, wire.edge.to_key)

    def _wire(self, wire: Wire) -> Iterator[str]:
        classes = ["map-wire"]
        classes += ["map-wire--fold"] if wire.crosses_rows else []
        classes += ["map-wire--back"] if wire.is_back else []
        classes += ["map-wire--late"] if is_late(wire.edge) else []
        classes += ["map-wire--hot"] if self._is_hot(wire) else []
        path = _path(wire.points)
        yield f'<a class="{" ".join(classes)}" href="{_q(self.href(wire.edge.key))}" tabindex="-1">'
        yield f"<title>{_q(self._passage_words(wire.edge))}</title>"
        yield f'<path class="map-wire__ground" d="{path}"/><path class="map-wire__line" d="{path}"/>'
        yield f'<path class="map-wire__head" d="{_head(wire.points)}"/></a>'

    def _passage_words(self, edge: EdgeEntry) -> str:
        words, mark = self.words, self.marks.get(edge.key, Mark())
        ends = {box.node.key: box.node.title for box in self.layout.boxes}
        said = [words.passage.format(key=edge.key, first=ends[edge.from_key], last=ends[edge.to_key])]
        said += [words.condition.format(condition=edge.condition)] if edge.condition else []
        said += [words.passes.format(passes=", ".join(edge.passes))] if edge.passes else []
        said += [words.observed.format(days=_n(edge.observed_days))] if edge.observed_days is not None else []
        said += [words.expected.format(days=_n(edge.expected_days))] if edge.expected_days is not None else []
        said += [words.gap.format(gap=edge.gap)] if edge.gap else []
        said += [words.findings.format(count=mark.findings)] if mark.findings else []
        said += [words.blind_spot.format(reasons=", ".join(mark.blind_spot))] if mark.blind_spot else []
        return ". ".join(each.rstrip(".") for each in said)

    def _pill(self, wire: Wire, rect: Rect) -> Iterator[str]:
        mark, edge = self.marks.get(wire.edge.key, Mark()), wire.edge
        classes = "map-pill map-pill--late" if is_late(edge) else "map-pill"
        current = ' aria-current="true"' if self.selected == edge.key else ""
        yield f'<g role="listitem"><a class="{classes}" href="{_q(self.href(edge.key))}"{current}'
        yield f' aria-label="{_q(self._passage_words(edge))}">'
        yield f"<title>{_q(self._passage_words(edge))}</title>"
        yield _rect("map-focus", Rect(rect.x - 3, rect.y - 3, rect.w + 6, rect.h + 6), measures.PILL_HEIGHT / 2 + 3)
        yield _rect("map-pill__box", rect, measures.PILL_HEIGHT / 2)
        days = self.words.days.format(days=_n(edge.observed_days)) if edge.observed_days is not None else ""
        yield from _pill_parts(rect, days, mark)
        yield "</a></g>"

    # ---------------------------------------------------------------- steps

    def _step(self, box: Box) -> Iterator[str]:
        mark, node = self.marks.get(box.node.key), box.node
        classes = ["map-step", f"map-step--{node.type}"]
        classes += ["map-step--blind"] if mark and mark.blind_spot else []
        classes += [] if node.is_in_scope else ["map-step--outside"]
        current = ' aria-current="true"' if self.selected == node.key else ""
        yield f'<g role="listitem"><a class="{" ".join(classes)}" href="{_q(self.href(node.key))}"{current}'
        yield f' aria-label="{_q(self._step_words(box, mark))}">'
        yield f"<title>{_q(self._step_words(box, mark))}</title>"
        rect = box.rect
        yield _rect("map-focus", Rect(rect.x - 4, rect.y - 4, rect.w + 8, rect.h + 8), RADIUS + 4)
        yield _rect("map-step__box", rect, RADIUS)
        yield from self._step_inside(rect, node, box.lines, mark)
        yield "</a></g>"

    def _step_inside(self, rect: Rect, node: NodeEntry, lines: tuple[str, ...], mark: Mark | None) -> Iterator[str]:
        left, right, top, bottom = rect.x + 7.0, rect.x + rect.w - 7.0, rect.y, rect.y + rect.h
        if node.type is NodeType.DECISION:
            yield f'<path class="map-step__edge" d="{_thick_edge(rect)}"/>'
            left += 2.5
        yield _text("map-step__number", left, top + 17, str(node.number))
        if node.type is not NodeType.ACTION:
            yield _text("map-step__type", right, top + 17, self.words.types[node.type])
        for number, line in enumerate(lines):
            yield _text("map-step__title", left, top + 33 + 15 * number, line)
        if mark:
            yield from _counts(left, bottom - 20, mark)
            if mark.blind_spot:
                yield _icon("map-icon map-icon--blind", right - 12, bottom - 20, STRUCK_EYE)

    def _step_words(self, box: Box, mark: Mark | None) -> str:
        words, node = self.words, box.node
        said = [
            words.step.format(number=node.number, title=node.title, type=words.types[node.type], lane=box.lane_name)
        ]
        if mark:
            said += [words.units.format(count=mark.units), words.findings.format(count=mark.findings)]
            said += [words.blind_spot.format(reasons=", ".join(mark.blind_spot))] if mark.blind_spot else []
        return ", ".join(said)


def is_late(edge: EdgeEntry) -> bool:
    """Say whether a passage is seen to take longer than it should."""
    observed, expected = edge.observed_days, edge.expected_days
    return observed is not None and expected is not None and observed > expected


def lower_first(title: str) -> str:
    """Return a title as it stands inside a sentence; abbreviations keep their capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _counts(x: float, y: float, mark: Mark) -> Iterator[str]:
    yield _icon("map-icon", x, y, USERS)
    yield _text("map-count", x + 15, y + 10.5, str(mark.units))
    if mark.findings:
        x += 23.5 + width_of(str(mark.units), measures.SMALL_SIZE)
        yield _icon("map-icon map-icon--finding", x, y, FLAG)
        yield _text("map-count map-count--finding", x + 14, y + 10.5, str(mark.findings))


def _pill_parts(rect: Rect, days: str, mark: Mark) -> Iterator[str]:
    """Write the marks of a passage: side by side, or one above the other where the pill is high."""
    x, y = rect.x + measures.PILL_PADDING, rect.y + measures.PILL_HEIGHT / 2
    parts = []
    if days:
        parts.append((width_of(days, measures.SMALL_SIZE), _days(days)))
    if mark.findings:
        parts.append(
            (measures.PILL_ICON + width_of(str(mark.findings), measures.SMALL_SIZE), _finding_count(mark.findings))
        )
    if mark.blind_spot:
        parts.append((measures.PILL_ICON - 4, _blind_sign))
    is_high = rect.h > measures.PILL_HEIGHT
    for width, write in parts:
        yield from write(rect.x + (rect.w - width) / 2 if is_high else x, y)
        x += width + measures.PILL_BETWEEN
        y += measures.PILL_LINE if is_high else 0.0


def _days(words: str) -> Callable[[float, float], Iterator[str]]:
    def write(x: float, y: float) -> Iterator[str]:
        yield _text("map-pill__days", x, y + 4.2, words)

    return write


def _finding_count(count: int) -> Callable[[float, float], Iterator[str]]:
    def write(x: float, y: float) -> Iterator[str]:
        yield _icon("map-icon map-icon--finding", x - 1, y - 6, FLAG)
        yield _text("map-count map-count--finding", x + measures.PILL_ICON, y + 4.2, str(count))

    return write


def _blind_sign(x: float, y: float) -> Iterator[str]:
    yield _icon("map-icon map-icon--blind", x, y - 6, STRUCK_EYE)


def _band(band: LaneBand) -> str:
    alternate = " map-band--alternate" if band.is_alternate else ""
    lines = "".join(
        _text("map-lane", 12, band.rect.y + 21 + 15 * number, line) for number, line in enumerate(band.lines)
    )
    return _rect(f"map-band{alternate}", band.rect) + _line("map-rule", band.rect) + lines


def _label(wire: Wire) -> str:
    if wire.label is None:
        return ""
    return "".join(
        _text("map-label", wire.label.x, wire.label.y + 14 * number, line)
        for number, line in enumerate(wire.label.lines)
    )


def _path(points: tuple[Point, ...]) -> str:
    """A line with rounded bends."""
    path = f"M{_n(points[0][0])} {_n(points[0][1])}"
    for before, (x, y), after in zip(points, points[1:], points[2:], strict=False):
        radius = min(RADIUS, _far(before, (x, y)) / 2, _far((x, y), after) / 2)
        (x1, y1), (x2, y2) = _towards((x, y), before, radius), _towards((x, y), after, radius)
        path += f"L{_n(x1)} {_n(y1)}Q{_n(x)} {_n(y)} {_n(x2)} {_n(y2)}"
    return path + f"L{_n(points[-1][0])} {_n(points[-1][1])}"


def _far(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, length: float) -> Point:
    far = _far(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * length / far, start[1] + (end[1] - start[1]) * length / far


def _head(points: tuple[Point, ...]) -> str:
    """The head of an arrow at the end of a line."""
    (x, y), (bx, by) = points[-1], _towards(points[-1], points[-2], HEAD + 1)
    dx, dy = (y - by) * 0.55, (x - bx) * 0.55
    return f"M{_n(bx + dx)} {_n(by - dy)}L{_n(x)} {_n(y)}L{_n(bx - dx)} {_n(by + dy)}"


def _thick_edge(rect: Rect) -> str:
    x, y, bottom = _n(rect.x), rect.y, rect.y + rect.h
    inner, near = _n(rect.x + 4), _n(rect.x + 1.5)
    above = f"M{inner} {_n(y + 0.3)}C{near} {_n(y + 0.9)} {x} {_n(y + 3)} {x} {_n(y + 6)}"
    return f"{above}V{_n(bottom - 6)}C{x} {_n(bottom - 3)} {near} {_n(bottom - 0.9)} {inner} {_n(bottom - 0.3)}Z"


def _rect(classes: str, rect: Rect, radius: float = 0.0) -> str:
    size = f'x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.w)}" height="{_n(rect.h)}"'
    return f'<rect class="{classes}" {size} rx="{_n(radius)}"/>'


def _line(classes: str, rect: Rect) -> str:
    return f'<path class="{classes}" d="M{_n(rect.x)} {_n(rect.y)}H{_n(rect.x + rect.w)}"/>'


def _text(classes: str, x: float, y: float, words: str) -> str:
    return f'<text class="{classes}" x="{_n(x)}" y="{_n(y)}">{_q(words)}</text>'


def _icon(classes: str, x: float, y: float, path: str) -> str:
    return f'<path class="{classes}" transform="translate({_n(x)} {_n(y)}) scale({ICON})" d="{path}"/>'


def _n(number: float | None) -> str:
    """A number as it is written in the picture: two decimals at most."""
    return f"{round(number or 0.0, 2):g}" if abs(number or 0.0) < 1e5 else str(round(number or 0.0))


def _q(words: str) -> str:
    return escape(words, quote=True)
