"""The strip along a source: where codings stand, and how many."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from ia_workbench.coding import Mark
from ia_workbench.web.workbench.strip import MANY, strip_paths


def coding(start: int, code_id: int = 1, *, is_important: bool = False) -> Mark:
    """A coding that begins at a place."""
    made = datetime(2026, 3, 2, tzinfo=UTC)
    return replace(Mark(start, UUID(int=start), start, start + 5, code_id, "ana", made), is_important=is_important)


def test_a_few_codings_have_a_stroke_for_each_place_by_colour_and_a_sign_of_what_is_important() -> None:
    given = [coding(0), coding(50), coding(50), coding(50, 2, is_important=True)]
    assert strip_paths(given, {1: 1, 2: 2}, 100) == {
        "c1": "M11 0h4M11 500h4",
        "c2": "M16 500h4",
        "important": "M1 500h4",
    }


def test_many_codings_have_a_bar_in_each_row_as_long_as_they_are_many_cut_by_colour() -> None:
    given = [coding(0)] * MANY + [coding(50)] * (MANY // 4) + [coding(50, 2, is_important=True)] * (MANY // 4)
    assert strip_paths(given, {1: 1, 2: 2}, 100) == {
        "c1": "M5 2h18M5 502h4.5",
        "c2": "M9.5 502h4.5",
        "important": "M1 502h4",
    }


def test_the_strip_does_not_grow_with_codings() -> None:
    paths = strip_paths(
        [coding(each, each % 12) for each in range(20_000)], {each: each + 1 for each in range(12)}, 20_005
    )
    assert len(paths) == 12
    assert sum(path.count("M") for path in paths.values()) <= 12 * 250


def test_an_empty_text_has_an_empty_strip() -> None:
    assert strip_paths([], {}, 0) == {}
