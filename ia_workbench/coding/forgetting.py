"""What a withdrawal takes out of this room: excerpts of a source or of one speaker, their codings, and notes."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from ia_workbench.coding.batches import forget_rules
from ia_workbench.coding.correcting import listing, place
from ia_workbench.coding.memo_models import Memo, MemoLink, MemoVersion
from ia_workbench.coding.models import Coding, CodingAct, Excerpt, Reanchoring
from ia_workbench.coding.rules import ReanchoringOutcome
from ia_workbench.corpus import Emptied, Places, Revision, Source, WithdrawalOutcome, rows_changed
from ia_workbench.kernel import Span, map_offset
from ia_workbench.privacy import reaching_private

NOTHING_LEFT = "[…]"  # for what a correction listed of words that were taken out since


def forget(session: Session, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take away every excerpt, coding, memo, re-anchoring and act of a source; returns how many of each.

    Memos go with all their versions and links, private ones too. Stopping takes nothing. Rooms above have let go of
    the excerpts before.
    """
    if outcome is WithdrawalOutcome.STOP:
        return {}
    texts = select(Revision.id).where(Revision.source_id == source.id)
    excerpts = frozenset(session.scalars(select(Excerpt.id).where(Excerpt.revision_id.in_(texts))))
    carried = or_(Reanchoring.from_revision_id.in_(texts), Reanchoring.to_revision_id.in_(texts))
    listed = rows_changed(session, delete(Reanchoring).where(carried))
    beside = _forget_memos(session, Memo.source_id == source.id)
    acts = or_(CodingAct.source_id == source.id, CodingAct.place_id == source.id)
    done = rows_changed(session, delete(CodingAct).where(acts))
    counts = forget_excerpts(session, excerpts)
    besides = {"acts": done, "reanchorings": counts["reanchorings"] + listed, "memos": counts["memos"] + beside}
    return counts | forget_rules(session, source, outcome) | besides


def excerpts_touching(session: Session, places: Places) -> frozenset[int]:
    """Return the numbers of the excerpts that share a character with these places of texts, by revision."""
    columns = select(Excerpt.id, Excerpt.revision_id, Excerpt.start, Excerpt.end)
    rows = session.execute(columns.where(Excerpt.revision_id.in_([each for each, spans in places.items() if spans])))
    return frozenset(
        number
        for number, revision, start, end in rows
        if any(start < span.end and span.start < end for span in places[revision])
    )


def forget_excerpts(session: Session, excerpts: Collection[int]) -> dict[str, int]:
    """Take away excerpts, their codings, memos on them and what corrections listed of them; returns how many of each.

    Rooms above have let go of the excerpts before.
    """
    return {
        "reanchorings": rows_changed(session, delete(Reanchoring).where(Reanchoring.excerpt_id.in_(excerpts))),
        "memos": _forget_memos(session, Memo.excerpt_id.in_(excerpts)),
        "codings": rows_changed(session, delete(Coding).where(Coding.excerpt_id.in_(excerpts))),
        "excerpts": rows_changed(session, delete(Excerpt).where(Excerpt.id.in_(excerpts))),
    }


def follow_emptied(session: Session, emptied: Emptied) -> int:
    """Take the excerpts of a text along to the one in which somebody's turns were emptied; returns how many.

    All that touched those turns are gone by now, so every other keeps its very words.
    """
    left = session.scalars(select(Excerpt).where(Excerpt.revision_id == emptied.before.id).order_by(Excerpt.id)).all()
    for each in left:
        session.add(listing(each, emptied.revision, ReanchoringOutcome.SHIFTED))
        start = map_offset(each.start, emptied.edits)
        place(each, emptied.revision, Span(start, start + each.end - each.start), each.quote)
    session.flush()  # whoever reads next in this transaction finds them at their new places
    return len(left)


def clear_listed(session: Session, places: Places) -> int:
    """Take the words at these places of earlier texts out of what corrections listed; returns how many gave way."""
    cleared = 0
    for each in session.scalars(select(Reanchoring).where(Reanchoring.from_revision_id.in_(list(places)))):
        spans = places[each.from_revision_id]
        if any(each.from_start < span.end and span.start < each.from_end for span in spans):
            each.from_quote = NOTHING_LEFT
            cleared += 1
    session.flush()
    return cleared


def memos_to_forget(session: Session, source_ids: Collection[int], excerpts: Collection[int] = ()) -> int:
    """Return how many memos on these sources and excerpts there are, private and removed ones too: a number alone."""
    here = or_(Memo.source_id.in_(source_ids), Memo.excerpt_id.in_(excerpts))
    with reaching_private(session, reason="count what a withdrawal takes away"):
        return session.scalar(select(func.count(Memo.id)).where(here)) or 0


def _forget_memos(session: Session, which: ColumnElement[bool]) -> int:
    with reaching_private(session, reason="take away every memo of what is withdrawn"):
        numbers = session.scalars(select(Memo.id).where(which)).all()
        rows_changed(session, delete(MemoVersion).where(MemoVersion.memo_id.in_(numbers)))
        rows_changed(session, delete(MemoLink).where(or_(MemoLink.from_id.in_(numbers), MemoLink.to_id.in_(numbers))))
        return rows_changed(session, delete(Memo).where(Memo.id.in_(numbers)))
