"""Marks when the text under them changes, and masked texts when what they were made of does."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import Revision
from ia_workbench.database import moment_of
from ia_workbench.kernel import Edit, Span, composed
from ia_workbench.masking.models import Mark, MarkStep, MaskedText
from ia_workbench.masking.queries import marks_on
from ia_workbench.masking.rules import MarkState, moved_mark, overlap


def bring_along(session: Session, newest: Revision, text: str) -> None:
    """Take the marks of the text before along to a corrected one, whose text is given.

    Where the words are the same the decision stays. Where others stand they are proposed again, under the rule that
    found them; where none is left the mark goes. Nothing happens where the newest text has marks already.
    """
    before, edits = _marked_before(session, newest)
    if before is None or marks_on(session, newest.id):
        return
    outdate(session, {newest.source_id})
    taken: list[Span] = []
    for mark in sorted(marks_on(session, before), key=lambda each: (each.state is MarkState.PROPOSED, each.start)):
        place = moved_mark(Span(mark.start, mark.end), edits, text)
        if place is None or any(overlap(place, each) for each in taken):
            session.delete(mark)
            continue
        taken.append(place)
        _place(mark, newest, place, place.of(text))
    for step in session.scalars(select(MarkStep).where(MarkStep.revision_id == before)):
        session.delete(step)  # nobody takes back what they decided about another text
    session.flush()  # whoever reads next in this transaction finds the marks on the newest text


def outdate(session: Session, source_ids: Collection[int]) -> None:
    """Note that the masked texts of these sources no longer show what was decided."""
    there = select(Revision.id).where(Revision.source_id.in_(source_ids))
    statement = update(MaskedText).where(MaskedText.revision_id.in_(there), MaskedText.outdated_at.is_(None))
    moment = moment_of(session)
    session.execute(statement.values(outdated_at=moment, version=MaskedText.version + 1))


def _marked_before(session: Session, newest: Revision) -> tuple[int | None, tuple[Edit, ...]]:
    """The text before that has marks, and the edits that lead from it to the newest one."""
    by_id = {each.id: each for each in corpus.raw_revisions(session, newest.source)}
    edits: tuple[Edit, ...] = ()
    at = newest
    while at.based_on_id in by_id:
        edits = composed(corpus.edits_of(at), edits)
        at = by_id[at.based_on_id]
        if session.scalars(select(Mark.id).where(Mark.revision_id == at.id).limit(1)).first() is not None:
            return at.id, edits
    return None, ()


def _place(mark: Mark, newest: Revision, place: Span, words: str) -> None:
    if words != mark.words:
        mark.state, mark.decided_by, mark.decided_at = MarkState.PROPOSED, None, None
    mark.revision_id, mark.start, mark.end, mark.words = newest.id, place.start, place.end, words
