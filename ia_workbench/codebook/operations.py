"""Changing the codebook of a study."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from ia_workbench.codebook.changing import refuse_same_name
from ia_workbench.codebook.history import LISTS, WORDS, code_state, note_change
from ia_workbench.codebook.models import Code, Codebook, CodebookVersion, Lever, LeverSet
from ia_workbench.codebook.queries import children, code_at, codes, content_now, levers, versions
from ia_workbench.codebook.rules import (
    COLORS,
    ChangeKind,
    CodebookFile,
    CodeEntry,
    LeverFile,
    PlacedCode,
    free_key,
    path_of,
    placed_codes,
    refuse_color,
    refuse_name,
)
from ia_workbench.database import moment_of
from ia_workbench.kernel import Refused, new_guid, normalise_text
from ia_workbench.privacy import Act, Actor, record, require

NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ImportedCodebook:
    """What an import did, as paths of codes in the order of the file.

    `kept` are codes of the study that the file does not have: an import never removes a code, since words may be
    coded with it. `unknown_levers` are lever keys that codes of the file name and the study does not have.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    unknown_levers: tuple[str, ...]


@dataclass(frozen=True)
class ImportedLevers:
    """What an import of levers did, as keys; `kept` are levers of the study that the file does not have."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def import_codebook(session: Session, actor: Actor, *, study_id: int, file: CodebookFile) -> ImportedCodebook:
    """Take a codebook into a study: codes it has already, by path, are updated; others are added; none is removed."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    placed = list(placed_codes(file.codes))
    session.merge(Codebook(study_id=study_id, name=file.name, version=file.version, description=file.description))
    known = {code.path: code for code in codes(session, study_id)}
    before = {path: code_state(session, code) for path, code in known.items()}
    changed = tuple(each.path for each in placed if each.path in known and _update(known[each.path], each))
    added = tuple(each.path for each in placed if each.path not in known)
    named = {each.path for each in placed}
    kept = tuple(path for path in known if path not in named)
    for number, path in enumerate(kept):
        known[path].position = len(placed) + number
    for each in placed:
        if each.path not in known:
            parent = known[each.parent_path] if each.parent_path else None
            known[each.path] = _add(session, study_id, parent, each)
    session.flush()  # so that positions and versions are settled before anyone reads the codes again
    together = new_guid()
    for path in (*changed, *added):
        kind = ChangeKind.CHANGED if path in before else ChangeKind.ADDED
        _note(session, actor, known[path], kind, before.get(path), together)
    unknown = {key for each in placed for key in each.entry.levers} - {lever.key for lever in levers(session, study_id)}
    counts = {"added": len(added), "changed": len(changed)}
    record(session, actor, "import-codebook", subject="codebook", study_id=study_id, **counts)
    return ImportedCodebook(added, changed, kept, tuple(sorted(unknown)))


def _note(
    session: Session,
    actor: Actor,
    code: Code,
    kind: ChangeKind,
    before: dict[str, object] | None = None,
    together: uuid.UUID | None = None,
) -> None:
    after = code_state(session, code)
    note_change(
        session, actor, kind, study_id=code.study_id, guid=code.guid, before=before, after=after, together=together
    )


def _add(session: Session, study_id: int, parent: Code | None, placed: PlacedCode) -> Code:
    code = Code(study_id=study_id, parent=parent, key=placed.entry.key, path=placed.path)
    _update(code, placed)
    session.add(code)
    return code


def _update(code: Code, placed: PlacedCode) -> bool:
    """Make a code what the entry says; tell whether anything but its place among its siblings changed."""
    wanted: dict[str, object] = {name: getattr(placed.entry, name) for name in WORDS}
    wanted |= {name: list(getattr(placed.entry, name)) for name in LISTS}
    differing = {name: value for name, value in wanted.items() if getattr(code, name) != value}
    for name, value in differing.items():
        setattr(code, name, value)
    if code.position != placed.position:
        code.position = placed.position
    return bool(differing)


