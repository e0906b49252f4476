"""Where an excerpt stands in the file its source came as: the page and the moment, for the team alone."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.coding.models import Excerpt
from ia_workbench.corpus import Anchor, AnchorKind, Revision, Turn

AT_ONCE = 500  # excerpts asked for in one query: a store takes some thousands of values
AROUND_A_MARK = "[](){}<> "  # what stands around a time in a text


def places_of_excerpts(session: Session, excerpt_ids: Collection[int]) -> Mapping[int, tuple[Anchor, ...]]:
    """Return the page that each excerpt begins on and the moment it begins at, by its internal number.

    The page and the moment are the last that began before it; without an anchor, the moment is the time mark of its
    turn, as written. An excerpt of a file without either is left out. A place may tell who speaks, so that no package
    and no brief may hold one.
    """
    found: dict[int, tuple[Anchor, ...]] = {}
    wanted = sorted(excerpt_ids)
    for first in range(0, len(wanted), AT_ONCE):
        rows = _begins(session, wanted[first : first + AT_ONCE])
        anchors = _anchors(session, {each.revision_id for each in rows})
        for each in rows:
            places = tuple(_last_before(each.start, anchors.get(each.revision_id, ()), each.mark))
            if places:
                found[each.excerpt_id] = places
    return found


class _Beginning(NamedTuple):
    excerpt_id: int
    start: int
    revision_id: int
    mark: str | None  # of the turn it lies in, without what stands around it


def _begins(session: Session, numbers: Sequence[int]) -> list[_Beginning]:
    statement = select(Excerpt.id, Excerpt.start, Excerpt.revision_id).where(Excerpt.id.in_(numbers))
    rows = session.execute(statement).all()
    marked = _marked(session, {revision for _number, _start, revision in rows})
    return [_Beginning(*row, _mark_at(marked.get(row.revision_id, ()), row.start)) for row in rows]


def _marked(session: Session, numbers: Collection[int]) -> Mapping[int, Sequence[tuple[int, int, str]]]:
    """Return beginning, end and mark of the turns of these texts that have a time mark, in order.

    Most texts have none; asking for the turn of each excerpt would go through all turns as often as there are excerpts.
    """
    has_mark = (Turn.revision_id.in_(numbers), Turn.mark.is_not(None), Turn.mark != "")
    statement = select(Turn.revision_id, Turn.start, Turn.end, Turn.mark).where(*has_mark)
    found: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for revision_id, start, end, mark in session.execute(statement.order_by(Turn.revision_id, Turn.number)):
        found[revision_id].append((start, end, mark or ""))
    return found


def _mark_at(turns: Sequence[tuple[int, int, str]], start: int) -> str | None:
    """Return the mark of the turn that a place lies in, without what stands around it; None where it has none."""
    at = bisect_right(turns, start, key=lambda each: each[0])
    if not at or turns[at - 1][1] <= start:
        return None
    return turns[at - 1][2].strip(AROUND_A_MARK) or None


def _anchors(session: Session, numbers: Collection[int]) -> Mapping[int, tuple[Anchor, ...]]:
    texts = session.execute(select(Revision.id, Revision.anchors).where(Revision.id.in_(numbers)))
    return {number: corpus.anchors_from(stored) for number, stored in texts}


def _last_before(start: int, anchors: Sequence[Anchor], mark: str | None) -> Iterator[Anchor]:
    for kind in AnchorKind:
        its = [each for each in anchors if each.kind is kind]
        last = bisect_right(its, start, key=lambda each: each.at)
        if kind is AnchorKind.TIME and mark:
            yield Anchor(start, kind, mark)
        elif last:
            yield its[last - 1]
