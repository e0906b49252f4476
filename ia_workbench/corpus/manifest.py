"""`sources.csv`: the source register as a file."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ia_workbench.corpus.records import FIELDS, REQUIRED_FIELDS, SourceRecord, fields_of, read_record
from ia_workbench.kernel import Refused

LARGEST_MANIFEST = 5_000_000  # bytes; ten thousand sources take about 2 MB
COLUMNS = ("key", "file", *(field for field in FIELDS if field not in {"key", "convention"}))
RARE_COLUMN = "convention"  # written only when someone chose one


class RecordRow(NamedTuple):
    """One row of `sources.csv`: the line it begins on (the header is line 1), the record, and the file's name."""

    line: int
    record: SourceRecord
    file: str


def read_records(content: bytes) -> list[RecordRow]:
    """Read `sources.csv`, in its order. Raises Refused naming the line for anything malformed or a key given twice."""
    if len(content) > LARGEST_MANIFEST:
        raise Refused("The list of sources is larger than 5 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused("Line {line}: this is not UTF-8. Save the table as CSV in UTF-8.", line=line) from None
    numbered = _numbered_rows(text)
    columns = _checked_header(next(numbered, (1, []))[1])
    rows: list[RecordRow] = []
    lines: dict[str, int] = {}
    for line, cells in numbered:
        row = _row(line, columns, cells)
        key = row.record.key
        before = line if key is None else lines.setdefault(key.lower(), line)
        if before != line:
            raise Refused("Line {line}: {key} stands on line {before} already.", line=line, key=key, before=before)
        rows.append(row)
    return rows


def write_records(rows: Iterable[tuple[SourceRecord, str]]) -> bytes:
    """Write records and their files' names as `sources.csv`, which `read_records` reads back unchanged.

    Programs read it, so each cell is what the register says and nothing is put before it.
    """
    cells = [{"file": file, **fields_of(record)} for record, file in rows]
    columns = [*COLUMNS, RARE_COLUMN] if any(row[RARE_COLUMN] for row in cells) else list(COLUMNS)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in cells)
    return out.getvalue().encode()


def _numbered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something, with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise Refused("Line {line}: the quotation marks or commas do not add up.", line=line) from None


def _checked_header(cells: Sequence[str]) -> list[str]:
    columns = [cell.strip() for cell in cells]
    unknown = [column for column in columns if column not in {*COLUMNS, RARE_COLUMN}]
    missing = [column for column in ("file", *REQUIRED_FIELDS) if column not in columns]
    if missing:
        raise Refused("Line 1: there is no column {column}.", column=missing[0])
    known = ", ".join(COLUMNS)
    if unknown:
        raise Refused("Line 1: there is no column {column} here; there are {known}.", column=unknown[0], known=known)
    if len(set(columns)) != len(columns):
        raise Refused("Line 1: a column stands there twice; the columns are {known}, each once.", known=known)
    return columns


def _row(line: int, columns: Sequence[str], cells: Sequence[str]) -> RecordRow:
    if len(cells) > len(columns):
        raise Refused("Line {line}: there are more cells than columns.", line=line)
    fields = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
    file = fields.pop("file").strip()
    try:
        _check_file(file)
        return RecordRow(line, read_record(fields), file)
    except Refused as refusal:
        raise Refused("Line {line}: {problem}", line=line, problem=str(refusal)) from None


def _check_file(file: str) -> None:
    """Refuse a name that leads out of the study's folder."""
    if not file:
        raise Refused("Give the name of the file.")
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts or "\\" in file or ":" in file or not file.isprintable():
        raise Refused("{file} is not the name of a file in the study's folder.", file=file)
