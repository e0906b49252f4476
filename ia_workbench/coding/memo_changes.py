"""Writes of memos: adding, changing, removing, putting back; each can be undone, and no version is ever lost.

Whoever is in the team may change a memo of the team; whoever saves second is told and loses nothing. What someone
keeps private nobody else reads or changes: the table says so, and each of these asks again.
"""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.coding.journal import MEMO, Part, act_requested, note, parts_of, was_requested
from ia_workbench.coding.memo_models import Memo, MemoLink, MemoVersion
from ia_workbench.coding.memo_queries import GONE
from ia_workbench.coding.memo_subjects import WITHDRAWN, Subject
from ia_workbench.coding.models import CodingAct
from ia_workbench.coding.rules import ActKind, MemoOrigin, refuse_memo
from ia_workbench.corpus import Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused
from ia_workbench.privacy import Act, Actor, record, require

CHANGED = "Someone else changed this memo after you opened it. Look at what it says now, then save yours or leave it."
ANOTHERS = "This memo is another person's. Ask them, or a lead of the study, to remove it."


def add_memo(
    session: Session,
    actor: Actor,
    *,
    about: Subject,
    words: str,
    title: str = "",
    is_private: bool = False,
    links: Collection[uuid.UUID] = (),
    request: str | None = None,
    place: Source | None = None,
) -> Memo:
    """Note something about a subject (`on_source`, `on_turn`, `on_words`, `on_code`, `on_step`, `on_finding`).

    `links` are memos that it points to. `place` is the source at which it was written, whose undo takes it back: the
    subject's own unless given. The same `request` twice gives the memo made first. Refuses a memo without words or of
    more than 20,000 characters, words past the text or of space alone, and a withdrawn source.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=about.study_id)
    done = act_requested(session, actor, request)
    if done is not None:
        return _made_by(session, done)
    refuse_memo(words, title)
    linked = _numbers(session, about.study_id, links)
    excerpt, now = about.excerpt(session), moment_of(session)
    memo = Memo(
        study_id=about.study_id,
        about=about.about,
        source_id=about.source.id if about.source else None,
        excerpt=excerpt,
        thing=about.thing,
        private_to=actor.username if is_private else None,
        title=title.strip(),
        words=words.strip(),
        origin=MemoOrigin.TEAM,
        by=actor.username,
        at=now,
    )
    keep_first(session, [memo])
    _link(session, memo, linked)
    after = memo_state(session, memo)
    _noted(session, actor, memo, None, after, request, place)
    facts = {"source": about.source.key} if about.source else {}
    record(session, actor, "add-memo", subject=str(memo.guid), study_id=memo.study_id, **facts)
    return memo


def change_memo(
    session: Session,
    actor: Actor,
    *,
    memo: Memo,
    seen: int,
    words: str,
    title: str,
    is_private: bool,
    links: Collection[uuid.UUID] | None = None,
    request: str | None = None,
    place: Source | None = None,
) -> Memo:
    """Change a memo; what it said stays as a version. `links` are all that it points to, None leaves them.

    `seen` is the version that was before the person: raises Conflict when it was changed since. Refuses what
    `add_memo` refuses, to make private what is another's or what others wrote in, and NotFound for one that is removed.
    """
    _refuse_unreadable(session, actor, memo)
    if was_requested(session, actor, request):
        return memo
    if memo.removed_at is not None:
        raise NotFound(GONE)
    if memo.version != seen:
        raise Conflict(CHANGED)
    refuse_memo(words, title)
    linked = None if links is None else _numbers(session, memo.study_id, links)
    before = memo_state(session, memo)
    if (memo.title, memo.words) != (title.strip(), words.strip()):
        _write(session, actor, memo, title.strip(), words.strip())
    if is_private != (memo.private_to is not None):
        _set_private(session, actor, memo, is_private=is_private)
    if linked is not None:
        _link(session, memo, linked)
    after = memo_state(session, memo)
    if after != before:
        _touch(session, actor, memo)
        _noted(session, actor, memo, before, after, request, place)
        record(session, actor, "change-memo", subject=str(memo.guid), study_id=memo.study_id)
    return memo


def remove_memo(
    session: Session, actor: Actor, *, memo: Memo, request: str | None = None, place: Source | None = None
) -> None:
    """Remove a memo; its versions stay until its source is withdrawn, and `restore_memo` or undo puts it back.

    The excerpt it stood beside stays, and a comment of the file can become a memo again. Refuses another's memo unless
    the actor manages the study. A memo that was put back after the act of this `request` stays.
    """
    _refuse_anothers(session, actor, memo)
    if memo.removed_at is not None or was_requested(session, actor, request):
        return
    before = memo_state(session, memo)
    _take_away(session, actor, memo)
    _noted(session, actor, memo, before, None, request, place)
    record(session, actor, "remove-memo", subject=str(memo.guid), study_id=memo.study_id)


def restore_memo(session: Session, actor: Actor, *, memo: Memo, place: Source | None = None) -> None:
    """Put a removed memo back as it was, but no longer as a comment of its file. Refuses what `remove_memo` refuses."""
    _refuse_anothers(session, actor, memo)
    if memo.removed_at is None:
        return
    memo.removed_at, memo.removed_by = None, None
    _touch(session, actor, memo)
    _noted(session, actor, memo, None, memo_state(session, memo), None, place)
    record(session, actor, "restore-memo", subject=str(memo.guid), study_id=memo.study_id)


def memo_state(session: Session, memo: Memo) -> dict[str, Any] | None:
    """Return what makes a memo what it is, by numbers and identifiers, never words; None while it is removed."""
    if memo.removed_at is not None:
        return None
    links = select(Memo.guid).join(MemoLink, MemoLink.to_id == Memo.id).where(MemoLink.from_id == memo.id)
    return {
        "version": memo.shown,
        "private": memo.private_to is not None,
        "comment": memo.comment,
        "links": sorted(str(each) for each in session.scalars(links)),
    }


def set_memo_state(session: Session, actor: Actor, part: Part) -> None:
    """Make a memo what a part says it was after it, for undo and redo. Raises Conflict when it is not as before."""
    memo = session.scalars(select(Memo).where(Memo.guid == part.guid)).one_or_none()
    if memo is None or memo_state(session, memo) != part.before:
        raise Conflict(CHANGED)
    _refuse_unreadable(session, actor, memo)
    if part.after is None or part.before is None:
        _refuse_anothers(session, actor, memo)
    if part.after is None:
        _take_away(session, actor, memo)
    else:
        _put(session, actor, memo, part.after)


def keep_first(session: Session, memos: Collection[Memo]) -> None:
    """Store new memos, each with the first of its versions."""
    session.add_all(memos)
    session.flush()  # versions lead to the memo by its number
    session.add_all([_version(each, 1, each.by) for each in memos])
    session.flush()


def _version(memo: Memo, number: int, by: str) -> MemoVersion:
    return MemoVersion(
        study_id=memo.study_id,
        source_id=memo.source_id,
        memo_id=memo.id,
        number=number,
        title=memo.title,
        words=memo.words,
        private_to=memo.private_to,
        by=by,
        at=memo.changed_at or memo.at,
    )


def _write(session: Session, actor: Actor, memo: Memo, title: str, words: str) -> None:
    newest = select(func.max(MemoVersion.number)).where(MemoVersion.memo_id == memo.id)
    memo.title, memo.words, memo.shown = title, words, (session.scalar(newest) or memo.shown) + 1
    memo.changed_at = moment_of(session)
    session.add(_version(memo, memo.shown, actor.username))
    session.flush()


def _touch(session: Session, actor: Actor, memo: Memo) -> None:
    memo.changed_by, memo.changed_at = actor.username, moment_of(session)
    session.flush()  # the version is counted


def _take_away(session: Session, actor: Actor, memo: Memo) -> None:
    memo.removed_at, memo.removed_by, memo.comment = moment_of(session), actor.username, None
    session.flush()  # its comment may become a memo again in this transaction


def _put(session: Session, actor: Actor, memo: Memo, after: dict[str, Any]) -> None:
    kept = (MemoVersion.memo_id == memo.id, MemoVersion.number == after["version"])
    version = session.scalars(select(MemoVersion).where(*kept)).one_or_none()
    if version is None or _is_memo_already(session, memo, after["comment"]):
        raise Conflict(CHANGED)
    memo.removed_at, memo.removed_by, memo.comment = None, None, after["comment"]
    memo.title, memo.words, memo.shown = version.title, version.words, version.number
    if after["private"] != (memo.private_to is not None):
        _set_private(session, actor, memo, is_private=after["private"])
    links = [uuid.UUID(each) for each in after["links"]]
    _link(session, memo, _numbers(session, memo.study_id, links, or_gone=True))
    _touch(session, actor, memo)


def _is_memo_already(session: Session, memo: Memo, comment: int | None) -> bool:
    if comment is None:
        return False
    same = (Memo.source_id == memo.source_id, Memo.comment == comment, Memo.id != memo.id)
    return session.scalars(select(Memo.id).where(*same)).first() is not None


def _set_private(session: Session, actor: Actor, memo: Memo, *, is_private: bool) -> None:
    """Give a memo to the team, or keep it from them: the words it shows, and with the latter all it ever said."""
    if memo.by != actor.username:
        raise NotAllowed("Only {who}, who wrote this memo, may say who reads it.", who=memo.by)
    every = MemoVersion.memo_id == memo.id
    if is_private:
        others = session.scalars(select(MemoVersion.id).where(every, MemoVersion.by != memo.by)).first()
        if memo.comment is not None or others is not None:
            raise Refused("This memo stays the team's: others wrote in it, or it came with the file.")
    memo.private_to = memo.by if is_private else None
    which = every if is_private else (every & (MemoVersion.number == memo.shown))
    for version in session.scalars(select(MemoVersion).where(which)):
        version.private_to = memo.private_to


def _numbers(session: Session, study_id: int, links: Collection[uuid.UUID], *, or_gone: bool = False) -> set[int]:
    """Return the numbers of the memos that one is to point to; raises NotFound where one is not there."""
    wanted = set(links)
    there = select(Memo.id).where(Memo.study_id == study_id, Memo.guid.in_(wanted))
    found = set(session.scalars(there if or_gone else there.where(Memo.removed_at.is_(None))))
    if len(found) < len(wanted) and not or_gone:
        raise NotFound("A memo that this one was to point to is no longer there.")
    return found


def _link(session: Session, memo: Memo, numbers: set[int]) -> None:
    """Point to these memos and no others, but leave links that the session does not show."""
    wanted = numbers - {memo.id}
    standing = {each.to_id: each for each in session.scalars(select(MemoLink).where(MemoLink.from_id == memo.id))}
    for number in set(standing) - wanted:
        session.delete(standing[number])
    for number in wanted - set(standing):
        session.add(MemoLink(study_id=memo.study_id, from_id=memo.id, to_id=number))
    session.flush()


def _refuse_unreadable(session: Session, actor: Actor, memo: Memo) -> None:
    require(actor, Act.CHANGE_EVIDENCE, study_id=memo.study_id)
    if memo.private_to not in (None, actor.username):
        raise NotFound(GONE)
    if memo.source_id is not None:
        source = session.get_one(Source, memo.source_id)
        if source.is_withdrawn:
            raise Refused(WITHDRAWN, key=source.key)


def _refuse_anothers(session: Session, actor: Actor, memo: Memo) -> None:
    _refuse_unreadable(session, actor, memo)
    if memo.by != actor.username and not actor.may(Act.MANAGE_STUDY):
        raise NotAllowed(ANOTHERS)


def _made_by(session: Session, act: CodingAct) -> Memo:
    """Return the memo that an act made when it was first asked for."""
    first = parts_of(act)[0]
    memo = session.scalars(select(Memo).where(Memo.guid == first.guid)).one_or_none()
    if first.kind != MEMO or memo is None:
        raise NotFound(GONE)
    return memo


def _noted(
    session: Session,
    actor: Actor,
    memo: Memo,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    request: str | None,
    place: Source | None,
) -> None:
    parts, at = [Part(MEMO, memo.guid, before, after)], place.id if place else None
    study_id, source_id = memo.study_id, memo.source_id
    note(session, actor, ActKind.MEMO, parts, study_id=study_id, source_id=source_id, place_id=at, request=request)
