"""Regular expressions of people's own: what they find, and that none of them hangs."""

import time
from contextlib import suppress

import pytest

from ia_workbench.autocoding import patterns
from ia_workbench.autocoding.patterns import places_of_pattern
from ia_workbench.kernel import Refused

ENDLESS = ["(a+)+b", "(a|aa)*b", "(.*a){20}b"]
HUGE = ["(?:a{60000}){60000}", "(" * 5000 + "c" + ")" * 5000]
WRONG = ["(", "a**", "(?P<n>a)(?P<n>b)", "(?<=a+)b", "\\"]


def test_a_pattern_finds_in_each_text_by_itself_without_regard_to_capitals() -> None:
    found = places_of_pattern(r"^two|\bbus(es)?\b", [["Two buses", "a bus"], ["omnibus"], []])
    assert found == [[(0, 0, 3), (0, 4, 9), (1, 2, 5)], [], []]


def test_offsets_are_code_points_and_matches_of_nothing_are_left_out() -> None:
    assert places_of_pattern("b*", [["👩‍👧ab"]]) == [[(0, 4, 5)]]


@pytest.mark.parametrize("pattern", ENDLESS)
def test_a_pattern_that_would_take_for_ever_is_stopped_and_refused(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 1)
    began = time.monotonic()
    with pytest.raises(Refused, match="too long"):
        places_of_pattern(pattern, [["a" * 5000]])
    assert time.monotonic() - began < 10


def test_a_huge_pattern_is_answered_or_refused_and_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 1)
    for pattern in HUGE:
        with suppress(Refused):
            assert places_of_pattern(pattern, [["aab"]]) == [[]]


@pytest.mark.parametrize("pattern", WRONG)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(Refused, match="no regular expression"):
        places_of_pattern(pattern, [["aab"]])


def test_a_pattern_that_matches_nearly_everything_is_refused() -> None:
    with pytest.raises(Refused, match="more than"):
        places_of_pattern(".", [["x" * 30_000]])
