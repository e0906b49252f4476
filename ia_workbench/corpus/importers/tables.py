"""Reading tables: a transcript with a row an utterance, or a survey with a row a respondent.

Which of the two: a column named for a speaker beside one named for words is a transcript, anything else a survey.
"""

import html
import re
from collections.abc import Iterator, Sequence

from ia_workbench.corpus.importers import survey
from ia_workbench.corpus.importers.rows import Table, divided, line_ends, table_of
from ia_workbench.corpus.importers.talk import Utterance, set_out
from ia_workbench.corpus.importers.text import decoded
from ia_workbench.corpus.importers.things import change, in_order
from ia_workbench.corpus.importers.values import Change, Read

SPEAKERS = {"speaker", "speaker name", "speaker_name", "who", "name", "participant", "hablante", "voice", "actor"}
WORDS = {
    "words", "text", "transcript", "transcription", "utterance", "speech", "sentence", "content", "body", "message",
    "palabras", "texto", "transcripción",
}  # fmt: skip
STARTS = {"time", "timestamp", "start", "start time", "start_time", "begin", "in", "tiempo", "inicio"}
ENDS = {"end", "end time", "end_time", "stop", "out", "fin"}
MOMENT = re.compile(r"\[?\s*(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?\s*\]?\Z")
SECONDS = re.compile(r"\d{1,6}(?:\.\d+)?\Z")
CHARACTER_REFERENCE = re.compile(r"&#?\w{1,10};")


def read(name: str, content: bytes) -> Read:
    """Read a table of comma-separated values, or with semicolons, tabs or bars; see `read_table`."""
    text, notes = decoded(name, content)
    return read_table(table_of(name, divided(name, text)), name, notes)


def read_table(table: Table, name: str, notes: Sequence[str] = ()) -> Read:
    """Read a table as a transcript or a survey.

    A transcript becomes one paragraph a row, `Name: words`, with a time anchor where the row has one. Raises Refused
    for a survey without open answers.
    """
    told = [*table.changes, *(change("empty row") for _ in range(table.empty))]
    who, words = _named(table, SPEAKERS), _named(table, WORDS)
    if who is None or words is None:
        return survey.read(table, name, notes, told)
    start, end = _named(table, STARTS), _named(table, ENDS)
    utterances = [
        Utterance(
            html.unescape(row[words]),
            html.unescape(row[who]).strip(" :") or None,
            moment(row[start]) if start is not None else None,
            moment(row[end]) if end is not None else None,
            begins=bool(row[who].strip(" :")),
        )
        for row in table.rows
    ]
    talk = set_out(utterances)
    used = {each for each in (who, words, start, end) if each is not None}
    told += [*talk.changes, *_unused(table, used, talk.places), *_changed_words(table, words, talk.places)]
    return Read(talk.text, tuple(notes), in_order(told), talk.anchors, (), talk.convention)


def moment(value: str) -> float | None:
    """Return the seconds of a time as tables write it (`1:02:03`, `[02:03]`, `123.5`), or None."""
    found = MOMENT.match(value.strip())
    if found:
        hours, minutes, seconds, fraction = found.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")
    return float(value) if SECONDS.match(value.strip()) else None


def _named(table: Table, names: set[str]) -> int | None:
    """The first column that has one of the names."""
    return next((index for index, column in enumerate(table.columns) if column.strip(" :").casefold() in names), None)


def _unused(table: Table, used: set[int], places: Sequence[int | None]) -> Iterator[Change]:
    """What the other columns of a transcript say, where it stands: tags and remarks of whoever made the table."""
    for row, place in zip(table.rows, places, strict=True):
        for index, value in enumerate(row):
            if value and index not in used:
                yield change("cell of another column", place, words=f"{table.columns[index]}: {value}")


def _changed_words(table: Table, words: int, places: Sequence[int | None]) -> Iterator[Change]:
    for row, place in zip(table.rows, places, strict=True):
        for reference in CHARACTER_REFERENCE.findall(row[words]):
            if html.unescape(reference) != reference:
                yield change("character written as code", place, words=reference)
        yield from line_ends(row[words], place)
