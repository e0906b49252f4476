"""Changing codes that are there: their words, their colour and tags, their place in the tree.

Renaming leaves the key alone: a path is how files, exports and addresses name a code, and it changes only when a code
is moved. Every change is noted in the history.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ia_workbench.codebook.history import LISTS, OWN, WORDS, Side, State, code_state, note_change, noted
from ia_workbench.codebook.models import Code, CodeChange
from ia_workbench.codebook.queries import at_or_below, children, codes
from ia_workbench.codebook.rules import (
    ChangeKind,
    CodeWording,
    free_key,
    path_of,
    refuse_color,
    refuse_name,
    refuse_scale,
)
from ia_workbench.kernel import Conflict, NotFound, Refused, is_storable, normalise_text
from ia_workbench.privacy import Act, Actor, record, require

OVERTAKEN = "This code was changed by someone else after you opened it. Look at it as it is now."
CHANGED_SINCE = "The code {path} was changed by someone else since. Leave it as it is, or change it by hand."
PLACE_TAKEN = "There is another code {path} by now. Move that one first."
STILL_USED = "The code {path} still has codings, memos or codes below it. Merge it into another code instead."


def wording_of(code: Code) -> CodeWording:
    """Return all of a code but its place in the tree, as `change_code` takes it."""
    own: dict[str, Any] = {name: getattr(code, name) for name in WORDS}
    own |= {name: tuple(getattr(code, name)) for name in LISTS}
    return CodeWording(**own)


def change_code(session: Session, actor: Actor, *, code: Code, wording: CodeWording, seen: int | None = None) -> Code:
    """Give a code another name, definition, colour, tags or scale; its key and path stay, and so do its codings.

    `seen` is the version that was before the person: raises Conflict when somebody changed it since. Refuses an empty
    name, the name of a sibling, a colour that is none and a scale that is none. What changes nothing leaves nothing.
    """
    _refuse_overtaken(actor, code, seen)
    wanted = _in_order_of(code, _tidy(wording))
    siblings = children(session, code.study_id, code.parent_id)
    refuse_same_name(wanted.name, [each for each in siblings if each.id != code.id])
    if wanted == wording_of(code):
        return code
    before = code_state(session, code)
    for name in WORDS:
        setattr(code, name, getattr(wanted, name))
    for name in LISTS:
        setattr(code, name, list(getattr(wanted, name)))
    session.flush()  # the version is counted
    _note(session, actor, ChangeKind.CHANGED, code, before)
    record(session, actor, "change-code", subject=str(code.guid), study_id=code.study_id)
    return code


def _in_order_of(code: Code, wanted: CodeWording) -> CodeWording:
    """Keep the order of the levers and steps that stay: a form sends them in an order of its own."""
    return replace(wanted, levers=_first(code.levers, wanted.levers), nodes=_first(code.nodes, wanted.nodes))


def _first(known: Sequence[str], keys: Sequence[str]) -> tuple[str, ...]:
    return *(key for key in known if key in keys), *(key for key in keys if key not in known)


def _tidy(wording: CodeWording) -> CodeWording:
    def plain(words: str) -> str:
        return normalise_text(words).strip()

    tidy = CodeWording(
        name=" ".join(plain(wording.name).split()),
        color=wording.color,
        definition=plain(wording.definition),
        include=plain(wording.include),
        exclude=plain(wording.exclude),
        example=plain(wording.example),
        levers=tuple(dict.fromkeys(filter(None, map(plain, wording.levers)))),
        nodes=tuple(dict.fromkeys(filter(None, map(plain, wording.nodes)))),
        scale=tuple(map(plain, wording.scale)),
    )
    refuse_name(tidy.name)
    refuse_color(tidy.color)
    refuse_scale(tidy.scale)
    texts = (tidy.name, tidy.definition, tidy.include, tidy.exclude, tidy.example, *tidy.levers, *tidy.nodes)
    if not all(is_storable(each) for each in (*texts, *tidy.scale)):
        raise Refused("The code holds characters that no store can keep. Take out what was pasted unseen.")
    return tidy


def move_code(
    session: Session,
    actor: Actor,
    *,
    code: Code,
    parent: Code | None,
    place: int | None = None,
    seen: int | None = None,
) -> Code:
    """Put a code, with all codes below it, below another one or at the top (None); their paths follow.

    `place` counts from 0 among the codes that are there already, last unless given. A key that is taken there gets a
    number. `seen` as in `change_code`. Refuses a place below itself, a sibling of the same name, and too long a path.
    """
    _refuse_overtaken(actor, code, seen)
    refuse_foreign(code, parent)
    if parent is not None and is_at_or_below(parent, code):
        raise Refused("A code cannot be moved below itself. Choose another place for {path}.", path=code.path)
    others = [each for each in children(session, code.study_id, parent.id if parent else None) if each.id != code.id]
    refuse_same_name(code.name, others)
    before = code_state(session, code)
    key = (
        code.key if all(each.key != code.key for each in others) else free_key(code.key, [each.key for each in others])
    )
    put(session, code, parent, key, len(others) if place is None else place)
    if code_state(session, code) != before:
        _note(session, actor, ChangeKind.MOVED, code, before)
        record(session, actor, "move-code", subject=str(code.guid), study_id=code.study_id)
    return code


def _key_among(others: Sequence[Code], code: Code) -> str:
    taken = [each.key for each in others]
    return free_key(code.key, taken) if code.key in taken else code.key


def refuse_foreign(code: Code, other: Code | None) -> None:
    """Raise NotFound for two codes that are not of one study."""
    if other is not None and other.study_id != code.study_id:
        raise NotFound("There is no code {path} in this study.", path=other.path)


def is_at_or_below(code: Code, other: Code) -> bool:
    """Say whether a code is another one or lies below it."""
    return code.path == other.path or code.path.startswith(f"{other.path}/")


def refuse_same_name(name: str, siblings: Sequence[Code]) -> None:
    """Refuse a name that one of these codes has."""
    for sibling in siblings:
        if sibling.name.casefold() == name.casefold():
            raise Refused("There is already a code {path} here; choose another name.", path=sibling.path)


def put(session: Session, code: Code, parent: Code | None, key: str, place: int) -> None:
    """Put a code at a place below a parent, counted from 0, and set the paths of all below it; for operations.

    Siblings and codes below are written past their versions: whoever changes one of those meanwhile is not in the way.
    """
    old, new = code.path, path_of(key, parent.path if parent else None)
    below = session.scalars(select(Code).where(Code.study_id == code.study_id, at_or_below(old), Code.id != code.id))
    paths = {each.id: _path_below(new, each.path[len(old) + 1 :]) for each in below.all()} if new != old else {}
    parent_id = parent.id if parent else None
    others = [each for each in children(session, code.study_id, parent_id) if each.id != code.id]
    place = min(max(place, 0), len(others))
    code.parent, code.key, code.path, code.position = parent, key, new, place
    session.flush()  # its new path is there before those below it, and its old one is free
    for number, path in paths.items():
        session.execute(update(Code).where(Code.id == number).values(path=path))
    for position, each in enumerate([*others[:place], code, *others[place:]]):
        if each.position != position and each is not code:
            session.execute(update(Code).where(Code.id == each.id).values(position=position))


def _path_below(path: str, rest: str) -> str:
    for key in rest.split("/"):
        path = path_of(key, path)
    return path


def take_along(session: Session, actor: Actor, *, code: Code, into: Code, together: uuid.UUID) -> list[CodeChange]:
    """Move the codes right below one below another, last there; part of a merge, which writes the entry."""
    found = []
    for child in children(session, code.study_id, code.id):
        others = children(session, code.study_id, into.id)
        before = code_state(session, child)
        put(session, child, into, _key_among(others, child), len(others))
        found.append(_note(session, actor, ChangeKind.MOVED, child, before, together=together))
    return found


def take_out(
    session: Session, actor: Actor, *, code: Code, into: Code | None = None, together: uuid.UUID | None = None
) -> CodeChange:
    """Take a code out of the codebook, as merged into another or removed; its caller writes the entry.

    Refuses a code that something of the study still names.
    """
    before, path, guid, study_id = code_state(session, code), code.path, code.guid, code.study_id
    _delete(session, code, Refused(STILL_USED, path=path))
    kind = ChangeKind.REMOVED if into is None else ChangeKind.MERGED
    into_guid = into.guid if into else None
    return note_change(
        session, actor, kind, study_id=study_id, guid=guid, before=before, after=None, into_guid=into_guid,
        together=together,
    )  # fmt: skip


def _delete(session: Session, code: Code, refusal: Refused) -> None:
    try:
        with session.begin_nested():
            session.delete(code)
            session.flush()  # the store alone knows whether anything names it still
    except IntegrityError:
        raise refusal from None


def set_code_state(
    session: Session, actor: Actor, *, guid: uuid.UUID, study_id: int, before: Side | None, after: Side | None
) -> CodeChange:
    """Make a code what the history says it was: there, gone or changed. For undo and redo, which write the entry.

    Sets only what differs between the two states. Raises Conflict when that was changed since, when the code is used,
    or when its place is taken.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    code = session.scalars(select(Code).where(Code.guid == guid)).one_or_none()
    change, expected = noted(session, before) if before else (None, None)
    reverted, wanted = noted(session, after) if after else (change, None)
    if expected is None and wanted is not None and code is None:
        return _bring_back(session, actor, study_id, guid, wanted, reverted)
    path = code.path if code else (expected or {}).get("path", "")
    if code is None or expected is None:
        raise Conflict(CHANGED_SINCE, path=path)
    now = code_state(session, code)
    if any(now[name] != expected[name] for name in OWN if wanted is None or expected[name] != wanted[name]):
        raise Conflict(CHANGED_SINCE, path=path)
    if wanted is None:
        _delete(session, code, Conflict(STILL_USED, path=path))
        return note_change(
            session, actor, ChangeKind.REMOVED, study_id=study_id, guid=guid, before=now, after=None, reverts=reverted
        )
    return _set(session, actor, code, expected, wanted, reverted)


