"""Wording warnings, method 7: each warns, none blocks, and the sentence frame passes."""

import pytest

from ia_workbench.findings import WarningKey, wording_warnings

GOOD = (
    "At the visit request, form 214 organizes caseworkers to book within weekday slots from 9 to 4, so that parents "
    "who work shifts lose visits that court reports later count against them."
)


def keys(statement: str, **context: object) -> list[WarningKey]:
    return [warning.key for warning in wording_warnings(statement, **context)]  # type: ignore[arg-type]


def test_the_sentence_frame_raises_no_warning() -> None:
    assert keys(GOOD, kinds=3) == []


@pytest.mark.parametrize(
    "statement",
    [
        "At intake, Ms. Okoro organizes the calendar.",
        "At intake, Judge Merrow sets the dates.",
        "At intake, Dr Lee signs the form.",
    ],
)
def test_a_person_after_a_title_is_noticed(statement: str) -> None:
    assert keys(statement) == [WarningKey.PERSON_NAMED]


def test_a_name_that_the_study_lists_is_noticed_as_a_whole_word() -> None:
    assert keys("At intake, Delgado keeps the list.", names=("Delgado", "")) == [WarningKey.PERSON_NAMED]
    assert keys("At intake, the form lists candles.", names=("Can",)) == []


def test_a_court_is_no_person() -> None:
    assert keys("At review, the judge in court 3 reads the template.") == []


@pytest.mark.parametrize(
    "statement",
    [
        "Caseworkers fail to call parents before the visit.",
        "The supervisor does not read the report.",
        "Workers often don’t ask about shifts.",
        "Staff never offer evenings.",
        "Social workers lack empathy.",
        "The judge ignores reasons.",
    ],
)
def test_a_worker_role_with_a_negative_verb_is_noticed(statement: str) -> None:
    assert WarningKey.WORKER_BLAMED in keys(statement)


def test_an_institution_that_lacks_a_tool_is_not_noticed() -> None:
    assert keys("The form does not offer evening slots to caseworkers.") == []


@pytest.mark.parametrize("word", ["most", "often", "always", "Many", "never"])
def test_a_quantity_without_a_denominator_is_noticed(word: str) -> None:
    found = wording_warnings(f"At the request, the form is {word} sent back.")
    assert [(warning.key, warning.words) for warning in found] == [(WarningKey.NO_DENOMINATOR, word)]
    assert word in str(found[0])


def test_a_quantity_with_a_denominator_is_not_noticed() -> None:
    assert keys("In most requests, 9 of 14, the form is sent back.") == []


def test_a_quantity_within_another_word_is_not_noticed() -> None:
    assert keys("The utmost care is described in the almost new form.") == []


def test_a_causal_verb_is_noticed_only_with_one_kind() -> None:
    statement = "The form leads to missed visits."
    assert keys(statement, kinds=1) == [WarningKey.ONE_KIND]
    assert keys(statement, kinds=2) == []
    assert keys(statement) == []


@pytest.mark.parametrize(
    "words", ["the parent refused services", "the mother failed to attend", "a non-compliant father", "no-shows grow"]
)
def test_family_blaming_words_are_noticed(words: str) -> None:
    assert keys(f"At review, the report says {words}.") == [WarningKey.FAMILY_BLAMED]


@pytest.mark.parametrize("quoted", ["“non-compliant”", '"non-compliant"', "«non-compliant»"])
def test_family_blaming_words_inside_a_quotation_are_not_noticed(quoted: str) -> None:
    assert keys(f"At review, the template offers the word {quoted} for a missed visit.") == []


def test_a_finding_without_a_lever_is_noticed() -> None:
    assert keys(GOOD, has_lever=False) == [WarningKey.NO_LEVER]


@pytest.mark.parametrize(("count", "expected"), [(45, []), (46, [WarningKey.TOO_LONG])])
def test_over_45_words_is_noticed(count: int, expected: list[WarningKey]) -> None:
    assert keys("word " * (count - 2) + "drop-in parent’s") == expected


def test_words_in_quotations_count_towards_the_length() -> None:
    assert keys("“" + "word " * 46 + "”") == [WarningKey.TOO_LONG]


def test_each_warning_is_a_sentence() -> None:
    statement = "Ms. Okoro says caseworkers never call because most parents refused. " + "word " * 40
    found = wording_warnings(statement, has_lever=False, kinds=1)
    assert {warning.key for warning in found} == set(WarningKey)
    assert all(str(warning).endswith(".") and "{" not in str(warning) for warning in found)


@pytest.mark.parametrize("statement", ["", "   ", "“", "…"])
def test_no_statement_is_too_odd(statement: str) -> None:
    assert keys(statement) == []
