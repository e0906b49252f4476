"""What the index should hold, compared with what it does hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from ia_workbench import corpus
from ia_workbench.coding import Memo
from ia_workbench.corpus import Revision, RevisionKind, Source
from ia_workbench.kernel import digest_of
from ia_workbench.search.index import IndexedMemo, IndexedTurn, MemoUnit, SearchIndex, Unit


@dataclass(frozen=True)
class IndexDifference:
    """A turn or a memo on which index and database disagree: `missing` from the index, or `stale` in it.

    `memo` is a memo's number; `revision_id` and `turn` are 0 then.
    """

    revision_id: int
    turn: int
    what: str
    memo: int | None = None


def turns_to_index(session: Session, source_id: int | None = None) -> Iterator[IndexedTurn]:
    """Yield every turn that belongs in the index (of one source, or of all), reading one source's text at a time."""
    other = aliased(Revision)
    raw = (other.source_id == Revision.source_id, other.kind != RevisionKind.MASKED)
    newest = select(func.max(other.number)).where(*raw).correlate(Revision)
    statement = (
        select(Revision)
        .join(Source, Revision.source_id == Source.id)
        .where(Source.withdrawn_at.is_(None), Revision.number == newest.scalar_subquery())
        .order_by(Revision.id)
    )
    if source_id is not None:
        statement = statement.where(Source.id == source_id)
    for revision in session.scalars(statement).all():
        text = corpus.text_of(session, revision)
        for turn in corpus.turns_of(session, revision):
            words = text[turn.speech_start : turn.end]
            unit = Unit(revision.id, turn.number, digest_of(words))
            yield IndexedTurn(revision.study_id, revision.source_id, unit, words)


def memos_to_index(
    session: Session, *, source_id: int | None = None, memo_id: int | None = None
) -> Iterator[IndexedMemo]:
    """Yield every memo that belongs in the index (of one source, one alone, or all): those that stand."""
    withdrawn = select(Source.id).where(Source.withdrawn_at.is_not(None))
    stands = or_(Memo.source_id.is_(None), Memo.source_id.not_in(withdrawn))
    statement = select(Memo).where(Memo.removed_at.is_(None), stands).order_by(Memo.id)
    if source_id is not None:
        statement = statement.where(Memo.source_id == source_id)
    if memo_id is not None:
        statement = statement.where(Memo.id == memo_id)
    for memo in session.scalars(statement):
        text = memo_text(memo.title, memo.words)
        yield IndexedMemo(memo.study_id, memo.source_id or 0, MemoUnit(memo.id, digest_of(text)), text)


def memo_text(title: str, words: str) -> str:
    """Return what of a memo is searched: its title, if it has one, and its words."""
    return f"{title}\n{words}" if title else words


def rebuild(session: Session, index: SearchIndex) -> int:
    """Fill the index anew from the database (an unheld session); returns how many turns it holds."""
    turns = list(turns_to_index(session))
    index.replace_all([*turns, *memos_to_index(session)])
    return len(turns)


def differences(session: Session, index: SearchIndex) -> list[IndexDifference]:
    """Return every turn on which index and database (an unheld session) disagree; an empty list proves them equal.

    An index that is lost holds no turn.
    """
    wanted = {each.unit for each in turns_to_index(session)}
    held = index.units() if index.is_there() else set()
    missing = [IndexDifference(each.revision_id, each.turn, "missing") for each in sorted(wanted - held)]
    stale = [IndexDifference(each.revision_id, each.turn, "stale") for each in sorted(held - wanted)]
    return missing + stale + _memo_differences(session, index)


def _memo_differences(session: Session, index: SearchIndex) -> list[IndexDifference]:
    wanted = {each.unit for each in memos_to_index(session)}
    held = index.memo_units() if index.is_there() else set()
    missing = [IndexDifference(0, 0, "missing", each.memo_id) for each in sorted(wanted - held)]
    return missing + [IndexDifference(0, 0, "stale", each.memo_id) for each in sorted(held - wanted)]
