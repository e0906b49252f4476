"""Changing the codebook while coding: each change is noted in the journal of acts, so that it can be undone there.

What a code was before and after stands in the history of the codebook; the journal names the change and which side of
it, and keeps no words.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from ia_workbench import codebook
from ia_workbench.codebook import Code, CodeChange
from ia_workbench.coding.following import follow_merge, memos_on
from ia_workbench.coding.journal import CODE, CODING, Part, coding_state, note, was_requested
from ia_workbench.coding.models import Coding, Excerpt
from ia_workbench.coding.operations import excerpt_at, refuse_corrected
from ia_workbench.coding.rules import ActKind
from ia_workbench.corpus import Revision, Source
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, NotAllowed, Refused, Span, new_guid
from ia_workbench.privacy import Act, Actor, record, require

SEES_SOME = "You read some sources of this study only, and codings in the others would change. Ask a lead to."
IN_USE = "Words are coded with {path}, {count} times. Merge it into another code, or sort its codings into others."
MEMOS_ON = "Memos on {path}: {count}. Merge it into another code, which they follow, or remove them first."
CODES_BELOW = "There are codes below {path}. Move or remove them first, or merge it into another code."
OTHERS_CODED = "Others have coded with {path}. Ask them, or a lead of the study, to merge it."
INTO_BELOW = "{into} lies below {path}. Move it up first, then merge."
INTO_ITSELF = "Choose another code to merge {path} into."
RATED_HIGHER = "Words are rated with a step of {path} that the shorter scale does not have. Rate them anew first."


@dataclass(frozen=True)
class Merged:
    """What a merge did: how many codings went to the other code, how many of those doubled one that was there."""

    codings: int
    doubles: int


def change_in_place(
    session: Session,
    actor: Actor,
    *,
    study_id: int,
    change: Callable[[], Code],
    place: Source | None = None,
    request: str | None = None,
) -> None:
    """Do an operation of the codebook (adding, changing, moving a code) and note it in the journal.

    `place` is the source at which it is done, whose undo takes it back. The same `request` sent twice does it once.
    Refuses a scale that is too short for ratings that were given.
    """
    if was_requested(session, actor, request):
        return
    known = codebook.last_change(session, study_id)
    code = change()
    _refuse_lost_ratings(session, code)
    made = codebook.changes(session, study_id, after=known)
    if made:
        _note_codes(session, actor, made[::-1], study_id, place, request=request)


def _refuse_lost_ratings(session: Session, code: Code) -> None:
    highest = session.scalar(select(func.max(Coding.rating)).where(Coding.code_id == code.id)) or 0
    if highest > len(code.scale):
        raise Refused(RATED_HIGHER, path=code.path)


def _note_codes(
    session: Session,
    actor: Actor,
    made: Sequence[CodeChange],
    study_id: int,
    place: Source | None,
    *,
    request: str | None = None,
    together: uuid.UUID | None = None,
    along: Sequence[Part] = (),
) -> None:
    parts = [*along, *(Part(CODE, each.code_guid, *codebook.sides(each)) for each in made)]
    place_id = place.id if place else None
    note(
        session, actor, ActKind.CODEBOOK, parts, study_id=study_id, source_id=None, place_id=place_id, request=request,
        together=together,
    )  # fmt: skip


def set_code(session: Session, actor: Actor, part: Part) -> None:
    """Make a code what a part says it was after it. For undo and redo.

    Raises Conflict when that was changed since, when words were coded with a code that would go or there are memos on
    it, or when the place of one that would come back is taken.
    """
    study_id = _study_of(session, part)
    if part.after is None:
        code = codebook.code_by_guid(session, part.guid)
        count = _count(session, code)
        if count:
            raise Conflict(IN_USE, path=code.path, count=count)
        memos = memos_on(session, code)
        if memos:
            raise Conflict(MEMOS_ON, path=code.path, count=memos)
    codebook.set_code_state(session, actor, guid=part.guid, study_id=study_id, before=part.before, after=part.after)


def _study_of(session: Session, part: Part) -> int:
    side = part.before or part.after or {}
    guid = uuid.UUID(side["change"])
    study_id = session.scalar(select(CodeChange.study_id).where(CodeChange.guid == guid))
    if study_id is None:
        raise Conflict("The history has no such change any more.")
    return study_id


def code_in_vivo(
    session: Session,
    actor: Actor,
    *,
    revision: Revision,
    span: Span,
    name: str,
    parent: Code | None = None,
    expected_quote: str | None = None,
    request: str | None = None,
) -> None:
    """Make a new code named after words of a text and give them to it at once; one undo takes both back.

    Offsets are code points. The same `request` sent twice does it once. Refuses what `apply_code` and `add_code` do.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=revision.study_id)
    if was_requested(session, actor, request):
        return
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    refuse_corrected(session, revision)
    study_id, source, together = revision.study_id, revision.source, new_guid()
    known = codebook.last_change(session, study_id)
    excerpt = excerpt_at(session, revision, span, expected_quote)
    code = codebook.new_code(session, actor, study_id=study_id, name=name, parent=parent)
    made = codebook.changes(session, study_id, after=known)
    _note_codes(session, actor, made, study_id, source, request=request, together=together)
    coding = Coding(study_id=study_id, excerpt=excerpt, code=code, coder_id=actor.account_id, at=moment_of(session))
    session.add(coding)
    session.flush()  # it has its GUID
    part = Part(CODING, coding.guid, None, coding_state(coding))
    note(session, actor, ActKind.APPLY, [part], study_id=study_id, source_id=source.id, together=together)
    record(session, actor, "code-in-vivo", subject=str(coding.guid), study_id=study_id, code=str(code.guid))


