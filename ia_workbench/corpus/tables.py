"""Rows of a table that a person brings, as .csv or as .xlsx, with the numbers that refusals name."""

import csv
import datetime
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import openpyxl

from ia_workbench.corpus.importers.packing import ZippedFile
from ia_workbench.corpus.problems import Problem
from ia_workbench.kernel import Refused

LARGEST_TABLE = 5_000_000  # bytes; ten thousand sources take about 2 MB
ZIP = b"PK\x03\x04"
DOCTYPE = re.compile(rb"<!\s*DOCTYPE", re.IGNORECASE)
MOST_COLUMNS = 500  # cells of a row that are looked at; a sheet that is formatted to its last column has 16,384
MOST_ROWS = 100_000
NO_WORKBOOK = "{name} is not a workbook that can be read. Save it again as .xlsx, or as CSV in UTF-8."
NO_VALUE = "The formula in {cell} has no value. Open the workbook, save it, and import it again."
AN_ERROR = "The cell {cell} holds the error {error}. Mend it in the workbook."


@dataclass
class Table:
    """The rows of a table that hold anything, each with its line (in a workbook its row), the header first.

    `problems` are what is wrong with single lines; `notes` are sentences on what was read although it does not show.
    """

    rows: list[tuple[int, list[str]]]
    problems: list[Problem] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def read_table(name: str, content: bytes) -> Table:
    """Read a table, judged by its content. Raises Refused for one over 5 MB, or that is no table at all."""
    if len(content) > LARGEST_TABLE:
        raise Refused("The list of sources is larger than 5 MB.")
    return _from_workbook(name, content) if content.startswith(ZIP) else _from_csv(content)


def _from_csv(content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused("Line {line}: this is not UTF-8. Save the table as CSV in UTF-8.", line=line) from None
    table = Table([])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                table.rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        table.problems.append(Problem(line, Refused("the quotation marks or commas do not add up.")))
    return table


def _from_workbook(name: str, content: bytes) -> Table:
    """Read the first sheet: dates as 2026-03-02, numbers as decimals, truth as yes or no, formulas as they came out."""
    _refuse_harmful(name, content)
    shown, written = _opened(name, content, is_values=True), _opened(name, content, is_values=False)
    if not shown.worksheets:
        raise Refused(NO_WORKBOOK, name=name)
    sheet, formulas = shown.worksheets[0], written.worksheets[0]
    if sheet.max_row > MOST_ROWS:
        raise Refused("{name} has more than {number} rows. Split it.", name=name, number=f"{MOST_ROWS:,}")
    table = Table([], notes=tuple(_notes_on(shown)))
    last = min(sheet.max_column, MOST_COLUMNS)
    for number, cells in enumerate(sheet.iter_rows(max_col=last), 1):
        try:
            words = [_words(cell, formulas) for cell in cells]
        except Refused as refusal:
            table.problems.append(Problem(number, refusal))
            continue
        if any(word.strip() for word in words):
            table.rows.append((number, _without_empty_end(words)))
    return table


def _refuse_harmful(name: str, content: bytes) -> None:
    packed = ZippedFile(name, content)
    for entry in sorted(packed.entries):
        if entry.endswith((".xml", ".rels")) and DOCTYPE.search(packed.read(entry).replace(b"\0", b"")):
            raise Refused("{name} declares entities of its own, which no workbook needs, and was not read.", name=name)


def _opened(name: str, content: bytes, *, is_values: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it says of styles and extensions is nothing to a table of words
            return openpyxl.load_workbook(io.BytesIO(content), data_only=is_values, keep_links=False)
    except Exception:  # openpyxl raises whatever its parts raise on a file that is no workbook
        raise Refused(NO_WORKBOOK, name=name) from None


def _notes_on(workbook: Any) -> Iterator[str]:
    sheet = workbook.worksheets[0]
    if len(workbook.worksheets) > 1:
        yield f"Only the first sheet was read, {sheet.title}."
    hidden = [number for number, row in sorted(sheet.row_dimensions.items()) if row.hidden and number <= sheet.max_row]
    if hidden:
        which = ", ".join(map(str, hidden))
        yield f"Row {which} is hidden and was read." if len(hidden) == 1 else f"Rows {which} are hidden and were read."
    columns = [letter for letter, column in sorted(sheet.column_dimensions.items()) if column.hidden]
    if columns:
        yield f"Columns that are hidden were read: {', '.join(columns)}."


def _words(cell: Any, formulas: Any) -> str:
    value = cell.value
    if cell.data_type == "e":
        raise Refused(AN_ERROR, cell=cell.coordinate, error=value)
    if value is None:
        if formulas.cell(cell.row, cell.column).data_type == "f":
            raise Refused(NO_VALUE, cell=cell.coordinate)
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time(0)
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)


def _without_empty_end(words: list[str]) -> list[str]:
    """The cells without the empty ones at the end, which a workbook has wherever it is formatted."""
    while words and not words[-1].strip():
        words.pop()
    return words
