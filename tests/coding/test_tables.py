"""Codings as CSV and JSON."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.coding import CodingRow, read_codings_csv, write_codings_csv, write_codings_json
from ia_workbench.kernel import Refused, raw_cell

AT = datetime(2026, 3, 2, 14, 28, tzinfo=UTC)
ROW = CodingRow("INT-001", 8, 24, "two buses, “every” week\nand a walk", "barriers/transport", "ana", AT)
HEADER = "source,start,end,quote,code,coder,at\n"

ROWS = st.lists(
    st.builds(
        CodingRow,
        source=st.just("INT-001"),
        start=st.integers(0, 10**6),
        end=st.integers(0, 10**6),
        quote=st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\r"), max_size=30)
        | st.text(alphabet="'=+-@\"\n, a", max_size=6),
        code=st.just("barriers"),
        coder=st.sampled_from(["ana", "-ben"]),
        at=st.just(AT),
        rating=st.none() | st.integers(1, 9),
        important=st.booleans(),
    ),
    max_size=5,
)


def test_the_header_and_a_row_are_those_of_the_interface() -> None:
    text = write_codings_csv([ROW])
    assert text.startswith(HEADER)
    assert text.endswith(",barriers/transport,ana,2026-03-02T14:28:00Z\n")


@given(ROWS)
def test_what_was_written_is_read_back(rows: list[CodingRow]) -> None:
    assert [row for _, row in read_codings_csv(write_codings_csv(rows))] == rows


@given(ROWS)
def test_the_quote_is_what_its_cell_holds(rows: list[CodingRow]) -> None:
    cells = list(csv.reader(io.StringIO(write_codings_csv(rows), newline="")))
    assert [each[3] for each in cells[1:]] == [row.quote for row in rows]


@given(ROWS)
def test_no_cell_for_a_spreadsheet_is_a_formula_and_the_guard_comes_off(rows: list[CodingRow]) -> None:
    text = write_codings_csv(rows, for_spreadsheets=True)
    read = [row for _line, row in read_codings_csv(text)]
    assert [replace(row, quote=raw_cell(row.quote)) for row in read] == rows
    for cells in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


def test_each_row_comes_with_the_line_it_begins_on() -> None:
    read = read_codings_csv(write_codings_csv([ROW, ROW]))
    assert [line for line, _ in read] == [2, 4]


def test_columns_may_stand_in_any_order_and_blank_lines_are_skipped() -> None:
    text = "\ufeffcode,source,start,end,quote,coder,at\n\nbarriers,INT-001,8,24,two,ana,2026-03-02T14:28:00Z\n"
    assert read_codings_csv(text) == [(3, CodingRow("INT-001", 8, 24, "two", "barriers", "ana", AT))]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "columns"),
        ("source,start\nINT-001,8\n", "columns"),
        (HEADER.replace("coder", "who") + "INT-001,8,24,two,barriers,ana,2026-03-02T14:28:00Z\n", "columns"),
        (HEADER + "INT-001,8,24,two,barriers,ana\n", "Line 2"),
        (HEADER + "INT-001,eight,24,two,barriers,ana,2026-03-02T14:28:00Z\n", "Line 2"),
        (HEADER + "INT-001,8,24,two,barriers,ana,yesterday\n", "Line 2"),
        (HEADER + "INT-001,8,24,two,barriers,ana,0001-01-01T00:00:00+14:00\n", "Line 2"),
        (HEADER + '\nINT-001,8,24,"two"x,barriers,ana,2026-03-02T14:28:00Z\n', "Line 3"),
        (HEADER + 'INT-001,8,24,"two,barriers,ana,2026-03-02T14:28:00Z\n', "Line"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(text: str, named: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_codings_csv(text)
    assert named in str(refusal.value)


def test_a_very_long_quote_is_written_and_read() -> None:
    row = CodingRow("INT-001", 0, 500_000, "word " * 100_000, "barriers", "ana", AT)
    assert read_codings_csv(write_codings_csv([row])) == [(2, row)]


def test_json_has_the_columns_of_the_csv() -> None:
    assert json.loads(write_codings_json([ROW])) == [
        {
            "source": "INT-001",
            "start": 8,
            "end": 24,
            "quote": "two buses, “every” week\nand a walk",
            "code": "barriers/transport",
            "coder": "ana",
            "at": "2026-03-02T14:28:00Z",
        }
    ]


def test_a_rating_and_importance_have_columns_only_where_some_row_has_them() -> None:
    assert write_codings_csv([ROW, replace(ROW, rating=2)]).splitlines()[0] == HEADER.strip() + ",rating"
    assert write_codings_csv([replace(ROW, important=True)]).endswith(",yes\n")
    plain, marked = json.loads(write_codings_json([ROW, replace(ROW, rating=2, important=True)]))
    assert set(marked) - set(plain) == {"rating", "important"}
    assert (marked["rating"], marked["important"]) == (2, True)


def test_importance_is_yes_or_nothing() -> None:
    with pytest.raises(Refused, match="Line 2 of the codings: `important`"):
        read_codings_csv(HEADER.strip() + ",important\nINT-001,0,3,two,barriers,ana,2026-03-02T14:28:00Z,maybe\n")
