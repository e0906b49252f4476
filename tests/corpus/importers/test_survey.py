"""Surveys: open answers as turns of their respondent, closed answers as values."""

import csv
import io

import pytest

from ia_workbench.corpus import ReadFile, Respondent, find_turns, read_file
from ia_workbench.corpus.importers.survey import is_open
from ia_workbench.kernel import Refused

HEAD = ["Case", "Age", "Seen since", "What helped you?", "Office"]
ROWS = [
    ["ID7", "33", "2024-05-01", "The bus pass, and that she called me back.", "North"],
    ["ID8", "", "2023-01-15", "", "South"],
    ["ID9", "55", "2022-11-30", "Nobody [of them] asked.\nNote: that is all.", "North"],
]


def survey(head: list[str], rows: list[list[str]]) -> ReadFile:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return read_file("a.csv", out.getvalue().encode())


def test_each_open_answer_is_one_turn_of_its_respondent_with_its_question() -> None:
    file = survey(HEAD, ROWS)
    found = find_turns(file.text, file.convention)
    assert [(turn.speaker, file.text[turn.speech_start : turn.end]) for turn in found.turns] == [
        ("ID7", "[What helped you?] The bus pass, and that she called me back."),
        ("ID9", "[What helped you?] Nobody [of them] asked. Note: that is all."),
    ]
    assert [file.text[each.at or 0 :][:6] for each in file.changes] == ["Nobody"]


def test_closed_answers_are_values_of_every_respondent() -> None:
    assert survey(HEAD, ROWS).respondents == (
        Respondent("ID7", (("Age", "33"), ("Seen since", "2024-05-01"), ("Office", "North"))),
        Respondent("ID8", (("Seen since", "2023-01-15"), ("Office", "South"))),
        Respondent("ID9", (("Age", "55"), ("Seen since", "2022-11-30"), ("Office", "North"))),
    )


def test_the_notes_say_what_was_taken_for_open_and_closed() -> None:
    assert survey(HEAD, ROWS).notes == (
        "It was read as a survey with 3 respondents, a row each.",
        "Open answers, in the text: “What helped you?”.",
        "Closed answers, kept as values of the respondents and not in the text: “Age”; “Seen since”; “Office”.",
        "Respondents are labelled by the column “Case”.",
        "Reading put a space in place of 1 line end within a cell.",
    )


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (["ID7", "ID8", "ID9"], ["ID7", "ID8", "ID9"]),
        (["1", "2", "3"], ["R1", "R2", "R3"]),
        (["Maria", "Luis", "Ana"], ["R1", "R2", "R3"]),  # names never become labels
        (["ID7", "ID7", "ID9"], ["R1", "R2", "R3"]),
        (["ID7", "", "ID9"], ["R1", "R2", "R3"]),
    ],
)
def test_labels_are_identifiers_that_can_be_no_names(values: list[str], labels: list[str]) -> None:
    rows = [[value, *row[1:]] for value, row in zip(values, ROWS, strict=True)]
    assert [each.label for each in survey(HEAD, rows).respondents] == labels


def test_columns_without_a_name_or_with_one_twice_are_told_apart() -> None:
    rows = [
        ["Because she came and asked.", "Nobody said a word.", "a", ""],
        ["I do not know why.", "It was late then.", "a", ""],
    ]
    file = survey(["Why?", "Why?", "", ""], rows)
    assert "[Why?]" in file.text
    assert "[Why? (2)]" in file.text
    assert file.respondents[0].answers == (("Column 3", "a"),)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["She came and asked me.", "Nobody ever told us why."], True),
        (["yes", "no", "yes"], False),
        (["12", "15", "2,500.00"], False),
        (["2024-01-02", "03/04/2023 10:15"], False),
        (["strongly agree with this", "agree", "strongly agree with this"] * 4, False),
        (["not at all", "very much", "a little"], False),
        (["A fish", "Cats are the best pets, soft and cute and never loud.", "I had a dog when I was small."], True),
        (["", " "], False),
        ([], False),
    ],
)
def test_open_is_what_respondents_say_in_their_own_words(values: list[str], expected: bool) -> None:
    assert is_open(values) is expected


def test_a_survey_without_open_answers_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="no open answers.*name the columns speaker and text"):
        survey(["a", "b"], [["1", "2"], ["3", "4"]])
