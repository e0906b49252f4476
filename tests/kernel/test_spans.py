"""Offsets into stored text: code points, whatever the text holds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import (
    Refused,
    Span,
    digest_of,
    normalise_text,
)

PIECES = st.one_of(
    st.characters(exclude_categories=("Cs",)),
    st.sampled_from(["😀", "👩‍👧", "é", "e\u0301", "ñ", "שלום", "مرحبا", "\u200d", "\r\n", "𝒜"]),
)
AWKWARD = st.lists(PIECES, max_size=40).map("".join)


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
