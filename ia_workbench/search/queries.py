"""Searching: the index proposes, the actor's session decides what exists."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision, Source, SourceKind, Turn
from ia_workbench.kernel import Span
from ia_workbench.search.index import SearchIndex
from ia_workbench.search.matching import Sought, matches_in, sought_by

CONTEXT = 60  # code points shown on either side of a match
DEFAULT_LIMIT = 50
AT_ONCE = 500  # revisions asked for in one statement


@dataclass(frozen=True)
class Hit:
    """One turn that matches: where its first match stands (code points of the revision) and the words around it."""

    source: str
    title: str
    kind: str
    standpoint: str
    turn: int
    speaker: str | None
    start: int
    end: int
    left: str
    match: str
    right: str
    matches: int


@dataclass(frozen=True)
class Results:
    """What a search gave: `total` turns the actor may see; the first `limit` as hits, by source and turn."""

    query: str
    total: int
    took_ms: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Narrowing:
    """What a search is narrowed to; None means everything."""

    kind: SourceKind | None = None
    standpoint: str | None = None
    code: str | None = None
    node: str | None = None


def search(
    session: Session,
    index: SearchIndex,
    study_id: int,
    words: str,
    *,
    narrowing: Narrowing | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Results:
    """Search the turns of a study for words, "phrases", `visit*`, AND, OR, NOT.

    Every hit is read through the session, so the count and the words are those the actor may see. Refuses an empty
    query.
    """
    began = time.perf_counter()
    query = index.parse(words)
    proposed = index.find(study_id, query)
    found = _visible(session, proposed, narrowing or Narrowing())
    sought = sought_by(query, index)
    shown = found[:limit]
    speeches = _speeches(session, [turn.id for _source, turn in shown])
    hits = tuple(_hit(source, turn, speeches.get(turn.id, ""), sought) for source, turn in shown)
    return Results(words, len(found), round((time.perf_counter() - began) * 1000), hits)


def _visible(session: Session, proposed: list[tuple[int, int]], narrowing: Narrowing) -> list[tuple[Source, Turn]]:
    """Fetch the proposed turns through the session, narrowed, by source key and turn number."""
    wanted = set(proposed)
    rows: list[tuple[Source, Turn]] = []
    for revision_ids in _batches(sorted({revision_id for revision_id, _turn in wanted})):
        statement = _narrowed(
            select(Source, Turn)
            .join(Revision, Turn.revision_id == Revision.id)
            .join(Source, Revision.source_id == Source.id)
            .where(Turn.revision_id.in_(revision_ids), Source.withdrawn_at.is_(None)),
            narrowing,
        )
        rows += [(row[0], row[1]) for row in session.execute(statement) if _key(row[1]) in wanted]
    if narrowing.node is not None:
        rows = [(source, turn) for source, turn in rows if narrowing.node in source.nodes]
    return sorted(rows, key=lambda row: (row[0].key, row[1].number))


def _key(turn: Turn) -> tuple[int, int]:
    return turn.revision_id, turn.number


def _batches(numbers: list[int]) -> Iterable[list[int]]:
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]


def _narrowed(statement: Select[Source, Turn], narrowing: Narrowing) -> Select[Source, Turn]:
    if narrowing.kind is not None:
        statement = statement.where(Source.kind == narrowing.kind)
    if narrowing.standpoint is not None:
        statement = statement.where(Source.standpoint == narrowing.standpoint)
    if narrowing.code is not None:
        touches = and_(Excerpt.revision_id == Turn.revision_id, Excerpt.start < Turn.end, Excerpt.end > Turn.start)
        coded = (
            select(Coding.id)
            .join(Excerpt, Coding.excerpt_id == Excerpt.id)
            .join(Code, Coding.code_id == Code.id)
            .where(touches, Code.path == narrowing.code)
        )
        statement = statement.where(exists(coded.correlate(Turn)))
    return statement


def _speeches(session: Session, turn_ids: list[int]) -> dict[int, str]:
    """Return what is said in each of these turns, cut out by the store, so that no text is loaded whole."""
    speech = func.substr(Revision.text, Turn.speech_start + 1, Turn.end - Turn.speech_start)
    spoken: dict[int, str] = {}
    for numbers in _batches(turn_ids):
        statement = select(Turn.id, speech).join(Revision, Turn.revision_id == Revision.id)
        spoken.update((row[0], row[1]) for row in session.execute(statement.where(Turn.id.in_(numbers))))
    return spoken


def _hit(source: Source, turn: Turn, text: str, sought: Sought) -> Hit:
    spans = matches_in(text, sought) or [Span(0, max(len(text), 1))]
    first = spans[0]
    return Hit(
        source=source.key,
        title=source.title,
        kind=source.kind.value,
        standpoint=source.standpoint,
        turn=turn.number,
        speaker=turn.speaker,
        start=turn.speech_start + first.start,
        end=turn.speech_start + first.end,
        left=text[max(0, first.start - CONTEXT) : first.start],
        match=text[first.start : first.end],
        right=text[first.end : first.end + CONTEXT],
        matches=len(spans),
    )
