"""Reading an Excel workbook (.xlsx): its first sheet with words as a table, and everything else told.

Values come from openpyxl, as Excel last stored them: no formula is computed and no link followed. What openpyxl passes
over while reading fast (hidden rows, merged cells, comments) is read from the parts themselves.
"""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from ia_workbench.corpus.importers import tables
from ia_workbench.corpus.importers.packing import ZippedFile
from ia_workbench.corpus.importers.rows import MOST_CELLS, table_of
from ia_workbench.corpus.importers.sheet_parts import SheetFacts, comments_in, facts_of, sheets_in
from ia_workbench.corpus.importers.things import change
from ia_workbench.corpus.importers.values import Change, Read
from ia_workbench.kernel import Refused, parse_xml

WORKBOOK = "xl/workbook.xml"
MACROS = "vbaProject.bin"
PARSED = (".xml", ".rels")
# What the parts of a package hold that no cell does, by the beginning of their names.
BESIDE = {
    "xl/externalLinks/externalLink": "link to another workbook",
    "xl/media/": "picture",
    "xl/charts/chart": "chart",
    "xl/diagrams/data": "diagram",
    "xl/embeddings/": "embedded object",
}
NOT_EXCEL = "{name} is not an Excel workbook. Save it as .xlsx or .csv and import it again."
DAMAGED = "{name} is damaged or incomplete. Open it in Excel, save it again and import that."


def read(name: str, content: bytes) -> Read:
    """Read a workbook as a transcript or a survey; see `tables.read_table`.

    Raises Refused for a package with macros or with a document type in any part, and as tables do.
    """
    zipped = ZippedFile(name, content)
    if WORKBOOK not in zipped.entries:
        raise Refused(NOT_EXCEL, name=name)
    if any(entry.endswith(MACROS) for entry in zipped.entries):
        raise Refused("{name} holds macros. Save it as .xlsx without them and import it again.", name=name)
    parts = {entry: parse_xml(zipped.read(entry)) for entry in sorted(zipped.entries) if entry.endswith(PARSED)}
    sheets = sheets_in(parts)
    values = dict(_values(name, content))
    chosen = next((sheet for sheet in sheets if not sheet.is_hidden and _has_words(values.get(sheet.name))), None)
    if chosen is None:
        raise Refused("{name} holds no sheet with words that is not hidden.", name=name)
    facts = facts_of(parts[chosen.part])
    told = [*_other_sheets(sheets, values, chosen.name), *_told_of(facts), *comments_in(parts, chosen.part)]
    told += [change(what) for begins, what in BESIDE.items() for entry in zipped.entries if _is_one(entry, begins)]
    rows = list(_shown(values[chosen.name], facts, told))
    return tables.read_table(table_of(name, rows, told), name)


def _is_one(entry: str, begins: str) -> bool:
    return entry.startswith(begins) and "/_rels/" not in entry and not entry.endswith("/")


def _values(name: str, content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Every sheet's rows, as text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which no table needs
            yield from _sheets(name, content)
    except Refused:
        raise
    except Exception:  # the library checks little, and raises whatever a stranger's parts run it into
        raise Refused(DAMAGED, name=name) from None


def _sheets(name: str, content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    cells = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its size is not to be trusted
        rows = []
        for row in sheet.iter_rows(values_only=True):
            cells += len(row) + 1
            if cells > MOST_CELLS:
                raise Refused("{name} holds far more cells than a survey or transcript has. Split it.", name=name)
            rows.append([written(value) for value in row])
        yield sheet.title, rows
    book.close()


def written(value: Any) -> str:
    """Write a cell's value: whole numbers without a point, days and times as ISO writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _has_words(rows: list[list[str]] | None) -> bool:
    return any(cell.strip() for row in rows or () for cell in row)


def _other_sheets(sheets: Any, values: dict[str, list[list[str]]], chosen: str) -> Iterator[Change]:
    for sheet in sheets:
        if sheet.name != chosen and _has_words(values.get(sheet.name)):
            yield change("hidden sheet" if sheet.is_hidden else "further sheet", words=sheet.name)


def _told_of(facts: SheetFacts) -> Iterator[Change]:
    yield from (change("formula of a cell", words=formula) for formula in facts.formulas)
    yield from (change("formula without a stored value", words=formula) for formula in facts.empty_formulas)
    yield from (change("error value", words=error) for error in facts.errors)
    yield from (change("group of merged cells", words=cells) for cells in facts.merged)


def _shown(rows: list[list[str]], facts: SheetFacts, told: list[Change]) -> Iterator[list[str]]:
    """The rows and columns that are not hidden; the hidden ones are told with their words."""
    for index in sorted(facts.hidden_columns):
        words = [row[index] for row in rows if index < len(row) and row[index]]
        if words:
            told.append(change("hidden column", words="\n".join(words)))
    for number, row in enumerate(rows):
        if number in facts.hidden_rows:
            if any(row):
                told.append(change("hidden row", words="\t".join(row)))
        else:
            yield [cell for index, cell in enumerate(row) if index not in facts.hidden_columns]
