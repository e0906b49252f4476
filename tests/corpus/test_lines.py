"""Line numbers: stable, and the same whether counted by turn or by character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.corpus import LINE_WIDTH, line_at
from ia_workbench.corpus.lines import lines_in
from ia_workbench.kernel import Refused


@pytest.mark.parametrize(
    ("speech", "lines"), [("", 1), ("a" * 72, 1), ("a" * 73, 2), ("a\nb", 2), ("a\n\n \nb", 2), ("a" * 145 + "\nb", 4)]
)
def test_a_line_holds_seventy_two_characters_and_blank_lines_take_none(speech: str, lines: int) -> None:
    assert LINE_WIDTH == 72
    assert lines_in(speech) == lines


def test_a_character_is_on_the_line_that_holds_it() -> None:
    speech = "a" * 100 + "\n\n" + "b" * 10
    assert [line_at(speech, offset, 206) for offset in (0, 71, 72, 99, 102, 111)] == [206, 206, 207, 207, 208, 208]


def test_an_offset_outside_the_speech_is_refused() -> None:
    with pytest.raises(Refused, match="3 characters; 4 is past it"):
        line_at("abc", 4, 1)


@given(st.text(st.sampled_from("ab \n"), max_size=400), st.integers(1, 500))
def test_lines_rise_by_no_more_than_one_from_character_to_character(speech: str, first: int) -> None:
    numbers = [line_at(speech, offset, first) for offset in range(len(speech) + 1)]
    assert numbers[0] == first
    assert numbers[-1] <= first + lines_in(speech) - 1
    assert all(0 <= after - before <= 1 for before, after in zip(numbers, numbers[1:], strict=False))
