"""Taking out of the package every message that a page can say, through Babel's extraction."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from babel.messages.extract import extract_from_dir

from ia_workbench.corpus import NOTE_FACTS, NOTE_SENTENCES
from ia_workbench.web.translations.sentences import PACKAGE, sentences_of

KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
METHODS = (
    ("web/templates/**.html", "jinja2.ext:babel_extract"),
    ("web/**.py", "python"),
    ("corpus/importers/things.py", "ia_workbench.web.translations.extraction:words_of_notes"),
)
HANDED_OVER = (("**.py", "ia_workbench.web.translations.extraction:sentences"),)
OPTIONS = {"web/templates/**.html": {"silent": "false"}}  # a template that cannot be read is a mistake, not a blank
Message = str | tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a message stands: a file of the package, seen from it, and a line."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{PACKAGE.name}/{self.file}:{self.line}"


def messages() -> dict[str, tuple[Message, list[Place]]]:
    """Return every message of the package by its English (the singular where it is counted), with where it stands."""
    found: dict[str, tuple[Message, list[Place]]] = {}
    for methods in (METHODS, HANDED_OVER):
        taken = extract_from_dir(PACKAGE, methods, OPTIONS, KEYWORDS)
        for file, line, message, _comments, _context in taken:
            key = message if isinstance(message, str) else message[0]
            known, places = found.get(key, (message, []))
            found[key] = (message if isinstance(known, str) else known, [*places, Place(file, line)])
    return found


def sentences(file: IO[bytes], *_rest: object, **_options: Any) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the sentences that a module hands over, as Babel's extraction methods do."""
    for found in sentences_of(PACKAGE / file.name):
        if found.sentence is not None:
            yield found.line, None, found.sentence, []


def words_of_notes(file: IO[bytes], *_rest: object, **_options: Any) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield what the notes on reading a file are put together from: the vocabulary itself is the list."""
    lines = file.read().decode("utf-8").splitlines()
    for words in (*NOTE_SENTENCES, *(each for facts in NOTE_FACTS.values() for each in facts)):
        if words.isascii():  # what is no word needs no translation
            yield next((number for number, line in enumerate(lines, 1) if f'"{words}"' in line), 1), None, words, []
