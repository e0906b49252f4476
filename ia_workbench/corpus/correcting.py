"""Correcting a source's text: what stood there stays, a further revision takes its place."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.corpus.importers import is_too_long
from ia_workbench.corpus.models import Revision, Source, SourceFile
from ia_workbench.corpus.queries import newest_revision, text_of
from ia_workbench.corpus.rules import RevisionKind
from ia_workbench.corpus.taught import taught_rules
from ia_workbench.corpus.turns import FoundTurns, find_turns
from ia_workbench.corpus.withheld import refuse_coming_back
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

TOO_LONG = "The text of {key} would hold more than one source may: 3 million characters in 60,000 lines. Shorten it."
LONGEST_NOTE = 500  # characters
OVERTAKEN = "{key} was corrected by someone else meanwhile. Take its text as it is now, and correct that."


class Author(NamedTuple):
    """Who wrote a text, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Worked:
    """What a correction of one text into another comes to: the edits between them, and the turns of the new one.

    `old` and `new` are the SHA-256 of both.
    """

    old: str
    new: str
    edits: tuple[Edit, ...] = field(repr=False)
    found: FoundTurns = field(repr=False)


def worked_out(session: Session, source: Source, text: str) -> Worked | None:
    """Work out what correcting a source's newest raw text into another comes to; None where that is refused.

    For a long text that takes seconds, which are better spent before the store is held for writing.
    """
    before = newest_revision(session, source)
    old, new = text_of(session, before), normalise_text(text)
    try:
        _refuse_text(source, old, new)
    except Refused:  # said by the act itself
        return None
    return _worked(session, source, before, old, new)


def _worked(session: Session, source: Source, before: Revision, old: str, new: str) -> Worked:
    taught = taught_rules(session, source.study_id)
    found = find_turns(new, convention_of(session, source, old), taught=taught)
    return Worked(before.sha256, digest_of(new), edits_between(old, new), found)


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
    worked: Worked | None = None,
) -> Revision:
    """Put a corrected text in the place of a source's newest raw one; returns the new revision.

    The text is brought into the stored form (NFC, `\\n`). Its turns are found by the convention that the text before
    was read by, and its anchors are carried over. `seen` is the SHA-256 of the text that was before the person: raises
    Conflict when someone has corrected another since; None for a caller that read it in this transaction. `by` and `at`
    say who corrected it and when, where that was someone else or earlier (a study that is loaded). `worked` is what
    `worked_out` said of these two texts, if it was asked before; of others it is not believed. Refuses an unchanged
    text, one without words, characters that no store can hold, one that brings back words that are withheld from
    everyone, and a withdrawn source. Excerpts stay where they are: whoever codes calls `coding.correct_source`, which
    takes them along.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    before = newest_revision(session, source)
    old, new = text_of(session, before), normalise_text(text)
    if seen is not None and seen != before.sha256:
        raise Conflict(OVERTAKEN, key=source.key)
    _refuse_text(source, old, new)
    refuse_coming_back(session, source, old, new)
    if len(note) > LONGEST_NOTE:
        raise Refused("A note on a correction takes at most {length} characters.", length=LONGEST_NOTE)
    author = Author(by or actor.username, at or moment_of(session))
    if worked is None or (worked.old, worked.new) != (before.sha256, digest_of(new)):
        worked = _worked(session, source, before, old, new)
    revision = add_correction(session, author, source, before, text=new, edits=worked.edits, note=note.strip())
    session.add_all(turn_rows(revision, worked.found))
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
    if is_too_long(new):
        raise Refused(TOO_LONG, key=source.key)


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