def remove_code(
    session: Session, actor: Actor, *, code: Code, place: Source | None = None, request: str | None = None
) -> None:
    """Remove a code that nothing was coded with, without memos and codes below; refused otherwise, with what to do."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=code.study_id)
    if was_requested(session, actor, request):
        return
    count = _count(session, code)
    if count:
        raise Refused(IN_USE, path=code.path, count=count)
    memos = memos_on(session, code)
    if memos:
        raise Refused(MEMOS_ON, path=code.path, count=memos)
    if codebook.children(session, code.study_id, code.id):
        raise Refused(CODES_BELOW, path=code.path)
    study_id, guid = code.study_id, str(code.guid)
    gone = codebook.take_out(session, actor, code=code)
    _note_codes(session, actor, [gone], study_id, place, request=request)
    record(session, actor, "remove-code", subject=guid, study_id=study_id)


def _count(session: Session, code: Code) -> int:
    return session.scalar(select(func.count(Coding.id)).where(Coding.code_id == code.id)) or 0


def merge_codes(
    session: Session,
    actor: Actor,
    *,
    code: Code,
    into: Code,
    place: Source | None = None,
    request: str | None = None,
) -> Merged:
    """Merge a code into another: its codings go there, codes below it move along, and it goes. One undo takes it back.

    Memos on it follow, and so do the places at which coders keep it at hand.

    Where the same coder gave the same words both codes, the coding that has the other code already stays: it takes the
    rating of the one that goes where it has none, and the sign of importance if either had it. A rating that the other
    scale has no step for goes. Codings of others may be moved by who leads the study alone.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=code.study_id)
    if was_requested(session, actor, request):
        return Merged(0, 0)
    _refuse_merge(session, actor, code, into)
    study_id, guid, into_guid, together = code.study_id, str(code.guid), str(into.guid), new_guid()
    found, sources = _codings_of(session, code), _sources_of(session, code)
    there = {(each.excerpt_id, each.coder_id): each for each in _codings_of(session, into)}
    doubles = 0
    by_source: defaultdict[int, list[Part]] = defaultdict(list)
    for coding in found:
        double = there.get((coding.excerpt_id, coding.coder_id))
        doubles += double is not None
        parts = [recoded(coding, into)] if double is None else joined(session, coding, double)
        by_source[sources[coding.excerpt_id]].extend(parts)
    session.flush()  # nothing names the code any more
    _note_codings(session, actor, by_source, study_id, place, together)
    along = follow_merge(session, code, into)
    made = codebook.take_along(session, actor, code=code, into=into, together=together)
    made.append(codebook.take_out(session, actor, code=code, into=into, together=together))
    _note_codes(session, actor, made, study_id, place, request=request, together=together, along=along)
    record(session, actor, "merge-codes", subject=guid, study_id=study_id, into=into_guid, codings=len(found))
    return Merged(len(found), doubles)


def _refuse_merge(session: Session, actor: Actor, code: Code, into: Code) -> None:
    codebook.refuse_foreign(code, into)
    if code.study_id in actor.limited_ids:
        raise NotAllowed(SEES_SOME)
    if code.id == into.id:
        raise Refused(INTO_ITSELF, path=code.path)
    if codebook.is_at_or_below(into, code):
        raise Refused(INTO_BELOW, path=code.path, into=into.path)
    others = select(Coding.id).where(Coding.code_id == code.id, Coding.coder_id != actor.account_id)
    if not actor.may(Act.MANAGE_STUDY) and session.scalars(others.limit(1)).first() is not None:
        raise NotAllowed(OTHERS_CODED, path=code.path)


def _codings_of(session: Session, code: Code) -> Sequence[Coding]:
    """All codings of a code, those in sources that were withdrawn as well: a code that goes may leave none behind."""
    wordless = selectinload(Coding.excerpt).load_only(Excerpt.guid)  # nobody reads the words for it
    statement = select(Coding).where(Coding.code_id == code.id).order_by(Coding.id)
    return session.scalars(statement.options(wordless, selectinload(Coding.code))).all()


def _sources_of(session: Session, code: Code) -> Mapping[int, int]:
    """The sources in which a code was given, by excerpt; internal numbers."""
    statement = select(Coding.excerpt_id, Revision.source_id).join(Coding.excerpt).join(Excerpt.revision)
    return dict(session.execute(statement.where(Coding.code_id == code.id)).all())


def recoded(coding: Coding, into: Code) -> Part:
    """Give a coding another code, for an act of several; a rating that the other scale has no step for goes."""
    before = coding_state(coding)
    coding.code = into
    if coding.rating is not None and coding.rating > len(into.scale):
        coding.rating = None
    return Part(CODING, coding.guid, before, coding_state(coding))


def joined(session: Session, coding: Coding, double: Coding) -> list[Part]:
    """Take a coding away that doubles another, which keeps what only this one had."""
    gone, before = Part(CODING, coding.guid, coding_state(coding), None), coding_state(double)
    if double.rating is None and coding.rating is not None and coding.rating <= len(double.code.scale):
        double.rating = coding.rating
    double.is_important = double.is_important or coding.is_important
    session.delete(coding)
    after = coding_state(double)
    return [gone] if after == before else [gone, Part(CODING, double.guid, before, after)]


def _note_codings(
    session: Session,
    actor: Actor,
    by_source: dict[int, list[Part]],
    study_id: int,
    place: Source | None,
    together: uuid.UUID,
) -> None:
    """Note what became of codings, one act a source: whoever shows that source asks for its acts alone."""
    for source_id, parts in by_source.items():
        note(
            session, actor, ActKind.CODEBOOK, parts, study_id=study_id, source_id=source_id, together=together,
            place_id=place.id if place else None,
        )  # fmt: skip
