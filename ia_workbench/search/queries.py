"""Searching: the index proposes, the actor's session decides what exists."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, exists, func, select, tuple_
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code, at_or_below
from ia_workbench.coding import Coding, Excerpt
from ia_workbench.corpus import Revision, Source, SourceKind, Turn
from ia_workbench.kernel import Span
from ia_workbench.search.index import SearchIndex
from ia_workbench.search.matching import Sought, matches_in, sought_by

CONTEXT = 60  # code points shown on either side of a match
DEFAULT_LIMIT = 50
AT_ONCE = 500  # turns asked for in one statement

Each = TypeVar("Each")


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
    """What a search is narrowed to; None means everything. `code` is a path and takes in the codes below it."""

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
    query, and an index that is lost.
    """
    began = time.perf_counter()
    query = index.parse(words)
    found = _visible(session, index.find(study_id, query), _conditions(session, study_id, narrowing or Narrowing()))
    hits = _hits(session, found[:limit], sought_by(query, index))
    return Results(words, len(found), round((time.perf_counter() - began) * 1000), hits)


def _visible(session: Session, proposed: list[tuple[int, int]], conditions: list[ColumnElement[bool]]) -> list[int]:
    """Return the numbers in the database of the proposed turns that the session shows, by source key and turn."""
    rows: list[tuple[str, int, int]] = []
    for batch in _batches(sorted(proposed)):
        statement = (
            select(Source.key, Turn.number, Turn.id)
            .join(Revision, Turn.revision_id == Revision.id)
            .join(Source, Revision.source_id == Source.id)
            # the revisions alone as well, since SQLite looks no pair up in an index
            .where(Turn.revision_id.in_({revision_id for revision_id, _number in batch}))
            .where(tuple_(Turn.revision_id, Turn.number).in_(batch), Source.withdrawn_at.is_(None), *conditions)
        )
        rows += [(row[0], row[1], row[2]) for row in session.execute(statement)]
    return [turn_id for _key, _number, turn_id in sorted(rows)]


def _batches(things: list[Each]) -> Iterable[list[Each]]:
    for first in range(0, len(things), AT_ONCE):
        yield things[first : first + AT_ONCE]


def _conditions(session: Session, study_id: int, narrowing: Narrowing) -> list[ColumnElement[bool]]:
    """Say what a search is narrowed to in conditions on sources and turns."""
    conditions: list[ColumnElement[bool]] = []
    if narrowing.kind is not None:
        conditions.append(Source.kind == narrowing.kind)
    if narrowing.standpoint is not None:
        conditions.append(Source.standpoint == narrowing.standpoint)
    if narrowing.node is not None:
        sources = session.execute(select(Source.id, Source.nodes).where(Source.study_id == study_id))
        conditions.append(Source.id.in_([number for number, nodes in sources if narrowing.node in nodes]))
    if narrowing.code is not None:
        conditions.append(_is_coded(narrowing.code))
    return conditions


def _is_coded(path: str) -> ColumnElement[bool]:
    touches = and_(Excerpt.revision_id == Turn.revision_id, Excerpt.start < Turn.end, Excerpt.end > Turn.start)
    coded = (
        select(Coding.id)
        .join(Excerpt, Coding.excerpt_id == Excerpt.id)
        .join(Code, Coding.code_id == Code.id)
        .where(touches, at_or_below(path))
    )
    return exists(coded.correlate(Turn))


def _hits(session: Session, turn_ids: list[int], sought: Sought) -> tuple[Hit, ...]:
    """Return the hits of these turns in order; the store cuts out what is said, so that no text is loaded whole."""
    speech = func.substr(Revision.text, Turn.speech_start + 1, Turn.end - Turn.speech_start)
    hits: dict[int, Hit] = {}
    for numbers in _batches(turn_ids):
        statement = (
            select(Turn.id, Source.key, Source.title, Source.kind, Source.standpoint)
            .add_columns(Turn.number, Turn.speaker, Turn.speech_start, speech)
            .join(Revision, Turn.revision_id == Revision.id)
            .join(Source, Revision.source_id == Source.id)
            .where(Turn.id.in_(numbers))
        )
        for turn_id, key, title, kind, standpoint, number, speaker, start, text in session.execute(statement):
            place = (key, title, kind.value, standpoint, number, speaker)
            hits[turn_id] = _hit(place, start, text, matches_in(text, sought))
    return tuple(hits[turn_id] for turn_id in turn_ids if turn_id in hits)


def _hit(place: tuple[str, str, str, str, int, str | None], start: int, text: str, spans: list[Span]) -> Hit:
    first = spans[0] if spans else Span(0, max(len(text), 1))
    return Hit(
        *place,
        start=start + first.start,
        end=start + first.end,
        left=text[max(0, first.start - CONTEXT) : first.start],
        match=text[first.start : first.end],
        right=text[first.end : first.end + CONTEXT],
        matches=len(spans) or 1,
    )