def import_levers(session: Session, actor: Actor, *, study_id: int, file: LeverFile) -> ImportedLevers:
    """Take a set of levers into a study: known keys are updated, others added; none is removed."""
    require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    session.merge(LeverSet(study_id=study_id, name=file.name, version=file.version, description=file.description))
    known = {lever.key: lever for lever in levers(session, study_id)}
    added, changed = [], []
    for position, entry in enumerate(file.levers):
        lever = known.get(entry.key)
        wanted = (entry.name, entry.definition, entry.question)
        if lever is None:
            added.append(entry.key)
            lever = Lever(study_id=study_id, key=entry.key)
            session.add(lever)
        elif (lever.name, lever.definition, lever.question) != wanted:
            changed.append(entry.key)
        lever.name, lever.definition, lever.question = wanted
        lever.position = position
    named = {entry.key for entry in file.levers}
    kept = tuple(key for key in known if key not in named)
    for number, key in enumerate(kept):
        known[key].position = len(file.levers) + number
    counts = {"added": len(added), "changed": len(changed)}
    record(session, actor, "import-levers", subject="levers", study_id=study_id, **counts)
    return ImportedLevers(tuple(added), tuple(changed), kept)


def add_code(
    session: Session,
    actor: Actor,
    *,
    study_id: int,
    name: str,
    parent_path: str | None = None,
    key: str | None = None,
    color: int | None = None,
    definition: str = "",
    include: str = "",
    exclude: str = "",
    example: str = "",
) -> Code:
    """Add one code, last among its siblings. The key is made from the name unless given; the colour is the parent's.

    Refuses an empty name, a sibling of the same name or key, a malformed key and an unknown parent.
    """
    require(actor, Act.CHANGE_EVIDENCE, study_id=study_id)
    parent = code_at(session, study_id, parent_path) if parent_path else None
    words = {"definition": definition, "include": include, "exclude": exclude, "example": example}
    code = new_code(session, actor, study_id=study_id, name=name, parent=parent, key=key, color=color, words=words)
    # not by its path, which is made from the name: a code may be named after somebody, and the trail never changes
    record(session, actor, "add-code", subject=str(code.guid), study_id=study_id)
    return code


def new_code(
    session: Session,
    actor: Actor,
    *,
    study_id: int,
    name: str,
    parent: Code | None = None,
    key: str | None = None,
    color: int | None = None,
    words: Mapping[str, str] = NO_WORDS,
) -> Code:
    """Add one code as `add_code` does, and note it in the history; the entry in the trail is its caller's to write."""
    name = " ".join(normalise_text(name).split())
    siblings = children(session, study_id, parent.id if parent else None)
    _refuse_taken(name, key, siblings)
    key = key or free_key(name, [each.key for each in siblings])
    own: dict[str, Any] = dict(words)
    entry = CodeEntry(key=key, name=name, color=_color(color, parent, siblings), **own)
    path = parent.path if parent else None
    placed = PlacedCode(
        path_of(entry.key, path), path, max((each.position for each in siblings), default=-1) + 1, entry
    )
    code = _add(session, study_id, parent, placed)
    session.flush()  # so that it has its GUID
    _note(session, actor, code, ChangeKind.ADDED)
    return code


def _refuse_taken(name: str, key: str | None, siblings: list[Code]) -> None:
    refuse_name(name)
    refuse_same_name(name, siblings)
    for sibling in siblings:
        if sibling.key == key:
            raise Refused("There is already a code {path} here; choose another name.", path=sibling.path)


def _color(color: int | None, parent: Code | None, siblings: list[Code]) -> int:
    if color is None:
        return parent.color if parent else len(siblings) % COLORS + 1
    refuse_color(color)
    return color


def publish_codebook(session: Session, actor: Actor, *, study_id: int, note: str) -> CodebookVersion:
    """Keep the codebook as it stands as the next published version, which nothing changes afterwards.

    Refuses an empty codebook, an empty note, and one that equals the newest version.
    """
    require(actor, Act.MANAGE_STUDY, study_id=study_id)
    content = content_now(session, study_id)
    published = versions(session, study_id)
    if not content["codes"]:
        raise Refused("The codebook has no codes yet; there is nothing to publish.")
    if not note.strip():
        raise Refused("Say in a note what is new in this version.")
    if published and published[-1].content == content:
        raise Refused("Nothing has changed since version {number}.", number=published[-1].number)
    version = CodebookVersion(
        study_id=study_id,
        number=published[-1].number + 1 if published else 1,
        note=normalise_text(note).strip(),
        content=content,
        published_at=moment_of(session),
        published_by=actor.username,
    )
    session.add(version)
    record(session, actor, "publish-codebook", subject=f"version-{version.number}", study_id=study_id)
    return version
