"""Giving words a code: what a team does a hundred thousand times, in as few and cheap questions as can be.

What it stores, what it refuses and what it enters is the same whoever asks. `apply_code` takes rows that are loaded
already; `apply_at` takes a place and a code by their names, and loads nothing.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.codebook import Code
from ia_workbench.coding.journal import CODING, Part, Told, has_undone_acts, is_requested_act, write_act
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.coding.rules import ActKind, QuoteDigest, is_quote, refuse_blank, refuse_rating
from ia_workbench.corpus import Revision
from ia_workbench.database import moment_of
from ia_workbench.kernel import NotAllowed, Refused, Span, digest_of, new_guid
from ia_workbench.privacy import Act, Actor, HeldQuery, HeldRow, record, require

_HERE = (
    Excerpt.revision_id == bindparam("revision"),
    Excerpt.start == bindparam("start"),
    Excerpt.end == bindparam("end"),
)
EXCERPT = HeldQuery(select(Excerpt.id, Excerpt.guid).where(*_HERE))
KNOWN = HeldQuery(  # all that is known before words are given a code, in one question
    select(
        Code.id,
        Code.guid,
        Code.scale,
        Excerpt.id.label("excerpt_id"),
        Excerpt.guid.label("excerpt_guid"),
        is_requested_act(bindparam("account"), bindparam("request")).label("was_requested"),
        has_undone_acts(bindparam("account"), bindparam("study"), bindparam("source")).label("has_undone"),
    )
    .select_from(Code)
    .outerjoin(Excerpt, and_(*_HERE))
    .where(Code.study_id == bindparam("study"), Code.path == bindparam("path"))
)
MADE_FIRST = HeldQuery(
    select(Coding.id, Coding.guid, Coding.at, Coding.rating, Coding.is_important, Coding.version).where(
        Coding.excerpt_id == bindparam("excerpt"),
        Coding.code_id == bindparam("code"),
        Coding.coder_id == bindparam("coder"),
    )
)
NEW_EXCERPT, NEW_CODING = HeldRow(Excerpt), HeldRow(Coding)


class CodeKnown(NamedTuple):
    """A code by what it takes to give it to words, under the names that a `Code` has."""

    id: int
    guid: uuid.UUID
    scale: list[str]


@dataclass(frozen=True)
class Wish:
    """Which words are to be given which code, by whom and when. `span` counts code points; `rating` counts from 1."""

    span: Span
    code: Code | CodeKnown
    coder_id: int
    at: datetime
    request: str | None = None
    rating: int | None = None


class PlacedWords(NamedTuple):
    """Where words stand that are given a code, and what is known of the place.

    `excerpt` is number and GUID of the one that was cut out there, None where nobody knows of one; `has_undone` is
    False where the coder is known to have undone nothing in that source.
    """

    revision_id: int
    study_id: int
    source_id: int
    words: str
    excerpt: tuple[int, uuid.UUID] | None = None
    has_undone: bool = True


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
    study_key: str,
    source_key: str,
    revision: int,
    span: Span,
    path: str,
    request: str,
    expected_quote: str | QuoteDigest,
    rating: int | None = None,
) -> Applied | None:
    """Give words of a source's newest text, which is `revision`, the code at `path` as `apply_code` does.

    None, and nothing is done, where anything is not as it mostly is: a `request` that was done before, another newest
    text, no such code or source. `apply_code` does what is right then, or says why it cannot.
    """
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    text = corpus.newest_words(session, study_key, source_key, number=revision, span=span)
    if text is None:
        return None
    require(actor, Act.CHANGE_EVIDENCE, study_id=text.study_id)
    known = KNOWN.row(
        session,
        revision=text.revision_id,
        start=span.start,
        end=span.end,
        account=actor.account_id,
        request=request,
        study=text.study_id,
        source=text.source_id,
        path=path,
    )
    if known is None or known.was_requested:
        return None
    refuse_others(text.words, span, expected_quote)
    excerpt = None if known.excerpt_id is None else (known.excerpt_id, known.excerpt_guid)
    code = CodeKnown(known.id, known.guid, known.scale)
    wish = Wish(span, code, actor.account_id, moment_of(session), request=request, rating=rating)
    return give(session, actor, PlacedWords(*text, excerpt, known.has_undone), wish)


def give(session: Session, actor: Actor, place: PlacedWords, wish: Wish) -> Applied:
    """Store an excerpt where there is none yet, the coding, its act and its entry. The caller asked who may."""
    code = wish.code
    refuse_rating(wish.rating, code.scale)
    excerpt_id, excerpt_guid = place.excerpt or _excerpt(session, place, wish.span)
    guid = new_guid()
    number = NEW_CODING.store_unless_there(
        session,
        study_id=place.study_id,
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
        return Applied(**first._asdict(), quote=place.words)
    state = {
        "excerpt": str(excerpt_guid),
        "code": str(code.guid),
        "coder": wish.coder_id,
        "at": wish.at.isoformat(),
        "rating": wish.rating,
        "important": False,
    }
    told = Told(study_id=place.study_id, source_id=place.source_id, request=wish.request)
    part = Part(CODING, guid, None, state)
    write_act(session, actor, ActKind.APPLY, [part], has_undone=place.has_undone, **told)
    code_guid, coder = str(code.guid), wish.coder_id
    record(session, actor, "apply-code", subject=str(guid), study_id=place.study_id, code=code_guid, coder=coder)
    return Applied(number, guid, wish.at, wish.rating, False, 1, place.words)


def seen_words(session: Session, revision: Revision, span: Span, expected: str | QuoteDigest | None = None) -> str:
    """Return the words of a span; refuses blank ones, and others than were expected."""
    words = corpus.words_at(session, revision, span)
    refuse_others(words, span, expected)
    return words


def refuse_others(words: str, span: Span, expected: str | QuoteDigest | None) -> None:
    """Refuse words that are blank, and others than were expected."""
    refuse_blank(words, span)
    if expected is not None and not is_quote(words, expected):
        raise Refused(
            "The words at {start} to {end} are not the words quoted. Copy the quote from the stored text.",
            start=span.start,
            end=span.end,
        )


def _excerpt(session: Session, place: PlacedWords, span: Span) -> tuple[int, uuid.UUID]:
    """Return number and GUID of the excerpt of a span, cut out if nobody has yet."""
    guid = new_guid()
    number = NEW_EXCERPT.store_unless_there(
        session,
        study_id=place.study_id,
        revision_id=place.revision_id,
        start=span.start,
        end=span.end,
        quote=place.words,
        sha256=digest_of(place.words),
        guid=guid,
    )
    if number is not None:
        return number, guid
    known = EXCERPT.row(session, revision=place.revision_id, start=span.start, end=span.end)
    return known.id, known.guid
