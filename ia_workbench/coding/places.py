"""Where an excerpt stands in the file its source came as: the page and the moment, for the team alone."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.coding.models import Excerpt
from ia_workbench.corpus import Anchor, AnchorKind, Revision, Turn

AT_ONCE = 500  # excerpts asked for in one query: a store takes some thousands of values
HAS_MARK = (Turn.mark.is_not(None), Turn.mark != "")
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
        statement = select(Excerpt.id, Excerpt.revision_id, Excerpt.start)
        rows = session.execute(statement.where(Excerpt.id.in_(wanted[first : first + AT_ONCE]))).all()
        found |= places_of_beginnings(session, rows)
    return found


def places_of_beginnings(session: Session, beginnings: Sequence[tuple[int, int, int]]) -> dict[int, tuple[Anchor, ...]]:
    """Return what `places_of_excerpts` returns; of each excerpt its number, its text's and its start are known."""
    found: dict[int, tuple[Anchor, ...]] = {}
    anchors, has_marks = _anchors(session, {text for _number, text, _start in beginnings})
    marked = _marked(session, has_marks) if has_marks else {}
    for number, text, start in beginnings:
        if anchors.get(text) or text in marked:
            places = tuple(_last_before(start, anchors.get(text, ()), _mark_at(marked.get(text, ()), start)))
            if places:
                found[number] = places
    return found


def _marked(session: Session, numbers: Collection[int]) -> Mapping[int, Sequence[tuple[int, int, str]]]:
    """Return beginning, end and mark of the turns of these texts that have a time mark, in order.

    Most texts have none; asking for the turn of each excerpt would go through all turns as often as there are excerpts.
    """
    statement = select(Turn.revision_id, Turn.start, Turn.end, Turn.mark)
    statement = statement.where(Turn.revision_id.in_(numbers), *HAS_MARK)
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


def _anchors(session: Session, numbers: Collection[int]) -> tuple[Mapping[int, tuple[Anchor, ...]], set[int]]:
    """Return the anchors of texts by their numbers, and which of them have turns with time marks."""
    is_marked = exists().where(Turn.revision_id == Revision.id, *HAS_MARK)
    texts = session.execute(select(Revision.id, Revision.anchors, is_marked).where(Revision.id.in_(numbers))).all()
    anchors = {number: corpus.anchors_from(stored) for number, stored, _marks in texts}
    return anchors, {number for number, _stored, marks in texts if marks}


def _last_before(start: int, anchors: Sequence[Anchor], mark: str | None) -> Iterator[Anchor]:
    for kind in AnchorKind:
        its = [each for each in anchors if each.kind is kind]
        last = bisect_right(its, start, key=lambda each: each.at)
        if kind is AnchorKind.TIME and mark:
            yield Anchor(start, kind, mark)
        elif last:
            yield its[last - 1]
