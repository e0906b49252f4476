"""Offsets: code points everywhere, UTF-16 only at the browser's door."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import (
    Refused,
    Span,
    code_points_from_utf16,
    digest_of,
    normalise_text,
    utf16_from_code_points,
)

PIECES = st.one_of(
    st.characters(exclude_categories=("Cs",)),
    st.sampled_from(["😀", "👩‍👧", "é", "e\u0301", "ñ", "שלום", "مرحبا", "\u200d", "\r\n", "𝒜"]),
)
AWKWARD = st.lists(PIECES, max_size=40).map("".join)


@given(AWKWARD)
def test_every_offset_survives_the_way_to_the_browser_and_back(text: str) -> None:
    for offset in range(len(text) + 1):
        assert code_points_from_utf16(text, utf16_from_code_points(text, offset)) == offset


@given(AWKWARD, st.data())
def test_a_span_cuts_the_same_words_in_both_countings(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = text.encode("utf-16-le")
    cut = units[2 * utf16_from_code_points(text, start) : 2 * utf16_from_code_points(text, end)]
    assert cut.decode("utf-16-le") == text[start:end]


def test_an_emoji_counts_once_here_and_twice_in_the_browser() -> None:
    assert utf16_from_code_points("a😀b", 2) == 3
    assert code_points_from_utf16("a😀b", 3) == 2


def test_an_offset_inside_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(Refused, match="does not fall between two characters"):
        code_points_from_utf16("a😀b", 2)


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_past_the_text_is_refused_in_both_countings(offset: int) -> None:
    with pytest.raises(Refused):
        utf16_from_code_points("abc", offset)
    with pytest.raises(Refused):
        code_points_from_utf16("abc", offset)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_an_empty_or_backward_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(Refused, match="Select at least one character"):
        Span(start, end)


def test_a_span_past_the_end_says_how_long_the_text_is() -> None:
    with pytest.raises(Refused, match="The text has 3 characters"):
        Span(1, 9).of("abc")


@given(AWKWARD)
def test_stored_text_is_normal_has_one_kind_of_line_end_and_stays_as_it_is(text: str) -> None:
    stored = normalise_text(text)
    assert "\r" not in stored
    assert unicodedata.is_normalized("NFC", stored)
    if not stored.startswith("\ufeff"):
        assert normalise_text(stored) == stored


def test_only_one_byte_order_mark_at_the_start_is_dropped() -> None:
    assert normalise_text("\ufeffa\ufeffb") == "a\ufeffb"


def test_spans_that_only_meet_do_not_touch() -> None:
    assert not Span(0, 3).touches(Span(3, 5))
    assert Span(0, 4).touches(Span(3, 5))


def test_a_digest_is_the_sha_256_of_the_text_in_utf_8() -> None:
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, B.1
