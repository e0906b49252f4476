"""A turn is cut the same by the server and by the browser, so that adding a coding changes nothing else."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from ia_workbench.web.workbench.transcript import pieces_of

MARKS = st.lists(st.tuples(st.integers(-4, 34), st.integers(-4, 34), st.integers(1, 12)), max_size=8)
ASK = """async (cases) => {
  const { piecesOf } = await import("/static/reading/pieces.js");
  const size = (each) => [each.to - each.from, each.top, each.under];
  return cases.map(([length, marks]) => piecesOf(length, marks).map(size));
}"""
LANES = """async (cases) => {
  const { lanesOf } = await import("/static/reading/pieces.js");
  return cases.map(lanesOf);
}"""


def looks(pieces: list[list[int]]) -> list[tuple[int, int]]:
    """The look of each character."""
    return [(top, under) for size, top, under in pieces for _ in range(size)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 30), MARKS), min_size=1, max_size=20))
def test_the_browser_cuts_as_the_server_does(
    script_page: Page, cases: list[tuple[int, list[tuple[int, int, int]]]]
) -> None:
    found = script_page.evaluate(ASK, cases)
    for (length, marks), pieces in zip(cases, found, strict=True):
        drawn = [[len(each.words), each.top, each.under] for each in pieces_of("x" * length, marks)]
        assert looks(pieces) == looks(drawn)


def test_lanes_side_by_side_never_overlap_and_the_first_free_one_is_taken(script_page: Page) -> None:
    cases = [[], [[0, 20], [20, 40]], [[0, 40], [10, 30], [10, 50], [35, 60]], [[0, 10], [0, 10], [0, 10]]]
    assert script_page.evaluate(LANES, cases) == [[], [0, 0], [0, 1, 2, 1], [0, 1, 2]]
