"""Reading the fields of one thing in a file that a person wrote, so that every refusal names the place."""

import difflib
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from ia_workbench.kernel.clock import parse_day
from ia_workbench.kernel.errors import Refused
from ia_workbench.kernel.identifiers import first_twice

Choice = TypeVar("Choice", bound=StrEnum)
ALLOWED_CONTROLS = "\n\t"
MISSING = "{place} has no {field}; add it."


class Fields:
    """The fields of one thing in a file. Ask for each, then `close`: a field nobody asked for is refused.

    `place` names the thing in a sentence ("step N-07"). Every method raises Refused naming place and field. A field
    that is empty (`null`) counts as not given. `line` is where the thing begins in its file, None when that is not
    known; refusals carry the line of their field.
    """

    def __init__(self, value: object, place: str) -> None:
        self.place = place
        self.line: int | None = getattr(value, "line", None)
        self._lines: Mapping[str, int] = getattr(value, "lines", {})
        self._known: set[str] = set()
        if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
            raise Refused("{place} must be a set of fields, each with a name and a colon.", place=upper_first(place))
        self._values: dict[str, object] = value

    def text(self, name: str) -> str:
        """Return a text that must be there and not be empty."""
        words = self.optional_text(name)
        if not words:
            raise self._refusal(MISSING, name)
        return words

    def raw_text(self, name: str) -> str:
        """Return a text exactly as it stands, space around it included; it must be there and hold more than space."""
        value = self._take(name)
        if not isinstance(value, str) or not value.strip():
            raise self._refusal("{place} has no {field}; add it as text, in quotation marks.", name)
        return value

    def text_or_empty(self, name: str) -> str:
        """Return a text, empty when it is not given."""
        return self.optional_text(name) or ""

    def optional_text(self, name: str) -> str | None:
        """Return a text without space around it, None when it is not given."""
        value = self._take(name)
        return None if value is None else self._words(value, name)

    def whole_number(self, name: str, *, least: int, most: int, default: int | None = None) -> int:
        """Return a whole number from `least` to `most`, or the default when there is one and it is not given."""
        value = self._take(name)
        if value is None and default is not None:
            return default
        if value is None:
            raise self._refusal(MISSING, name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._refusal(
                "In {place}, {field} must be a whole number from {least} to {most}.", name, least=least, most=most
            )
        return value

    def optional_number(self, name: str) -> float | None:
        """Return a number that is not negative, None when it is not given."""
        value = self._take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1_000_000_000:
            raise self._refusal("In {place}, {field} must be a number, zero or more.", name)
        return float(value)

    def optional_date(self, name: str) -> date | None:
        """Return a date (2021-07-01), None when it is not given."""
        value = self._take(name)
        if isinstance(value, str):
            try:
                value = parse_day(value)
            except ValueError:
                value = ""
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self._refusal("In {place}, {field} must be a date such as 2021-07-01.", name)

    def truth(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self._refusal("In {place}, {field} must be true or false.", name)
        return value

    def choice(self, name: str, vocabulary: type[Choice]) -> Choice:
        """Return one word of a vocabulary; it must be there."""
        return self._chosen(self._take(name), name, vocabulary)

    def choices(self, name: str, vocabulary: type[Choice]) -> tuple[Choice, ...]:
        """Return words of a vocabulary in the order given, empty when not given; a word given twice is refused."""
        chosen = tuple(self._chosen(each, name, vocabulary) for each in self._list(name))
        self._refuse_twice(name, [str(each) for each in chosen])
        return chosen

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty when not given; an empty text or one given twice is refused."""
        words = tuple(self._words(each, name) for each in self._list(name))
        if not all(words):
            raise self._refusal("In {place}, {field} has an empty entry; take it out.", name)
        self._refuse_twice(name, list(words))
        return words

    def things(self, name: str) -> list[object]:
        """Return a list of anything, empty when not given."""
        return self._list(name)

    def anything(self, name: str) -> object:
        """Return a field as it stands in the file, for fields that may take more than one form; None when not given."""
        return self._take(name)

    def inner(self, name: str) -> "Fields | None":
        """Return the fields inside a field, None when it is not given."""
        value = self._take(name)
        with self.at(name):
            return None if value is None else Fields(value, f"{name} of {self.place}")

    def names(self) -> list[str]:
        """Return the names of all fields, in the order of the file."""
        return list(self._values)

    def close(self) -> None:
        """Refuse a field that nobody asked for, naming the nearest that exists."""
        for name in self._values:
            if name not in self._known:
                near = difflib.get_close_matches(name, sorted(self._known), n=1, cutoff=0.7)
                if near:
                    sentence = "{place} has a field {field} that is not known here; perhaps {hint} was meant."
                    raise self._refusal(sentence, name, hint=near[0])
                sentence = "{place} has a field {field} that is not known here. Known are {names}."
                raise self._refusal(sentence, name, names=", ".join(sorted(self._known)))

    def line_of(self, name: str) -> int | None:
        """Return the line of a field, that of the thing when the field is not given."""
        return self._lines.get(name, self.line)

    def refused(self, sentence: str, about: str | None = None, /, **facts: object) -> Refused:
        """Return a refusal that is about this thing or one of its fields, to be raised: it carries the line."""
        refusal = Refused(sentence, **facts)
        refusal.line = self.line if about is None else self.line_of(about)
        return refusal

    @contextmanager
    def at(self, name: str | None = None) -> Iterator[None]:
        """Give whatever is refused inside the line of a field, or of the thing."""
        try:
            yield
        except Refused as refusal:
            refusal.line = refusal.line or (self.line if name is None else self.line_of(name))
            raise

    def note_once(self, field: str, value: Hashable, known: set[Hashable], sentence: str, /, **facts: object) -> None:
        """Add the value of a field to those that are known; refuses with the sentence one that is there already."""
        if value in known:
            raise self.refused(sentence, field, **facts)
        known.add(value)

    def _take(self, name: str) -> object:
        self._known.add(name)
        return self._values.get(name)

    def _list(self, name: str) -> list[object]:
        value = self._take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._refusal("In {place}, {field} must be a list.", name)
        return value

    def _words(self, value: object, name: str) -> str:
        if not isinstance(value, str):
            raise self._refusal("In {place}, {field} must be text; put it in quotation marks.", name)
        if any(unicodedata.category(each) in ("Cc", "Cs") and each not in ALLOWED_CONTROLS for each in value):
            raise self._refusal("In {place}, {field} holds a control character; take it out.", name)
        return unicodedata.normalize("NFC", value).strip()

    def _chosen(self, value: object, name: str, vocabulary: type[Choice]) -> Choice:
        if value is None:
            raise self._refusal(MISSING, name)
        words = [str(member) for member in vocabulary]
        if not isinstance(value, str) or value not in words:
            raise self._refusal("In {place}, {field} must be one of: {words}.", name, words=", ".join(words))
        return vocabulary(value)

    def _refuse_twice(self, name: str, words: list[str]) -> None:
        word = first_twice(words)
        if word is not None:
            raise self._refusal("In {place}, {field} lists {word} twice.", name, word=word)

    def _refusal(self, sentence: str, name: str, **facts: object) -> Refused:
        place = upper_first(self.place) if sentence.startswith("{place}") else self.place
        return self.refused(sentence, name, place=place, field=name, **facts)


def upper_first(words: str) -> str:
    """Return the words with their first letter as a capital, for the start of a sentence."""
    return words[:1].upper() + words[1:]
