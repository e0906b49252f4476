"""The JSON that scripts read of an evaluation."""

import json
from dataclasses import replace

from ia_workbench.findings import SourceFamily, evaluate, evaluation_json
from tests.support.triangulation import S1, S4, S6, S8, S10, finding_on

NORTH, SOUTH = frozenset({"ana"}), frozenset({"ben"})


def test_an_evaluation_serialises_to_exactly_the_shape_of_the_interface() -> None:
    sources = [replace(each, office="North", collectors=NORTH) for each in (S1, S6, S10)]
    others = [replace(each, office="South", collectors=SOUTH) for each in (S4, S8)]
    document = evaluation_json(evaluate(finding_on(*sources, *others, searches=2, offices=("North", "South"))))
    assert document == {
        "finding": "F-01",
        "strength": "established",
        "rule": {"name": "default", "version": 1},
        "lines": [
            {"key": "independent-sources", "required": 3, "observed": 5, "met": True},
            {"key": "kinds", "required": 2, "observed": 3, "met": True},
            {"key": "family-standpoint", "required": 1, "observed": 2, "met": True},
            {"key": "lever-anchored", "required": 1, "observed": 2, "met": True},
            {"key": "investigators", "required": 2, "observed": 2, "met": True},
            {"key": "not-one-case", "required": True, "observed": True, "met": True},
            {"key": "not-one-office", "required": True, "observed": True, "met": True},
            {"key": "negative-case-search", "required": True, "observed": True, "met": True},
            {"key": "contrary-resolved", "required": True, "observed": True, "met": True},
        ],
        "counts": {
            "excerpts": 5,
            "sources": 5,
            "independent_units": 5,
            "kinds": 3,
            "standpoints": 3,
            "effective_kinds": 2.27,
        },
        "fragile_units": [],
        "convergence": [
            {"family": "family-voice", "cell": "supports"},
            {"family": "worker-voice", "cell": "supports"},
            {"family": "leadership", "cell": "not-examined"},
            {"family": "partner-voice", "cell": "not-examined"},
            {"family": "observation", "cell": "supports"},
            {"family": "case-record", "cell": "not-examined"},
            {"family": "institutional-text", "cell": "supports"},
            {"family": "numbers", "cell": "not-examined"},
        ],
    }
    assert json.loads(json.dumps(document)) == document
    assert list(document) == ["finding", "strength", "rule", "lines", "counts", "fragile_units", "convergence"]


def test_fragile_units_are_lists_of_source_keys() -> None:
    sources = [replace(each, office="North", collectors=NORTH) for each in (S1, S6)]
    other = replace(S4, office="South", collectors=SOUTH)
    document = evaluation_json(evaluate(finding_on(*sources, other, searches=1, offices=("North", "South"))))
    assert document["fragile_units"] == [["S1"], ["S4"], ["S6"]]


def test_without_support_the_effective_kinds_are_null() -> None:
    document = evaluation_json(evaluate(finding_on()))
    assert document["counts"]["effective_kinds"] is None
    assert document["strength"] == "thin"


def test_all_families_are_listed_whatever_the_evidence() -> None:
    document = evaluation_json(evaluate(finding_on()))
    assert [each["family"] for each in document["convergence"]] == [family.value for family in SourceFamily]
