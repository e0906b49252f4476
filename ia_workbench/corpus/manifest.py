"""`sources.csv`: the source register as a file."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ia_workbench.corpus.records import SourceRecord


class RecordRow(NamedTuple):
    """One row of `sources.csv`: the line it begins on (the header is line 1), the record, and the file's name."""

    line: int
    record: SourceRecord
    file: str


def read_records(content: bytes) -> list[RecordRow]:
    """Read `sources.csv`, in its order. Raises Refused naming the line for anything malformed or a key given twice."""
    raise NotImplementedError


def write_records(rows: Iterable[tuple[SourceRecord, str]]) -> bytes:
    """Write records and their files' names as `sources.csv`, which `read_records` reads back unchanged.

    A cell that a spreadsheet would take for a formula is written with an apostrophe before it.
    """
    raise NotImplementedError


COLUMNS: Sequence[str] = ()
