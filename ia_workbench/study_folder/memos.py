"""Memos in a study's folder: `memos.csv`, written only where there are any.

A row without start and end stands beside its whole source. `text` says in which of the source's texts the words stand,
counted from 1, where a correction took them away; empty: in the newest. What stands on a closed text is written beside
the whole source. Where a memo is about something else than a source or words of it, has a title, is private or points
to others, five more columns follow: `about`, `thing` (path of a code, key of a step, passage or finding), `title`,
`private` (`yes` or empty) and `links` (numbers of the rows that it points to, from 1).

A private memo is written only in its writer's own export, for nobody else can read it, and stays private to that name
where it is loaded. Versions stay in the store: a folder holds what each memo says now.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, findings, process_map
from ia_workbench.coding import GivenMemo, Memo, MemoAbout, MemoChoice, MemoOrigin, Subject
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Refused, about, iso_utc, parse_iso_utc, read_text
from ia_workbench.privacy import Actor
from ia_workbench.study_folder.places import StudyPlace
from ia_workbench.study_folder.quoting import Texts, quoted_span

MEMOS_TABLE = "memos.csv"
COLUMNS = ("source", "text", "start", "end", "quote", "words", "origin", "comment", "by", "at")
FURTHER = ("about", "thing", "title", "private", "links")
PRIVATE = "yes"
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
    about: MemoAbout | None = None
    thing: str = ""
    title: str = ""
    is_private: bool = False
    links: tuple[int, ...] = ()


def write_memos(
    session: Session, folder: Path, study_id: int, sources: Iterable[Source], raw: Mapping[int, Sequence[Revision]]
) -> set[str]:
    """Write the memos of a study that the session shows; `raw` are the raw revisions of these sources by internal
    number. Returns who wrote them.
    """
    named = _names(session, study_id)
    memos = [(source.key, each, "") for source in sources for each in coding.memos_of(session, source)]
    others = [each for each in reversed(coding.memos(session, study_id, MemoChoice())) if each.source_id is None]
    there = [("", each, named.get((each.about, each.thing or ""), "")) for each in others]
    memos += sorted((each for each in there if each[2]), key=lambda each: (each[1].about, each[2]))
    if memos:
        rows = _rows(session, memos, raw)
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows(rows)
        (folder / MEMOS_TABLE).write_bytes(stream.getvalue().encode())
    return {each.by for _key, each, _thing in memos}


def _names(session: Session, study_id: int) -> dict[tuple[MemoAbout, str], str]:
    """Return what a file calls the things that memos are about."""
    codes = {(MemoAbout.CODE, str(each.guid)): each.path for each in codebook.codes(session, study_id)}
    found = {(MemoAbout.FINDING, str(each.guid)): each.key for each in findings.findings(session, study_id)}
    steps = [each.key for each in process_map.nodes(session, study_id)]
    passages = [each.key for each in process_map.edges(session, study_id)]
    return {**codes, **found, **{(MemoAbout.STEP, key): key for key in (*steps, *passages)}}


def _rows(
    session: Session, memos: Sequence[tuple[str, Memo, str]], raw: Mapping[int, Sequence[Revision]]
) -> list[tuple[object, ...]]:
    numbers = {each.id: number for number, (_key, each, _thing) in enumerate(memos, start=1)}
    linked = coding.linked_memos(session, [each for _key, each, _thing in memos])
    plain = [_cells(key, each, raw) for key, each, _thing in memos]
    further = [
        (
            each.about.value,
            thing,
            each.title,
            PRIVATE if each.private_to else "",
            " ".join(str(numbers[to.id]) for to in linked[each.id].to if to.id in numbers),
        )
        for _key, each, thing in memos
    ]
    usual = [
        (MemoAbout.EXCERPT.value if each.excerpt else MemoAbout.SOURCE.value, "", "", "", "")
        for _key, each, _thing in memos
    ]
    if further == usual:
        return [COLUMNS, *plain]
    return [(*COLUMNS, *FURTHER), *((*one, *more) for one, more in zip(plain, further, strict=True))]


def _cells(key: str, memo: Memo, raw: Mapping[int, Sequence[Revision]]) -> tuple[object, ...]:
    place: tuple[object, ...] = ("", "", "", "")
    if memo.excerpt is not None and memo.excerpt.revision.closed_at is None:
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
            columns = tuple(next(reader, ()))
            if columns not in (COLUMNS, (*COLUMNS, *FURTHER)):
                raise Refused("The first line must name the columns {columns}.", columns=", ".join(COLUMNS))
            rows, line = [], reader.line_num + 1
            for cells in reader:
                if cells:
                    rows.append(_row(line, cells, len(columns)))
                line = reader.line_num + 1
            return tuple(rows)
        except csv.Error:
            raise Refused("Line {line} is not well-formed CSV.", line=reader.line_num) from None


def _row(line: int, cells: Sequence[str], wanted: int) -> MemoRow:
    if len(cells) != wanted:
        raise Refused("Line {line} has {count} cells, not {wanted}.", line=line, count=len(cells), wanted=wanted)
    source, text, start, end, quote, words, origin, comment, by, at = cells[: len(COLUMNS)]
    try:
        numbers = (_number(text), _number(start), _number(end))
        moment, from_where = parse_iso_utc(at), MemoOrigin(origin)
        row = (line, source, *numbers, quote, words, from_where, _number(comment), by, moment)
        return MemoRow(*row, *_further(cells[len(COLUMNS) :]))
    except ValueError:
        raise Refused(
            "Line {line} needs whole numbers, the origin {origins}, and `at` as {example}.",
            line=line,
            origins=" or ".join(MemoOrigin),
            example="2026-03-02T14:28:00Z",
        ) from None


def _further(cells: Sequence[str]) -> tuple[MemoAbout | None, str, str, bool, tuple[int, ...]]:
    """Read the five columns that are not always there. Raises ValueError."""
    if not cells:
        return None, "", "", False, ()
    about, thing, title, private, links = cells
    if private not in ("", PRIVATE):
        raise ValueError(private)
    return MemoAbout(about), thing, title, private == PRIVATE, tuple(int(each) for each in links.split())


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def load_memos(session: Session, actor: Actor, *, study_id: int, rows: Sequence[MemoRow], texts: Texts) -> None:
    """Take in memos of a study whose sources, codes, steps and findings were just loaded, in their writers' names."""
    given, seen = [], set()
    for row in rows:
        with about(MEMOS_TABLE, row.line):
            if row.comment is not None and (row.source, row.comment) in seen:
                raise Refused("comment {number} of {source} is a memo already.", number=row.comment, source=row.source)
            if not all(1 <= each <= len(rows) for each in row.links):
                raise Refused("there is no row of one of the numbers under links.")
            seen.add((row.source, row.comment))
            given.append(_given(session, study_id, row, texts))
    if given:
        with about(MEMOS_TABLE):
            coding.import_memos(session, actor, study_id=study_id, given=given)


def _given(session: Session, study_id: int, row: MemoRow, texts: Texts) -> GivenMemo:
    links = tuple(dict.fromkeys(each - 1 for each in row.links))
    subject = _subject(session, study_id, row, texts)
    return GivenMemo(subject, row.words, row.origin, row.by, row.at, row.comment, row.title, row.is_private, links)


def _subject(session: Session, study_id: int, row: MemoRow, texts: Texts) -> Subject:
    if row.about is MemoAbout.CODE:
        return coding.on_code(codebook.code_at(session, study_id, row.thing))
    if row.about is MemoAbout.FINDING:
        return coding.on_finding(findings.finding_keyed(session, study_id, row.thing))
    if row.about is MemoAbout.STEP:
        return coding.on_step(process_map.place_keyed(session, study_id, row.thing))
    if row.source not in texts:
        raise Refused("there is no source {source} in sources.csv.", source=row.source)
    if row.start is None or row.end is None:
        return coding.on_source(texts[row.source][-1].revision.source)
    revision, span = quoted_span(texts, row.source, row.quote, row.start, row.end, row.text)
    if row.about is not MemoAbout.TURN:
        return coding.on_words(revision, span)
    return coding.on_turn(revision, corpus.turn_at(session, revision.id, span.start))
