"""Giving words a code: what a team does a hundred thousand times, in as few and cheap questions as can be.

What it stores, what it refuses and what it enters is the same whoever asks. `apply_code` takes rows that are loaded
already; `apply_at` takes a place and a code by their numbers, and loads nothing.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.codebook import Code, KnownCode
from ia_workbench.coding.journal import CODING, Part, was_requested, write_act
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.coding.rules import ActKind, QuoteDigest, is_quote, refuse_blank, refuse_rating
from ia_workbench.corpus import NewestText, Revision
from ia_workbench.database import moment_of
from ia_workbench.kernel import NotAllowed, Refused, Span, digest_of, new_guid
from ia_workbench.privacy import Act, Actor, HeldQuery, HeldRow, record, require

EXCERPT = HeldQuery(
    select(Excerpt.id, Excerpt.guid).where(
        Excerpt.revision_id == bindparam("revision"),
        Excerpt.start == bindparam("start"),
        Excerpt.end == bindparam("end"),
    )
)
MADE_FIRST = HeldQuery(
    select(Coding.id, Coding.guid, Coding.at, Coding.rating, Coding.is_important, Coding.version).where(
        Coding.excerpt_id == bindparam("excerpt"),
        Coding.code_id == bindparam("code"),
        Coding.coder_id == bindparam("coder"),
    )
)
NEW_EXCERPT, NEW_CODING = HeldRow(Excerpt), HeldRow(Coding)


@dataclass(frozen=True)
class Wish:
    """Which words are to be given which code, by whom and when. `span` counts code points; `rating` counts from 1."""

    span: Span
    code: Code | KnownCode
    coder_id: int
    at: datetime
    request: str | None = None
    expected_quote: str | QuoteDigest | None = None
    rating: int | None = None


class Applied(NamedTuple):
    """The coding that came of it, or that was there already, in plain values."""

    id: int
    guid: uuid.UUID
    at: datetime
    rating: int | None
    is_important: bool
    version: int
    quote: str


def apply_at(
    session: Session,
    actor: Actor,
    *,
    text: NewestText,
    span: Span,
    code: KnownCode,
    request: str,
    expected_quote: str | QuoteDigest,
    rating: int | None = None,
) -> Applied | None:
    """Give words of a source's newest text a code as `apply_code` does; None for a `request` that was done before."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=text.study_id)
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    if was_requested(session, actor, request):
        return None
    moment = moment_of(session)
    wish = Wish(span, code, actor.account_id, moment, request=request, expected_quote=expected_quote, rating=rating)
    return give(session, actor, text, wish)


def give(session: Session, actor: Actor, text: Revision | NewestText, wish: Wish) -> Applied:
    """Store an excerpt where there is none yet, the coding, its act and its entry. The caller asked who may."""
    code = wish.code
    refuse_rating(wish.rating, code.scale)
    words = seen_words(session, text, wish.span, wish.expected_quote)
    excerpt_id, excerpt_guid = _excerpt(session, text, wish.span, words)
    guid = new_guid()
    number = NEW_CODING.store_unless_there(
        session,
        study_id=text.study_id,
        excerpt_id=excerpt_id,
        code_id=code.id,
        coder_id=wish.coder_id,
        at=wish.at,
        rating=wish.rating,
        is_important=False,
        guid=guid,
        version=1,
    )
    if number is None:
        first = MADE_FIRST.row(session, excerpt=excerpt_id, code=code.id, coder=wish.coder_id)
        return Applied(**first._asdict(), quote=words)
    state = {
        "excerpt": str(excerpt_guid),
        "code": str(code.guid),
        "coder": wish.coder_id,
        "at": wish.at.isoformat(),
        "rating": wish.rating,
        "important": False,
    }
    part, study_id, source_id = Part(CODING, guid, None, state), text.study_id, text.source_id
    write_act(session, actor, ActKind.APPLY, [part], study_id=study_id, source_id=source_id, request=wish.request)
    code_guid, coder = str(code.guid), wish.coder_id
    record(session, actor, "apply-code", subject=str(guid), study_id=study_id, code=code_guid, coder=coder)
    return Applied(number, guid, wish.at, wish.rating, False, 1, words)


def seen_words(
    session: Session, text: Revision | NewestText, span: Span, expected: str | QuoteDigest | None = None
) -> str:
    """Return the words of a span; refuses blank ones, and others than were expected."""
    words = corpus.words_at(session, text, span)
    refuse_blank(words, span)
    if expected is not None and not is_quote(words, expected):
        raise Refused(
            "The words at {start} to {end} are not the words quoted. Copy the quote from the stored text.",
            start=span.start,
            end=span.end,
        )
    return words


def _excerpt(session: Session, text: Revision | NewestText, span: Span, words: str) -> tuple[int, uuid.UUID]:
    """Return number and GUID of the excerpt of a span, cut out if nobody has yet."""
    place = {"revision": text.id, "start": span.start, "end": span.end}
    known = EXCERPT.row(session, **place)
    if known is None:
        guid = new_guid()
        number = NEW_EXCERPT.store_unless_there(
            session,
            study_id=text.study_id,
            revision_id=text.id,
            start=span.start,
            end=span.end,
            quote=words,
            sha256=digest_of(words),
            guid=guid,
        )
        if number is not None:
            return number, guid
        known = EXCERPT.row(session, **place)
    return known.id, known.guid
