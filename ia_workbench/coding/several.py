"""Several codes on the same words in one go: one act, one entry, one undo."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.codebook import Code
from ia_workbench.coding.journal import CODING, Part, act_requested, coding_state, note, parts_of
from ia_workbench.coding.models import Coding, CodingAct, Excerpt
from ia_workbench.coding.operations import OTHER_REQUEST, excerpt_at, refuse_corrected
from ia_workbench.coding.rules import ActKind, QuoteDigest
from ia_workbench.corpus import Revision
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused, Span
from ia_workbench.privacy import Act, Actor, record, require

MOST_CODES = 100  # on one excerpt in one go; more than anybody reads


def apply_codes(
    session: Session,
    actor: Actor,
    *,
    revision: Revision,
    span: Span,
    codes: Sequence[Code],
    request: str | None = None,
    expected_quote: str | QuoteDigest | None = None,
) -> dict[Code, Coding]:
    """Give the words of a span several codes as one act, which one undo takes back; returns the coding of each code.

    Offsets are code points of the revision's text. A code that the actor gave these words before is left as it is, and
    is no part of the act; where all are there, nothing is written. The same `request` sent twice does it once, and
    returns what is left of it, whatever code each has by now. Refuses no code at all, more than a hundred, and what
    `apply_code` refuses.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=revision.study_id)
    wanted = list(dict.fromkeys(codes))
    _refuse_codes(revision, wanted)
    done = act_requested(session, actor, request)
    if done is not None:
        return _made_before(session, actor, done, revision, span, wanted)
    refuse_corrected(session, revision)
    excerpt = excerpt_at(session, revision, span, expected_quote)
    known = {each.code_id: each for each in _of_actor(session, actor, excerpt)}
    new = [_coding(session, actor, excerpt, code) for code in wanted if code.id not in known]
    if new:
        session.add_all(new)
        session.flush()  # the state of each names its excerpt and code
        parts = [Part(CODING, each.guid, None, coding_state(each)) for each in new]
        study_id, source_id = revision.study_id, revision.source_id
        act = note(session, actor, ActKind.APPLY, parts, study_id=study_id, source_id=source_id, request=request)
        record(session, actor, "apply-codes", subject=str(act.guid), study_id=study_id, codings=len(new))
    made = {**known, **{each.code_id: each for each in new}}
    return {code: made[code.id] for code in wanted}


def _refuse_codes(revision: Revision, codes: Sequence[Code]) -> None:
    if not codes:
        raise Refused("Choose at least one code.")
    if len(codes) > MOST_CODES:
        raise Refused("At most {most} codes can be given in one go.", most=MOST_CODES)
    for each in codes:
        if each.study_id != revision.study_id:
            raise NotFound("There is no code {path} in this study.", path=each.path)


def _of_actor(session: Session, actor: Actor, excerpt: Excerpt) -> Sequence[Coding]:
    here = (Coding.excerpt_id == excerpt.id, Coding.coder_id == actor.account_id)
    return session.scalars(select(Coding).where(*here)).all()


def _coding(session: Session, actor: Actor, excerpt: Excerpt, code: Code) -> Coding:
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    coder, moment = actor.account_id, moment_of(session)
    return Coding(study_id=excerpt.study_id, excerpt=excerpt, code=code, coder_id=coder, at=moment)


def _made_before(
    session: Session, actor: Actor, act: CodingAct, revision: Revision, span: Span, codes: Sequence[Code]
) -> dict[Code, Coding]:
    """Return what is left of the codings that an act made when it was first asked for; it must be the same act.

    A code that was merged since is another one now: the coding then has that one.
    """
    parts = parts_of(act) if act.kind is ActKind.APPLY else []
    excerpt = _excerpt_of(session, parts)
    if excerpt is None or (excerpt.revision_id, excerpt.start, excerpt.end) != (revision.id, span.start, span.end):
        raise Conflict(OTHER_REQUEST)
    given = {part.guid: uuid.UUID((part.after or {})["code"]) for part in parts}
    left = {given[each.guid]: each for each in session.scalars(select(Coding).where(Coding.guid.in_(given)))}
    found = {each.code.guid: each for each in (*_of_actor(session, actor, excerpt), *left.values())} | left
    wanted = {each.guid for each in codes} | {code for code, each in left.items() if each.code in codes}
    others = set(given.values()) - wanted
    if session.scalar(select(Code.id).where(Code.guid.in_(others)).limit(1)) is not None or not wanted & {
        *given.values()
    }:
        raise Conflict(OTHER_REQUEST)
    return {code: found[code.guid] for code in codes if code.guid in found}


def _excerpt_of(session: Session, parts: Sequence[Part]) -> Excerpt | None:
    """Return the excerpt at which codings were made; None when that is not one."""
    guids = {(part.after or {}).get("excerpt") for part in parts}
    guid = guids.pop() if len(guids) == 1 else None
    return session.scalars(select(Excerpt).where(Excerpt.guid == uuid.UUID(guid))).one_or_none() if guid else None
