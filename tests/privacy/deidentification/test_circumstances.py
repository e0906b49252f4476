"""What singles out by its exactness is proposed as a rule; what many share, where a study asks for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.privacy import propose


def found(text: str, *, thorough: bool = False) -> dict[str, str]:
    """The words proposed, with the rule that found them."""
    return {text[each.start : each.end]: each.rule for each in propose(text, thorough=thorough)}


@pytest.mark.parametrize(
    ("text", "words", "rule"),
    [
        ("They owed 4,310 dollars in rent.", "4,310 dollars", "sum of money"),
        ("He was paid EUR 12,450.30 for it.", "EUR 12,450.30", "sum of money"),
        (
            "We got 3.200 pesos (MXN – approximately 160 euros).",
            "3.200 pesos (MXN – approximately 160 euros)",
            "sum of money",
        ),
        ("It cost $2.4 million to build.", "$2.4 million", "sum of money"),
        ("pidió 44. 621 coronas", "44. 621 coronas", "sum of money"),
        ("He got two years and six months' imprisonment.", "two years and six months'", "term of prison"),
        ("She was sentenced to nine months.", "nine months", "term of prison"),
        ("Le dieron quince meses de prisión.", "quince meses", "term of prison"),
        ("The land is plot no. 937 of block C there.", "no. 937 of block C", "number of land"),
        ("Está en la hoja/plano 13/40, parcela no 165.", "13/40", "number of land"),
    ],
)
def test_sums_of_four_figures_terms_of_prison_and_land_are_always_proposed(text: str, words: str, rule: str) -> None:
    assert found(text)[words] == rule


@pytest.mark.parametrize(
    ("text", "words", "rule"),
    [
        ("I make $15 an hour.", "$15", "sum of money"),
        ("It was two hundred dollars.", "two hundred dollars", "sum of money"),
        ("He lost 37 % of his sight.", "37 %", "share"),
        ("The room has 12 square meters.", "12 square meters", "measure"),
        ("We waited three months.", "three months", "length of time"),
        ("There are seven children.", "seven children", "count"),
        ("He has paranoid schizophrenia.", "paranoid schizophrenia", "illness"),
        ("She was diagnosed with brittle bones, they said.", "brittle bones", "illness"),
        ("He worked as a crane operator at night.", "a crane operator", "work"),
        ("She was an electrician.", "an electrician", "work"),
        ("He went to a vocational high school.", "vocational high school", "schooling"),
        ("She is a widow.", "widow", "family"),
        ("We meet on Fridays.", "on Fridays", "day of the week"),
        ("They came at 7:30 p.m. again.", "7:30 p.m.", "time of day"),
    ],
)
def test_what_many_share_is_proposed_only_where_a_study_asks_to_be_thorough(text: str, words: str, rule: str) -> None:
    assert words not in found(text)
    assert found(text, thorough=True)[words] == rule


def test_general_words_say_what_kind_of_fact_it_was() -> None:
    hints = {each.instead_hint for each in propose("They owed 4,310 dollars.")}
    assert hints == {"a sum of money"}
    hints = {each.instead_hint for each in propose("Debía 4.310 dólares.", language="es")}
    assert hints == {"una suma de dinero"}


@given(st.integers(1000, 9_999_999), st.sampled_from(["dollars", "euros", "pesos"]), st.text("xé 😀\u200b", max_size=8))
@settings(max_examples=80, deadline=None)
def test_a_sum_is_masked_to_its_last_figure_wherever_it_stands(sum_: int, coin: str, around: str) -> None:
    words = f"{sum_:,} {coin}"
    text = f"{around} we paid {words} then {around}"
    at = text.index(words)
    masked = {place for each in propose(text) for place in range(each.start, each.end)}
    assert set(range(at, at + len(words))) <= masked


@given(st.text("a1 $,.%-", max_size=60))
@settings(max_examples=120, deadline=None)
def test_being_thorough_takes_nothing_away(text: str) -> None:
    usual = {place for each in propose(text) for place in range(each.start, each.end)}
    thorough = {place for each in propose(text, thorough=True) for place in range(each.start, each.end)}
    assert usual <= thorough
