"""Reading the codebook of a study."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, func, or_, select
from sqlalchemy.orm import Session

from ia_workbench.codebook.file_format import codebook_content, codebook_from
from ia_workbench.codebook.models import Code, Codebook, CodebookVersion, Lever, LeverSet
from ia_workbench.codebook.rules import CodebookFile, CodeEntry, LeverEntry, LeverFile, no_such_code
from ia_workbench.kernel import NotFound

UNNAMED = "Codebook"
UNNAMED_LEVERS = "Levers"


def codes(session: Session, study_id: int) -> list[Code]:
    """Return all codes of a study as the tree is read: each code before the codes below it, siblings in order."""
    below: dict[int | None, list[Code]] = defaultdict(list)
    statement = select(Code).where(Code.study_id == study_id).order_by(Code.position, Code.path)
    for code in session.scalars(statement):
        below[code.parent_id].append(code)
    ordered: list[Code] = []
    waiting = below[None][::-1]
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(below[code.id][::-1])
    return ordered


def code_at(session: Session, study_id: int, path: str) -> Code:
    """Return the code at a path such as `family-time/missed`; raises NotFound naming the nearest path there is."""
    code = session.scalars(select(Code).where(Code.study_id == study_id, Code.path == path)).one_or_none()
    if code is None:
        raise no_such_code(path, session.scalars(select(Code.path).where(Code.study_id == study_id)))
    return code


def code_by_guid(session: Session, guid: uuid.UUID) -> Code:
    """Return the code of that GUID; raises NotFound."""
    code = session.scalars(select(Code).where(Code.guid == guid)).one_or_none()
    if code is None:
        raise NotFound("This code is no longer there.")
    return code


def children(session: Session, study_id: int, parent_id: int | None) -> list[Code]:
    """Return the codes right below one (by its number), or those at the top, in order."""
    here = (Code.study_id == study_id, Code.parent_id == parent_id)  # SQLAlchemy writes IS NULL for None
    return list(session.scalars(select(Code).where(*here).order_by(Code.position, Code.path)))


def at_or_below(path: str) -> ColumnElement[bool]:
    """Return the condition that a code of a study is the one at a path or lies below it."""
    return or_(Code.path == path, Code.path.startswith(f"{path}/", autoescape=True))


def numbers_at_or_below() -> Select[int]:
    """Select the numbers of the code at a path and those below it, for a held query: with `at_or_below_values`."""
    path = bindparam("code", type_=Text)
    is_below = func.substr(Code.path, 1, func.length(path) + 1) == bindparam("below")
    return select(Code.id).where(Code.study_id == bindparam("study"), or_(Code.path == path, is_below))


def at_or_below_values(study_id: int, path: str) -> dict[str, Any]:
    """Return the values that a held query with `numbers_at_or_below` asks for."""
    return {"study": study_id, "code": path, "below": f"{path}/"}


def codebook_file(session: Session, study_id: int) -> CodebookFile:
    """Return the whole codebook of a study as the value that `write_codebook` writes."""
    book = session.get(Codebook, study_id)
    below: dict[int | None, list[CodeEntry]] = defaultdict(list)
    for code in reversed(codes(session, study_id)):
        below[code.parent_id].append(_entry_of(code, tuple(reversed(below[code.id]))))
    return CodebookFile(
        name=book.name if book else UNNAMED,
        version=book.version if book else 1,
        description=book.description if book else "",
        codes=tuple(reversed(below[None])),
    )


def _entry_of(code: Code, below: tuple[CodeEntry, ...]) -> CodeEntry:
    return CodeEntry(
        key=code.key,
        name=code.name,
        color=code.color,
        definition=code.definition,
        include=code.include,
        exclude=code.exclude,
        example=code.example,
        levers=tuple(code.levers),
        nodes=tuple(code.nodes),
        scale=tuple(code.scale),
        codes=below,
    )


def levers(session: Session, study_id: int) -> list[Lever]:
    """Return the levers of a study in order."""
    return list(session.scalars(select(Lever).where(Lever.study_id == study_id).order_by(Lever.position, Lever.key)))


def lever_file(session: Session, study_id: int) -> LeverFile:
    """Return the levers of a study as the value that `write_levers` writes."""
    kept = session.get(LeverSet, study_id)
    return LeverFile(
        name=kept.name if kept else UNNAMED_LEVERS,
        version=kept.version if kept else 1,
        description=kept.description if kept else "",
        levers=tuple(
            LeverEntry(lever.key, lever.name, lever.definition, lever.question) for lever in levers(session, study_id)
        ),
    )


def versions(session: Session, study_id: int) -> list[CodebookVersion]:
    """Return the published versions of a study's codebook, oldest first."""
    statement = select(CodebookVersion).where(CodebookVersion.study_id == study_id)
    return list(session.scalars(statement.order_by(CodebookVersion.number)))


def version_numbered(session: Session, study_id: int, number: int) -> CodebookVersion:
    """Return a published version of a study's codebook; raises NotFound."""
    here = (CodebookVersion.study_id == study_id, CodebookVersion.number == number)
    version = session.scalars(select(CodebookVersion).where(*here)).one_or_none()
    if version is None:
        raise NotFound("There is no version {number} of this codebook.", number=number)
    return version


def content_now(session: Session, study_id: int) -> dict[str, Any]:
    """Return the codebook as it stands, as a version holds it: what a file has, and of each code its `guid`."""
    guids = {code.path: str(code.guid) for code in codes(session, study_id)}
    content = codebook_content(codebook_file(session, study_id))
    content["codes"] = [_with_guid(each, "", guids) for each in content["codes"]]
    return content


def _with_guid(code: dict[str, Any], above: str, guids: Mapping[str, str]) -> dict[str, Any]:
    path = f"{above}{code['key']}"
    below = [_with_guid(each, f"{path}/", guids) for each in code.get("codes", ())]
    return code | {"guid": guids[path]} | ({"codes": below} if below else {})


def file_of(version: CodebookVersion) -> CodebookFile:
    """Return a published version as the codebook file that it was."""
    content = version.content
    return codebook_from(content | {"codes": [_without_guid(each) for each in content["codes"]]})


def _without_guid(code: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in code.items() if name not in ("guid", "codes")}
    below = [_without_guid(each) for each in code.get("codes", ())]
    return kept | ({"codes": below} if below else {})
