"""The masked text and its map: nothing of a masked word comes through, and everything else is as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import Edit, Refused, Span
from ia_workbench.masking.rules import Replacement, masked, masked_span

RAW = st.text(alphabet="abc é\u0301😀א\n", min_size=1, max_size=60)
INSTEAD = st.text(alphabet="XYZ", min_size=1, max_size=8)  # letters that no raw text has


@st.composite
def masked_texts(draw: st.DrawFn) -> tuple[str, list[Replacement]]:
    """Draw a raw text and replacements in it that do not overlap."""
    text = draw(RAW)
    borders = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pairs = zip(borders[::2], borders[1::2], strict=False)
    return text, [Replacement(start, end, draw(INSTEAD)) for start, end in pairs if start < end]


@st.composite
def with_span(draw: st.DrawFn) -> tuple[str, list[Replacement], Span]:
    """Draw a masked text with a span of the raw one."""
    text, replacements = draw(masked_texts())
    start = draw(st.integers(0, len(text) - 1))
    return text, replacements, Span(start, draw(st.integers(start + 1, len(text))))


@given(masked_texts())
def test_edits_lead_from_the_raw_text_to_the_masked_one(case: tuple[str, list[Replacement]]) -> None:
    text, replacements = case
    result = masked(text, replacements)
    rebuilt, at = "", 0
    for edit in result.edits:
        rebuilt += text[at : edit.start] + result.text[edit.new_start : edit.new_end]
        at = edit.end
    assert rebuilt + text[at:] == result.text
    assert all(before.end < after.start for before, after in zip(result.edits, result.edits[1:], strict=False))


@given(with_span())
def test_a_masked_quote_shows_each_character_outside_marks_and_whole_replacements_inside(
    case: tuple[str, list[Replacement], Span],
) -> None:
    text, replacements, span = case
    result = masked(text, replacements)
    words = masked_span(span, result.edits).of(result.text)
    expected, at = "", span.start
    for edit in result.edits:
        if edit.end <= span.start or edit.start >= span.end:
            continue
        expected += text[at : max(at, edit.start)] + result.text[edit.new_start : edit.new_end]
        at = edit.end
    assert words == expected + text[at : span.end]


def test_marks_that_touch_become_one_edit() -> None:
    result = masked("Ana Bravo said", [Replacement(0, 4, "Someone "), Replacement(4, 9, "else")])
    assert result.text == "Someone else said"
    assert result.edits == (Edit(0, 9, 0, 12),)


def test_a_quote_that_cuts_through_a_name_gets_all_of_what_stands_for_it() -> None:
    text = "I saw Tasha Brennick there"
    result = masked(text, [Replacement(6, 20, "Dana")])
    assert masked_span(Span(12, 26), result.edits).of(result.text) == "Dana there"
    assert masked_span(Span(0, 8), result.edits).of(result.text) == "I saw Dana"
    assert masked_span(Span(0, 6), result.edits).of(result.text) == "I saw "
    assert masked_span(Span(20, 26), result.edits).of(result.text) == " there"


@pytest.mark.parametrize(
    ("replacements", "sentence"),
    [
        ([Replacement(0, 3, "X"), Replacement(2, 5, "Y")], "Two marks overlap"),
        ([Replacement(3, 9, "X")], "does not fit its text"),
        ([Replacement(2, 2, "X")], "does not fit its text"),
        ([Replacement(0, 2, " ")], "what readers see instead"),
    ],
)
def test_marks_that_cannot_be_are_refused(replacements: list[Replacement], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        masked("abcdef", replacements)
