"""Cutting a source into what its reading page shows."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given as when
from hypothesis import strategies as st

from ia_workbench.coding import Mark
from ia_workbench.corpus import Turn
from ia_workbench.web.workbench.transcript import (
    HEIGHTS,
    by_turn,
    height_of,
    pieces_of,
    short_mark,
    shortened,
    spoken_name,
    turn_views,
)

WORDS = st.text(alphabet=["a", "b", " ", "\n", "ñ", "\U0001f469", "\u0332"], max_size=30)
MARKS = st.lists(st.tuples(st.integers(-5, 35), st.integers(-5, 35), st.integers(1, 12)), max_size=8)


def coding(start: int, end: int, order: int = 0, code_id: int = 1) -> Mark:
    """A coding as it is drawn; `order` counts from the oldest."""
    return Mark(order, UUID(int=order), start, end, code_id, "ana", datetime(2026, 3, 2, tzinfo=UTC))


def turn(number: int, start: int, speech_start: int, end: int, speaker: str | None = "PARENT") -> Turn:
    """A turn that is in no store."""
    return Turn(
        number=number, start=start, speech_start=speech_start, end=end, line=number, speaker=speaker, mark="[00:01:02]"
    )


@when(WORDS, MARKS)
def test_pieces_put_together_are_the_words(words: str, marks: list[tuple[int, int, int]]) -> None:
    assert "".join(piece.words for piece in pieces_of(words, marks)) == words


@when(WORDS, MARKS)
def test_each_character_has_the_ground_of_its_latest_coding_and_the_line_of_the_one_before(
    words: str, marks: list[tuple[int, int, int]]
) -> None:
    drawn = [(piece.top, piece.under) for piece in pieces_of(words, marks) for _ in piece.words]
    for place, look in enumerate(drawn):
        here = [color for start, end, color in marks if start <= place < end]
        assert look == (here[-1] if here else 0, here[-2] if len(here) > 1 else 0)


def test_a_coding_over_three_turns_stands_in_each_of_them() -> None:
    turns = [turn(1, 0, 8, 20), turn(2, 21, 29, 40), turn(3, 41, 49, 60), turn(4, 61, 69, 80)]
    touching = by_turn(turns, [coding(10, 50)])
    assert list(touching) == [0, 1, 2]


def test_a_coding_that_ends_where_a_turn_begins_does_not_stand_in_it() -> None:
    assert list(by_turn([turn(1, 0, 8, 20), turn(2, 20, 28, 40)], [coding(10, 20)])) == [0]


def test_a_turn_shows_its_speech_and_keeps_what_stands_before_it() -> None:
    text = "INTERVIEWER: Yes?\n\nPARENT: No."
    turns = [turn(1, 0, 13, 17, "INTERVIEWER"), turn(2, 19, 27, 30)]
    first, second = turn_views(text, turns, [coding(27, 30)], {1: 4})
    assert (first.speaker, first.is_asking, first.mark, first.before) == ("Interviewer", True, "01:02", "INTERVIEWER: ")
    assert (second.is_asking, second.before, second.start) == (False, "\n\nPARENT: ", 27)
    assert [(piece.words, piece.look) for piece in second.pieces] == [("No.", "c4")]


def test_a_whole_text_can_be_put_together_from_its_turns() -> None:
    text = "INTERVIEWER: Yes?\n\nPARENT: No."
    turns = [turn(1, 0, 13, 17, "INTERVIEWER"), turn(2, 19, 27, 30)]
    shown = turn_views(text, turns, [], {})
    assert "".join(view.before + "".join(piece.words for piece in view.pieces) for view in shown) == text


def test_codings_beside_a_turn_are_in_reading_order_the_longer_first() -> None:
    text = "PARENT: one two three"
    given = [coding(12, 15, order=0), coding(8, 11, order=1), coding(8, 21, order=2)]
    (view,) = turn_views(text, [turn(1, 0, 8, 21)], given, {1: 1})
    assert [each.id for each in view.given] == [2, 1, 0]


def test_labels_are_read_as_names_and_initials_stay() -> None:
    assert [spoken_name(each) for each in ("PARENT", "P1", "THE COURT", "Ana", None)] == [
        "Parent", "P1", "THE COURT", "Ana", ""
    ]  # fmt: skip


def test_time_marks_lose_brackets_and_an_hour_of_zero() -> None:
    assert [short_mark(each) for each in ("[00:13:48]", "(1:02:03)", "13:48", None)] == [
        "13:48", "1:02:03", "13:48", ""
    ]  # fmt: skip


def test_the_height_of_a_turn_is_one_that_the_style_sheet_knows() -> None:
    assert [height_of(words) for words in ("", "a" * 100, "a\nb\nc", "a" * 100_000)] == [1, 2, 3, HEIGHTS[-1]]


def test_the_words_of_a_coding_are_shortened_between_words() -> None:
    assert shortened("one\n two") == "one two"
    assert shortened("word " * 40).endswith("word …")
    assert len(shortened("word " * 40)) < 80


def test_codings_are_listed_coder_by_coder_where_that_is_asked_for() -> None:
    given = [replace(coding(0, 3), coder="zoe"), replace(coding(4, 7), coder="ana"), replace(coding(8, 9), coder="zoe")]
    turns = [turn(1, 0, 0, 12)]
    (together,) = turn_views("One two three", turns, given, {1: 1})
    (apart,) = turn_views("One two three", turns, given, {1: 1}, by_coder=True)
    assert [each.coder for each in together.given] == ["zoe", "ana", "zoe"]
    assert [each.coder for each in apart.given] == ["ana", "zoe", "zoe"]
