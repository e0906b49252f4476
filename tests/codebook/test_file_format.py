"""Codebooks and levers as files: what is written is read back, and what is malformed is refused with its place."""

import pytest
from hypothesis import given

from ia_workbench.codebook import (
    CodebookFile,
    LeverFile,
    read_codebook,
    read_levers,
    write_codebook,
    write_levers,
)
from ia_workbench.kernel import Refused
from tests.codebook.books import FOLDER, codebooks, lever_files


@given(codebooks)
def test_a_codebook_is_read_back_as_it_was_written(file: CodebookFile) -> None:
    assert read_codebook(write_codebook(file)) == file


@given(lever_files)
def test_levers_are_read_back_as_they_were_written(file: LeverFile) -> None:
    assert read_levers(write_levers(file)) == file


def test_the_shipped_codebook_and_levers_are_read_back_as_they_were_written() -> None:
    book = read_codebook((FOLDER / "reunification.yaml").read_text(encoding="utf-8"))
    assert read_codebook(write_codebook(book)) == book
    levers = read_levers((FOLDER / "levers.yaml").read_text(encoding="utf-8"))
    assert [lever.key for lever in levers.levers] == ["MIS", "CON", "RUL", "ADM", "RES", "TRA", "LIN", "ACC"]
    assert read_levers(write_levers(levers)) == levers


def test_a_code_without_a_colour_takes_its_parents_and_at_the_top_that_of_its_place() -> None:
    book = read_codebook("name: B\ncodes:\n- {key: a, name: A}\n- {key: b, name: B, codes: [{key: c, name: C}]}\n")
    assert [code.color for code in book.codes] == [1, 2]
    assert book.codes[1].codes[0].color == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The codebook must be a set of fields, each with a name and a colon."),
        ("codes: []", "The codebook has no name; add it."),
        ("name: B\ncodes: {a: 1}", "In the codebook, codes must be a list."),
        ("name: B\ncodes: [{name: A}]", "Code 1 of the codebook has no key; add it."),
        ("name: B\ncodes: [{key: a}]", "Code a has no name; add it."),
        (
            "name: B\ncodes: [{key: a, name: A, codes: [{key: b, name: B, color: 13}]}]",
            "In code a/b, color must be a whole number from 1 to 12.",
        ),
        (
            "name: B\ncodes: [{key: a, name: A, codes: [{name: B}]}]",
            "Code 1 under a has no key; add it.",
        ),
        (
            "name: B\ncodes: [{key: a, name: A, codes: [{key: b, name: B}, {key: b, name: C}]}]",
            "The code a/b is given twice; change one of the keys.",
        ),
        (
            "name: B\ncodes: [{key: Family Time, name: A}]",
            "The key Family Time of a code may hold small letters a to z, digits and single hyphens, "
            "at most 40 characters.",
        ),
        (
            "name: B\ncodes: [{key: a, name: A, defintion: x}]",
            "Code a has a field defintion that is not known here; perhaps definition was meant.",
        ),
        (
            "name: B\ncodes: [{key: 12, name: A}]",
            "In code 1 of the codebook, key must be text; put it in quotation marks.",
        ),
    ],
)
def test_a_malformed_codebook_is_refused_with_the_place(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_codebook(text)
    assert str(refused.value) == sentence


def test_a_path_longer_than_an_identifier_is_refused() -> None:
    inner = "{key: " + "c" * 40 + ", name: C}"
    for key in ("b" * 40, "a" * 40):
        inner = "{key: " + key + ", name: X, codes: [" + inner + "]}"
    with pytest.raises(Refused, match="is longer than 120 characters; shorten a key"):
        read_codebook(f"name: B\ncodes: [{inner}]")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name: L\nlevers: [{key: ADM}]", "Lever ADM has no name; add it."),
        ("name: L\nlevers: [{key: A-B, name: A}]", "The key A-B of a lever may hold letters and digits"),
        ("name: L\nlevers: [{key: A, name: A}, {key: A, name: B}]", "The lever A is given twice"),
    ],
)
def test_malformed_levers_are_refused_with_the_place(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_levers(text)
    assert str(refused.value).startswith(sentence)