def _set(
    session: Session, actor: Actor, code: Code, expected: State, wanted: State, reverted: CodeChange | None
) -> CodeChange:
    before = code_state(session, code)
    for name in (*WORDS, *LISTS):
        if expected[name] != wanted[name]:
            setattr(code, name, wanted[name])
    is_moved = any(expected[name] != wanted[name] for name in ("key", "parent", "place"))
    if is_moved:
        parent = _parent(session, wanted)
        if parent is not None and is_at_or_below(parent, code):
            raise Conflict(CHANGED_SINCE, path=code.path)
        _refuse_taken(session, code.study_id, parent, wanted["key"], code)
        put(session, code, parent, wanted["key"], wanted["place"])
    session.flush()  # the version is counted
    kind = ChangeKind.MOVED if is_moved else ChangeKind.CHANGED
    return _note(session, actor, kind, code, before, reverts=reverted)


def _bring_back(
    session: Session, actor: Actor, study_id: int, guid: uuid.UUID, wanted: State, reverted: CodeChange | None
) -> CodeChange:
    parent = _parent(session, wanted)
    _refuse_taken(session, study_id, parent, wanted["key"], None)
    path = path_of(wanted["key"], parent.path if parent else None)
    own = {name: wanted[name] for name in (*WORDS, *LISTS)}
    code = Code(guid=guid, study_id=study_id, parent=parent, key=wanted["key"], path=path, position=0, **own)
    session.add(code)
    session.flush()  # it is among its siblings before it is given its place
    put(session, code, parent, wanted["key"], wanted["place"])
    return _note(session, actor, ChangeKind.ADDED, code, None, reverts=reverted)


