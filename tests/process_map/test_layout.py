"""What holds for the layout of every map, and what the shipped one looks like."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings

from ia_workbench.process_map import Box, LaneEntry, MapFile, MapLayout, MapWords, Mark, Rect, Wire, layout
from ia_workbench.process_map.geometry.measures import PILL_PADDING, SMALL_SIZE
from ia_workbench.process_map.geometry.text_width import width_of
from ia_workbench.process_map.geometry.values import Label
from tests.process_map.maps import drawn_maps, edge, node, shipped_map

Drawn = tuple[MapFile, dict[str, Mark]]
some = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def laid_out(drawn: Drawn) -> MapLayout:
    file, marks = drawn
    return layout(file.lanes, file.nodes, file.edges, marks=marks)


def box_at(made: MapLayout, key: str) -> Box:
    return next(box for box in made.boxes if box.node.key == key)


def pieces(wire: Wire) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return list(zip(wire.points, wire.points[1:], strict=False))


def runs_through(rect: Rect, one: tuple[float, float], other: tuple[float, float]) -> bool:
    low_x, high_x = sorted((one[0], other[0]))
    low_y, high_y = sorted((one[1], other[1]))
    inside = 0.01
    is_beside = high_x <= rect.x + inside or low_x >= rect.x + rect.w - inside
    return not (is_beside or high_y <= rect.y + inside or low_y >= rect.y + rect.h - inside)


def is_on_edge(rect: Rect, point: tuple[float, float]) -> bool:
    x, y = point
    on_side = abs(x - rect.x) < 0.01 or abs(x - rect.x - rect.w) < 0.01
    on_level = abs(y - rect.y) < 0.01 or abs(y - rect.y - rect.h) < 0.01
    is_within = rect.x - 0.01 <= x <= rect.x + rect.w + 0.01 and rect.y - 0.01 <= y <= rect.y + rect.h + 0.01
    return is_within and (on_side or on_level)


def overlap(
    one: tuple[tuple[float, float], tuple[float, float]], other: tuple[tuple[float, float], tuple[float, float]]
) -> bool:
    """Whether two straight pieces lie on one line and share more than a point of it."""
    for axis in (0, 1):
        across = 1 - axis
        if len({round(point[across], 2) for point in (*one, *other)}) == 1:
            low = max(min(one[0][axis], one[1][axis]), min(other[0][axis], other[1][axis]))
            high = min(max(one[0][axis], one[1][axis]), max(other[0][axis], other[1][axis]))
            return high - low > 0.5
    return False


@given(drawn_maps())
@some
def test_boxes_bands_and_wires_of_any_map_keep_apart(drawn: Drawn) -> None:
    made = laid_out(drawn)
    assert len(made.wires) == len(drawn[0].edges)
    check_boxes(made, drawn[0])
    check_wires(made)
    check_marks(made)
    check_labels(made)


def check_boxes(made: MapLayout, file: MapFile) -> None:
    assert sorted(box.node.key for box in made.boxes) == sorted(node.key for node in file.nodes)
    for one, other in combinations(made.boxes, 2):
        assert not one.rect.overlaps(other.rect)
    order = [lane.key for lane in file.lanes]
    for row in range(len(made.headings)):
        bands = [band for band in made.bands if band.row == row]
        assert [band.key for band in bands] == sorted((band.key for band in bands), key=order.index)
        assert all(above.rect.y + above.rect.h == below.rect.y for above, below in zip(bands, bands[1:], strict=False))
        assert {band.key for band in bands} == {box.node.lane for box in made.boxes if box.row == row}
    for box in made.boxes:
        band = next(band for band in made.bands if (band.row, band.key) == (box.row, box.node.lane))
        assert band.rect.y < box.rect.y
        assert box.rect.y + box.rect.h < band.rect.y + band.rect.h
        assert box.rect.x > 0
        assert box.rect.x + box.rect.w < made.width
    assert all(band.rect.y + band.rect.h <= made.height for band in made.bands)


def check_wires(made: MapLayout) -> None:
    for wire in made.wires:
        start, end = box_at(made, wire.edge.from_key), box_at(made, wire.edge.to_key)
        assert is_on_edge(start.rect, wire.points[0])
        assert is_on_edge(end.rect, wire.points[-1])
        for one, other in pieces(wire):
            assert one[0] == other[0] or one[1] == other[1], "right angles only"
            assert not any(runs_through(box.rect, one, other) for box in made.boxes)
            assert all(0 <= x <= made.width and 0 <= y <= made.height for x, y in (one, other))
    for wire, other_wire in combinations(made.wires, 2):
        if wire.edge.from_key == other_wire.edge.from_key or wire.edge.to_key == other_wire.edge.to_key:
            continue
        for one in pieces(wire):
            assert not any(overlap(one, other) for other in pieces(other_wire)), (wire.edge.key, other_wire.edge.key)


def check_marks(made: MapLayout) -> None:
    pills = [wire.pill for wire in made.wires if wire.pill]
    for one, other in combinations(pills, 2):
        assert not one.overlaps(other)
    for pill in pills:
        assert not any(pill.overlaps(box.rect) for box in made.boxes)


def check_labels(made: MapLayout) -> None:
    labels = [ground_of(wire.label) for wire in made.wires if wire.label]
    for one, other in combinations(labels, 2):
        assert not one.overlaps(other)
    for label in labels:
        assert not any(label.overlaps(box.rect) for box in made.boxes)
        assert not any(label.overlaps(wire.pill) for wire in made.wires if wire.pill)
        assert not any(runs_through(label, one, other) for wire in made.wires for one, other in pieces(wire))


def ground_of(label: Label) -> Rect:
    """The ground that the words of a label lie on."""
    width = max(width_of(line, SMALL_SIZE) for line in label.lines)
    return Rect(label.x - width / 2, label.y - 10, width, 14 * len(label.lines) - 2)


@given(drawn_maps(most=15))
@some
def test_the_same_map_gives_the_same_layout(drawn: Drawn) -> None:
    assert laid_out(drawn) == laid_out(drawn)


def test_every_passage_with_a_known_delay_carries_it_on_the_shipped_map() -> None:
    file = shipped_map()
    made = layout(file.lanes, file.nodes, file.edges, marks={"N-05..N-06": Mark(findings=1)})
    marked = {wire.edge.key for wire in made.wires if wire.pill}
    delayed = {edge.key for edge in file.edges if edge.observed_days is not None}
    assert marked == delayed | {"N-05..N-06"}


@given(drawn_maps(most=20))
@some
def test_without_its_loops_a_case_never_goes_back(drawn: Drawn) -> None:
    made = laid_out(drawn)
    assert len(made.wires) == len(drawn[0].edges)
    for wire in made.wires:
        start, end = box_at(made, wire.edge.from_key), box_at(made, wire.edge.to_key)
        if not wire.is_back:
            assert (start.row, start.column) <= (end.row, end.column)


def test_the_shipped_map_is_two_rows_of_about_ten_steps() -> None:
    file = shipped_map()
    made = layout(file.lanes, file.nodes, file.edges)
    assert [heading.runs for heading in made.headings] == [((1, 11),), ((12, 20),)]
    assert 1082 <= made.width < 1090  # about as wide as asked for
    check_boxes(made, file)
    check_wires(made)
    check_marks(made)
    check_labels(made)
    assert sum(wire.label is not None for wire in made.wires) > 8


def test_the_whole_shipped_map_is_seen_at_once_on_a_common_screen() -> None:
    file = shipped_map()
    made = layout(file.lanes, file.nodes, file.edges, width=1400)
    assert round(made.width, 6) <= 1400
    assert made.height <= 900 - 100 - 28  # of a page of 1440 by 900, less the bars above and below


def test_loops_of_the_shipped_map_are_found_and_leave_above_or_below() -> None:
    file = shipped_map()
    made = layout(file.lanes, file.nodes, file.edges)
    loops = [wire for wire in made.wires if wire.is_back]
    assert {wire.edge.key for wire in loops} == {"N-16..N-12", "N-16..N-13", "N-18..N-16", "N-19..N-09"}
    for wire in loops:
        rect = box_at(made, wire.edge.from_key).rect
        assert wire.points[0][1] in (rect.y, rect.y + rect.h)


def test_a_row_leaves_out_lanes_without_a_step_in_it() -> None:
    file = shipped_map()
    made = layout(file.lanes, file.nodes, file.edges)
    first_row = [band.key for band in made.bands if band.row == 0]
    assert first_row == ["agency", "court", "tribe"]


def test_a_branch_whose_condition_is_one_letter_is_labelled_with_it() -> None:
    nodes = [node(number) for number in (1, 2, 3)]
    made = layout((LaneEntry("agency", "Agency"),), nodes, [edge(1, 2, "Y"), edge(1, 3, "N")])
    assert {wire.label.lines for wire in made.wires if wire.label} == {("Y",), ("N",)}


def test_pills_are_as_wide_as_the_delay_in_the_words_of_the_page() -> None:
    lanes, nodes, edges = (LaneEntry("agency", "Agency"),), [node(1), node(2)], [edge(1, 2, observed=9.0)]
    short, long = (layout(lanes, nodes, edges, words=words) for words in (MapWords(), MapWords(days="{days} jours")))
    pills = [made.wires[0].pill for made in (short, long)]
    assert [pill.w for pill in pills if pill] == [
        width_of(words, SMALL_SIZE) + 2 * PILL_PADDING for words in ("9 d", "9 jours")
    ]


def test_a_heading_keeps_clear_of_passages_in_whatever_words_it_is_drawn() -> None:
    file = shipped_map()
    words = MapWords(continued="Continúa con todos los demás pasos, {numbers}, de {first} a {last}")
    made = layout(file.lanes, file.nodes, file.edges, width=1400, words=words)
    for heading in made.headings:
        ground = Rect(heading.x, heading.y - 10, width_of(words.of_row(heading), SMALL_SIZE), 12)
        assert not any(runs_through(ground, one, other) for wire in made.wires for one, other in pieces(wire))


def test_a_map_without_steps_is_an_empty_drawing() -> None:
    made = layout((LaneEntry("agency", "Agency"),), (), ())
    assert made.boxes == made.wires == made.headings == ()


def test_steps_that_no_passage_leads_to_stand_where_their_number_says() -> None:
    nodes = [node(number) for number in (1, 2, 3)]
    made = layout((LaneEntry("agency", "Agency"),), nodes, [edge(1, 2)])
    assert columns(made.boxes) == {"N-01": 0, "N-02": 1, "N-03": 2}


def columns(boxes: tuple[Box, ...]) -> dict[str, int]:
    return {box.node.key: box.column for box in boxes}
