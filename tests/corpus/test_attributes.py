"""Attributes by value alone: definitions, canonical values, and the types that answers suggest."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.corpus.attributes import (
    AttributeDefinition,
    canonical_value,
    checked_definition,
    inferred_type,
)
from ia_workbench.corpus.rules import AttributeScope, AttributeType
from ia_workbench.kernel import Refused

NUMBER, DATE, YES_NO = AttributeType.NUMBER, AttributeType.DATE, AttributeType.YES_NO
TEXT, CHOICE = AttributeType.TEXT, AttributeType.CHOICE


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (NUMBER, " +007.50 ", "7.5"),
        (NUMBER, "-0.0", "0"),
        (NUMBER, "100", "100"),
        (NUMBER, "123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        (DATE, "2026-03-02", "2026-03-02"),
        (YES_NO, "TRUE", "yes"),
        (YES_NO, "No", "no"),
        (TEXT, "  two \n words ", "two words"),
        (CHOICE, "aunt", "aunt"),
    ],
)
def test_values_are_kept_in_one_way_of_writing(kind: AttributeType, value: str, kept: str) -> None:
    assert canonical_value("A", kind, ("aunt", "uncle"), value) == kept


@pytest.mark.parametrize(
    ("kind", "value", "takes"),
    [
        (NUMBER, "1,5", "a number such as 12"),
        (NUMBER, "1e5", "a number"),
        (NUMBER, "٣", "a number"),
        (DATE, "2026-02-30", "a date such as"),
        (YES_NO, "1", "yes or no"),
        (CHOICE, "Aunt", "one of aunt, uncle"),
        (TEXT, "\u200b\x07", "one line of words"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_the_attribute_and_what_it_takes(
    kind: AttributeType, value: str, takes: str
) -> None:
    with pytest.raises(Refused, match=f"cannot be the attribute Tie, which takes {takes}"):
        canonical_value("Tie", kind, ("aunt", "uncle"), value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_number_keeps_its_value_and_is_written_once(number: Decimal) -> None:
    kept = canonical_value("A", NUMBER, (), f"{number:f}")
    assert Decimal(kept) == number
    assert canonical_value("A", NUMBER, (), kept) == kept


@pytest.mark.parametrize(
    ("answers", "kind", "choices"),
    [
        (["3", "4.5", ""], NUMBER, ()),
        (["01234", "99999"], CHOICE, ("01234", "99999")),
        (["2026-01-01"], DATE, ()),
        (["Yes", "no"], YES_NO, ()),
        (["often", "never", "often"], CHOICE, ("never", "often")),
        ([str(number) + " days" for number in range(12)], CHOICE, None),
        ([str(number) + " days" for number in range(13)], TEXT, ()),
        ([""], TEXT, ()),
    ],
)
def test_answers_suggest_the_narrowest_type_they_all_fit(
    answers: list[str], kind: AttributeType, choices: tuple[str, ...] | None
) -> None:
    found, listed = inferred_type(answers)
    assert found is kind
    assert choices is None or listed == choices


@given(st.lists(st.text(st.characters(categories=("L", "N", "P", "S", "Z")), max_size=20), max_size=20))
def test_every_answer_fits_the_type_that_all_of_them_suggest(answers: list[str]) -> None:
    kind, choices = inferred_type(answers)
    for each in answers:
        if each.split():
            assert canonical_value("A", kind, choices, each)


@pytest.mark.parametrize(
    ("definition", "sentence"),
    [
        (AttributeDefinition(AttributeScope.CASE, " ", TEXT), "one line"),
        (AttributeDefinition(AttributeScope.CASE, "x" * 201, TEXT), "at most 200"),
        (AttributeDefinition(AttributeScope.CASE, "Tie", CHOICE), "takes choices"),
        (AttributeDefinition(AttributeScope.CASE, "Tie", NUMBER, ("1",)), "takes choices"),
        (AttributeDefinition(AttributeScope.CASE, "Tie", CHOICE, ("a", " a")), "lists the choice a twice"),
    ],
)
def test_a_malformed_definition_is_refused(definition: AttributeDefinition, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        checked_definition(definition)
