"""Codings as files have them: what each is in plain values, read in one query without an object for each row."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code, at_or_below
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.corpus import Revision, RevisionKind, Source, Turn
from ia_workbench.privacy import Account

AT_ONCE = 500  # texts asked for in one query

TurnStarts = Mapping[int, tuple[Sequence[int], Sequence[int]]]


class ExportedCoding(NamedTuple):
    """One coding as a file has it. Offsets are code points; `turn` is 0 where the words stand before the first turn.

    `language` is that of the source, as BCP 47. `step` is the rating in the words of the code's scale, empty where
    there is none. `text` is as in `CodingRow`. `quote` is empty where the words were not asked for. A tuple, as there
    are thousands.
    """

    excerpt_id: int
    source: str
    title: str
    language: str
    turn: int
    start: int
    end: int
    quote: str
    code: str
    code_name: str
    coder: str
    at: datetime
    rating: int | None
    step: str
    important: bool
    text: int | None


def exported_codings(
    session: Session,
    study_id: int,
    *,
    source: Source | None = None,
    code: Code | None = None,
    coder: str | None = None,
    with_words: bool = True,
) -> list[ExportedCoding]:
    """Return the codings of a study as files have them, in few queries however many there are.

    `code` takes in the codes below it; `coder` is a username. Ordered by source key, start, end, code path and coder.
    Codings of withdrawn sources are left out. Without `with_words` no words are read.
    """
    statement = _statement(study_id, Excerpt.quote if with_words else literal(""))
    if source is not None:
        statement = statement.where(Revision.source_id == source.id)
    if code is not None:
        statement = statement.where(at_or_below(code.path))
    if coder is not None:
        statement = statement.where(Account.username == coder)
    rows = session.execute(statement).all()
    beside = _Beside(session, study_id, {row.revision_id for row in rows})
    by_text = groupby(rows, key=attrgetter("revision_id"))
    return [each for revision_id, here in by_text for each in _exported(here, beside, revision_id)]


def _statement(study_id: int, words: Any) -> Select[*tuple[Any, ...]]:
    place: tuple[Any, ...] = (Excerpt.id, Source.key, Source.title, Source.language, Excerpt.start, Excerpt.end)
    made: tuple[Any, ...] = (words, Code.path, Code.name, Account.username, Coding.at)
    rest: tuple[Any, ...] = (Coding.rating, Coding.is_important, Excerpt.revision_id, Coding.code_id)
    return (
        select(*place, *made, *rest)
        .select_from(Coding)
        .join(Excerpt, Excerpt.id == Coding.excerpt_id)
        .join(Revision, Revision.id == Excerpt.revision_id)
        .join(Source, Source.id == Revision.source_id)
        .join(Code, Code.id == Coding.code_id)
        .join(Account, Account.id == Coding.coder_id)
        .where(Coding.study_id == study_id, Source.withdrawn_at.is_(None))
        .order_by(Source.key, Excerpt.start, Excerpt.end, Code.path, Account.username)
    )


def _exported(rows: Iterable[Any], beside: "_Beside", revision_id: int) -> Iterator[ExportedCoding]:
    """Yield the codings of one text: what is the same for all of them is looked up once."""
    (starts, numbers), text = beside.turns.get(revision_id, ((), ())), beside.texts.get(revision_id)
    scales = beside.scales
    for excerpt, key, title, language, start, end, words, path, name, coder, at, rating, important, _text, code in rows:
        place = bisect_right(starts, start)
        turn = numbers[place - 1] if place else 0
        step = beside.step(code, rating) if rating and code in scales else ""
        yield ExportedCoding(
            excerpt, key, title, language, turn, start, end, words, path, name, coder, at, rating, step, important, text
        )


class _Beside:
    """What is said of codings and stands in no row of theirs: turns, which text, the words of a scale."""

    def __init__(self, session: Session, study_id: int, revisions: Collection[int]) -> None:
        self.texts = _earlier_texts(session, study_id)
        self.scales = _scales(session, study_id)
        self.turns = turns_by_text(session, revisions)

    def step(self, code_id: int, rating: int | None) -> str:
        """Return a step of a code's scale in words."""
        scale = self.scales.get(code_id, ())
        return scale[rating - 1] if rating and rating <= len(scale) else ""


def turn_number(turns: TurnStarts, revision_id: int, start: int) -> int:
    """Return the number of the turn that a place begins in, 0 before the first."""
    starts, numbers = turns.get(revision_id, ((), ()))
    at = bisect_right(starts, start)
    return numbers[at - 1] if at else 0


def turns_by_text(session: Session, revisions: Collection[int]) -> TurnStarts:
    """Return where the turns of these texts begin, and their numbers, by the text's internal number."""
    found: dict[int, tuple[list[int], list[int]]] = {}
    wanted = sorted(revisions)
    for first in range(0, len(wanted), AT_ONCE):
        here = Turn.revision_id.in_(wanted[first : first + AT_ONCE])
        statement = select(Turn.revision_id, Turn.start, Turn.number).where(here)
        for revision_id, start, number in session.execute(statement.order_by(Turn.revision_id, Turn.number)):
            starts, numbers = found.setdefault(revision_id, ([], []))
            starts.append(start)
            numbers.append(number)
    return found


def _earlier_texts(session: Session, study_id: int) -> Mapping[int, int]:
    """Return of each raw revision that is not its source's newest which of its texts it is, counted from 1."""
    statement = select(Revision.source_id, Revision.id).where(Revision.study_id == study_id)
    statement = statement.where(Revision.kind != RevisionKind.MASKED).order_by(Revision.number)
    by_source: dict[int, list[int]] = {}
    for source_id, revision_id in session.execute(statement):
        by_source.setdefault(source_id, []).append(revision_id)
    return {each: place for texts in by_source.values() for place, each in enumerate(texts[:-1], start=1)}


def _scales(session: Session, study_id: int) -> Mapping[int, Sequence[str]]:
    statement = select(Code.id, Code.scale).where(Code.study_id == study_id)
    return {number: scale for number, scale in session.execute(statement) if scale}
