"""The history of a codebook: every change of every code, with all that the code was before and after.

A code's place among its siblings is counted when the change is made. Its path and that place follow from other codes as
well, so that they say where the code stood and never whether somebody changed it since (`OWN`).
"""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.codebook.models import Code, CodeChange
from ia_workbench.codebook.queries import children, codes
from ia_workbench.codebook.rules import ChangeKind
from ia_workbench.database import moment_of
from ia_workbench.kernel import Conflict, new_guid
from ia_workbench.privacy import Actor

State = dict[str, Any]
Side = dict[str, Any]  # what the journal keeps of a state: `change`, the GUID of a change, and `side`, before or after

WORDS = ("name", "color", "definition", "include", "exclude", "example")
LISTS = ("levers", "nodes", "scale")
OWN = ("key", "parent", *WORDS, *LISTS)  # what is a code's own, and not that of the codes above and beside it


def code_state(session: Session, code: Code) -> State:
    """Return all that a code is: its words, its tags, and where it stands (`parent` is a GUID as text, or None)."""
    siblings = [each.id for each in children(session, code.study_id, code.parent_id)]
    return {
        "key": code.key,
        "path": code.path,
        "parent": str(code.parent.guid) if code.parent else None,
        "place": siblings.index(code.id),
        **{name: getattr(code, name) for name in WORDS},
        **{name: list(getattr(code, name)) for name in LISTS},
    }


def note_change(
    session: Session,
    actor: Actor,
    kind: ChangeKind,
    *,
    study_id: int,
    guid: uuid.UUID,
    before: State | None,
    after: State | None,
    into_guid: uuid.UUID | None = None,
    together: uuid.UUID | None = None,
    reverts: CodeChange | None = None,
) -> CodeChange:
    """Write a change into the history."""
    change = CodeChange(
        study_id=study_id,
        code_guid=guid,
        kind=kind,
        before=before,
        after=after,
        into_guid=into_guid,
        together=together or new_guid(),
        reverts_id=reverts.id if reverts else None,
        by=actor.username,
        at=moment_of(session),
    )
    session.add(change)
    session.flush()  # changes are told apart, and joined to the journal of acts, by their number and GUID
    return change


def changes(
    session: Session, study_id: int, *, guid: uuid.UUID | None = None, after: int = 0, limit: int | None = None
) -> list[CodeChange]:
    """Return what was changed in a codebook, newest first: of one code when its GUID is given, after a change's number.

    No more than `limit` are loaded.
    """
    statement = select(CodeChange).where(CodeChange.study_id == study_id, CodeChange.id > after)
    if guid is not None:
        statement = statement.where(CodeChange.code_guid == guid)
    return list(session.scalars(statement.order_by(CodeChange.id.desc()).limit(limit)))


def last_change(session: Session, study_id: int) -> int:
    """Return the number of the last change of a codebook, 0 before the first."""
    return session.scalar(select(func.max(CodeChange.id)).where(CodeChange.study_id == study_id)) or 0


def merged_into(session: Session, study_id: int) -> Mapping[uuid.UUID, uuid.UUID]:
    """Return into which code each code was merged that is gone because of it, by GUID."""
    found: dict[uuid.UUID, uuid.UUID] = {}
    for change in reversed(changes(session, study_id)):
        if change.kind is ChangeKind.MERGED and change.into_guid is not None:
            found[change.code_guid] = change.into_guid
        else:
            found.pop(change.code_guid, None)
    return found


def followed(merged: Mapping[uuid.UUID, uuid.UUID], guid: uuid.UUID) -> uuid.UUID:
    """Return the GUID of the code that a code was merged into in the end, or its own (see `merged_into`)."""
    seen = {guid}
    while guid in merged and merged[guid] not in seen:
        guid = merged[guid]
        seen.add(guid)
    return guid


def path_now(session: Session, study_id: int, path: str) -> str:
    """Return the path of the code that stood at a path before it, or one above it, was moved or merged.

    A path at which a code stands is returned as it is, and so is one at which none ever stood, or one that was removed.
    """
    now = {each.guid: each.path for each in codes(session, study_id)}
    if not path or path in now.values():
        return path
    merged, led = merged_into(session, study_id), path
    for change in reversed(changes(session, study_id)):
        before = change.before["path"] if change.before else ""
        if not before or not f"{led}/".startswith(f"{before}/"):
            continue
        if change.after is not None:
            led = change.after["path"] + led.removeprefix(before)
        elif led == before and followed(merged, change.code_guid) in now:
            return now[followed(merged, change.code_guid)]
    return led if led in now.values() else path


def sides(change: CodeChange) -> tuple[Side | None, Side | None]:
    """Return what a journal of acts keeps of the states before and after a change: no words, only where they stand."""
    named = {"change": str(change.guid)}
    before = None if change.before is None else {**named, "side": "before"}
    return before, None if change.after is None else {**named, "side": "after"}


def noted(session: Session, side: Side) -> tuple[CodeChange, State]:
    """Return the change that a journal's side names, and the state it stands for; raises Conflict when it is gone."""
    change = session.scalars(select(CodeChange).where(CodeChange.guid == uuid.UUID(side["change"]))).one_or_none()
    state = None if change is None else change.before if side["side"] == "before" else change.after
    if change is None or state is None:
        raise Conflict("The history has no such change any more.")
    return change, state
