"""Rows of a table, wherever they come from, and finding the columns in them: pure."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ia_workbench.corpus.importers.things import change
from ia_workbench.corpus.importers.values import Change
from ia_workbench.kernel import Refused

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 50  # enough to tell the delimiter by
LARGEST_CELL = 10_000_000  # characters; the library's own limit is below the answer of a talkative person
MOST_COLUMNS = 1_000
MOST_CELLS = 2_000_000


@dataclass(frozen=True)
class Table:
    """A table: the names of its columns, each once, and its rows, each as wide; `empty` counts rows left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: int = 0
    changes: tuple[Change, ...] = ()

    def column(self, index: int) -> list[str]:
        """Return the values of a column from top to bottom."""
        return [row[index] for row in self.rows]


def divided(name: str, text: str) -> list[list[str]]:
    """Divide text into rows and cells at the delimiter that divides it most evenly: comma, semicolon, tab or bar."""
    delimiter = max(DELIMITERS, key=lambda each: _evenness(text, each))
    return _divide(name, text, delimiter)


def table_of(name: str, rows: Sequence[Sequence[str]], changes: Sequence[Change] = ()) -> Table:
    """Take the first row with words as the names of the columns and the rest as rows.

    Columns without a name are `Column 3`; one named as another before it is `Age (2)`. Columns without a name and
    without a value are left out. Raises Refused for a table without rows, or too large to be one of answers.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise Refused("{name} holds no rows below its headings.", name=name)
    width = max(len(row) for row in filled)
    if width > MOST_COLUMNS or width * len(filled) > MOST_CELLS:
        raise Refused("{name} holds far more cells than a survey or transcript has. Split it.", name=name)
    even = [(*map(str.strip, row), *([""] * (width - len(row)))) for row in filled]
    used = [index for index in range(width) if any(row[index] for row in even)]
    columns = tuple(_named_once([even[0][index] or f"Column {index + 1}" for index in used]))
    body = tuple(tuple(row[index] for index in used) for row in even[1:])
    return Table(columns, body, len(rows) - len(filled), tuple(changes))


def line_ends(cell: str, place: int | None) -> Iterator[Change]:
    """Tell of the line ends within a cell: its words stand in one line, so that no line is taken for a new turn."""
    return (change("line end within a cell", place) for _ in range(cell.strip().count("\n")))


def _evenness(text: str, delimiter: str) -> tuple[bool, float, int]:
    """How well a delimiter explains the text: rows of one width of two or more, the commonest width of them."""
    widths = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                widths.append(len(row))
            if len(widths) == SAMPLE_ROWS:
                break
    except csv.Error:
        return False, 0.0, 0
    commonest = max(set(widths), key=widths.count, default=0)
    return commonest > 1, widths.count(commonest) / max(1, len(widths)), commonest


def _divide(name: str, text: str, delimiter: str) -> list[list[str]]:
    before = csv.field_size_limit(LARGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Refused("{name} is not a table that can be read. Save it again as CSV in UTF-8.", name=name) from None
    finally:
        csv.field_size_limit(before)


def _named_once(names: Sequence[str]) -> Iterator[str]:
    taken: set[str] = set()
    for name in names:
        number, given = 1, name
        while given.casefold() in taken:
            number += 1
            given = f"{name} ({number})"
        taken.add(given.casefold())
        yield given
