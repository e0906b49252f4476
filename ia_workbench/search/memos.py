"""Searching memos: the index proposes, the actor's session decides which exist for them."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from ia_workbench.coding import Excerpt, Memo
from ia_workbench.corpus import Source
from ia_workbench.search.checking import memo_text
from ia_workbench.search.index import SearchIndex
from ia_workbench.search.matching import Sought, matches_in, sought_by
from ia_workbench.search.queries import CONTEXT

AT_ONCE = 500  # memos asked for in one statement


@dataclass(frozen=True)
class MemoHit:
    """One memo that matches, with its first match and the words around it."""

    memo: Memo
    left: str
    match: str
    right: str
    matches: int


@dataclass(frozen=True)
class MemoResults:
    """What a search gave: `total` memos that the actor may read; the first of them as hits, the last written first."""

    total: int
    hits: tuple[MemoHit, ...]


def search_memos(session: Session, index: SearchIndex, study_id: int, words: str, *, limit: int) -> MemoResults:
    """Search the memos of a study as `search` does its turns: title and words.

    Every hit is read through the session: what others keep private is neither shown nor counted, nor is what was
    removed, or is about a withdrawn source. Refuses what `search` refuses.
    """
    query = index.parse(words)
    proposed = sorted(index.find_memos(study_id, query))
    withdrawn = select(Source.id).where(Source.withdrawn_at.is_not(None))
    stands = (Memo.removed_at.is_(None), or_(Memo.source_id.is_(None), Memo.source_id.not_in(withdrawn)))
    found: list[int] = []
    for first in range(0, len(proposed), AT_ONCE):
        here = (Memo.study_id == study_id, Memo.id.in_(proposed[first : first + AT_ONCE]))
        found += session.scalars(select(Memo.id).where(*here, *stands))
    wanted = sorted(found, reverse=True)[:limit]
    statement = select(Memo).where(Memo.id.in_(wanted)).order_by(Memo.id.desc())
    rows = session.scalars(statement.options(joinedload(Memo.excerpt).joinedload(Excerpt.revision)))
    sought = sought_by(query, index)
    return MemoResults(len(found), tuple(_hit(each, sought) for each in rows))


def _hit(memo: Memo, sought: Sought) -> MemoHit:
    text = memo_text(memo.title, memo.words)
    spans = matches_in(text, sought)
    start, end = (spans[0].start, spans[0].end) if spans else (0, len(text))
    left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return MemoHit(memo, left, text[start:end], right, len(spans) or 1)
