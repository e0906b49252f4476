"""What a withdrawal takes out of this room: excerpts of a source, their codings, and notes beside it."""

from collections.abc import Collection

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from ia_workbench.coding.memo_models import Memo, MemoLink, MemoVersion
from ia_workbench.coding.models import Coding, CodingAct, Excerpt, Reanchoring
from ia_workbench.corpus import Revision, Source, WithdrawalOutcome, rows_changed
from ia_workbench.privacy import reaching_private


def forget(session: Session, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take away every excerpt, coding, memo, re-anchoring and act of a source; returns how many of each.

    Memos go with all their versions and links, private ones too. Stopping takes nothing. Rooms above have let go of
    the excerpts before.
    """
    if outcome is WithdrawalOutcome.STOP:
        return {}
    texts = select(Revision.id).where(Revision.source_id == source.id)
    excerpts = select(Excerpt.id).where(Excerpt.revision_id.in_(texts))
    carried = or_(
        Reanchoring.excerpt_id.in_(excerpts),
        Reanchoring.from_revision_id.in_(texts),
        Reanchoring.to_revision_id.in_(texts),
    )
    acts = or_(CodingAct.source_id == source.id, CodingAct.place_id == source.id)
    return {
        "acts": rows_changed(session, delete(CodingAct).where(acts)),
        "reanchorings": rows_changed(session, delete(Reanchoring).where(carried)),
        "memos": _forget_memos(session, source),
        "codings": rows_changed(session, delete(Coding).where(Coding.excerpt_id.in_(excerpts))),
        "excerpts": rows_changed(session, delete(Excerpt).where(Excerpt.revision_id.in_(texts))),
    }


def memos_to_forget(session: Session, source_ids: Collection[int]) -> int:
    """Return how many memos on these sources there are, private and removed ones too: a number, and nothing of them."""
    with reaching_private(session, reason="count what a withdrawal takes away"):
        return session.scalar(select(func.count(Memo.id)).where(Memo.source_id.in_(source_ids))) or 0


def _forget_memos(session: Session, source: Source) -> int:
    with reaching_private(session, reason="take away every memo of a source that is withdrawn"):
        numbers = session.scalars(select(Memo.id).where(Memo.source_id == source.id)).all()
        rows_changed(session, delete(MemoVersion).where(MemoVersion.memo_id.in_(numbers)))
        rows_changed(session, delete(MemoLink).where(or_(MemoLink.from_id.in_(numbers), MemoLink.to_id.in_(numbers))))
        return rows_changed(session, delete(Memo).where(Memo.id.in_(numbers)))
