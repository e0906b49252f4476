"""Who made a report: withheld from everyone, cleared readers among them (method: reporter identity, CAPTA)."""

import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus
from ia_workbench.coding import Correction
from ia_workbench.corpus import Revision, Source
from ia_workbench.kernel import Edit, Span
from ia_workbench.masking.models import Mark
from ia_workbench.masking.rules import Replacement, masked
from ia_workbench.privacy import Act, Actor, FoldedText, Spelling, places_of_name, require, spelling_of

REPORTER = "[reporter]"  # what everyone reads; the same in every language, so that it is known for what it is


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
    before = corpus.newest_revision(session, source)
    text = corpus.text_of(session, before)
    words = {span.of(text) for span in spans}
    folded = FoldedText(text)
    same = [place for each in words for place in places_of_name(_spelling(each), folded)]
    places = _whole_places(text, [*spans, *same])
    made = masked(text, [Replacement(each.start, each.end, REPORTER) for each in places])
    correction = coding.withhold_words(
        session, actor, source=source, text=made.text, edits=made.edits, instead=REPORTER, seen=seen
    )
    _clear_marks(session, source, before, made.edits, sorted(words))
    return correction


def _clear_marks(
    session: Session, source: Source, before: Revision, edits: Sequence[Edit], words: Sequence[str]
) -> None:
    marks = session.scalars(select(Mark).join(Mark.revision).where(Revision.source_id == source.id))
    for each in marks:
        is_theirs = each.revision_id == before.id and any(
            edit.start < each.end and each.start < edit.end for edit in edits
        )
        each.words = REPORTER if is_theirs else corpus.without_withheld(each.words, words, REPORTER)
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


def _spelling(words: str) -> Spelling:
    """How the words may be written elsewhere: a name with a title also without it (`Ms. Ortiz`, `Ortiz's`).

    No other part of them: what gives way never comes back, and `Cedar Elementary` is not all of Cedar County.
    """
    with_parts = spelling_of(words, with_parts=True)
    return with_parts if len(with_parts.parts) == 1 else spelling_of(words)
