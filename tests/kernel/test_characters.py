"""What a stored text may hold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import has_words, is_storable, parse_xml, storable

ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
def test_whatever_is_typed_becomes_storable_and_stays_so(typed: str) -> None:
    stored = storable(typed)
    assert is_storable(stored)
    assert storable(stored) == stored.removeprefix("\ufeff")
    assert unicodedata.is_normalized("NFC", stored)
    assert stored.encode().decode() == stored


@given(ANYTHING.filter(is_storable))
def test_what_can_be_stored_can_be_written_as_xml(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_xml(f"<words>{escaped}</words>".encode()).tag == "words"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Nin\u0303o\r\n\tdos\rtres", "Niño\n\tdos\ntres"),
        ("ev\0en\x1bing\udc80", "evening"),
        ("one\x0btwo", "one\ntwo"),
        ("a source may hold \x85", "a source may hold \x85"),
    ],
)
def test_words_stay_and_what_no_store_can_hold_goes(typed: str, stored: str) -> None:
    assert storable(typed) == stored


@pytest.mark.parametrize("text", ["a", "ñ", " \u200b7", "?", "≠", "काम"])
def test_a_letter_a_digit_or_a_sign_is_something_to_read(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b", " \u200b\u2060\ufeff ", "\u00ad", "\u00a0\u3000", "\u0301", "\x07"]
)
def test_spaces_and_invisible_characters_are_nothing_to_read(text: str) -> None:
    assert not has_words(text)
