"""Decisions about codes that need no database: the values of a codebook, and how codes are named and found."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ia_workbench.kernel import NotFound, Refused, slug_of

COLORS = 12  # the code colours of the design
LONGEST_KEY = 40
LONGEST_PATH = 120  # what the audit trail takes as an identifier
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
KEY_RULE = "The key {key} of a code may hold small letters a to z, digits and single hyphens, at most 40 characters."
LONGEST_SCALE = 9  # as many as there are digits to rate with
LONGEST_NAME = 120  # characters; a name is read in margins


class ChangeKind(StrEnum):
    """What was done to a code."""

    ADDED = "added"  # or brought back
    CHANGED = "changed"  # its name, its words, its colour, its tags or its scale
    MOVED = "moved"  # below another code, or to another place among its siblings
    MERGED = "merged"  # its codings went to another code, and it is gone
    REMOVED = "removed"


@dataclass(frozen=True)
class CodeWording:
    """All of a code that people write and choose: what changes without its place in the tree.

    `color` is 1 to 12; `levers` and `nodes` are keys; `scale` are the words of its ratings, the lowest first.
    """

    name: str
    color: int = 1
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    levers: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeEntry:
    """One code as a codebook file holds it, with the codes below it in order.

    `color` is 1 to 12; `levers` and `nodes` are keys. `include` says when to use the code, `exclude` when not. `scale`
    are the words of the ratings that its codings can be given, the lowest first.
    """

    key: str
    name: str
    color: int = 1
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    levers: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()
    codes: tuple["CodeEntry", ...] = ()


@dataclass(frozen=True)
class CodebookFile:
    """A codebook as a file: its name and its tree of codes. `version` is the file's own, not that of a publication."""

    name: str
    version: int = 1
    description: str = ""
    codes: tuple[CodeEntry, ...] = ()


@dataclass(frozen=True)
class LeverEntry:
    """One lever as a lever file holds it."""

    key: str
    name: str
    definition: str = ""
    question: str = ""


@dataclass(frozen=True)
class LeverFile:
    """A set of levers as a file, in the order in which they are shown."""

    name: str
    version: int = 1
    description: str = ""
    levers: tuple[LeverEntry, ...] = ()


def path_of(key: str, parent_path: str | None) -> str:
    """Return the path of a code: the keys from the top joined by `/`. Refuses a malformed key and too long a path."""
    if not KEY.match(key) or len(key) > LONGEST_KEY:
        raise Refused(KEY_RULE, key=key)
    path = f"{parent_path}/{key}" if parent_path else key
    if len(path) > LONGEST_PATH:
        raise Refused(
            "The path {path} is longer than {limit} characters; shorten a key.", path=path, limit=LONGEST_PATH
        )
    return path


@dataclass(frozen=True)
class PlacedCode:
    """A code of a file with its place in the tree; `position` counts from 0 among its siblings."""

    path: str
    parent_path: str | None
    position: int
    entry: CodeEntry


def placed_codes(codes: Iterable[CodeEntry], parent_path: str | None = None) -> Iterator[PlacedCode]:
    """Yield every code of a tree with its place, each before the codes below it."""
    for position, code in enumerate(codes):
        path = path_of(code.key, parent_path)
        yield PlacedCode(path, parent_path, position, code)
        yield from placed_codes(code.codes, path)


def free_key(name: str, taken: Iterable[str]) -> str:
    """Return a key for a new code of this name that none of its siblings has: `late`, then `late-2`, `late-3`."""
    stem = slug_of(name)[: LONGEST_KEY - 4].strip("-")
    known, key, number = set(taken), stem, 1
    while key in known:
        number += 1
        key = f"{stem}-{number}"
    return key


def refuse_name(name: str) -> None:
    """Refuse an empty name, and one too long to be read beside words."""
    if not name:
        raise Refused("A code needs a name.")
    if len(name) > LONGEST_NAME:
        raise Refused("The name of a code takes at most {limit} characters. Shorten it.", limit=LONGEST_NAME)


def refuse_color(color: int) -> None:
    """Refuse a colour that is not one of the twelve."""
    if not 1 <= color <= COLORS:
        raise Refused("A code's colour is a number from 1 to {most}.", most=COLORS)


def refuse_scale(scale: Sequence[str]) -> None:
    """Refuse a scale of one step, of too many, or with a step that is empty or there twice."""
    if len(scale) == 1 or len(scale) > LONGEST_SCALE:
        raise Refused("A scale has two to {most} steps, or none.", most=LONGEST_SCALE)
    if not all(scale) or len({step.casefold() for step in scale}) != len(scale):
        raise Refused("Each step of a scale needs words of its own.")


def no_such_code(path: str, known: Iterable[str]) -> NotFound:
    """Say that a codebook has no code at a path, naming the path nearest to it where there is one."""
    paths = sorted(known)
    near = difflib.get_close_matches(path, paths, n=1, cutoff=0.5)
    near = near or [each for each in paths if each.rpartition("/")[2] == path.rpartition("/")[2]][:1]
    if near:
        return NotFound("There is no code {path} in this codebook; the nearest is {near}.", path=path, near=near[0])
    if paths:
        return NotFound("There is no code {path} in this codebook; the first is {first}.", path=path, first=paths[0])
    return NotFound("There is no code {path}: this codebook has no codes yet. Import or add some.", path=path)
