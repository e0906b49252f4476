"""Memos in a study's folder: `memos.csv`, written only where there are any.

A row without start and end stands beside its whole source. `text` says in which of the source's texts the words stand,
counted from 1, where a correction took them away; empty: in the newest.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import coding
from ia_workbench.coding import GivenMemo, Memo, MemoOrigin
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Refused, about, iso_utc, parse_iso_utc, read_text
from ia_workbench.privacy import Actor
from ia_workbench.study_folder.places import StudyPlace
from ia_workbench.study_folder.quoting import Texts, quoted_span

MEMOS_TABLE = "memos.csv"
COLUMNS = ("source", "text", "start", "end", "quote", "words", "origin", "comment", "by", "at")
LONGEST_CELL = 50_000_000  # the csv module refuses cells over 131,072 characters unless told otherwise


@dataclass(frozen=True)
class MemoRow:
    """One row of `memos.csv` and its first line. Offsets are code points; None for a memo beside the whole source."""

    line: int
    source: str
    text: int | None
    start: int | None
    end: int | None
    quote: str
    words: str
    origin: MemoOrigin
    comment: int | None
    by: str
    at: datetime


def write_memos(
    session: Session, folder: Path, sources: Iterable[Source], raw: Mapping[int, Sequence[Revision]]
) -> set[str]:
    """Write the memos of these sources; `raw` are their raw revisions by internal number. Returns who wrote them."""
    memos = [(source.key, each) for source in sources for each in coding.memos_of(session, source)]
    if memos:
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *(_cells(key, each, raw) for key, each in memos)])
        (folder / MEMOS_TABLE).write_bytes(stream.getvalue().encode())
    return {each.by for _key, each in memos}


def _cells(key: str, memo: Memo, raw: Mapping[int, Sequence[Revision]]) -> tuple[object, ...]:
    place: tuple[object, ...] = ("", "", "", "")
    if memo.excerpt is not None:
        text = coding.earlier_text(memo.excerpt, raw)
        place = ("" if text is None else text, memo.excerpt.start, memo.excerpt.end, memo.excerpt.quote)
    comment = "" if memo.comment is None else memo.comment
    return (key, *place, memo.words, memo.origin.value, comment, memo.by, iso_utc(memo.at))


def read_memos(place: StudyPlace) -> tuple[MemoRow, ...]:
    """Read `memos.csv`, nothing where there is none. Raises Refused naming the line."""
    if not place.has(MEMOS_TABLE):
        return ()
    csv.field_size_limit(LONGEST_CELL)
    with about(MEMOS_TABLE):
        reader = csv.reader(io.StringIO(read_text(place.folder / MEMOS_TABLE), newline=""), strict=True)
        try:
            if tuple(next(reader, ())) != COLUMNS:
                raise Refused("The first line must name the columns {columns}.", columns=", ".join(COLUMNS))
            rows, line = [], reader.line_num + 1
            for cells in reader:
                if cells:
                    rows.append(_row(line, cells))
                line = reader.line_num + 1
            return tuple(rows)
        except csv.Error:
            raise Refused("Line {line} is not well-formed CSV.", line=reader.line_num) from None


def _row(line: int, cells: Sequence[str]) -> MemoRow:
    if len(cells) != len(COLUMNS):
        raise Refused("Line {line} has {count} cells, not {wanted}.", line=line, count=len(cells), wanted=len(COLUMNS))
    source, text, start, end, quote, words, origin, comment, by, at = cells
    try:
        numbers = (_number(text), _number(start), _number(end))
        return MemoRow(
            line, source, *numbers, quote, words, MemoOrigin(origin), _number(comment), by, parse_iso_utc(at)
        )
    except ValueError:
        raise Refused(
            "Line {line} needs whole numbers, the origin {origins}, and `at` as {example}.",
            line=line,
            origins=" or ".join(MemoOrigin),
            example="2026-03-02T14:28:00Z",
        ) from None


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def load_memos(session: Session, actor: Actor, *, study_id: int, rows: Sequence[MemoRow], texts: Texts) -> None:
    """Take in memos of sources that were just loaded, in the names of those who wrote them."""
    given, seen = [], set()
    for row in rows:
        with about(MEMOS_TABLE, row.line):
            if row.comment is not None and (row.source, row.comment) in seen:
                raise Refused("comment {number} of {source} is a memo already.", number=row.comment, source=row.source)
            seen.add((row.source, row.comment))
            given.append(_given(row, texts))
    if given:
        with about(MEMOS_TABLE):
            coding.import_memos(session, actor, study_id=study_id, given=given)


def _given(row: MemoRow, texts: Texts) -> GivenMemo:
    if row.source not in texts:
        raise Refused("there is no source {source} in sources.csv.", source=row.source)
    source = texts[row.source][-1].revision.source
    memo = GivenMemo(source, row.words, row.origin, row.by, row.at, row.comment)
    if row.start is None or row.end is None:
        return memo
    revision, span = quoted_span(texts, row.source, row.quote, row.start, row.end, row.text)
    return GivenMemo(source, row.words, row.origin, row.by, row.at, row.comment, revision, span)
