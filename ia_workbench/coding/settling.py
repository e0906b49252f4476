"""Settling what a correction did to excerpts: confirming the words that stand there, choosing others, leaving out."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.coding.correcting import listing, place
from ia_workbench.coding.models import Excerpt, Reanchoring
from ia_workbench.coding.rules import KEEPS_WORDS, ReanchoringOutcome, refuse_blank
from ia_workbench.corpus import Revision, Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, Refused, Span
from ia_workbench.privacy import Act, Actor, record, require

MOVED_ON = "These words were changed or settled after you opened the page. Look at them as they are now."
TAKEN = "These words are an excerpt already, with its own codings and evidence. Choose others, or leave this one out."


def confirm_words(session: Session, actor: Actor, *, excerpt: Excerpt, seen: str) -> None:
    """Confirm that the words on which an excerpt came to stand are what it is to quote.

    `seen` is the SHA-256 of the words that were before the person: raises Conflict when it stands on others by now.
    Refuses an excerpt that waits for nobody, and one whose words are gone.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=excerpt.study_id)
    open_ones = _open(session, excerpt)
    _refuse_overtaken(excerpt, open_ones, seen)
    if _newest(session, excerpt).id != excerpt.revision_id:
        raise Refused("The words of this excerpt are gone from the corrected text. Choose others, or leave it out.")
    _settle(session, actor, open_ones)
    record(session, actor, "confirm-words", subject=str(excerpt.guid), study_id=excerpt.study_id)


def confirm_unchanged(session: Session, actor: Actor, *, source: Source) -> int:
    """Confirm at once every excerpt of a source that waits and has kept its words; returns how many there were."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    statement = (
        select(Reanchoring)
        .join(Reanchoring.excerpt)
        .join(Excerpt.revision)
        .where(Revision.source_id == source.id, Reanchoring.decided_by.is_(None))
        .where(Reanchoring.outcome.in_(KEEPS_WORDS))
    )
    kept = session.scalars(statement).all()
    if not kept:
        raise Refused("No excerpt of {key} with unchanged words waits to be confirmed.", key=source.key)
    _settle(session, actor, kept)
    count = len({each.excerpt_id for each in kept})
    record(session, actor, "confirm-unchanged", subject=source.key, study_id=source.study_id, excerpts=count)
    return count


def choose_words(
    session: Session, actor: Actor, *, excerpt: Excerpt, span: Span, seen: str, expected_quote: str | None = None
) -> None:
    """Put an excerpt on other words of its source's newest text, and settle it.

    Offsets are code points of that text; `expected_quote` is what the caller takes the words to be. Its codings and
    evidence go along. `seen` as in `confirm_words`. Refuses a blank span, one past the text, and one that is another
    excerpt's.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=excerpt.study_id)
    open_ones = _open(session, excerpt)
    if seen != excerpt.sha256:
        raise Conflict(MOVED_ON)
    newest = _newest(session, excerpt)
    words = corpus.words_at(session, newest, span)
    refuse_blank(words, span)
    if expected_quote is not None and words != expected_quote:
        raise Conflict(MOVED_ON)
    here = (Excerpt.revision_id == newest.id, Excerpt.start == span.start, Excerpt.end == span.end)
    taken = session.scalars(select(Excerpt.id).where(*here, Excerpt.id != excerpt.id)).first()
    if taken is not None:
        raise Refused(TAKEN)
    listed = listing(excerpt, newest, ReanchoringOutcome.CHANGED)
    session.add(listed)
    place(excerpt, newest, span, words)
    _settle(session, actor, [*open_ones, listed])
    session.flush()  # the place may be asked for again in this transaction
    record(session, actor, "choose-words", subject=str(excerpt.guid), study_id=excerpt.study_id)


def leave_out(session: Session, actor: Actor, *, excerpt: Excerpt, seen: str) -> None:
    """Settle that the corrected text has no words for an excerpt: it stays on the text that has those last settled.

    Its codings and evidence stay with it, and it may not be released. `seen` as in `confirm_words`. Refuses an excerpt
    that waits for nobody.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=excerpt.study_id)
    open_ones = _open(session, excerpt)
    _refuse_overtaken(excerpt, open_ones, seen)
    newest = _newest(session, excerpt)
    first = next((each for each in open_ones if each.outcome not in KEEPS_WORDS), open_ones[0])
    is_on_newest = excerpt.revision_id == newest.id
    if is_on_newest:
        session.add(listing(excerpt, newest, ReanchoringOutcome.ORPHANED))
    if is_on_newest or excerpt.quote != first.from_quote:  # words that nobody settled are not what it stays on
        earlier = session.get_one(Revision, first.from_revision_id)
        place(excerpt, earlier, Span(first.from_start, first.from_end), first.from_quote)
        session.flush()  # what was just listed is settled with the rest
    _settle(session, actor, _open(session, excerpt))
    record(session, actor, "leave-out-words", subject=str(excerpt.guid), study_id=excerpt.study_id)


def _newest(session: Session, excerpt: Excerpt) -> Revision:
    return corpus.newest_revision(session, excerpt.revision.source)


def _open(session: Session, excerpt: Excerpt) -> Sequence[Reanchoring]:
    statement = select(Reanchoring).where(Reanchoring.excerpt_id == excerpt.id, Reanchoring.decided_by.is_(None))
    return session.scalars(statement.order_by(Reanchoring.id)).all()


def _refuse_overtaken(excerpt: Excerpt, open_ones: Sequence[Reanchoring], seen: str) -> None:
    if seen != excerpt.sha256 or not open_ones:
        raise Conflict(MOVED_ON)


def _settle(session: Session, actor: Actor, rows: Sequence[Reanchoring]) -> None:
    for each in rows:
        each.decided_by, each.decided_at = actor.username, moment_of(session)
