"""Corrected texts in a study's folder: `revisions.csv`, and each text in `revisions/`.

A source's own file is written as it came; it gives the first text. Where words are withheld from everyone, the first
text that may be read is written in its place. Every later raw text is a row of `revisions.csv` in
order, and a file of its own. Quotes without a revision are those of a source's newest text.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import Source
from ia_workbench.kernel import Refused, about, iso_utc, parse_iso_utc, read_text
from ia_workbench.privacy import Actor
from ia_workbench.study_folder.places import REVISIONS, StudyPlace

REVISIONS_TABLE = "revisions.csv"
COLUMNS = ("source", "file", "by", "at", "note")
FIRST_CORRECTED = 2  # texts of a source are counted from 1, the one its file gave


@dataclass(frozen=True)
class CorrectedText:
    """One row of `revisions.csv` and its line: a text that took the place of the one before."""

    line: int
    source: str
    file: str
    by: str
    at: datetime
    note: str


def write_corrections(session: Session, folder: Path, sources: Sequence[Source]) -> set[str]:
    """Write every corrected text of these sources, nothing where there is none; returns who corrected."""
    rows = []
    for source in sources:
        for number, revision in enumerate(corpus.readable_revisions(session, source)[1:], FIRST_CORRECTED):
            (folder / REVISIONS).mkdir(exist_ok=True)
            name = f"{source.key}.{number}.txt"
            (folder / REVISIONS / name).write_bytes(corpus.text_of(session, revision).encode())
            rows.append((source.key, name, revision.created_by, iso_utc(revision.created_at), revision.note))
    if rows:
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *rows])
        (folder / REVISIONS_TABLE).write_bytes(stream.getvalue().encode())
    return {row[2] for row in rows}


def read_corrections(place: StudyPlace) -> Mapping[str, Sequence[CorrectedText]]:
    """Read `revisions.csv`: the corrected texts of each source in order. Raises Refused naming the line."""
    if not place.has(REVISIONS_TABLE):
        return {}
    found: defaultdict[str, list[CorrectedText]] = defaultdict(list)
    with about(REVISIONS_TABLE):
        reader = csv.reader(io.StringIO(read_text(place.folder / REVISIONS_TABLE), newline=""), strict=True)
        try:
            for line, cells in _numbered(reader):
                found[cells[0]].append(_row(line, cells))
        except csv.Error:
            raise Refused("Line {line} is not well-formed CSV.", line=reader.line_num) from None
    return found


def _numbered(reader: Iterable[list[str]]) -> Iterable[tuple[int, list[str]]]:
    rows = iter(reader)
    if tuple(next(rows, ())) != COLUMNS:
        raise Refused("The first line must name the columns {columns}.", columns=", ".join(COLUMNS))
    return ((line, cells) for line, cells in enumerate(rows, 2) if any(cells))


def _row(line: int, cells: Sequence[str]) -> CorrectedText:
    if len(cells) != len(COLUMNS):
        raise Refused("Line {line} has {count} cells, not {wanted}.", line=line, count=len(cells), wanted=len(COLUMNS))
    source, file, by, at, note = cells
    try:
        return CorrectedText(line, source, file, by, parse_iso_utc(at), note)
    except ValueError:
        raise Refused("Line {line} needs `at` as {example}.", line=line, example="2026-03-02T14:28:00Z") from None


def load_corrections(
    session: Session, actor: Actor, *, source: Source, place: StudyPlace, given: Sequence[CorrectedText]
) -> None:
    """Correct a source that was just loaded, text by text, in the names of those who corrected it."""
    for each in given:
        with about(REVISIONS_TABLE, each.line):
            text = read_text(place.revision_file(each.file))
            corpus.correct_source(
                session, actor, source=source, text=text, note=each.note, by=each.by or None, at=each.at
            )
