"""The map as an SVG picture: a list of links in the order of the case, every line of it decorative."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ia_workbench.process_map.geometry import measures
from ia_workbench.process_map.geometry.text_width import width_of
from ia_workbench.process_map.geometry.values import Box, LaneBand, MapLayout, Mark, Rect, Wire
from ia_workbench.process_map.geometry.wording import MapWords
from ia_workbench.process_map.rules import NodeType
from ia_workbench.process_map.shapes import (
    FLAG,
    STRUCK_EYE,
    USERS,
    arrow_head,
    icon,
    line_path,
    px,
    quoted,
    rectangle,
    rule,
    text,
    thick_edge,
)

BASELINE = 4.2  # from the middle of a line of words to what they stand on
FOCUS = 4.0  # from a box or mark to the ring around it


def draw_map(
    layout: MapLayout,
    *,
    marks: Mapping[str, Mark],
    href: Callable[[str], str],
    selected: str | None = None,
    words: MapWords | None = None,
) -> str:
    """Return the map as an SVG element in HTML, without inline style: `web/static/map/map.css` gives it its look.

    `marks` are by key of step or passage, the same as for the layout; `href` gives the address of the page of a step
    or passage by its key; `selected` is the key of the one that is open.
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
        width, height = px(self.layout.width), px(self.layout.height)
        yield (
            f'<svg class="map" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" role="group" aria-label="{quoted(self.words.title)}">'
        )
        yield from self._ground()
        yield from self._list(self.words.steps, [self._step(box) for box in self.layout.boxes])
        marked = [self._pill(wire, wire.pill) for wire in self.layout.wires if wire.pill]
        yield from self._list(self.words.passages, marked)
        yield "</svg>"

    def _ground(self) -> Iterator[str]:
        """Bands, wires and words that are said again by the list of steps or seen by pointing only."""
        yield '<g aria-hidden="true">'
        yield from (_band(band) for band in self.layout.bands)
        for wire in sorted(self.layout.wires, key=self._is_hot):
            yield from self._wire(wire)
        for heading in self.layout.headings:
            yield text("map-heading", heading.x, heading.y, self.words.of_row(heading))
        yield from (_label(wire) for wire in self.layout.wires)
        yield "</g>"

    @staticmethod
    def _list(name: str, items: list[Iterator[str]]) -> Iterator[str]:
        if items:
            yield f'<g role="list" aria-label="{quoted(name)}">'
            for item in items:
                yield '<g role="listitem">'
                yield from item
                yield "</g>"
            yield "</g>"

    def _link(self, key: str, classes: list[str], words: str) -> str:
        """Open a link that says the same to those who point at it and to those who hear it."""
        current = ' aria-current="true"' if self.selected == key else ""
        return (
            f'<a class="{" ".join(classes)}" href="{quoted(self.href(key))}"{current} aria-label="{quoted(words)}">'
            f"<title>{quoted(words)}</title>"
        )

    # ---------------------------------------------------------------- passages

    def _is_hot(self, wire: Wire) -> bool:
        return self.selected in (wire.edge.key, wire.edge.from_key, wire.edge.to_key)

    def _passage_words(self, wire: Wire) -> str:
        titles = {box.node.key: box.node.title for box in self.layout.boxes}
        return self.words.of_passage(wire.edge, titles, self.marks.get(wire.edge.key))

    def _wire(self, wire: Wire) -> Iterator[str]:
        ways = {
            "fold": wire.crosses_rows,
            "back": wire.is_back,
            "late": wire.edge.is_late,
            "hot": self._is_hot(wire),
        }
        classes = " ".join(["map-wire", *(f"map-wire--{name}" for name, applies in ways.items() if applies)])
        path = line_path(wire.points)
        yield f'<a class="{classes}" href="{quoted(self.href(wire.edge.key))}" tabindex="-1">'
        yield f"<title>{quoted(self._passage_words(wire))}</title>"
        yield f'<path class="map-wire__ground" d="{path}"/><path class="map-wire__line" d="{path}"/>'
        yield f'<path class="map-wire__head" d="{arrow_head(wire.points)}"/></a>'

    def _pill(self, wire: Wire, rect: Rect) -> Iterator[str]:
        classes = ["map-pill"] + (["map-pill--late"] if wire.edge.is_late else [])
        yield self._link(wire.edge.key, classes, self._passage_words(wire))
        yield _focus_ring(rect, measures.PILL_HEIGHT / 2)
        yield rectangle("map-pill__box", rect, measures.PILL_HEIGHT / 2)
        yield from _pill_inside(rect, self.words.of_delay(wire.edge), self.marks.get(wire.edge.key, Mark()))
        yield "</a>"

    # ---------------------------------------------------------------- steps

    def _step(self, box: Box) -> Iterator[str]:
        mark, node = self.marks.get(box.node.key), box.node
        classes = ["map-step"] + (["map-step--blind"] if mark and mark.blind_spot else [])
        classes += [] if node.is_in_scope else ["map-step--outside"]
        yield self._link(node.key, classes, self.words.of_step(box, mark))
        yield _focus_ring(box.rect, measures.RADIUS)
        yield rectangle("map-step__box", box.rect, measures.RADIUS)
        yield from self._step_inside(box, mark)
        yield "</a>"

    def _step_inside(self, box: Box, mark: Mark | None) -> Iterator[str]:
        node, rect = box.node, box.rect
        left, right = rect.x + measures.BOX_PADDING, rect.x + rect.w - measures.BOX_PADDING
        if node.type is NodeType.DECISION:
            yield f'<path class="map-step__edge" d="{thick_edge(rect)}"/>'
            left += 2.5
        yield text("map-step__number", left, rect.y + 17, str(node.number))
        if node.type is not NodeType.ACTION:
            yield text("map-step__type", right, rect.y + 17, self.words.types[node.type])
        for place, line in enumerate(box.lines):
            yield text("map-step__title", left, rect.y + 33 + measures.TITLE_LINE * place, line)
        if mark:
            middle = rect.y + rect.h - 14
            yield from _counts(left, middle, mark)
            if mark.blind_spot:
                yield icon("map-icon map-icon--blind", right - 12, middle - 6, STRUCK_EYE)


