"""Codings as tables for other programs: CSV and JSON, one row a coding."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Protocol

from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Refused, harmless_cell, iso_utc, parse_iso_utc, raw_cell


@dataclass(frozen=True)
class CodingRow:
    """One coding as a table has it: source key, offsets in code points, the words, code path, coder, moment.

    `text` says in which of its source's texts the words stand, counted from 1, where a correction took them away; None:
    in the newest. `rating` counts from 1 in the code's scale, None where it was not rated.
    """

    source: str
    start: int
    end: int
    quote: str
    code: str
    coder: str
    at: datetime
    text: int | None = None
    rating: int | None = None
    important: bool = False


class TableRow(Protocol):
    """What a row needs for a table to be written of it, as `CodingRow` says it."""

    @property
    def source(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def quote(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def coder(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def text(self) -> int | None: ...
    @property
    def rating(self) -> int | None: ...
    @property
    def important(self) -> bool: ...


LONGEST_QUOTE = 50_000_000  # the csv module refuses cells over 131,072 characters unless told otherwise

RARE_COLUMNS = ("text", "rating", "important")  # written only where some row has something there
COLUMNS = tuple(field.name for field in fields(CodingRow) if field.name not in RARE_COLUMNS)
YES = "yes"


def rows_of(codings: Sequence[Coding], *, texts: Sequence[int | None] = ()) -> list[CodingRow]:
    """Return codings as table rows, in the order given; take them from `codings`, which loads what they need.

    `texts` says of each in which text of its source it stands; nothing where all stand in the newest.
    """
    return [
        CodingRow(
            source=each.excerpt.revision.source.key,
            start=each.excerpt.start,
            end=each.excerpt.end,
            quote=each.excerpt.quote,
            code=each.code.path,
            coder=each.coder.username,
            at=each.at,
            text=text,
            rating=each.rating,
            important=each.is_important,
        )
        for each, text in zip(codings, texts or [None] * len(codings), strict=True)
    ]


def earlier_text(excerpt: Excerpt, raw: Mapping[int, Sequence[Revision]]) -> int | None:
    """Return which of its source's texts an excerpt stands in, counted from 1; None for the newest one.

    `raw` are the raw revisions of each source, by the source's internal number.
    """
    texts = [each.id for each in raw[excerpt.revision.source_id]]
    number = texts.index(excerpt.revision_id) + 1
    return None if number == len(texts) else number


def write_codings_csv(rows: Sequence[TableRow], *, for_spreadsheets: bool = False) -> str:
    """Write rows as CSV with a header and `\\n` line ends; every cell is exactly what it says.

    `for_spreadsheets` puts a `'` before a cell that a spreadsheet would run as a formula.
    """
    cell: Callable[[str], str] = harmless_cell if for_spreadsheets else str
    known = lru_cache(maxsize=1000)(cell)  # keys, codes and people come again and again
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    rare = [name for name in RARE_COLUMNS if any(map(attrgetter(name), rows))]
    writer.writerow((*COLUMNS, *rare))
    common: Iterable[tuple[str | int, ...]] = (
        (known(row.source), row.start, row.end, cell(row.quote), known(row.code), known(row.coder), iso_utc(row.at))
        for row in rows
    )
    if rare:
        common = ((*cells, *_rare_cells(row, rare)) for row, cells in zip(rows, common, strict=True))
    writer.writerows(common)
    return stream.getvalue()


def _rare_cells(row: TableRow, names: Sequence[str]) -> Iterator[str | int]:
    more = {"text": row.text or "", "rating": row.rating or "", "important": YES if row.important else ""}
    return (more[name] for name in names)


def write_codings_json(rows: Iterable[TableRow]) -> str:
    """Write rows as a JSON list of objects with the columns of the CSV."""
    return json.dumps([coding_object(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def coding_object(row: TableRow) -> dict[str, object]:
    """Return a row as JSON has it; `text`, `rating` and `important` are there only where they say something."""
    written = {name: getattr(row, name) for name in COLUMNS} | {"at": iso_utc(row.at)}
    return written | {name: value for name in RARE_COLUMNS if (value := getattr(row, name))}


def read_codings_csv(text: str) -> list[tuple[int, CodingRow]]:
    """Read what `write_codings_csv` wrote, or the same by hand: the number of each row's first line, and the row.

    A quote is what its cell holds. In a file for spreadsheets it may have a `'` before it (`raw_cell`): whoever has the
    text can tell.
    Refuses missing or unknown columns and a row that cannot be read, naming its line.
    """
    csv.field_size_limit(LONGEST_QUOTE)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = next(reader, None)
        if header is None or sorted(each for each in header if each not in RARE_COLUMNS) != sorted(COLUMNS):
            raise Refused("The first line of the codings must name the columns {columns}.", columns=", ".join(COLUMNS))
        rows, line = [], reader.line_num + 1
        for cells in reader:
            if cells:
                rows.append((line, _row(header, cells, line)))
            line = reader.line_num + 1
        return rows
    except csv.Error:
        raise Refused("Line {line} of the codings is not well-formed CSV.", line=reader.line_num) from None


def _row(header: Sequence[str], cells: Sequence[str], line: int) -> CodingRow:
    if len(cells) != len(header):
        raise Refused(
            "Line {line} of the codings has {count} cells, not {wanted}.",
            line=line,
            count=len(cells),
            wanted=len(header),
        )
    cell = dict(zip(header, cells, strict=True))
    try:
        place = (raw_cell(cell["source"]), int(cell["start"]), int(cell["end"]), cell["quote"])
        text, rating = (int(cell[name]) if cell.get(name) else None for name in ("text", "rating"))
        made = (raw_cell(cell["code"]), raw_cell(cell["coder"]), parse_iso_utc(cell["at"]))
    except ValueError:
        raise Refused(
            "Line {line} of the codings needs whole numbers as start and end, and `at` as {example}.",
            line=line,
            example="2026-03-02T14:28:00Z",
        ) from None
    important = cell.get("important", "")
    if important not in ("", YES):
        raise Refused("Line {line} of the codings: `important` is {yes}, or the cell is empty.", line=line, yes=YES)
    return CodingRow(*place, *made, text, rating, important == YES)
