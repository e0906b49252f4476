"""What changed between two versions of a codebook, or between a version and now, told by GUID and not by path."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ia_workbench.kernel import edits_between

Content = Mapping[str, Any]  # what a codebook file holds, and of each code its `guid`


class DifferenceKind(StrEnum):
    """In what a code differs between two versions."""

    ADDED = "added"
    GONE = "gone"
    MERGED = "merged"  # gone, since its codings went to another code
    RENAMED = "renamed"
    MOVED = "moved"  # another path
    REDEFINED = "redefined"  # definition, use for, not for or example
    RECOLOURED = "recoloured"
    RETAGGED = "retagged"  # levers or steps
    RESCALED = "rescaled"


@dataclass(frozen=True)
class VersionCode:
    """One code as a version holds it; `parent` is the GUID of the code above."""

    guid: uuid.UUID
    parent: uuid.UUID | None
    path: str
    name: str
    color: int
    definition: str
    include: str
    exclude: str
    example: str
    levers: tuple[str, ...]
    nodes: tuple[str, ...]
    scale: tuple[str, ...]


@dataclass(frozen=True)
class CodeDifference:
    """How one code differs; `before` is None when it was added, `after` when it is gone, then perhaps merged `into`."""

    guid: uuid.UUID
    kinds: tuple[DifferenceKind, ...]
    before: VersionCode | None
    after: VersionCode | None
    into: VersionCode | None = None

    @property
    def shown(self) -> VersionCode:
        """The code as it is now, or as it was when it is gone."""
        code = self.after or self.before
        if code is None:
            raise ValueError("a difference is of a code that was or is there")
        return code


@dataclass(frozen=True)
class Words:
    """Some words of a text that changed: `is_gone` from the one before, `is_new` in the one after, or in both."""

    words: str
    is_gone: bool = False
    is_new: bool = False


TEXTS = ("definition", "include", "exclude", "example")
FIELDS_OF = {
    DifferenceKind.RENAMED: ("name",),
    DifferenceKind.MOVED: ("parent", "path"),
    DifferenceKind.REDEFINED: TEXTS,
    DifferenceKind.RECOLOURED: ("color",),
    DifferenceKind.RETAGGED: ("levers", "nodes"),
    DifferenceKind.RESCALED: ("scale",),
}


def version_codes(content: Content) -> dict[uuid.UUID, VersionCode]:
    """Return the codes of a version by GUID, in the order of the tree."""
    return {each.guid: each for each in _codes(content["codes"], None)}


def _codes(found: Iterable[Content], above: VersionCode | None) -> Iterable[VersionCode]:
    for each in found:
        texts: dict[str, Any] = {name: each.get(name, "") for name in TEXTS}
        lists: dict[str, Any] = {name: tuple(each.get(name, ())) for name in ("levers", "nodes", "scale")}
        code = VersionCode(
            guid=uuid.UUID(each["guid"]),
            parent=above.guid if above else None,
            path=f"{above.path}/{each['key']}" if above else each["key"],
            name=each["name"],
            color=each["color"],
            **texts,
            **lists,
        )
        yield code
        yield from _codes(each.get("codes", ()), code)


def differences(old: Content, new: Content, merged: Mapping[uuid.UUID, uuid.UUID]) -> list[CodeDifference]:
    """Return the codes that differ between two versions: those of the new tree in its order, then those that are gone.

    `merged` says into which code a code was merged that is gone (`merged_into`).
    """
    olds, news = version_codes(old), version_codes(new)
    found = [_difference(guid, olds.get(guid), code) for guid, code in news.items()]
    gone = [_gone(code, news, merged) for guid, code in olds.items() if guid not in news]
    return [each for each in (*found, *gone) if each.kinds]


def _difference(guid: uuid.UUID, before: VersionCode | None, after: VersionCode) -> CodeDifference:
    if before is None:
        return CodeDifference(guid, (DifferenceKind.ADDED,), None, after)
    kinds = (
        kind
        for kind, names in FIELDS_OF.items()
        if any(getattr(before, name) != getattr(after, name) for name in names)
    )
    return CodeDifference(guid, tuple(kinds), before, after)


def _gone(
    code: VersionCode, news: Mapping[uuid.UUID, VersionCode], merged: Mapping[uuid.UUID, uuid.UUID]
) -> CodeDifference:
    seen, into = {code.guid}, merged.get(code.guid)
    while into is not None and into not in news and into not in seen:  # the other one may have been merged in its turn
        seen.add(into)
        into = merged.get(into)
    kept = news.get(into) if into else None
    kind = DifferenceKind.MERGED if kept else DifferenceKind.GONE
    return CodeDifference(code.guid, (kind,), code, None, kept)


def word_changes(old: str, new: str) -> Sequence[Words]:
    """Return two texts as one, word by word: what stands in both, what is gone, what is new."""
    found, at = [], 0
    for edit in edits_between(old, new):
        found.append(Words(old[at : edit.start]))
        found.append(Words(old[edit.start : edit.end], is_gone=True))
        found.append(Words(new[edit.new_start : edit.new_end], is_new=True))
        at = edit.end
    found.append(Words(old[at:]))
    return [each for each in found if each.words]
