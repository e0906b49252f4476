"""Records of the source register: what is given is kept, what is malformed is refused by name."""

from dataclasses import replace
from datetime import date

import pytest

from ia_workbench.corpus import ConsentScope, SourceKind, SourceRecord, read_record
from ia_workbench.corpus.records import FIELDS, fields_of
from ia_workbench.kernel import Refused

LEAST = {"kind": "interview", "standpoint": "parent"}
FULL = SourceRecord(
    kind=SourceKind.INTERVIEW,
    standpoint="parent",
    key="INT-001",
    title="Parent interview",
    subkind="family",
    worker_role="caseworker",
    participants=("P-01", "P-02"),
    case="C-01",
    office="North",
    agency="CCFS",
    collectors=("ana", "carla"),
    date=date(2026, 2, 10),
    language="es",
    consent=ConsentScope.QUOTE_TO_BODY,
    text_id="CCFS-6.3",
    event_id="EV-01",
    nodes=("N-13", "N-14"),
    convention="name-colon",
)


def test_a_record_reads_back_as_it_was_written() -> None:
    assert read_record(fields_of(FULL)) == FULL
    assert tuple(fields_of(FULL)) == FIELDS


def test_nothing_but_analysis_is_consented_to_unless_someone_says_so() -> None:
    assert read_record(LEAST) == SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent")
    assert read_record(LEAST).consent is ConsentScope.ANALYSIS_ONLY


def test_blank_fields_count_as_not_given() -> None:
    assert read_record(LEAST | {"key": " ", "participant": " ; ", "date": ""}) == read_record(LEAST)


@pytest.mark.parametrize("field", ["kind", "standpoint"])
def test_a_kind_and_a_standpoint_must_be_given(field: str) -> None:
    with pytest.raises(Refused, match=f"Give the {field} of the source."):
        read_record({**LEAST, field: " "})


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("kind", "chat", "There is no kind chat; there are interview, focus-group"),
        ("consent", "all", "There is no consent all; there are analysis-only"),
        ("convention", "Morse code", "Morse code cannot be the convention"),
        ("key", "int", "int cannot be the key: write a key such as INT-001."),
        ("key", "a--1", "cannot be the key"),
        ("key", "1" * 41, "cannot be the key"),
        ("key", "INT-1; DROP", "cannot be the key"),
        ("case", "Smith", "Smith cannot be the case"),
        ("participant", "P-01;Maria", "Maria cannot be the participant"),
        ("participant", "P-01;P-01", "names the same one twice"),
        ("nodes", "N-13,N-14", "cannot be the nodes"),
        ("collector", "ana banana", "ana banana cannot be the collector"),
        ("standpoint", "Parent!", "Parent! cannot be the standpoint"),
        ("language", "Spanish", "Spanish cannot be the language"),
        ("date", "03/02/2026", "03/02/2026 is not a date: write it as 2026-03-02."),
        ("date", "2026-02-30", "is not a date"),
        ("text_id", "a b", "a b cannot be the text_id"),
        ("office", "North\nSouth", "The office takes one line"),
        ("title", "t" * 201, "The title takes one line of at most 200 characters."),
    ],
)
def test_a_malformed_field_is_refused_by_name(field: str, value: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        read_record({**LEAST, field: value})
    assert sentence in str(caught.value)


KEYS = ["S1", "INT014", "I-1a", "2026-01", "int-1", "Fresno-12", "case.7_b"]


@pytest.mark.parametrize("key", KEYS)
def test_keys_that_people_give_are_short_words_with_a_digit(key: str) -> None:
    record = read_record({**LEAST, "key": key, "case": key, "participant": f"{key};P1", "nodes": f"{key};intake"})
    assert (record.key, record.case, record.participants, record.nodes) == (key, key, (key, "P1"), (key, "intake"))


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(Refused, match="There is no field name in the source register."):
        read_record({**LEAST, "name": "Maria"})


def test_a_record_made_in_code_is_held_to_the_same_form() -> None:
    with pytest.raises(Refused):
        read_record(fields_of(replace(FULL, key="nonsense")))