def _focus_ring(rect: Rect, radius: float) -> str:
    wider = Rect(rect.x - FOCUS, rect.y - FOCUS, rect.w + 2 * FOCUS, rect.h + 2 * FOCUS)
    return rectangle("map-focus", wider, radius + FOCUS)


def _counts(x: float, middle: float, mark: Mark) -> Iterator[str]:
    yield icon("map-icon", x, middle - 6, USERS)
    yield text("map-count", x + measures.PILL_ICON, middle + BASELINE, str(mark.units))
    if mark.findings:
        x += 23.5 + width_of(str(mark.units), measures.SMALL_SIZE)
        yield from _finding_count(x, middle, mark.findings)


def _finding_count(x: float, middle: float, count: int) -> Iterator[str]:
    yield icon("map-icon map-icon--finding", x, middle - 6, FLAG)
    yield text("map-count map-count--finding", x + measures.PILL_ICON - 1, middle + BASELINE, str(count))


def _pill_inside(rect: Rect, delay: str, mark: Mark) -> Iterator[str]:
    """Draw the marks of a passage: side by side, or one above the other where the pill is high."""
    size, is_high = measures.SMALL_SIZE, rect.h > measures.PILL_HEIGHT
    left, middle = rect.x + measures.PILL_PADDING, rect.y + measures.PILL_HEIGHT / 2

    def place(width: float) -> tuple[float, float]:
        nonlocal left, middle
        here = (rect.x + (rect.w - width) / 2, middle) if is_high else (left, middle)
        left, middle = left + width + measures.PILL_BETWEEN, middle + (measures.PILL_LINE if is_high else 0.0)
        return here

    if delay:
        x, y = place(width_of(delay, size))
        yield text("map-pill__delay", x, y + BASELINE, delay)
    if mark.findings:
        yield from _finding_count(*place(measures.PILL_ICON + width_of(str(mark.findings), size)), mark.findings)
    if mark.blind_spot:
        x, y = place(measures.PILL_ICON - 4)
        yield icon("map-icon map-icon--blind", x, y - 6, STRUCK_EYE)


def _band(band: LaneBand) -> str:
    ground = rectangle("map-band map-band--alternate" if band.is_alternate else "map-band", band.rect)
    name = (
        text("map-lane", measures.MARGIN, band.rect.y + 21 + measures.TITLE_LINE * place, line)
        for place, line in enumerate(band.lines)
    )
    return ground + rule("map-rule", band.rect) + "".join(name)


def _label(wire: Wire) -> str:
    if wire.label is None:
        return ""
    x, y, lines = wire.label.x, wire.label.y, wire.label.lines
    return "".join(text("map-label", x, y + 14 * place, line) for place, line in enumerate(lines))
