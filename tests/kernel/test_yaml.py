"""What the YAML reader takes and what it refuses."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import Refused, parse_yaml, write_yaml

composed = st.text(st.characters(codec="utf-8"), max_size=20).map(lambda text: unicodedata.normalize("NFC", text))
scalars = st.none() | st.booleans() | st.integers() | composed
fields = st.text("abcxyz", min_size=1)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=3), max_leaves=12
)


def refusal_of(text: str) -> str:
    with pytest.raises(Refused) as refused:
        parse_yaml(text)
    return str(refused.value)


def test_plain_values_come_back_as_they_are() -> None:
    assert parse_yaml("a: 1\nb: [x, 2021-07-01]\nc: {d: null}\n")["a"] == 1  # type: ignore[index]


def test_an_empty_text_is_nothing() -> None:
    assert parse_yaml("") is None


def test_an_alias_is_refused_before_it_can_blow_up() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"k{n}: [*a, *a]\n" for n in range(5))
    assert refusal_of(bomb) == "Line 1 points to another value (& or *); write the value out instead."


def test_an_anchor_without_an_alias_is_refused_too() -> None:
    assert refusal_of("a: 1\nb: &b 2\n").startswith("Line 2 ")


def test_deep_nesting_is_refused_without_a_crash() -> None:
    assert refusal_of("[" * 100_000) == "Line 1 is nested more than 40 levels deep."


def test_too_long_a_text_is_refused() -> None:
    assert refusal_of("a: " + "é" * 2_500_001) == "The file is larger than 5 MB; split it."


def test_a_field_given_twice_is_refused_with_its_line() -> None:
    assert refusal_of("a:\n  b: 1\n  c: [1, {b: 2}]\n  b: 3\n") == "Line 4 gives b a second time; keep one of the two."


def test_the_same_field_of_two_things_is_no_repetition() -> None:
    assert parse_yaml("- {a: 1}\n- {a: 2}\n") == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", "!!python/object/apply:os.getcwd []", "\tx: 1", "a\n---\nb", "{[1]: 2}"]
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(text: str) -> None:
    assert " is not well-formed YAML" in refusal_of(text)


@pytest.mark.parametrize("text", ["a: 2021-13-45", "a: \x00", "a: " + "9" * 5000])
def test_a_value_that_cannot_be_read_is_refused(text: str) -> None:
    assert "cannot be read" in refusal_of(text)


@given(values)
def test_what_is_written_is_read_back_the_same(value: object) -> None:
    assert parse_yaml(write_yaml({"value": value})) == {"value": value}


def test_short_lists_of_words_stand_on_one_line_and_lists_of_things_do_not() -> None:
    assert write_yaml({"a": ["x", "y"], "b": [{"c": 1}]}) == "a: [x, y]\nb:\n  - c: 1\n"


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_line_breaks_that_only_yaml_knows_are_characters_and_come_back(character: str) -> None:
    content = {"quote": f"a{character}\n b{character}"}
    assert parse_yaml(write_yaml(content)) == content


def test_things_know_their_line_and_those_of_their_fields() -> None:
    read = parse_yaml("name: A\nsteps:\n  - key: a\n\n    title: A\n  - {key: b}\n")
    first, second = read["steps"]  # type: ignore[index]
    assert (read.line, read.lines) == (1, {"name": 1, "steps": 2})  # type: ignore[attr-defined]
    assert (first.line, first.lines, second.line) == (3, {"key": 3, "title": 5}, 6)
