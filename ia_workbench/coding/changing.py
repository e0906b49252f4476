"""Changing codings that are there: other words, another code, a rating, the sign of importance."""

import uuid
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code
from ia_workbench.coding.journal import CODING, Part, coding_state, note, was_requested
from ia_workbench.coding.many import count_on
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.coding.operations import CHANGED, excerpt_at, refuse_anothers, refuse_corrected, refuse_overtaken
from ia_workbench.coding.rules import ActKind, QuoteDigest, refuse_rating
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Conflict, NotFound, Span
from ia_workbench.privacy import Actor, record

TWICE = "These words have this code from the same coder already."


def resize_coding(
    session: Session,
    actor: Actor,
    *,
    coding: Coding,
    revision: Revision,
    span: Span,
    expected_quote: str | QuoteDigest | None = None,
    seen: int | None = None,
    request: str | None = None,
) -> Coding:
    """Put a coding on other words of the same source; evidence that rests on the words before stays on those.

    Offsets are code points of the revision's text. `seen` is the version that was before the person: raises Conflict
    when somebody changed it since, and for a text that was corrected or words that have this code from the same
    coder. Refuses what `apply_code` refuses.
    """
    if was_requested(session, actor, request):
        return coding
    refuse_overtaken(actor, coding, seen)
    refuse_corrected(session, revision)
    if coding.excerpt.revision.source_id != revision.source_id:
        raise NotFound("This coding is no longer there.")
    excerpt = excerpt_at(session, revision, span, expected_quote)
    return _changed(session, actor, ActKind.RESIZE, coding, request, lambda: _move(session, coding, excerpt))


def recode(
    session: Session, actor: Actor, *, coding: Coding, code: Code, seen: int | None = None, request: str | None = None
) -> Coding:
    """Give a coding another code of the study; its rating goes where the other code's scale has no such step."""
    if was_requested(session, actor, request):
        return coding
    refuse_overtaken(actor, coding, seen)
    if code.study_id != coding.study_id:
        raise NotFound("There is no code {path} in this study.", path=code.path)

    def change() -> None:
        _refuse_twice(session, coding, coding.excerpt, code)
        coding.code = code
        if coding.rating is not None and coding.rating > len(code.scale):
            coding.rating = None

    return _changed(session, actor, ActKind.RECODE, coding, request, change)


def mark_important(
    session: Session,
    actor: Actor,
    *,
    coding: Coding,
    is_important: bool,
    seen: int | None = None,
    request: str | None = None,
) -> Coding:
    """Give a coding the sign of importance, or take it away; `seen` as for `resize_coding`."""
    if was_requested(session, actor, request):
        return coding
    refuse_overtaken(actor, coding, seen)
    return _changed(
        session, actor, ActKind.MARK, coding, request, lambda: setattr(coding, "is_important", is_important)
    )


def rate_coding(
    session: Session,
    actor: Actor,
    *,
    coding: Coding,
    rating: int | None,
    seen: int | None = None,
    request: str | None = None,
) -> Coding:
    """Rate a coding in its code's scale, counted from 1; None takes the rating away. Refuses one outside the scale.

    `seen` is the version that was before the person: raises Conflict when somebody changed it since.
    """
    if was_requested(session, actor, request):
        return coding
    refuse_overtaken(actor, coding, seen)
    refuse_rating(rating, coding.code.scale)
    return _changed(session, actor, ActKind.RATE, coding, request, lambda: setattr(coding, "rating", rating))


def _changed(
    session: Session, actor: Actor, kind: ActKind, coding: Coding, request: str | None, change: Callable[[], None]
) -> Coding:
    """Make a change and note it; one that changes nothing leaves nothing."""
    before, source_id = coding_state(coding), coding.excerpt.revision.source_id
    change()
    after = coding_state(coding)
    if after == before:
        return coding
    session.flush()  # the version is counted, and what cannot stand beside another coding is found
    part = Part(CODING, coding.guid, before, after)
    note(session, actor, kind, [part], study_id=coding.study_id, source_id=source_id, request=request)
    record(session, actor, f"{kind}-coding", subject=str(coding.guid), study_id=coding.study_id)
    return coding


def _move(session: Session, coding: Coding, excerpt: Excerpt) -> None:
    _refuse_twice(session, coding, excerpt, coding.code)
    coding.excerpt = excerpt


def _refuse_twice(session: Session, coding: Coding, excerpt: Excerpt, code: Code) -> None:
    with session.no_autoflush:
        same = (Coding.excerpt_id == excerpt.id, Coding.code_id == code.id, Coding.coder_id == coding.coder_id)
        if session.scalars(select(Coding.id).where(*same, Coding.id != coding.id)).first() is not None:
            raise Conflict(TWICE)


def set_coding_state(session: Session, actor: Actor, part: Part) -> None:
    """Make a coding what a part says it was after it: made, changed or gone. For undo, redo and acts on many.

    Raises Conflict when it is not what the part says it was before, when its words or code are gone, or when the same
    words have the same code from the same coder already.
    """
    coding = session.scalars(select(Coding).where(Coding.guid == part.guid)).one_or_none()
    if (coding_state(coding) if coding else None) != part.before:
        raise Conflict(CHANGED)
    if coding is not None:
        refuse_anothers(actor, coding)
    if part.after is None:
        session.delete(coding)
    else:
        _put(session, actor, coding, part)
    session.flush()  # the next part may need the place


def _put(session: Session, actor: Actor, coding: Coding | None, part: Part) -> None:
    after = part.after or {}
    excerpt = session.scalars(select(Excerpt).where(Excerpt.guid == uuid.UUID(after["excerpt"]))).one_or_none()
    code = session.scalars(select(Code).where(Code.guid == uuid.UUID(after["code"]))).one_or_none()
    is_new = coding is None
    if excerpt is None or code is None or (is_new and excerpt.revision.source.is_withdrawn):
        raise Conflict("The words or the code of this coding are no longer there.")
    if coding is None:
        coding = Coding(guid=part.guid, study_id=excerpt.study_id, coder_id=after["coder"], excerpt=excerpt, code=code)
        refuse_anothers(actor, coding)
    _refuse_twice(session, coding, excerpt, code)
    coding.excerpt, coding.code = excerpt, code
    coding.at, coding.rating, coding.is_important = (
        datetime.fromisoformat(after["at"]),
        after["rating"],
        after["important"],
    )
    if is_new:
        session.add(coding)
        session.flush()  # it has its number
        count_on(session, [coding])