def _parent(session: Session, wanted: State) -> Code | None:
    if wanted["parent"] is None:
        return None
    parent = session.scalars(select(Code).where(Code.guid == uuid.UUID(wanted["parent"]))).one_or_none()
    if parent is None:
        raise Conflict("The code above {path} is no longer there.", path=wanted["path"])
    return parent


def _refuse_taken(session: Session, study_id: int, parent: Code | None, key: str, code: Code | None) -> None:
    path = path_of(key, parent.path if parent else None)
    if any(each.path == path and each is not code for each in codes(session, study_id)):
        raise Conflict(PLACE_TAKEN, path=path)


def _refuse_overtaken(actor: Actor, code: Code, seen: int | None) -> None:
    require(actor, Act.CHANGE_EVIDENCE, study_id=code.study_id)
    if seen is not None and code.version != seen:
        raise Conflict(OVERTAKEN)


def _note(
    session: Session,
    actor: Actor,
    kind: ChangeKind,
    code: Code,
    before: State | None,
    *,
    together: uuid.UUID | None = None,
    reverts: CodeChange | None = None,
) -> CodeChange:
    after = code_state(session, code)
    return note_change(
        session, actor, kind, study_id=code.study_id, guid=code.guid, before=before, after=after, together=together,
        reverts=reverts,
    )  # fmt: skip
