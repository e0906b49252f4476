"""What a withdrawal takes out of this room: excerpts of a source, their codings, and notes beside it."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ia_workbench.coding.batches import forget_rules
from ia_workbench.coding.models import Coding, CodingAct, Excerpt, Memo, Reanchoring
from ia_workbench.corpus import Revision, Source, WithdrawalOutcome, rows_changed


def forget(session: Session, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take away every excerpt, coding, memo, re-anchoring and act of a source; returns how many of each.

    Stopping takes nothing. Rooms above have let go of the excerpts before.
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
    return forget_rules(session, source, outcome) | {
        "acts": rows_changed(session, delete(CodingAct).where(acts)),
        "reanchorings": rows_changed(session, delete(Reanchoring).where(carried)),
        "memos": rows_changed(
            session, delete(Memo).where(or_(Memo.source_id == source.id, Memo.excerpt_id.in_(excerpts)))
        ),
        "codings": rows_changed(session, delete(Coding).where(Coding.excerpt_id.in_(excerpts))),
        "excerpts": rows_changed(session, delete(Excerpt).where(Excerpt.revision_id.in_(texts))),
    }
