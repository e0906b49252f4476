"""Who made a report: withheld from everyone, cleared readers among them (method: reporter identity, CAPTA)."""

import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus
from ia_workbench.coding import Correction
from ia_workbench.corpus import Revision, Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Edit, Refused, Span
from ia_workbench.masking.following import bring_along
from ia_workbench.masking.identities import REPORTER_INSTEAD
from ia_workbench.masking.models import Mark, Pseudonym
from ia_workbench.masking.rules import MarkState, Replacement, masked
from ia_workbench.privacy import Act, Actor, FoldedText, IdentifierClass, places_of_name, require


def withhold_reporter(
    session: Session, actor: Actor, *, source: Source, spans: Sequence[Span], seen: str | None = None
) -> Correction:
    """Withhold who made a report: in every text of a source from now on, everyone reads `[reporter]` instead.

    `spans` are code points of the newest raw text; every other place where the same words stand, with or
    without a title, gives way with them. A
    corrected revision takes the place of the newest one, all earlier ones are closed, and so is the file. Excerpts go
    along; marks no longer tell the words. `seen` is the SHA-256 of the text that was before the person: raises Conflict
    when it was corrected since. Nothing undoes it. Refuses spans past the text, and none.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    return withheld(session, actor, source, spans, seen)


def withheld(session: Session, actor: Actor, source: Source, spans: Sequence[Span], seen: str | None) -> Correction:
    """Withhold who made a report as a part of another act, which leaves no entry of its own."""
    before = corpus.newest_revision(session, source)
    text = corpus.text_of(session, before)
    words = {span.of(text) for span in spans}
    if words and all(each == REPORTER_INSTEAD for each in words):
        raise Refused("Who made the report is withheld here already.")
    folded = FoldedText(text)
    same = [place for each in words for place in places_of_name(corpus.withheld_spelling(each), folded)]
    places = _whole_places(text, [*spans, *same])
    made = masked(text, [Replacement(each.start, each.end, REPORTER_INSTEAD) for each in places])
    correction = coding.withhold_words(
        session, actor, source=source, text=made.text, edits=made.edits, instead=REPORTER_INSTEAD, seen=seen
    )
    _clear_marks(session, actor, source, before, made.edits, sorted(words))
    bring_along(session, correction.revision, made.text)
    _drop_identities(session, source.study_id, sorted(words))
    return correction


def _clear_marks(
    session: Session, actor: Actor, source: Source, before: Revision, edits: Sequence[Edit], words: Sequence[str]
) -> None:
    """Have no mark tell the words; one that covers nothing else is of the reporter, and decided."""
    marks = session.scalars(select(Mark).join(Mark.revision).where(Revision.source_id == source.id))
    for each in marks:
        touched = [edit for edit in edits if edit.start < each.end and each.start < edit.end]
        if each.revision_id != before.id or not touched:
            each.words = corpus.without_withheld(each.words, words, REPORTER_INSTEAD)
            continue
        each.words = REPORTER_INSTEAD
        if touched[0].start <= each.start and each.end <= touched[-1].end:
            each.identifier_class, each.instead = IdentifierClass.REPORTER, REPORTER_INSTEAD
            each.pseudonym, each.pseudonym_id, each.state = None, None, MarkState.ACCEPTED
            each.decided_by, each.decided_at = actor.username, moment_of(session)
    session.flush()


def _drop_identities(session: Session, study_id: int, words: Sequence[str]) -> None:
    """Remove identities that were only proposed for the words: nothing else of the study knows them by now."""
    used = exists().where(Mark.pseudonym_id == Pseudonym.id)
    for each in session.scalars(select(Pseudonym).where(Pseudonym.study_id == study_id, ~used)).all():
        if any(corpus.places_of_withheld(name, words) for name in each.names):
            session.delete(each)
    session.flush()


def _whole_places(text: str, spans: Iterable[Span]) -> list[Span]:
    """Places in order and apart: those that overlap as one, each with the marks that stand upon its last letter.

    A stored text is in NFC, and a mark left behind would join what stands before it then.
    """
    found: list[Span] = []
    for span in sorted(spans):
        end = span.end
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(span.start, end))
    return found
