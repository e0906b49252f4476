"""Passages of a text beside its changes: nothing of a line is lost, each change is there once, and places agree."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import Anchor, AnchorKind, Change, Treatment, find_turns
from ia_workbench.web.workbench.fidelity_blocks import (
    LONGEST_PLAIN,
    Numbered,
    Text,
    end_of_line,
    labels_by_turn,
    lines_between,
    passages,
    row,
    shortened,
)

LINES = st.text(alphabet="ab é🙂\n", max_size=120)


@st.composite
def texts_with_changes(draw: st.DrawFn) -> tuple[str, list[Numbered]]:
    """A text and changes in it, in the order of the text."""
    text = draw(LINES)
    places = st.integers(0, len(text))
    spans = sorted(draw(st.lists(st.tuples(places, places, st.sampled_from(Treatment)), max_size=8)))
    changes = [Change("comment", how, min(a, b), max(a, b) if a != b else None, "words") for a, b, how in spans]
    changes.sort(key=lambda each: each.at or 0)
    return text, [Numbered(number, each) for number, each in enumerate(changes, 1)]


@settings(max_examples=150, deadline=None)
@given(texts_with_changes())
@example(("aaa\na", [Numbered(1, Change("comment", Treatment.LEFT_OUT, 0, 4, "words"))]))
def test_passages_are_whole_lines_of_the_text_and_hold_every_change_once(case: tuple[str, list[Numbered]]) -> None:
    text, changes = case
    found = passages(Text(text, (), ()), changes)
    assert [each.number for passage in found for each in passage.rows] == [each.number for each in changes]
    numbers = [number for passage in found for part in passage.stretches for number in part.numbers]
    assert sorted(numbers) == [each.number for each in changes]
    lines, at = text.split("\n"), 0
    for passage in found:
        words = "".join(part.piece.words for part in passage.stretches)
        its = words.removesuffix("\n").split("\n")  # a change may cover the break its last line ends with
        at = next(number for number in range(at, len(lines)) if lines[number : number + len(its)] == its)
        at += 1


@settings(max_examples=100, deadline=None)
@given(texts_with_changes())
def test_lines_that_are_passed_over_and_lines_that_are_shown_are_all_lines(case: tuple[str, list[Numbered]]) -> None:
    text, changes = case
    found = passages(Text(text, (), ()), changes)
    shown = [line for each in found for line in "".join(part.piece.words for part in each.stretches).split("\n")]
    last = max((end_of_line(text, each.change) for each in changes), default=0)
    told = sum(each.skipped for each in found) + lines_between(text, last, len(text))
    assert told + sum(bool(line.strip()) for line in shown) == lines_between(text, 0, len(text))


@settings(max_examples=100, deadline=None)
@given(texts_with_changes())
def test_what_is_covered_and_kept_reads_as_in_the_text(case: tuple[str, list[Numbered]]) -> None:
    text, changes = case
    for each in changes:
        place = row(text, each)
        at, end = each.change.at or 0, max(each.change.at or 0, each.change.end or 0)
        held = "".join(piece.words for piece in place.stored if piece.look)
        assert held == text[at:end]
        assert "".join(piece.words for piece in place.stored if not piece.look) in text.replace(held, "", 1) or held


def test_a_long_line_is_cut_between_its_changes() -> None:
    text = "a" * 5_000 + "HERE" + "b" * 5_000
    (passage,) = passages(Text(text, (), ()), [Numbered(1, Change("comment", Treatment.LEFT_OUT, 5_000, 5_004, "x"))])
    assert [part.piece.words for part in passage.stretches][1] == "HERE"
    assert sum(len(part.piece.words) for part in passage.stretches) < 2 * LONGEST_PLAIN + 20
    assert shortened("abc", 3) == "abc"


def test_a_passage_tells_its_turn_and_the_pages_and_moments_it_is_in() -> None:
    text = "A: One.\nB: Two.\nA: Three."
    anchors = (
        Anchor(0, AnchorKind.PAGE, "iv"),
        Anchor(2, AnchorKind.TIME, "00:00:01"),
        Anchor(10, AnchorKind.PAGE, "1"),
        Anchor(13, AnchorKind.PAGE, "2"),
    )
    change = Change("picture", Treatment.LEFT_OUT, 9)
    (passage,) = passages(Text(text, anchors, find_turns(text).turns), [Numbered(1, change)])
    assert (passage.turn, passage.labels) == (2, ("p. iv", "p. 2", "00:00:01"))


def test_a_turn_is_labelled_with_what_begins_in_it_unless_it_has_a_mark_of_its_own() -> None:
    text = "[00:00:01] A: One.\n[00:00:09] B: Two. Three."
    turns = find_turns(text).turns
    anchors = [
        Anchor(0, AnchorKind.TIME, "00:00:01"),
        Anchor(40, AnchorKind.PAGE, "7"),
        Anchor(42, AnchorKind.PAGE, "8"),
    ]
    assert labels_by_turn(turns, anchors) == {2: "p. 7"}
    assert labels_by_turn((), anchors) == {}
