"""Undoing and redoing what one person did at one source, over reloads and beside the work of others.

An act is undone by setting every thing it changed back to what it was before. A thing that somebody else has changed
since is not touched: the whole act then stands, and the person chooses to look at it or to leave it as it is.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ia_workbench.coding.changing import set_coding_state
from ia_workbench.coding.code_acts import set_code
from ia_workbench.coding.following import set_favourite, set_subject
from ia_workbench.coding.journal import CODE, CODING, FAVOURITE, SUBJECT, Part, act_requested, note, parts_of
from ia_workbench.coding.many import may_set_at_once, set_many
from ia_workbench.coding.models import CodingAct
from ia_workbench.coding.rules import ActKind, ActStanding
from ia_workbench.corpus import Source
from ia_workbench.kernel import Conflict, NotFound, new_guid
from ia_workbench.privacy import Act, Actor, record, require

Applier = Callable[[Session, Actor, Part], None]
APPLIERS: Mapping[str, Applier] = {
    CODING: set_coding_state,
    CODE: set_code,
    SUBJECT: set_subject,
    FAVOURITE: set_favourite,
}
NOTHING_TO_UNDO = "There is nothing to undo here."
NOTHING_TO_REDO = "There is nothing to redo here."


@dataclass(frozen=True)
class Undoable:
    """What undo and redo would do next at a source: the kinds of act, None where there is nothing.

    `last` is the act that undo would take back.
    """

    undo: ActKind | None
    redo: ActKind | None
    last: CodingAct | None = None


def undoable(session: Session, actor: Actor, *, source: Source) -> Undoable:
    """Return what this person could undo and redo at a source."""
    last, next_ = _last_done(session, actor, source), _next_undone(session, actor, source)
    first = last[0] if last else None
    return Undoable(first.kind if first else None, next_[0].kind if next_ else None, first)


def undo(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    appliers: Mapping[str, Applier] | None = None,
    request: str | None = None,
) -> Sequence[CodingAct]:
    """Undo the last act of this person at a source that holds; returns what was done for it, one act a source.

    `appliers` set things of other kinds than codings and codes to the state of a part. Sending the same `request` twice
    undoes once. Raises NotFound when there is nothing, Conflict when something was changed since by somebody else:
    `leave_standing` then passes over that act.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    done = _done_before(session, actor, request, ActKind.UNDO)
    if done:
        return done
    last = _last_done(session, actor, source)
    if not last:
        raise NotFound(NOTHING_TO_UNDO)
    made = [_revert(session, actor, act, ActKind.UNDO, appliers or {}) for act in reversed(last)]
    for act in last:
        act.standing = ActStanding.UNDONE
    return _recorded(session, actor, made, request)


def redo(
    session: Session,
    actor: Actor,
    *,
    source: Source,
    appliers: Mapping[str, Applier] | None = None,
    request: str | None = None,
) -> Sequence[CodingAct]:
    """Redo the act that this person undid last at a source, as `undo` does; nothing once something else was done."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    done = _done_before(session, actor, request, ActKind.REDO)
    if done:
        return done
    following = _next_undone(session, actor, source)
    if not following:
        raise NotFound(NOTHING_TO_REDO)
    made = [_revert(session, actor, act, ActKind.REDO, appliers or {}) for act in following]
    for act in following:
        act.standing = ActStanding.DONE
    return _recorded(session, actor, made, request)


def leave_standing(session: Session, actor: Actor, *, source: Source, act: uuid.UUID | None = None) -> None:
    """Pass over the act that could not be undone: it stands, and undo goes on with the one before it.

    `act` names it, so that asking twice passes over one; Conflict when another act would be undone next.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=source.study_id)
    if act is not None and _is_past(session, actor, act):
        return
    last = _last_done(session, actor, source)
    if not last:
        raise NotFound(NOTHING_TO_UNDO)
    if act is not None and act not in {each.guid for each in last}:
        raise Conflict("Something else would be undone next now. Look at it first.")
    for each in last:
        each.standing = ActStanding.PAST
    record(session, actor, "leave-standing", subject=str(last[0].guid), study_id=source.study_id)


def _last_done(session: Session, actor: Actor, source: Source) -> Sequence[CodingAct]:
    return _done_together(session, _plain_acts(actor, source, ActStanding.DONE).order_by(CodingAct.id.desc()))


def _next_undone(session: Session, actor: Actor, source: Source) -> Sequence[CodingAct]:
    return _done_together(session, _plain_acts(actor, source, ActStanding.UNDONE).order_by(CodingAct.id))


def _plain_acts(actor: Actor, source: Source, standing: ActStanding) -> Select[CodingAct]:
    """Select the acts of a person at a source that are neither undo nor redo."""
    mine = (CodingAct.account_id == actor.account_id, CodingAct.place_id == source.id)
    return select(CodingAct).where(*mine, CodingAct.reverts_id.is_(None), CodingAct.standing == standing)


def _done_together(session: Session, acts: Select[CodingAct]) -> Sequence[CodingAct]:
    """Return the first of these acts with those that are undone as one with it, in the order they were done."""
    first = session.scalars(acts.limit(1)).first()
    if first is None:
        return []
    same = (CodingAct.account_id == first.account_id, CodingAct.together == first.together)
    return session.scalars(select(CodingAct).where(*same).order_by(CodingAct.id)).all()


def _revert(
    session: Session, actor: Actor, act: CodingAct, kind: ActKind, appliers: Mapping[str, Applier]
) -> CodingAct:
    parts = parts_of(act) if kind is ActKind.REDO else [each.turned for each in reversed(parts_of(act))]
    every = {**APPLIERS, **appliers}
    if len(parts) > 1 and may_set_at_once(parts):
        set_many(session, actor, parts)
    else:
        for part in parts:
            every[part.kind](session, actor, part)
    return note(
        session,
        actor,
        kind,
        parts,
        study_id=act.study_id,
        source_id=act.source_id,
        place_id=act.place_id,
        reverts=act,
    )


def _is_past(session: Session, actor: Actor, guid: uuid.UUID) -> bool:
    mine = (CodingAct.guid == guid, CodingAct.account_id == actor.account_id)
    return session.scalars(select(CodingAct.standing).where(*mine)).one_or_none() is ActStanding.PAST


def _done_before(session: Session, actor: Actor, request: str | None, kind: ActKind) -> Sequence[CodingAct]:
    """Return what was done when an undo or redo was first asked for under this name; empty for a new one."""
    done = act_requested(session, actor, request)
    if done is None:
        return []
    if done.kind is not kind:
        raise Conflict("This request was already used for something else. Send it under a new identifier.")
    same = (CodingAct.account_id == done.account_id, CodingAct.together == done.together)
    return session.scalars(select(CodingAct).where(*same).order_by(CodingAct.id)).all()


def _recorded(
    session: Session, actor: Actor, made: Sequence[CodingAct], request: str | None = None
) -> Sequence[CodingAct]:
    together = new_guid()
    for act in made:
        act.together = together
    first = made[0]
    first.request = request
    session.flush()  # whoever reads next in this transaction sees what was undone
    record(session, actor, str(first.kind), subject=str(first.guid), study_id=first.study_id, acts=len(made))
    return made
