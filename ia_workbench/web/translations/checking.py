"""Comparing a catalogue with the messages that the package says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from ia_workbench.web.translations.extraction import Message, Place

PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")


@dataclass(frozen=True)
class Compared:
    """What is wrong with a catalogue, each by the English; a counted message by its singular."""

    missing: list[Message] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether every message is there, written, in use, and keeps its places."""
        return not (self.missing or self.unwritten or self.stale or self.misplaced)


def compare(said: Mapping[str, tuple[Message, list[Place]]], path: Path) -> Compared:
    """Compare what the package says with a `.po` file.

    Unwritten is an empty or fuzzy translation, or one that is counted on one side alone; misplaced is one whose
    `%(named)s` and `{named}` places are not those of the English. Obsolete entries (`#~`) are not looked at.
    """
    with path.open("rb") as file:
        entries = {_first(entry.id): entry for entry in read_po(file, locale=path.stem) if entry.id}
    written = {key: entry for key, entry in entries.items() if key in said}
    return Compared(
        missing=[message for key, (message, _places) in said.items() if key not in entries],
        unwritten=[key for key, entry in written.items() if not _is_written(entry, said[key][0])],
        stale=[key for key in entries if key not in said],
        misplaced=[key for key, entry in written.items() if not _keeps_places(entry)],
    )


def _first(words: str | list[str] | tuple[str, ...]) -> str:
    return words if isinstance(words, str) else words[0]


def _texts(words: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (words or "",) if isinstance(words, str) or words is None else tuple(words)


def _is_written(entry: Entry, message: Message) -> bool:
    is_counted = not isinstance(message, str)
    same_sort = _texts(entry.id) == message if is_counted else isinstance(entry.string, str)
    return same_sort and not entry.fuzzy and all(text.strip() for text in _texts(entry.string))


def _keeps_places(entry: Entry) -> bool:
    wanted = sorted(set(PLACE.findall(_texts(entry.id)[-1])))
    return all(sorted(set(PLACE.findall(text))) == wanted for text in _texts(entry.string) if text)
