"""Words that are withheld from everyone: how they may be written, and that no correction brings them back."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ia_workbench.corpus.models import Revision, Source
from ia_workbench.kernel import Edit, Refused
from ia_workbench.privacy import FoldedText, Spelling, places_of_name, spelling_of

REPORTER_INSTEAD = "[reporter]"  # what everyone reads where it is told who made a report
COMING_BACK = (
    "The corrected text of {key} holds words that were taken out of it: who made the report is withheld from everyone. "
    "Take the text as it is now, and correct that."
)


def withheld_spelling(words: str) -> Spelling:
    """Return how withheld words may be written elsewhere: a name with a title also without it (`Ms. Ortiz`, `Ortiz's`).

    No other part of them: what gives way never comes back, and `Cedar Elementary` is not all of Cedar County.
    """
    with_parts = spelling_of(words, with_parts=True)
    return with_parts if len(with_parts.parts) == 1 else spelling_of(words)


def refuse_coming_back(session: Session, source: Source, old: str, new: str) -> None:
    """Refuse a text that holds withheld words where the text before it does not; the sentence does not say them.

    Whoever corrected a copy that was taken out before would tell everyone again.
    """
    spellings = [withheld_spelling(each) for each in _withheld_words(session, source)]
    if not spellings:
        return
    before, after = FoldedText(old), FoldedText(new)
    if any(len(places_of_name(each, after)) > len(places_of_name(each, before)) for each in spellings):
        raise Refused(COMING_BACK, key=source.key)


def _withheld_words(session: Session, source: Source) -> Sequence[str]:
    """The words of closed texts in whose place `[reporter]` stands in the text that was made of them."""
    closed = aliased(Revision)
    statement = select(Revision.id, Revision.based_on_id).join(closed, Revision.based_on_id == closed.id)
    pairs = session.execute(statement.where(Revision.source_id == source.id, closed.closed_at.is_not(None))).all()
    found: dict[str, None] = {}
    for made, of in pairs:
        old = session.scalars(select(Revision.text).where(Revision.id == of)).one()
        text, edits = session.execute(select(Revision.text, Revision.edits).where(Revision.id == made)).one()
        for edit in (Edit(**each) for each in edits):
            if text[edit.new_start : edit.new_end] == REPORTER_INSTEAD:
                found[old[edit.start : edit.end]] = None
    found.pop(REPORTER_INSTEAD, None)
    return list(found)
