"""The few steps around a finding."""

from hypothesis import given, settings

from ia_workbench.process_map import LaneEntry, MapFile, Mark, StripStep, case_order, strip_of
from tests.process_map.maps import drawn_maps, edge, node, shipped_map


def cut(file: MapFile, nodes: tuple[str, ...] = (), edges: tuple[str, ...] = ()) -> tuple[StripStep, ...]:
    return strip_of(file.lanes, file.nodes, file.edges, node_keys=nodes, edge_keys=edges)


def keys(strip: tuple[StripStep, ...]) -> list[str]:
    return [step.key for step in strip]


def test_a_step_is_shown_with_two_neighbours_on_either_side() -> None:
    strip = cut(shipped_map(), ("N-14",))
    assert keys(strip) == ["N-12", "N-13", "N-14", "N-16", "N-17"]
    assert [step.key for step in strip if step.is_marked] == ["N-14"]


def test_a_finding_on_a_passage_marks_the_passage_and_not_its_ends() -> None:
    strip = cut(shipped_map(), edges=("N-13..N-14",))
    assert "N-13" in keys(strip)
    assert not any(step.is_marked for step in strip)
    marked = [step.key for step in strip if step.passage and step.passage.is_marked]
    assert marked == ["N-13"]


def test_the_first_step_has_neighbours_on_one_side_only() -> None:
    assert keys(cut(shipped_map(), ("N-01",))) == ["N-01", "N-02", "N-03"]
    assert keys(cut(shipped_map(), ("N-20",)))[-1] == "N-20"


def test_a_loop_is_no_neighbour_before() -> None:
    """N-16 leads back to N-12; what comes before N-12 on the strip is N-11."""
    assert keys(cut(shipped_map(), ("N-12",)))[:3] == ["N-08", "N-11", "N-12"]


def test_neighbours_without_a_passage_between_them_are_told_apart() -> None:
    lane = (LaneEntry("agency", "Agency"),)
    file = MapFile("M", lanes=lane, nodes=(node(1), node(2), node(3)), edges=(edge(1, 3), edge(2, 3)))
    strip = cut(file, ("N-01", "N-02"))
    assert keys(strip) == ["N-01", "N-02", "N-03"]
    assert [step.passage.is_direct if step.passage else None for step in strip] == [False, True, None]


def test_a_finding_at_no_step_of_the_map_has_no_strip() -> None:
    assert cut(shipped_map()) == ()
    assert cut(shipped_map(), ("N-99",), ("N-98..N-99",)) == ()


def test_a_step_of_the_strip_carries_its_plain_words() -> None:
    step = next(step for step in cut(shipped_map(), ("N-14",)) if step.is_marked)
    assert {title.language for title in step.plain} == {"en", "es"}
    assert (step.number, step.lane_name) == (14, "Provider")


@given(drawn_maps(most=15))
@settings(deadline=None)
def test_any_strip_is_short_in_order_and_holds_the_finding(drawn: tuple[MapFile, dict[str, Mark]]) -> None:
    file, marks = drawn
    wanted = (file.nodes[0].key, file.nodes[-1].key)
    strip = cut(file, wanted, tuple(marks))
    order = case_order(file.nodes, file.edges)
    assert len(strip) <= 6
    assert keys(strip) == sorted(keys(strip), key=order.index)
    assert strip[-1].passage is None
    assert all(step.passage is not None for step in strip[:-1])
    if not marks:
        assert set(wanted) <= set(keys(strip))
