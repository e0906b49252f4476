"""The journal of what was done to codings and memos: each act with what every thing was before and after.

It is what undo and redo read, what tells another browser what changed, and what makes sending an act twice do it once.
It holds identifiers and places only, never words.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Required, TypedDict, Unpack

from sqlalchemy import ColumnElement, bindparam, exists, select, update
from sqlalchemy.orm import Session

from ia_workbench.coding.models import Coding, CodingAct
from ia_workbench.coding.rules import ActKind, ActStanding
from ia_workbench.database import moment_of
from ia_workbench.kernel import NotAllowed, new_guid
from ia_workbench.privacy import Actor, HeldQuery, HeldRow

CODING, CODE, MEMO, EVIDENCE = "coding", "code", "memo", "evidence"
SUBJECT, FAVOURITE = "subject", "favourite"  # which code a memo is on, and which a coder keeps at hand, after a merge

State = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What one thing of a kind was before an act and after it; None where it was not there."""

    kind: str
    guid: uuid.UUID
    before: State | None
    after: State | None

    @property
    def turned(self) -> "Part":
        """The part that takes this one back."""
        return Part(self.kind, self.guid, self.after, self.before)

    @property
    def written(self) -> dict[str, Any]:
        """The part as the journal keeps it."""
        return {"kind": self.kind, "guid": str(self.guid), "before": self.before, "after": self.after}


def parts_of(act: CodingAct) -> list[Part]:
    """Return the parts of an act in the order in which they were done."""
    return [Part(each["kind"], uuid.UUID(each["guid"]), each["before"], each["after"]) for each in act.parts]


def coding_state(coding: Coding) -> State:
    """Return all that makes a coding what it is, by identifiers; its words are its excerpt's."""
    return {
        "excerpt": str(coding.excerpt.guid),
        "code": str(coding.code.guid),
        "coder": coding.coder_id,
        "at": coding.at.isoformat(),
        "rating": coding.rating,
        "important": coding.is_important,
    }


class Told(TypedDict, total=False):
    """What the journal keeps of an act beside its parts: where, under which name of a request, and with which others.

    `place_id` is where it is undone, `source_id` unless given.
    """

    study_id: Required[int]
    source_id: Required[int | None]
    place_id: int | None
    request: str | None
    together: uuid.UUID | None


def note(
    session: Session,
    actor: Actor,
    kind: ActKind,
    parts: Iterable[Part],
    *,
    reverts: CodingAct | None = None,
    **told: Unpack[Told],
) -> CodingAct:
    """Write an act down and return it. A new act ends what could still be redone at its place."""
    number = write_act(session, actor, kind, parts, reverts_id=reverts.id if reverts else None, **told)
    return _numbered(session, number)


def write_act(
    session: Session,
    actor: Actor,
    kind: ActKind,
    parts: Iterable[Part],
    *,
    reverts_id: int | None = None,
    has_undone: bool = True,
    **told: Unpack[Told],
) -> int:
    """Write an act down as `note` does; returns its number, by which acts are told apart and read by others.

    `has_undone` is False where the caller has just been told that the person undid nothing at that place.
    """
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    study_id, source_id, place_id = told["study_id"], told["source_id"], told.get("place_id")
    place_id = source_id if place_id is None else place_id
    if reverts_id is None and has_undone:
        _end_redoing(session, actor.account_id, study_id, place_id)
    guid = new_guid()
    return NEW_ACT.store(
        session,
        study_id=study_id,
        source_id=source_id,
        place_id=place_id,
        account_id=actor.account_id,
        kind=kind,
        parts=[each.written for each in parts],
        request=told.get("request"),
        together=told.get("together") or guid,
        reverts_id=reverts_id,
        standing=ActStanding.DONE,
        at=moment_of(session),
        guid=guid,
    )


def _mine(account: Any, study: Any, place: Any) -> tuple[Any, ...]:
    """Return the conditions of the acts that one person undid at one place."""
    here = (CodingAct.account_id == account, CodingAct.study_id == study)
    return (*here, CodingAct.place_id.is_not_distinct_from(place), CodingAct.standing == ActStanding.UNDONE)


NEW_ACT = HeldRow(CodingAct)
REQUESTED = HeldQuery(
    select(CodingAct.id).where(CodingAct.account_id == bindparam("account"), CodingAct.request == bindparam("request"))
)
UNDONE = HeldQuery(select(CodingAct.id).where(*_mine(*map(bindparam, ("account", "study", "place")))).limit(1))


def is_requested_act(account: Any, request: Any) -> ColumnElement[bool]:
    """Return the condition that an account did an act under a request's name before."""
    return exists().where(CodingAct.account_id == account, CodingAct.request == request)


def has_undone_acts(account: Any, study: Any, place: Any) -> ColumnElement[bool]:
    """Return the condition that an account undid something at a place (the number of a source)."""
    return exists().where(*_mine(account, study, place))


def was_requested(session: Session, actor: Actor, request: str | None) -> bool:
    """Say whether an act was done under a request's name before."""
    return _number_requested(session, actor, request) is not None


def act_requested(session: Session, actor: Actor, request: str | None) -> CodingAct | None:
    """Return the act that was done under a request's name before; None for a new one."""
    number = _number_requested(session, actor, request)
    return None if number is None else _numbered(session, number)


def _number_requested(session: Session, actor: Actor, request: str | None) -> int | None:
    row = None if request is None else REQUESTED.row(session, account=actor.account_id, request=request)
    return None if row is None else int(row.id)


def _numbered(session: Session, number: int) -> CodingAct:
    return session.scalars(select(CodingAct).where(CodingAct.id == number)).one()


def _end_redoing(session: Session, account_id: int, study_id: int, place_id: int | None) -> None:
    if UNDONE.row(session, account=account_id, study=study_id, place=place_id) is not None:  # asking costs half
        undone = _mine(account_id, study_id, place_id)
        session.execute(update(CodingAct).where(*undone).values(standing=ActStanding.PAST))
