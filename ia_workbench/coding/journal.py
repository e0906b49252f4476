"""The journal of what was done to codings and memos: each act with what every thing was before and after.

It is what undo and redo read, what tells another browser what changed, and what makes sending an act twice do it once.
It holds identifiers and places only, never words.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update
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


def act_requested(session: Session, actor: Actor, request: str | None) -> CodingAct | None:
    """Return the act that was done under a request's name before; None for a new one."""
    if request is None:
        return None
    here = (CodingAct.account_id == actor.account_id, CodingAct.request == request)
    return session.scalars(select(CodingAct).where(*here)).one_or_none()


def note(
    session: Session,
    actor: Actor,
    kind: ActKind,
    parts: Iterable[Part],
    *,
    study_id: int,
    source_id: int | None,
    place_id: int | None = None,
    request: str | None = None,
    together: uuid.UUID | None = None,
    reverts: CodingAct | None = None,
) -> CodingAct:
    """Write an act down; `place_id` is `source_id` unless given. A new act ends what could still be redone there."""
    number = write_act(
        session,
        actor,
        kind,
        parts,
        study_id=study_id,
        source_id=source_id,
        place_id=place_id,
        request=request,
        together=together,
        reverts_id=reverts.id if reverts else None,
    )
    return session.scalars(select(CodingAct).where(CodingAct.id == number)).one()


def write_act(
    session: Session,
    actor: Actor,
    kind: ActKind,
    parts: Iterable[Part],
    *,
    study_id: int,
    source_id: int | None,
    place_id: int | None = None,
    request: str | None = None,
    together: uuid.UUID | None = None,
    reverts_id: int | None = None,
) -> int:
    """Write an act down as `note` does; returns its number, by which acts are told apart and read by others."""
    if actor.account_id is None:
        raise NotAllowed("Only members of the team may code.")
    place_id = source_id if place_id is None else place_id
    if reverts_id is None:
        _end_redoing(session, actor.account_id, study_id, place_id)
    return NEW_ACT.store(
        session,
        study_id=study_id,
        source_id=source_id,
        place_id=place_id,
        account_id=actor.account_id,
        kind=kind,
        parts=[each.written for each in parts],
        request=request,
        together=together or new_guid(),
        reverts_id=reverts_id,
        standing=ActStanding.DONE,
        at=moment_of(session),
        guid=new_guid(),
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


def was_requested(session: Session, actor: Actor, request: str | None) -> bool:
    """Say whether an act was done under a request's name before."""
    return request is not None and REQUESTED.row(session, account=actor.account_id, request=request) is not None


def _end_redoing(session: Session, account_id: int, study_id: int, place_id: int | None) -> None:
    if UNDONE.row(session, account=account_id, study=study_id, place=place_id) is not None:  # asking costs half
        undone = _mine(account_id, study_id, place_id)
        session.execute(update(CodingAct).where(*undone).values(standing=ActStanding.PAST))
