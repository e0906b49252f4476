"""Decisions about the map that need no database: the values of a map and its vocabularies."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NodeType(StrEnum):
    """What kind of step a node is."""

    DECISION = "decision"
    ACTION = "action"
    MEETING = "meeting"
    HEARING = "hearing"
    HAND_OFF = "hand-off"
    WAIT = "wait"


class Passing(StrEnum):
    """What passes from one step to the next."""

    TEXT = "text"
    INFORMATION = "information"
    CHILD = "child"
    MONEY = "money"


@dataclass(frozen=True)
class LaneEntry:
    """A band of the map: the actors who do the steps in it."""

    key: str
    name: str


@dataclass(frozen=True)
class PlainTitle:
    """A step's title in plain words of one language (`en`, `es`)."""

    language: str
    words: str


@dataclass(frozen=True)
class Directive:
    """A rule that a step follows, with the dates from and to which it holds (None: not known, or still in force)."""

    citation: str
    title: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class NodeEntry:
    """A step of the map. Times are told in words and, where known, in days."""

    key: str
    number: int
    title: str
    lane: str
    type: NodeType
    plain: tuple[PlainTitle, ...] = ()
    description: str = ""
    worker_roles: tuple[str, ...] = ()
    trigger: str | None = None
    options: tuple[str, ...] = ()
    directives: tuple[Directive, ...] = ()
    texts_in: tuple[str, ...] = ()
    texts_out: tuple[str, ...] = ()
    standard_time: str | None = None
    standard_days: float | None = None
    observed_time: str | None = None
    observed_days: float | None = None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    is_in_scope: bool = True


@dataclass(frozen=True)
class EdgeEntry:
    """A passage from one step to another; delays in days, None where unknown. `gap` says what goes wrong on the way."""

    from_key: str
    to_key: str
    condition: str | None = None
    passes: tuple[Passing, ...] = ()
    expected_days: float | None = None
    observed_days: float | None = None
    gap: str | None = None

    @property
    def key(self) -> str:
        """The passage's key, such as `N-13..N-14`."""
        return edge_key(self.from_key, self.to_key)

    @property
    def is_late(self) -> bool:
        """Whether it is seen to take longer than it should."""
        if self.observed_days is None or self.expected_days is None:
            return False
        return self.observed_days > self.expected_days


@dataclass(frozen=True)
class MapFile:
    """A map as a file: lanes in order, steps by number, passages in order. `version` is the file's own."""

    name: str
    version: int = 1
    note: str = ""
    lanes: tuple[LaneEntry, ...] = ()
    nodes: tuple[NodeEntry, ...] = ()
    edges: tuple[EdgeEntry, ...] = ()


def edge_key(from_key: str, to_key: str) -> str:
    """Write the key of the passage between two steps."""
    return f"{from_key}..{to_key}"
