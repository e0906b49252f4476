"""Correcting a source's text: what stood there stays, a further revision takes its place."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.models import Revision, Source, SourceFile
from ia_workbench.corpus.queries import newest_revision, text_of
from ia_workbench.corpus.rules import RevisionKind
from ia_workbench.corpus.taught import taught_rules
from ia_workbench.corpus.turns import find_turns
from ia_workbench.corpus.writing_turns import turn_rows
from ia_workbench.database import moment_of
from ia_workbench.kernel import (
    Conflict,
    Edit,
    Refused,
    digest_of,
    edits_between,
    has_words,
    is_storable,
    map_offset,
    normalise_text,
)
from ia_workbench.privacy import Act, Actor

LONGEST_TEXT = 10_000_000  # code points; the longest hearings have some 500,000
LONGEST_NOTE = 500  # characters
OVERTAKEN = "{key} was corrected by someone else meanwhile. Take its text as it is now, and correct that."


class Author(NamedTuple):
    """Who wrote a text, and when."""

    name: str
    at: datetime


def correct_source(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    text: str,
    note: str = "",
    seen: str | None = None,
    by: str | None = None,
    at: datetime | None = None,
) -> Revision:
    """Put a corrected text in the place of a source's newest raw one; returns the new revision.

    The text is brought into the stored form (NFC, `\\n`). Its turns are found by the convention that the text before
    was read by, and its anchors are carried over. `seen` is the SHA-256 of the text that was before the person: raises
    Conflict when someone has corrected another since; None for a caller that read it in this transaction. `by` and `at`
    say who corrected it and when, where that was someone else or earlier (a study that is loaded). Refuses an unchanged
    text, one without words, characters that no store can hold, and a withdrawn source. Excerpts stay where
    they are: whoever codes calls `coding.correct_source`, which takes them along.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    before = newest_revision(session, source)
    old, new = text_of(session, before), normalise_text(text)
    if seen is not None and seen != before.sha256:
        raise Conflict(OVERTAKEN, key=source.key)
    _refuse_text(source, old, new)
    if len(note) > LONGEST_NOTE:
        raise Refused("A note on a correction takes at most {length} characters.", length=LONGEST_NOTE)
    author = Author(by or actor.username, at or moment_of(session))
    edits = edits_between(old, new)
    revision = add_correction(session, author, source, before, text=new, edits=edits, note=note.strip())
    taught = taught_rules(session, source.study_id)
    session.add_all(turn_rows(revision, find_turns(new, convention_of(session, source, old), taught=taught)))
    session.flush()  # whoever reads next in this transaction finds the turns
    privacy.record(
        session, actor, "correct-source", subject=source.key, study_id=source.study_id, revision=revision.number
    )
    return revision


def edits_of(revision: Revision) -> tuple[Edit, ...]:
    """Return the edits that lead from the text a revision was made of to its own."""
    return tuple(Edit(**each) for each in revision.edits)


def _refuse_text(source: Source, old: str, new: str) -> None:
    if new == old:
        raise Refused("The text of {key} is the same as before. Change something, or leave it.", key=source.key)
    if not has_words(new):
        raise Refused(
            "The corrected text of {key} holds no words. Withdraw the source to stop its use.", key=source.key
        )
    if not is_storable(new):
        raise Refused("The corrected text holds characters that no store can keep. Take out what was pasted unseen.")
    if len(new) > LONGEST_TEXT:
        raise Refused("A text takes at most {length} characters. Split the source.", length=LONGEST_TEXT)


def add_correction(
    session: Session,
    author: Author,
    source: Source,
    before: Revision,
    *,
    text: str,
    edits: Sequence[Edit],
    note: str = "",
) -> Revision:
    """Add the revision that takes the place of one, to which `edits` lead, its anchors carried over; no turns yet.

    Raises Conflict when somebody else has added one meanwhile.
    """
    last = select(func.max(Revision.number)).where(Revision.source_id == source.id)
    revision = Revision(
        study_id=source.study_id,
        source_id=source.id,
        number=(session.scalar(last) or 0) + 1,
        kind=RevisionKind.CORRECTED,
        text=text,
        length=len(text),
        sha256=digest_of(text),
        based_on_id=before.id,
        edits=[asdict(each) for each in edits],
        anchors=carried_over(before.anchors, edits),
        note=note,
        created_at=author.at,
        created_by=author.name,
    )
    try:
        with session.begin_nested():
            session.add(revision)
            session.flush()  # its turns need its number, and someone else may have taken that number
    except IntegrityError:
        raise Conflict(OVERTAKEN, key=source.key) from None
    return revision


def carried_over(anchors: list[dict[str, Any]], edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """Return anchors at their places after these edits."""
    return [each | {"at": map_offset(int(each["at"]), edits)} for each in anchors]


def convention_of(session: Session, source: Source, text: str) -> str:
    """Return how the turns of a source's text were found: as someone chose, else as they explain themselves."""
    chosen = session.scalars(select(SourceFile.convention).where(SourceFile.source_id == source.id)).one_or_none()
    return chosen or find_turns(text).convention.value
