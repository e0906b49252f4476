"""Finding quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.coding import find_quote
from ia_workbench.kernel import Refused, Span, normalise_text

TEXT = "PARENT: I work nights.\nINTERVIEWER: Nights?\nPARENT: Nights, yes. 👩‍👧 José said so."


def test_a_quote_is_found_at_its_code_points() -> None:
    span = find_quote(TEXT, "José said")
    assert span.of(TEXT) == "José said"


def test_a_quote_typed_with_combining_marks_and_other_line_ends_is_found() -> None:
    assert find_quote(TEXT, "Jose\u0301 said").of(TEXT) == "José said"
    assert find_quote(TEXT, "nights.\r\nINTERVIEWER").of(TEXT) == "nights.\nINTERVIEWER"


def test_words_that_are_absent_are_refused() -> None:
    with pytest.raises(Refused, match="no such words"):
        find_quote(TEXT, "I work days")


def test_words_that_occur_more_than_once_are_refused_with_their_count() -> None:
    with pytest.raises(Refused, match="3 times"):
        find_quote("visit visit visit", "visit")


def test_overlapping_places_are_counted() -> None:
    with pytest.raises(Refused, match="2 times"):
        find_quote("no no no", "no no")


@pytest.mark.parametrize("quote", ["", " ", "\n"])
def test_an_empty_quote_is_refused(quote: str) -> None:
    with pytest.raises(Refused, match="empty"):
        find_quote(TEXT, quote)


@given(st.text(alphabet="ab é👩\n", min_size=1, max_size=40), st.data())
def test_a_quote_is_found_where_it_stands_or_refused_because_it_stands_elsewhere_too(
    text: str, data: st.DataObject
) -> None:
    stored = normalise_text(text)
    start = data.draw(st.integers(0, len(stored) - 1))
    quote = stored[start : data.draw(st.integers(start + 1, len(stored)))]
    places = [index for index in range(len(stored)) if stored.startswith(quote, index)]
    if quote.strip() and len(places) == 1:
        assert find_quote(stored, quote) == Span(start, start + len(quote))
    else:
        with pytest.raises(Refused):
            find_quote(stored, quote)
