"""Writes of excerpts and codings.

A coding is cheap whatever the length of its source: the words are cut out by the store and the text is never loaded.
"""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from ia_workbench import corpus
from ia_workbench.codebook import Code
from ia_workbench.coding.giving import PlacedWords, Wish, give, seen_words
from ia_workbench.coding.journal import CODING, Part, State, act_requested, coding_state, note, parts_of, was_requested
from ia_workbench.coding.models import Coding, CodingAct, Excerpt
from ia_workbench.coding.rules import ActKind, QuoteDigest
from ia_workbench.corpus import Revision
from ia_workbench.database import Store, moment_of
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Span, digest_of
from ia_workbench.privacy import Act, Actor, members_of, record, require

OTHER_REQUEST = "This request was already used for another coding. Send it under a new identifier."
CHANGED = "This coding was changed by someone else after you opened it. Look at it as it is now."


def excerpt_of(
    session: Session,
    actor: Actor,
    *,
    revision: Revision,
    span: Span,
    expected_quote: str | None = None,
    allow_earlier: bool = False,
) -> Excerpt:
    """Cut an excerpt out of a revision, or return the one that is already there.

    Offsets are code points of the revision's text. `expected_quote` is what the caller takes the words to be: refused
    when they are others. Refuses a span past the text and a withdrawn source. Raises Conflict for a text that was
    corrected since, unless `allow_earlier` (a study that is loaded has words that a correction took away).
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=revision.study_id)
    if not allow_earlier:
        refuse_corrected(session, revision)
    excerpt = excerpt_at(session, revision, span, expected_quote)
    record(session, actor, "cut-excerpt", subject=str(excerpt.guid), study_id=revision.study_id)
    return excerpt


def apply_code(
    session: Session,
    actor: Actor,
    *,
    revision: Revision,
    span: Span,
    code: Code,
    request: str | None = None,
    at: datetime | None = None,
    coder_id: int | None = None,
    expected_quote: str | QuoteDigest | None = None,
    rating: int | None = None,
) -> Coding:
    """Give the words of a span a code, as the actor or, when a study is loaded, as another member of it.

    Offsets are code points of the revision's text. Coding the same words with the same code twice, or sending the same
    `request` twice, gives the coding made first and changes nothing. `at` is now unless given; `rating` counts from 1
    in the code's scale. Refuses a span past the text, a withdrawn source, a code of another study, words other than
    `expected_quote`, a `request` that was used for another act, and codings in the name of another unless the actor
    manages the study. Raises Conflict for a text that was corrected since, NotFound for a `request` whose coding was
    removed since.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=revision.study_id)
    if code.study_id != revision.study_id:
        raise NotFound("There is no code {path} in this study.", path=code.path)
    coder = _coder(session, actor, revision.study_id, coder_id)
    done = act_requested(session, actor, request)
    if done is not None:
        return _same_act(session, done, revision, span, code)
    refuse_corrected(session, revision)
    moment = at or moment_of(session)
    words = seen_words(session, revision, span, expected_quote)
    place = PlacedWords(revision.id, revision.study_id, revision.source_id, words)
    made = give(session, actor, place, Wish(span, code, coder, moment, request=request, rating=rating))
    loaded = (joinedload(Coding.excerpt), joinedload(Coding.code))
    return session.scalars(select(Coding).where(Coding.id == made.id).options(*loaded)).one()


def remove_coding(
    session: Session, actor: Actor, *, coding: Coding, seen: int | None = None, request: str | None = None
) -> None:
    """Remove a coding; the excerpt stays, and so does any evidence that rests on it.

    `seen` is the version that was before the person: raises Conflict when it was changed since. Refuses another
    coder's coding unless the actor manages the study. A coding that was put back after the act of this `request`
    stays.
    """
    if was_requested(session, actor, request):
        return
    refuse_overtaken(actor, coding, seen)
    gone = Part(CODING, coding.guid, coding_state(coding), None)
    code_guid, source_id = str(coding.code.guid), coding.excerpt.revision.source_id
    session.delete(coding)
    session.flush()  # the same words may be coded again in this transaction
    note(session, actor, ActKind.REMOVE, [gone], study_id=coding.study_id, source_id=source_id, request=request)
    record(
        session,
        actor,
        "remove-coding",
        subject=str(coding.guid),
        study_id=coding.study_id,
        code=code_guid,
        coder=coding.coder_id,
    )


