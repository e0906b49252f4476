"""Following places through corrections: 10,000 sequences of edits, and each rule on words a person can read."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ia_workbench.kernel import (
    Edit,
    Span,
    SpanOutcome,
    composed,
    edits_between,
    map_offset,
    moved_span,
    normalise_text,
)

PIECES = (
    "She waited. ", "Nobody called back; ", "two buses ", "the ", "the ", "and ", "\n", "\n\n", "PARENT: ", "  ",
    "👩‍👧 ", "😀", "é", "e\u0301", "q\u0323\u0307 ", "שלום ", "مرحبا ", "\u200f", "母親は待った。", "ไม่รู้ ", "\r\n",
    "𝒜", "-", "“no” ",
)  # fmt: skip
SEQUENCES = 10_000
LONGEST_SEQUENCE = 4
ACTS = ("insert", "delete", "replace", "move", "split", "merge")
Act = tuple[str, int, int, int]

indices = st.integers(0, 10**6)
acts = st.tuples(st.sampled_from(ACTS), indices, indices, indices)


def corrected(text: str, act: Act) -> str:
    """Return a text after one act; the numbers are taken modulo what there is, so that every act means something."""
    kind, first, second, which = act
    size = len(text) + 1
    start = first % size
    end = min(len(text), start + second % 40)
    piece = PIECES[which % len(PIECES)]
    after = {
        "insert": lambda: text[:start] + piece + text[start:],
        "delete": lambda: text[:start] + text[end:],
        "replace": lambda: text[:start] + piece + text[end:],
        "move": lambda: moved(text, start, end, which),
        "split": lambda: text[:start] + "\n\n" + text[start:],
        "merge": lambda: re.sub(r"\n+", " ", text, count=1 + which % 3),
    }[kind]()
    return normalise_text(after)


def moved(text: str, start: int, end: int, which: int) -> str:
    rest = text[:start] + text[end:]
    to = which % (len(rest) + 1)
    return rest[:to] + text[start:end] + rest[to:]


def rebuilt(old: str, new: str, edits: Sequence[Edit]) -> str:
    parts, at = [], 0
    for each in edits:
        parts += [old[at : each.start], new[each.new_start : each.new_end]]
        at = each.end
    return "".join([*parts, old[at:]])


def assert_whole(old: str, new: str, edits: Sequence[Edit]) -> None:
    assert rebuilt(old, new, edits) == new
    for before, after in zip(edits, edits[1:], strict=False):
        assert before.end < after.start
        assert after.start - before.end == after.new_start - before.new_end


@settings(max_examples=SEQUENCES, deadline=None)
@given(
    pieces=st.lists(st.integers(0, len(PIECES) - 1), min_size=1, max_size=30),
    sequence=st.lists(acts, min_size=1, max_size=LONGEST_SEQUENCE),
    cut=st.tuples(indices, st.integers(1, 30)),
)
def test_after_any_sequence_of_edits_the_quote_is_the_slice_or_the_span_is_flagged(
    pieces: list[int], sequence: list[Act], cut: tuple[int, int]
) -> None:
    text = normalise_text("".join(PIECES[each] for each in pieces)) or "a"
    first, led = text, ()
    start = cut[0] % len(text)
    span: Span | None = Span(start, min(len(text), start + cut[1]))
    for act in sequence:
        new = corrected(text, act)
        edits = edits_between(text, new)
        assert_whole(text, new, edits)
        led = composed(led, edits)
        if span is not None:
            span = follow(span, edits, text, new)
        text = new
    assert rebuilt(first, text, led) == text


def follow(span: Span, edits: Sequence[Edit], old: str, new: str) -> Span | None:
    """Follow a span through one correction and hold what is told of it against both texts."""
    there = moved_span(span, edits, old, new)
    touched = any(each.start < span.end and each.end > span.start for each in edits)
    if there.span is None:
        assert there.outcome is SpanOutcome.GONE
        return None
    words = there.span.of(new)
    if there.outcome in (SpanOutcome.SHIFTED, SpanOutcome.MOVED):
        assert words == span.of(old)
        assert touched == (there.outcome is SpanOutcome.MOVED)
    else:
        assert words == words.strip() != ""
        assert touched
    if there.outcome is SpanOutcome.SHIFTED:
        back = [Edit(each.new_start, each.new_end, each.start, each.end) for each in edits]
        assert moved_span(there.span, back, new, old).span == span
        assert map_offset(span.start, edits) == there.span.start
    return there.span


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), indices, st.integers(1, 6)), min_size=1, max_size=8), st.integers(3, 60))
@example([(0, 0, 1), (1, 2, 1)], 3)
def test_every_word_that_was_left_alone_is_found_exactly_where_it_stands(
    sequence: list[tuple[int, int, int]], count: int
) -> None:
    words = [f"word{each}{chr(10) if each % 9 == 8 else ' '}" for each in range(count)]
    old, kept = "".join(words), list(words)
    for number, (kind, place, some) in enumerate(sequence):
        at = place % (len(kept) + 1)
        kept[at : at + (some if kind else 0)] = [f"other{number}x{each} " for each in range(some if kind != 1 else 0)]
    new = "".join(kept)
    edits = edits_between(old, new)
    for match in re.finditer(r"word\d+", old):
        there = moved_span(Span(match.start(), match.end()), edits, old, new)
        place = re.search(rf"{match[0]}\b", new)
        if place is not None:
            assert (there.span, there.outcome) == (Span(*place.span()), SpanOutcome.SHIFTED)
        else:
            assert there.outcome in (SpanOutcome.CHANGED, SpanOutcome.GONE)


OLD = """She called the office twice. Nobody answered the phone.
The second bus comes at noon.
She walked home in the rain.
"""


@pytest.mark.parametrize(
    ("new", "words", "outcome", "now"),
    [
        (OLD.replace("She called", "On Monday she called"), "Nobody answered", "shifted", "Nobody answered"),
        (OLD.replace("twice", "thrice"), "called the office twice", "changed", "called the office thrice"),
        (OLD.replace("Nobody answered", "Nobody ever answered"), "Nobody answered", "changed", "Nobody ever answered"),
        (OLD.replace("Nobody", "But nobody"), "the office twice.", "shifted", "the office twice."),
        (OLD.replace("office twice", "office of the county twice"), "the office", "shifted", "the office"),
        (OLD.replace("the office", "in vain the office"), "the office", "shifted", "the office"),
        (OLD.replace("walked", "walk"), "walked", "changed", "walk"),
        (OLD.replace("answered the phone", "answered"), "the phone", "gone", None),
        (OLD.replace(" the phone", ""), "answered the phone", "changed", "answered"),
        (OLD.replace("The second bus comes at noon.\n", "") + "The second bus comes at noon.\n",
         "The second bus comes at noon.", "moved", "The second bus comes at noon."),
        (OLD.replace("The second bus comes at noon.\n", "") + "The second bus comes at noon.\n",
         "bus", "moved", "bus"),
        (OLD.replace("The second bus comes at noon.", "They took her case to another county in the spring."),
         "bus", "gone", None),
    ],
)  # fmt: skip
def test_what_becomes_of_words(new: str, words: str, outcome: str, now: str | None) -> None:
    start = OLD.index(words)
    there = moved_span(Span(start, start + len(words)), edits_between(OLD, new), OLD, new)
    assert (there.outcome.value, there.span.of(new) if there.span else None) == (outcome, now)


def test_an_accent_on_the_last_letter_is_no_insertion_beside_the_word() -> None:
    old, new = "a tome q of it", "a tome q\u0323 of it"  # no single character for q with a dot below
    there = moved_span(Span(7, 8), edits_between(old, new), old, new)
    assert there.outcome is SpanOutcome.CHANGED
    assert there.span == Span(7, 9)


def test_a_word_that_stayed_is_told_from_a_blank_that_stands_once_by_chance() -> None:
    assert edits_between("She never came.", "Then She came.") == (Edit(0, 0, 0, 5), Edit(3, 9, 8, 8))
    assert edits_between("yes, no", "so, yes") == (Edit(0, 0, 0, 4), Edit(3, 7, 7, 7))


def test_where_words_are_written_without_spaces_a_correction_stays_with_its_character() -> None:
    old, new = "母親は三時間待った。", "母親は四時間待った。"
    edits = edits_between(old, new)
    assert edits == (Edit(3, 4, 3, 4),)
    assert moved_span(Span(0, 3), edits, old, new).outcome is SpanOutcome.SHIFTED


def test_a_text_without_any_word_left_is_one_edit_and_an_equal_text_has_none() -> None:
    assert edits_between("one two", "") == (Edit(0, 7, 0, 0),)
    assert edits_between("one two", "one two") == ()


def test_a_place_inside_what_was_rewritten_comes_to_its_beginning() -> None:
    edits = edits_between("page one ends here", "page three ends here")
    assert [map_offset(place, edits) for place in (0, 5, 7, 8, 18)] == [0, 5, 5, 10, 20]


def test_a_megabyte_of_equal_lines_is_compared_in_bounded_work() -> None:
    old, new = "a\n" * 250_000, ("a\n" * 7 + "b\n") * 31_250
    assert_whole(old, new, edits_between(old, new))
