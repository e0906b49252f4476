"""Memos that come in bulk: comments of files that became memos, and the memos of a study that is loaded.

A memo on words hangs on their excerpt and goes along with it through every correction. The author whom a file names for
a comment may be someone of the study's field: the name becomes words of the memo only where a person asks for it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.coding.memo_changes import keep_first
from ia_workbench.coding.memo_models import Memo, MemoLink
from ia_workbench.coding.memo_queries import memos_of
from ia_workbench.coding.memo_subjects import Subject, on_source, on_words
from ia_workbench.coding.rules import KEEPS_SPAN, MemoOrigin, comment_words, is_comment, refuse_memo
from ia_workbench.corpus import Change, Revision, Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Edit, NotFound, Span, composed, moved_span
from ia_workbench.privacy import Act, Actor, record, require


@dataclass(frozen=True)
class GivenMemo:
    """A memo that comes with a file or with a study: what it is about, its words, where they came from, by whom, when.

    `links` are places in the same sequence, counted from 0, of the memos that it points to.
    """

    about: Subject
    words: str
    origin: MemoOrigin
    by: str
    at: datetime
    comment: int | None = None
    title: str = ""
    is_private: bool = False
    links: tuple[int, ...] = ()


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
                on_words(newest, spans[place]) if place in spans else on_source(source),
                comment_words(there[place], with_author=with_authors),
                MemoOrigin.FILE_COMMENT,
                actor.username,
                now,
                comment=place,
            ),
        )
        for place in sorted(wanted)
    ]
    keep_first(session, made)
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
    if any(each.about.study_id != study_id for each in given):
        raise NotFound("There is no such source in this study.")
    made = [_memo(session, each) for each in given]
    keep_first(session, made)
    for memo, each in zip(made, given, strict=True):
        others = [made[place] for place in each.links if made[place] is not memo]
        session.add_all(MemoLink(study_id=study_id, from_id=memo.id, to_id=other.id) for other in others)
    session.flush()
    record(session, actor, "import-memos", subject="memos", study_id=study_id, memos=len(given))
    return len(given)


def _memo(session: Session, given: GivenMemo) -> Memo:
    excerpt = given.about.excerpt(session, allow_earlier=True)
    refuse_memo(given.words, given.title)
    return Memo(
        study_id=given.about.study_id,
        about=given.about.about,
        source_id=given.about.source.id if given.about.source else None,
        excerpt=excerpt,
        thing=given.about.thing,
        private_to=given.by if given.is_private else None,
        title=given.title.strip(),
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
