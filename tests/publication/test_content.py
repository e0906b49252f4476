"""What a package says: strict both ways, one canonical form."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.kernel import Refused
from ia_workbench.publication import Audience, Cell, Counts, Family, PackageContent, Words
from tests.support.packages import PARENT_QUOTE, RECORD, SPANISH_QUOTE, package_content

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
COUNTS = st.builds(Counts, effective_kinds=st.none() | NUMBERS)
CONTENTS = st.builds(PackageContent, counts=COUNTS, convergence=st.none() | NUMBERS)


@settings(max_examples=60, deadline=None)
@given(CONTENTS)
def test_any_content_survives_json_and_keeps_its_hash(content: PackageContent) -> None:
    read = PackageContent.from_json(json.loads(content.canonical_bytes))
    assert read == content
    assert read.sha256 == content.sha256


def test_the_canonical_form_does_not_depend_on_the_order_of_fields() -> None:
    content = package_content()
    shuffled = dict(reversed(list(content.to_json().items())))
    assert PackageContent.from_json(shuffled).canonical_bytes == content.canonical_bytes


def test_the_canonical_form_is_utf8_without_spaces_or_escapes() -> None:
    written = package_content(title="Sábado").canonical_bytes
    assert "Sábado".encode() in written
    assert b'": ' not in written


def test_one_letter_changes_the_hash() -> None:
    assert package_content(strengths="a").sha256 != package_content(strengths="b").sha256


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in JSON values, the root included."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inside for place in places(each, (*path, key)))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


PLACES = places(package_content().to_json())
OBJECTS = [path for path in PLACES if isinstance(at(package_content().to_json(), path), dict)]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_missing_field_is_refused_wherever_it_is(data: st.DataObject) -> None:
    value = package_content().to_json()
    target = at(value, data.draw(st.sampled_from(OBJECTS)))
    name = data.draw(st.sampled_from(sorted(target)))
    del target[name]
    with pytest.raises(Refused, match=f"lacks {name}"):
        PackageContent.from_json(value)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_an_unknown_field_is_refused_wherever_it_is(data: st.DataObject) -> None:
    value = package_content().to_json()
    at(value, data.draw(st.sampled_from(OBJECTS)))["source_key"] = "INT-001"
    with pytest.raises(Refused, match="unknown field, source_key"):
        PackageContent.from_json(value)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_value_of_another_type_is_refused_wherever_it_is(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([each for each in PLACES if each]))
    value = package_content().to_json()
    at(value, path[:-1])[path[-1]] = {"nothing": "of the sort"}
    with pytest.raises(Refused):
        PackageContent.from_json(value)


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_something_that_is_no_package_is_refused(value: object) -> None:
    with pytest.raises(Refused, match="wrong type at package"):
        PackageContent.from_json(value)


def test_true_is_no_number_and_a_number_no_truth() -> None:
    value = package_content().to_json()
    value["rule"]["version"] = True
    with pytest.raises(Refused, match="package.rule.version"):
        PackageContent.from_json(value)
    value["rule"]["version"] = 1
    value["strip"][0]["is_here"] = 1
    with pytest.raises(Refused, match=r"package.strip\[0\].is_here"):
        PackageContent.from_json(value)


def test_a_word_outside_the_vocabulary_is_refused() -> None:
    value = package_content().to_json()
    value["strength"] = "certain"
    with pytest.raises(Refused, match="package.strength"):
        PackageContent.from_json(value)


def test_a_number_that_json_does_not_have_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        _ = package_content(convergence=float("nan")).canonical_bytes


def test_the_family_quote_is_about_consequences_when_there_is_one() -> None:
    assert package_content(evidence=(SPANISH_QUOTE, PARENT_QUOTE)).family_quote == PARENT_QUOTE
    assert package_content(evidence=(SPANISH_QUOTE,)).family_quote == SPANISH_QUOTE
    assert package_content(evidence=(RECORD,)).family_quote is None


def test_what_did_not_fit_stands_apart_from_what_supports() -> None:
    content = package_content()
    assert [each.key for each in content.contrary] == ["E-0006"]
    assert len(content.supporting) + len(content.contrary) == len(content.evidence)
    assert content.families_that_are(Cell.NOT_EXAMINED) == (Family.LEADERSHIP,)


def test_another_audience_stage_or_version_reads_the_same_and_another_word_does_not() -> None:
    content = package_content()
    assert package_content(audience=Audience.PUBLIC, stage="released").reads_like(content)
    assert not package_content(plain=Words("Other words.")).reads_like(content)
    assert PackageContent.from_json(content.to_json()).words_sha256 == content.words_sha256
