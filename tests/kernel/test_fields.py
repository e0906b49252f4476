"""Fields of a file that a person wrote: every refusal names thing and field."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

import pytest

from ia_workbench.kernel import Fields, Refused


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def refusal_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def test_a_text_is_trimmed_and_composed() -> None:
    assert Fields({"name": " Jose\u0301 \n"}, "code x").text("name") == "José"


def test_a_text_that_must_be_there_is_asked_for() -> None:
    assert refusal_of(lambda: Fields({}, "step N-07").text("title")) == "Step N-07 has no title; add it."
    assert refusal_of(lambda: Fields({"title": "  "}, "step N-07").text("title")) == "Step N-07 has no title; add it."


def test_a_number_where_words_belong_is_refused() -> None:
    sentence = refusal_of(lambda: Fields({"title": 12}, "step N-07").text("title"))
    assert sentence == "In step N-07, title must be text; put it in quotation marks."


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x85", "\ud800"])
def test_control_characters_and_half_characters_are_refused(hidden: str) -> None:
    sentence = refusal_of(lambda: Fields({"title": f"a{hidden}b"}, "step N-07").text("title"))
    assert sentence == "In step N-07, title holds a control character; take it out."


@pytest.mark.parametrize("value", [True, "3", 2.0, 0, 13, [1]])
def test_a_whole_number_is_whole_and_in_its_bounds(value: object) -> None:
    fields = Fields({"color": value}, "code x")
    sentence = refusal_of(lambda: fields.whole_number("color", least=1, most=12))
    assert sentence == "In code x, color must be a whole number from 1 to 12."


def test_a_number_or_word_that_must_be_there_is_asked_for() -> None:
    missing = refusal_of(lambda: Fields({}, "step N-07").whole_number("number", least=1, most=12))
    assert missing == "Step N-07 has no number; add it."
    assert refusal_of(lambda: Fields({}, "step N-07").choice("colour", Colour)) == "Step N-07 has no colour; add it."


def test_a_whole_number_may_have_a_default() -> None:
    assert Fields({}, "code x").whole_number("color", least=1, most=12, default=4) == 4


@pytest.mark.parametrize("value", [-1, True, "5", float("nan"), float("inf")])
def test_a_number_of_days_is_zero_or_more(value: object) -> None:
    fields = Fields({"days": value}, "step N-07")
    assert refusal_of(lambda: fields.optional_number("days")) == "In step N-07, days must be a number, zero or more."


def test_a_date_is_a_date_however_it_is_written() -> None:
    assert Fields({"from": date(2021, 7, 1)}, "x").optional_date("from") == date(2021, 7, 1)
    assert Fields({"from": "2021-07-01"}, "x").optional_date("from") == date(2021, 7, 1)
    assert Fields({}, "x").optional_date("from") is None


@pytest.mark.parametrize("value", ["July", 2021, datetime(2021, 7, 1), ""])  # noqa: DTZ001 - as YAML gives it
def test_what_is_no_date_is_refused(value: object) -> None:
    fields = Fields({"from": value}, "x")
    assert refusal_of(lambda: fields.optional_date("from")) == "In x, from must be a date such as 2021-07-01."


def test_a_word_outside_the_vocabulary_is_refused_with_the_vocabulary() -> None:
    fields = Fields({"colour": "green", "colours": ["red", "red"]}, "x")
    assert refusal_of(lambda: fields.choice("colour", Colour)) == "In x, colour must be one of: red, blue."
    assert refusal_of(lambda: fields.choices("colours", Colour)) == "In x, colours lists red twice."


def test_a_list_holds_texts_once_each() -> None:
    assert Fields({"roles": ["a", "b"]}, "x").texts("roles") == ("a", "b")
    assert Fields({"roles": None}, "x").texts("roles") == ()
    assert refusal_of(lambda: Fields({"roles": "a"}, "x").texts("roles")) == "In x, roles must be a list."
    assert refusal_of(lambda: Fields({"roles": ["a", ""]}, "x").texts("roles")).startswith("In x, roles has an empty")
    assert refusal_of(lambda: Fields({"roles": ["a", "a"]}, "x").texts("roles")) == "In x, roles lists a twice."


def test_a_truth_is_true_or_false_only() -> None:
    assert Fields({"on": False}, "x").truth("on", default=True) is False
    assert refusal_of(lambda: Fields({"on": "no"}, "x").truth("on", default=True)) == "In x, on must be true or false."


def test_an_unknown_field_is_refused_with_the_nearest_known_one() -> None:
    fields = Fields({"defintion": "x"}, "code a")
    fields.text_or_empty("definition")
    assert (
        refusal_of(fields.close) == "Code a has a field defintion that is not known here; perhaps definition was meant."
    )


@pytest.mark.parametrize("value", [None, [], "text", {1: 2}])
def test_what_has_no_named_fields_is_refused(value: object) -> None:
    assert (
        refusal_of(lambda: Fields(value, "code 3")) == "Code 3 must be a set of fields, each with a name and a colon."
    )
