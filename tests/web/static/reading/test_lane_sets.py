"""Lanes stand beside each other and never on each other; where there is no room for one, it is left out."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

STRETCHES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda each: [each[0], each[0] + each[1]]), max_size=40
)
CASES = st.lists(st.tuples(STRETCHES, st.integers(20, 200), st.integers(1, 9)), min_size=30, max_size=60)
PLACE = """async (cases) => {
  const { lanesWithin, lanesByColumn, columnsOf } = await import("/static/reading/lane_sets.js");
  return cases.map(([stretches, room, coders]) => {
    const whose = stretches.map((_, index) => index % coders);
    const columns = columnsOf([...Array(coders).keys()].map(String));
    return [lanesWithin(stretches, room), lanesByColumn(stretches, whose, columns.length), columns];
  });
}"""


def overlaps(stretches: list[list[int]], placed: list[dict[str, Any] | None]) -> list[tuple[int, int]]:
    """The pairs of lanes that stand on each other."""
    drawn = [(index, lane) for index, lane in enumerate(placed) if lane]
    return [
        (one, other)
        for one, lane in drawn
        for other, beside in drawn
        if one < other
        and stretches[one][0] < stretches[other][1]
        and stretches[other][0] < stretches[one][1]
        and lane["left"] < beside["left"] + beside["width"]
        and beside["left"] < lane["left"] + lane["width"]
    ]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=CASES)
def test_lanes_never_stand_on_each_other_nor_beyond_their_room(script_page: Page, cases: list[Any]) -> None:
    cases = [[sorted(stretches), room, coders] for stretches, room, coders in cases]
    for (stretches, room, coders), (within, by_column, columns) in zip(
        cases, script_page.evaluate(PLACE, cases), strict=True
    ):
        assert overlaps(stretches, within["placed"]) == []
        assert overlaps(stretches, by_column["placed"]) == []
        assert all(lane["left"] + lane["width"] <= room for lane in within["placed"] if lane)
        assert sum(map(len, columns)) == coders
        assert len(columns) <= 6
        width = by_column["taken"] // len(columns)
        for index, lane in enumerate(by_column["placed"]):
            if lane:
                assert lane["left"] // width == min(index % coders, 5)


def test_a_few_lanes_stand_apart_and_many_close(script_page: Page) -> None:
    few, many = script_page.evaluate(
        """async () => {
          const { lanesWithin } = await import("/static/reading/lane_sets.js");
          return [2, 30].map((count) => lanesWithin(Array(count).fill([0, 20]), 60).placed);
        }"""
    )
    assert few == [{"left": 0, "width": 4}, {"left": 9, "width": 4}]
    assert [each for each in many if each] == [{"left": 3 * place, "width": 2} for place in range(20)]
