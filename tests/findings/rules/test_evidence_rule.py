"""Reading a rule that a study or a file supplies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.findings import DEFAULT_RULE, EvidenceRule, LineKey, read_rule, read_rule_file
from ia_workbench.kernel import Refused

NUMBERS = list(LineKey)[:5]
CLAIMS = list(LineKey)[5:]


def test_a_rule_file_gives_name_version_and_what_each_line_asks() -> None:
    rule = read_rule_file(
        "name: strict\nversion: 2\nrequired:\n  independent-sources: 5\n  kinds: 3\n  not-one-office: false\n"
    )
    assert rule == EvidenceRule("strict", 2, independent_sources=5, kinds=3, not_one_office=False)


def test_a_line_left_out_asks_what_the_default_asks() -> None:
    assert read_rule({"name": "default", "version": 1}) == DEFAULT_RULE
    assert read_rule({"name": "mine", "version": 1, "required": {"kinds": 4}}).family_standpoint == 1


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ([], "fields"),
        (None, "fields"),
        ("default", "fields"),
        ({"name": "x", "version": 1, "weight": 2}, "weight"),
        ({"name": "x", "version": 1, "required": {"excerpts": 3}}, "excerpts"),
        ({"name": "x", "version": 1, "required": {"independent_sources": 3}}, "independent_sources"),
        ({"name": "x", "version": 1, "required": [3]}, "required"),
        ({"name": "x", "version": 1, "required": {"kinds": True}}, "kinds"),
        ({"name": "x", "version": 1, "required": {"kinds": -1}}, "kinds"),
        ({"name": "x", "version": 1, "required": {"kinds": 2.5}}, "kinds"),
        ({"name": "x", "version": 1, "required": {"kinds": "2"}}, "kinds"),
        ({"name": "x", "version": 1, "required": {"not-one-case": 1}}, "not-one-case"),
        ({"name": "x", "version": 1, "required": {3: 3}}, "required"),
        ({"name": "", "version": 1}, "name"),
        ({"version": 1}, "name"),
        ({"name": "x"}, "version"),
        ({"name": "x", "version": 0}, "version"),
        ({"name": "x", "version": True}, "version"),
        ({"name": "x", "version": "1"}, "version"),
    ],
)
def test_a_malformed_rule_is_refused_in_a_sentence_that_names_the_place(data: object, named: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_rule(data)
    assert named in str(refusal.value).lower()
    assert str(refusal.value).endswith(".")


def test_what_is_not_yaml_is_refused() -> None:
    with pytest.raises(Refused):
        read_rule_file("name: [")


@given(
    st.fixed_dictionaries(
        {},
        optional={line.value: st.integers(0, 9) for line in NUMBERS} | {line.value: st.booleans() for line in CLAIMS},
    )
)
def test_a_rule_asks_what_was_written(required: dict[str, int | bool]) -> None:
    rule = read_rule({"name": "x", "version": 3, "required": required})
    for line in LineKey:
        expected = required.get(line.value, DEFAULT_RULE.required(line))
        assert rule.required(line) == expected
        assert type(rule.required(line)) is type(expected)
