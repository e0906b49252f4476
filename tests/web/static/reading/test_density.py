"""The strip is drawn the same by the server and by the browser."""

import uuid
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from ia_workbench.coding import Mark
from ia_workbench.web.workbench.strip import strip_paths

MARKS = st.lists(st.tuples(st.integers(0, 999), st.integers(1, 12), st.booleans()), max_size=30)
CASES = st.lists(st.tuples(MARKS, st.integers(1, 40), st.integers(0, 1000)), min_size=10, max_size=20)
DRAW = """async (cases) => {
  const { stripPaths } = await import("/static/reading/density.js");
  return cases.map(([marks, times, length]) => stripPaths(Array(times).fill(marks).flat(), length));
}"""


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CASES)
def test_the_browser_draws_as_the_server_does(
    script_page: Page, cases: list[tuple[list[tuple[int, int, bool]], int, int]]
) -> None:
    for (marks, times, length), drawn in zip(cases, script_page.evaluate(DRAW, cases), strict=True):
        made = [
            Mark(
                0,
                uuid.UUID(int=1),
                start,
                start + 1,
                color,
                "a",
                datetime(2026, 3, 2, tzinfo=UTC),
                is_important=important,
            )
            for start, color, important in marks
        ]
        assert drawn == strip_paths(made * times, {color: color for color in range(1, 13)}, length)