def refuse_anothers(actor: Actor, coding: Coding) -> None:
    """Refuse to change another coder's coding unless the actor manages the study."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=coding.study_id)
    refuse_anothers_id(actor, coding.coder_id)


def refuse_anothers_id(actor: Actor, coder_id: int) -> None:
    """Refuse to change a coding of that coder, by internal number, unless it is the actor or they manage the study."""
    if coder_id != actor.account_id and not actor.may(Act.MANAGE_STUDY):
        raise NotAllowed("This coding is another coder's. Ask them, or a lead of the study, to change or remove it.")


def refuse_overtaken(actor: Actor, coding: Coding, seen: int | None) -> None:
    """Refuse what `refuse_anothers` refuses, and to change a coding that is not as the person saw it."""
    refuse_anothers(actor, coding)
    if seen is not None and coding.version != seen:
        raise Conflict(CHANGED)


def _coder(session: Session, actor: Actor, study_id: int, coder_id: int | None) -> int:
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    if coder_id is None or coder_id == actor.account_id:
        return actor.account_id
    require(actor, Act.MANAGE_STUDY, study_id=study_id)
    if all(member.id != coder_id for member in members_of(session, Store.EVIDENCE, study_id)):
        raise NotFound("The coder is not a member of this study. Add them first.")
    return coder_id


def _same_act(session: Session, act: CodingAct, revision: Revision, span: Span, code: Code) -> Coding:
    """Return the coding that an act made when it was first asked for; it must be the same act."""
    made, wanted = _only_part(act)
    excerpt = session.scalars(select(Excerpt).where(Excerpt.guid == uuid.UUID(wanted["excerpt"]))).one_or_none()
    place = (excerpt.revision_id, excerpt.start, excerpt.end) if excerpt else None
    coding = session.scalars(select(Coding).where(Coding.guid == made.guid)).one_or_none()
    codes = {wanted["code"], str(coding.code.guid) if coding else ""}  # its code may have been merged since
    if str(code.guid) not in codes or place != (revision.id, span.start, span.end):
        raise Conflict(OTHER_REQUEST)
    if coding is None:
        raise NotFound("This coding is no longer there.")
    return coding


def _only_part(act: CodingAct) -> tuple[Part, State]:
    """Return the one coding that an act made, and as what; it must be an act that made one."""
    parts = parts_of(act) if act.kind is ActKind.APPLY else []
    if len(parts) != 1 or parts[0].after is None:
        raise Conflict(OTHER_REQUEST)
    return parts[0], parts[0].after


def refuse_corrected(session: Session, revision: Revision) -> None:
    """Raise Conflict for a text that was corrected since it was opened."""
    if not corpus.is_newest(session, revision):
        raise Conflict("The text was corrected after you opened it. Open it again, and select the words there.")


def excerpt_at(
    session: Session, revision: Revision, span: Span, expected_quote: str | QuoteDigest | None = None
) -> Excerpt:
    """Return the excerpt of a span, cut out if nobody has yet; writes no entry, which is its caller's to write."""
    words = seen_words(session, revision, span, expected_quote)
    here = select(Excerpt).where(
        Excerpt.revision_id == revision.id, Excerpt.start == span.start, Excerpt.end == span.end
    )
    known = session.scalars(here).one_or_none()
    if known is not None:
        return known
    excerpt = Excerpt(
        study_id=revision.study_id,
        revision_id=revision.id,
        start=span.start,
        end=span.end,
        quote=words,
        sha256=digest_of(words),
    )
    return excerpt if _added(session, excerpt) else session.scalars(here).one()


def _added(session: Session, row: Excerpt) -> bool:
    """Add a row unless it is there already: another coder may have added it since it was looked for."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()  # the database alone knows whether the row is the first of its kind
    except IntegrityError:
        return False
    return True
