"""`sources.csv`: the source register as a file; `participants.csv` and `cases.csv` beside it."""

import csv
import difflib
import io
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ia_workbench.corpus.attributes import one_line
from ia_workbench.corpus.describing import AttributeRow
from ia_workbench.corpus.problems import Problem, refuse_all
from ia_workbench.corpus.records import (
    ATTRIBUTE,
    FIELDS,
    RARE_FIELDS,
    REQUIRED_FIELDS,
    SourceRecord,
    fields_of,
    read_record,
)
from ia_workbench.corpus.tables import Table, read_table
from ia_workbench.kernel import Refused, first_twice, is_numbered_key

COLUMNS = ("key", "file", *(field for field in FIELDS if field not in {"key", *RARE_FIELDS}))


class RecordRow(NamedTuple):
    """One row of `sources.csv`: the line it begins on (the header is line 1), the record, and the file's name."""

    line: int
    record: SourceRecord
    file: str


class Manifest(NamedTuple):
    """A source register as it was read: its rows in order, and sentences on what a person might not expect."""

    rows: list[RecordRow]
    notes: tuple[str, ...]


def read_manifest(name: str, content: bytes) -> Manifest:
    """Read a source register as .csv (UTF-8) or .xlsx (its first sheet).

    Raises Refused with everything that is wrong: the first line in its sentence, the others in `further`. A key or a
    file that stands there twice is wrong, and so is a column that is not known, with the likely one named.
    """
    table = read_table(name, content)
    rows, problems = _rows(table)
    refuse_all([*problems, *_keys_twice(rows), *_files_twice(rows)])
    return Manifest(rows, table.notes)


def read_records(content: bytes) -> list[RecordRow]:
    """Read the `sources.csv` of a study, in its order, where sources may share a file; else as `read_manifest`."""
    rows, problems = _rows(read_table("sources.csv", content))
    refuse_all([*problems, *_keys_twice(rows)])
    return rows


def _rows(table: Table) -> tuple[list[RecordRow], list[Problem]]:
    """The rows that are well formed, and what is wrong with the others."""
    columns = _checked_header(table, (*COLUMNS, *RARE_FIELDS), needed=("file", *REQUIRED_FIELDS))
    rows, problems = [], list(table.problems)
    for line, cells in table.rows[1:]:
        try:
            rows.append(_row(line, columns, cells))
        except Refused as refusal:
            problems.append(Problem(line, refusal))
    return rows, problems


def write_records(rows: Iterable[tuple[SourceRecord, str]]) -> bytes:
    """Write records and their files' names as `sources.csv`, which `read_records` reads back unchanged.

    Programs read it, so each cell is what the register says and nothing is put before it.
    """
    cells = [{"file": file, **fields_of(record)} for record, file in rows]
    rare = [column for column in RARE_FIELDS if any(row[column] for row in cells)]
    named = dict.fromkeys(column for row in cells for column in row if column.startswith(ATTRIBUTE))
    return _written([*COLUMNS, *rare, *named], cells)


def read_attribute_rows(name: str, content: bytes) -> list[AttributeRow]:
    """Read `participants.csv` or `cases.csv`: a column `key`, and one `attribute:NAME` for each attribute.

    Raises Refused with everything that is wrong, as `read_manifest` does.
    """
    table = read_table(name, content)
    columns = _checked_header(table, ("key",), needed=("key",))
    rows, problems, lines = [], list(table.problems), dict[str, int]()
    for line, cells in table.rows[1:]:
        try:
            fields = _fields(columns, cells)
            key = fields.pop("key")
            if not is_numbered_key(key):
                raise Refused("{value} cannot be the key: write a key such as P-01.", value=key)
            if lines.setdefault(key, line) != line:
                raise Refused("{key} stands on line {before} already.", key=key, before=lines[key])
            said = tuple((column.removeprefix(ATTRIBUTE), value) for column, value in fields.items() if value)
            rows.append(AttributeRow(line, key, said))
        except Refused as refusal:
            problems.append(Problem(line, refusal))
    refuse_all(problems)
    return rows


