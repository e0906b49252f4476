"""What sources are masked by, in a study's folder: `pseudonyms.yaml` and `marks.csv`. Both hold names.

Marks are those of each source's newest text, decided or not, with who decided. Masked texts and signatures are not
written: after a load two people of the new home make and sign them.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from ia_workbench import corpus, masking
from ia_workbench.corpus import Source
from ia_workbench.kernel import Fields, Refused, about, iso_utc, parse_iso_utc, parse_yaml, read_text, write_yaml
from ia_workbench.masking import GivenIdentity, GivenMark, Mark, MarkState
from ia_workbench.privacy import Actor, IdentifierClass
from ia_workbench.study_folder.places import StudyPlace

PSEUDONYMS, MARKS_TABLE = "pseudonyms.yaml", "marks.csv"
COLUMNS = (
    "source", "start", "end", "words", "class", "found_by", "rule", "instead", "state", "pseudonym", "by", "at",
)  # fmt: skip
EXAMPLE = "2026-03-02T14:28:00Z"
Word = TypeVar("Word", IdentifierClass, MarkState)

Marks = Mapping[str, Sequence[tuple[int, GivenMark]]]  # by source key, each with its line


def write_masking(session: Session, study_id: int, folder: Path, sources: Sequence[Source]) -> set[str]:
    """Write identities and marks of these sources, nothing where there are none; returns whom the files name."""
    identities = masking.pseudonyms(session, study_id)
    numbers = {each.id: number for number, each in enumerate(identities, 1)}
    if identities:
        things = [
            {
                "class": each.identifier_class.value,
                "names": list(each.names),
                "instead": each.instead,
                **({"participant": each.participant.key} if each.participant else {}),
                "by": each.by,
                "at": iso_utc(each.at),
            }
            for each in identities
        ]
        (folder / PSEUDONYMS).write_bytes(write_yaml({"pseudonyms": things}).encode())
    marks = [(source.key, each) for source in sources for each in masking.marks_of(session, source)]
    if marks:
        stream = io.StringIO(newline="")
        rows = (_row(key, each, numbers) for key, each in marks)
        csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *rows])
        (folder / MARKS_TABLE).write_bytes(stream.getvalue().encode())
    return {each.by for each in identities} | {each.decided_by for _key, each in marks if each.decided_by}


def _row(key: str, mark: Mark, numbers: Mapping[int, int]) -> tuple[object, ...]:
    pseudonym = numbers[mark.pseudonym_id] if mark.pseudonym_id is not None else ""
    kind, state = mark.identifier_class.value, mark.state.value
    decided = (mark.decided_by or "", iso_utc(mark.decided_at) if mark.decided_at else "")
    place = (key, mark.start, mark.end, mark.words)
    return (*place, kind, mark.found_by, mark.rule, mark.instead, state, pseudonym, *decided)


def load_masking(
    session: Session, actor: Actor, *, study_id: int, place: StudyPlace, sources: Mapping[str, Source]
) -> None:
    """Take identities and marks of a study in, which was just loaded; `sources` are its own by key."""
    identities: list[masking.Pseudonym] = []
    if place.has(PSEUDONYMS):
        people = {each.key: each for each in corpus.participants(session, study_id)}
        with about(PSEUDONYMS):
            given = list(_identities(read_text(place.folder / PSEUDONYMS)))
            identities = masking.restore_identities(session, actor, study_id=study_id, given=given, people=people)
    for key, rows in _marks(place).items():
        with about(MARKS_TABLE, rows[0][0]):
            if key not in sources:
                raise Refused("there is no source {source} in sources.csv.", source=key)
            given_marks = [mark for _line, mark in rows]
            masking.restore_marks(session, actor, source=sources[key], given=given_marks, identities=identities)


def _identities(text: str) -> Iterator[GivenIdentity]:
    fields = Fields(parse_yaml(text), "the file")
    for number, thing in enumerate(fields.things("pseudonyms"), 1):
        entry = Fields(thing, f"pseudonym {number}")
        yield GivenIdentity(
            identifier_class=entry.choice("class", IdentifierClass),
            names=entry.texts("names"),
            instead=entry.text("instead"),
            participant=entry.optional_text("participant"),
            by=entry.text_or_empty("by"),
            at=_moment(entry.text("at"), number),
        )
        entry.close()
    fields.close()


def _marks(place: StudyPlace) -> Marks:
    found: defaultdict[str, list[tuple[int, GivenMark]]] = defaultdict(list)
    if not place.has(MARKS_TABLE):
        return found
    with about(MARKS_TABLE):
        reader = csv.reader(io.StringIO(read_text(place.folder / MARKS_TABLE), newline=""), strict=True)
        try:
            rows = iter(reader)
            if tuple(next(rows, ())) != COLUMNS:
                raise Refused("The first line must name the columns {columns}.", columns=", ".join(COLUMNS))
            for cells in rows:
                if any(cells):
                    found[cells[0]].append((reader.line_num, _mark(reader.line_num, cells)))
        except csv.Error:
            raise Refused("Line {line} is not well-formed CSV.", line=reader.line_num) from None
    return found


def _mark(line: int, cells: Sequence[str]) -> GivenMark:
    if len(cells) != len(COLUMNS):
        raise Refused("Line {line} has {count} cells, not {wanted}.", line=line, count=len(cells), wanted=len(COLUMNS))
    row = dict(zip(COLUMNS, cells, strict=True))
    return GivenMark(
        start=_number(line, "start", row["start"]),
        end=_number(line, "end", row["end"]),
        words=row["words"],
        identifier_class=_word(line, "class", row["class"], IdentifierClass),
        found_by=row["found_by"],
        rule=row["rule"],
        instead=row["instead"],
        state=_word(line, "state", row["state"], MarkState),
        pseudonym=_number(line, "pseudonym", row["pseudonym"]) if row["pseudonym"] else None,
        decided_by=row["by"] or None,
        decided_at=_moment(row["at"], line) if row["at"] else None,
    )


def _number(line: int, name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise Refused("Line {line} needs a whole number as {field}.", line=line, field=name)
    return int(value)


def _word(line: int, name: str, value: str, values: type[Word]) -> Word:
    try:
        return values(value)
    except ValueError:
        known = ", ".join(each.value for each in values)
        raise Refused("Line {line} needs one of {values} as {field}.", line=line, values=known, field=name) from None


def _moment(value: str, line: int) -> datetime:
    try:
        return parse_iso_utc(value)
    except ValueError:
        raise Refused("Line {line} needs `at` as {example}.", line=line, example=EXAMPLE) from None
