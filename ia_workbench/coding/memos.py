"""Memos: what someone noted beside a source or beside exact words, and comments of files that became memos.

A memo on words hangs on their excerpt and goes along with it through every correction. The author whom a file names for
a comment may be someone of the study's field: the name becomes words of the memo only where a person asks for it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ia_workbench import corpus
from ia_workbench.coding.models import Excerpt, Memo
from ia_workbench.coding.operations import excerpt_at
from ia_workbench.coding.rules import KEEPS_SPAN, MemoOrigin, comment_words, is_comment, refuse_memo
from ia_workbench.corpus import Change, Revision, Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Edit, NotAllowed, NotFound, Refused, Span, composed, moved_span
from ia_workbench.privacy import Act, Actor, record, require

WITHDRAWN = "{key} was withdrawn: nothing more may be noted of it."


@dataclass(frozen=True)
class GivenMemo:
    """A memo of a study that is loaded: its words, where they came from, by whom and when.

    `revision` and `span` are the words it stands beside, both None for the whole source.
    """

    source: Source
    words: str
    origin: MemoOrigin
    by: str
    at: datetime
    comment: int | None = None
    revision: Revision | None = None
    span: Span | None = None


def memos_of(session: Session, source: Source) -> Sequence[Memo]:
    """Return the memos of a source with their excerpts loaded, oldest first; empty once the source is withdrawn."""
    if source.is_withdrawn:
        return []
    statement = select(Memo).where(Memo.source_id == source.id).order_by(Memo.at, Memo.id)
    return session.scalars(statement.options(joinedload(Memo.excerpt).joinedload(Excerpt.revision))).all()


def memo_by_guid(session: Session, source: Source, guid: str) -> Memo:
    """Return a memo of a source by its GUID as text; raises NotFound."""
    found = next((each for each in memos_of(session, source) if str(each.guid) == guid), None)
    if found is None:
        raise NotFound("This memo is no longer there.")
    return found


def add_memo(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    words: str,
    revision: Revision | None = None,
    span: Span | None = None,
) -> Memo:
    """Note something beside a source, or beside the words of a span of one of its revisions.

    Offsets are code points. Refuses a memo without words or of more than 20,000 characters, a span past the text or of
    space alone, a revision of another source, and a withdrawn source.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    now = moment_of(session)
    given = GivenMemo(source, words, MemoOrigin.TEAM, actor.username, now, revision=revision, span=span)
    memo = _memo(session, given)
    session.add(memo)
    session.flush()  # the entry names its GUID
    record(session, actor, "add-memo", subject=str(memo.guid), study_id=source.study_id, source=source.key)
    return memo


def take_comments(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    comments: Collection[int] | None = None,
    with_authors: bool = False,
) -> list[Memo]:
    """Make memos of comments of the file that a source came as; returns the new ones. One entry tells how many.

    `comments` are places among the file's changes (`corpus.changes_of`), None for every comment. A comment stands
    beside the words it covers, as far as they still stand in the text; else beside the source. One that is a memo
    already changes nothing. `with_authors` puts who wrote a comment before its words. Raises NotFound for a place that
    holds no comment, Refused once the source is withdrawn.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    there = {place: each for place, each in enumerate(corpus.changes_of(session, source)) if is_comment(each)}
    if not there.keys() >= set(comments or ()):
        raise NotFound("This comment is not in the file.")
    wanted = set(there if comments is None else comments) - set(comments_taken(session, source))
    spans = _where_now(session, source, {place: there[place] for place in wanted})
    now, newest = moment_of(session), corpus.newest_revision(session, source)
    made = [
        _memo(
            session,
            GivenMemo(
                source,
                comment_words(there[place], with_author=with_authors),
                MemoOrigin.FILE_COMMENT,
                actor.username,
                now,
                comment=place,
                revision=newest if place in spans else None,
                span=spans.get(place),
            ),
        )
        for place in sorted(wanted)
    ]
    session.add_all(made)
    session.flush()
    record(session, actor, "take-comments", subject=source.key, study_id=source.study_id, memos=len(made))
    return made


def comments_taken(session: Session, source: Source) -> Mapping[int, Memo]:
    """Return the memos that comments of a source's file became, by the comment's place among the file's changes."""
    return {each.comment: each for each in memos_of(session, source) if each.comment is not None}


def import_memos(session: Session, actor: Actor, *, study_id: int, given: Sequence[GivenMemo]) -> int:
    """Take in memos of a study that is loaded, in the names of those who wrote them; returns how many.

    Only for those who manage the study. Refuses what `add_memo` refuses, and a source of another study.
    """
    require(actor, Act.MANAGE_STUDY, study_id=study_id)
    if any(each.source.study_id != study_id for each in given):
        raise NotFound("There is no such source in this study.")
    session.add_all([_memo(session, each) for each in given])
    session.flush()
    record(session, actor, "import-memos", subject="memos", study_id=study_id, memos=len(given))
    return len(given)


def remove_memo(session: Session, actor: Actor, *, memo: Memo) -> None:
    """Remove a memo; the excerpt it stood beside stays, and a comment of the file can become a memo again.

    Refuses another's memo unless the actor manages the study.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=memo.study_id)
    if memo.by != actor.username and not actor.may(Act.MANAGE_STUDY):
        raise NotAllowed("This memo is another person's. Ask them, or a lead of the study, to remove it.")
    session.delete(memo)
    session.flush()  # its comment may become a memo again in this transaction
    record(session, actor, "remove-memo", subject=str(memo.guid), study_id=memo.study_id)


def _memo(session: Session, given: GivenMemo) -> Memo:
    source = given.source
    if source.is_withdrawn:
        raise Refused(WITHDRAWN, key=source.key)
    refuse_memo(given.words)
    excerpt = None
    if given.revision is not None and given.span is not None:
        if given.revision.source_id != source.id:
            raise NotFound("{key} has no revision {number}.", key=source.key, number=given.revision.number)
        excerpt = excerpt_at(session, given.revision, given.span)
    return Memo(
        study_id=source.study_id,
        source_id=source.id,
        excerpt=excerpt,
        words=given.words.strip(),
        origin=given.origin,
        comment=given.comment,
        by=given.by,
        at=given.at,
    )


def _where_now(session: Session, source: Source, comments: Mapping[int, Change]) -> Mapping[int, Span]:
    """Return where the words that comments cover stand in the newest text; absent for those that cover none there."""
    first, *later = corpus.raw_revisions(session, source)
    covered = {place: Span(each.at, each.end) for place, each in comments.items() if each.at is not None and each.end}
    if not covered or first.closed_at is not None:
        return {}
    old = corpus.text_of(session, first)
    seen = {place: span for place, span in covered.items() if span.of(old).strip()}
    if not later:
        return seen
    new, edits = corpus.text_of(session, later[-1]), _edits(later)
    moved = {place: moved_span(span, edits, old, new) for place, span in seen.items()}
    return {place: each.span for place, each in moved.items() if each.span and each.outcome in KEEPS_SPAN}


def _edits(corrections: Iterable[Revision]) -> tuple[Edit, ...]:
    edits = (corpus.edits_of(each) for each in corrections)
    return reduce(composed, edits)
