"""Masks as values: what gives way, what stays, and what can never happen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import Refused, Span
from ia_workbench.release import MaskedSpan, Replacement, masked_spans, masked_words, places_of, segments_of
from ia_workbench.release.rules import spans_from, stored_spans

QUOTE = "Ms. Okoro said Okoro will call. Will Ms.\nOkoro call Will?"
WORDS = st.sampled_from(
    ["Okoro", "Will", "call", "Ms.", "said", "niña", "José", "👩‍👧 Ana", "x\u0301l", "(14)", "will"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


def shown(quote: str, *replacements: Replacement) -> str:
    return masked_words(quote, masked_spans(quote, replacements))


def test_words_are_found_as_whole_words_only() -> None:
    assert places_of("Ana", "Ana, Banana and Ana's") == [Span(0, 3), Span(16, 19)]
    assert places_of("Will", "will you, Will?") == [Span(10, 14)]
    assert places_of("Jos", "José") == []
    assert places_of(" ", "a b") == []


def test_a_line_break_does_not_hide_a_name() -> None:
    assert shown(QUOTE, Replacement("Ms. Okoro", "the worker")).startswith("the worker said Okoro")
    assert "\n" not in shown(QUOTE, Replacement("Ms. Okoro", "the worker"))[30:]


def test_the_longer_words_go_first_and_the_shorter_take_the_rest() -> None:
    both = (Replacement("Okoro", "she"), Replacement("Ms. Okoro", "the worker"))
    assert shown(QUOTE, *both) == "the worker said she will call. Will the worker call Will?"


def test_words_that_are_not_in_the_quote_are_refused_by_name() -> None:
    with pytest.raises(Refused, match="“Reed” do not stand in this quote"):
        masked_spans(QUOTE, [Replacement("Reed", "x")])


@pytest.mark.parametrize("replacement", [Replacement("", "x"), Replacement("Okoro", "  "), Replacement(" ", "x")])
def test_both_words_are_needed(replacement: Replacement) -> None:
    with pytest.raises(Refused, match="Give both"):
        masked_spans(QUOTE, [replacement])


def test_a_mask_that_still_shows_the_words_is_refused() -> None:
    with pytest.raises(Refused, match="still shows “Okoro”"):
        masked_spans(QUOTE, [Replacement("Okoro", "Mrs. Okoro")])
    with pytest.raises(Refused, match="still shows “said”"):
        masked_spans(QUOTE, [Replacement("said", "told"), Replacement("call", "said")])


def test_segments_tell_what_was_kept_and_what_was_replaced() -> None:
    segments = segments_of("at Halvorsen.", masked_spans("at Halvorsen.", [Replacement("Halvorsen", "my job")]))
    assert [(each.words, each.shown, each.is_replaced) for each in segments] == [
        ("at ", "at ", False),
        ("Halvorsen", "my job", True),
        (".", ".", False),
    ]
    assert segments_of("as it is", ()) == segments_of("as it is", [])


@pytest.mark.parametrize("spans", [[(0, 4), (3, 5)], [(4, 6), (0, 2)], [(5, 99)]])
def test_spans_that_do_not_fit_the_quote_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(Refused):
        segments_of("a short quote", [MaskedSpan(start, end, "x") for start, end in spans])


@given(quote=TEXTS, words=st.lists(WORDS, max_size=4))
def test_outside_the_mask_every_code_point_is_the_sources_own(quote: str, words: list[str]) -> None:
    present = [each for each in dict.fromkeys(words) if places_of(each, quote)]
    spans = masked_spans(quote, [Replacement(each, f"§{number}§") for number, each in enumerate(present)])
    segments = segments_of(quote, spans)
    assert "".join(each.words for each in segments) == quote
    assert all(each.shown == each.words for each in segments if not each.is_replaced)
    assert not any(places_of(each, masked_words(quote, spans)) for each in present)
    assert spans_from(stored_spans(spans)) == spans


@given(quote=TEXTS)
def test_no_replacements_leave_the_quote_as_it_is(quote: str) -> None:
    assert masked_words(quote, masked_spans(quote, [])) == quote