def write_attribute_rows(rows: Iterable[tuple[str, tuple[tuple[str, str], ...]]], names: Sequence[str]) -> bytes:
    """Write keys and what is said of them as `read_attribute_rows` reads it; `names` are the columns, in order."""
    cells = [{"key": key, **{f"{ATTRIBUTE}{name}": value for name, value in said}} for key, said in rows]
    return _written(["key", *(f"{ATTRIBUTE}{name}" for name in names)], cells)


def _written(columns: Sequence[str], cells: Iterable[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in cells)
    return out.getvalue().encode()


def _checked_header(table: Table, known: Sequence[str], *, needed: Sequence[str]) -> list[str]:
    """The names of the columns. Refuses missing, unknown and double ones, all of them at once."""
    columns = [_column(cell) for cell in table.rows[0][1]] if table.rows else []
    line = table.rows[0][0] if table.rows else 1
    wrong = [Refused("there is no column {column}.", column=each) for each in needed if each not in columns]
    wrong += [_unknown(each, known) for each in dict.fromkeys(columns) if not _is_known(each, known)]
    twice = first_twice(each for each in columns if _is_known(each, known))
    if twice is not None:
        wrong.append(Refused("the column {column} stands there twice. Each stands there once.", column=twice))
    refuse_all([*(Problem(line, each) for each in wrong), *(table.problems if wrong else ())])
    return columns


def _column(cell: str) -> str:
    name = cell.strip()
    return ATTRIBUTE + one_line(name.removeprefix(ATTRIBUTE)) if name.startswith(ATTRIBUTE) else name


def _is_known(column: str, known: Sequence[str]) -> bool:
    return column in known or (column.startswith(ATTRIBUTE) and column != ATTRIBUTE)


def _unknown(column: str, known: Sequence[str]) -> Refused:
    if not column:
        return Refused("a column has no name. Name it, or take it out.")
    near = difflib.get_close_matches(column.casefold().replace(" ", "_"), known, n=1)
    if near:
        return Refused("there is no column {column} here; perhaps {hint} was meant.", column=column, hint=near[0])
    sentence = "there is no column {column} here; there are {known}, and attribute:NAME for each attribute."
    return Refused(sentence, column=column, known=", ".join(known))


def _fields(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) > len(columns):
        raise Refused("there are more cells than columns.")
    return dict.fromkeys(columns, "") | {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}


def _row(line: int, columns: Sequence[str], cells: Sequence[str]) -> RecordRow:
    fields = _fields(columns, cells)
    file = fields.pop("file")
    _check_file(file)
    return RecordRow(line, read_record(fields), file)


def _check_file(file: str) -> None:
    """Refuse a name that leads out of the study's folder."""
    if not file:
        raise Refused("Give the name of the file.")
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts or "\\" in file or ":" in file or not file.isprintable():
        raise Refused("{file} is not the name of a file in the study's folder.", file=file)


def _keys_twice(rows: Sequence[RecordRow]) -> list[Problem]:
    lines: dict[str, int] = {}
    found = []
    for row in rows:
        key = row.record.key
        before = row.line if key is None else lines.setdefault(key.lower(), row.line)
        if before != row.line:
            refusal = Refused("{key} stands on line {before} already.", key=key, before=before)
            found.append(Problem(row.line, refusal))
    return found


def _files_twice(rows: Sequence[RecordRow]) -> list[Problem]:
    lines: dict[PurePosixPath, int] = {}
    found = []
    for row in rows:
        before = lines.setdefault(PurePosixPath(row.file), row.line)
        if before != row.line:
            refusal = Refused("the file {file} stands on line {before} already.", file=row.file, before=before)
            found.append(Problem(row.line, refusal))
    return found
