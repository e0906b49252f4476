"""Setting timed or named utterances as a text of turns: one paragraph a turn, an anchor where each utterance begins."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.importers.stored import BYTE_ORDER_MARK, UNWRITABLE
from ia_workbench.corpus.importers.things import change
from ia_workbench.corpus.importers.values import Anchor, AnchorKind, Change
from ia_workbench.corpus.labels import labels_of
from ia_workbench.corpus.paragraphs import lines_of

UNNAMED = "Unnamed"  # who speaks where the file names others and not this one
LONGEST_PAUSE = 2.0  # seconds; a longer one ends a paragraph where nobody is named
LATEST = 1_000_000.0  # seconds; eleven days, and no recording is as long
SENTENCE_END = re.compile(r"[.!?…。！？؟]['\"”’»)\]]*\Z")
UNREADABLE_IN_NAME = re.compile(r"[^\w.'’&/#-]+")
MOST_WORDS = 5  # of a name, as the conventions read them
LONGEST_NAME = 40  # characters
SEPARATOR = ": "
LEADING = re.compile(rf"\A[\s{BYTE_ORDER_MARK}]+")


@dataclass(frozen=True)
class Utterance:
    """Words that somebody says. `start` and `end` are seconds; `speaker` None is whoever spoke before.

    `begins` says that a turn begins here although the speaker may be the same.
    """

    words: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    begins: bool = False


@dataclass(frozen=True)
class Talk:
    """Utterances set as a text. `places` are the offsets of their words in code points, None for one without words."""

    text: str
    anchors: tuple[Anchor, ...]
    changes: tuple[Change, ...]
    convention: str
    places: tuple[int | None, ...]


def one_line(words: str) -> str:
    """Return words as they stand in a stored line: NFC, each stretch of blank space one space, nothing unwritable,
    no byte-order mark at the beginning.
    """
    kept = UNWRITABLE.sub("", unicodedata.normalize("NFC", words))
    return " ".join(LEADING.sub("", kept).split())


def seconds_of(value: object) -> float | None:
    """Return a number of seconds, or None for what is none: text, a truth value, infinity, below 0 or past 11 days."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= LATEST else None  # not so for NaN, and before a huge number becomes a float


def clock(seconds: float) -> str:
    """Write a moment as people cite it: `00:13:48`."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def set_out(utterances: Sequence[Utterance]) -> Talk:
    """Set utterances as text.

    Where somebody is named, each turn is a paragraph `Name: words`, and utterances of one turn are joined by spaces.
    Where nobody is, paragraphs end where a sentence ends with its utterance, and at pauses of over 2 seconds. Names
    that could not be read back are changed, with a line of the report.
    """
    setting = _Setting(Names())
    has_names = any(each.speaker for each in utterances)
    places = tuple(setting.add(each, has_names=has_names) for each in utterances)
    convention = Convention.NAME_COLON if has_names else Convention.PARAGRAPHS
    return Talk("".join(setting.pieces), tuple(setting.anchors), tuple(setting.names.changes), convention, places)


class Names:
    """Labels for speakers' names, each read back as it is written; what had to be changed is in `changes`."""

    def __init__(self) -> None:
        """Begin without names."""
        self.changes: list[Change] = []
        self._labels: dict[str, str] = {}

    def label(self, name: str, at: int | None = None) -> str:
        """Return the label for a name: the name itself, one without odd characters, or `Speaker 3`."""
        if name not in self._labels:
            self._labels[name] = next(each for each in self._candidates(name) if self._is_free(each))
            if self._labels[name] != name:
                self.changes.append(change("speaker's name", at, words=name))
        return self._labels[name]

    def _candidates(self, name: str) -> Iterator[str]:
        yield name
        words = UNREADABLE_IN_NAME.sub(" ", name).split()[:MOST_WORDS]
        yield " ".join(words)[:LONGEST_NAME].strip()
        bare = [word.strip(".'’&/#-_") for word in words]
        yield " ".join([word for word in bare if word])[:LONGEST_NAME].strip()
        number = len(self._labels) + 1
        while True:
            yield f"Speaker {number}"
            number += 1

    def _is_free(self, label: str) -> bool:
        return reads_back(label) and label not in self._labels.values()


def reads_back(label: str) -> bool:
    """Say whether the conventions read a label before a colon as that very name."""
    found = labels_of(Convention.NAME_COLON, lines_of(f"{label}{SEPARATOR}words")) if label else []
    return [each.name for each in found] == [label]


@dataclass
class _Setting:
    """A text as it grows."""

    names: Names
    pieces: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    length: int = 0
    speaker: str | None = None
    last: Utterance | None = None

    def add(self, each: Utterance, *, has_names: bool) -> int | None:
        """Add an utterance; returns where its words begin."""
        words = one_line(each.words)
        if not words:
            return None
        begins = self._begins_turn(each) if has_names else self._begins_paragraph(each)
        if self.last:
            self._put("\n" if begins else " ")
        if each.start is not None:
            self.anchors.append(Anchor(self.length, AnchorKind.TIME, clock(each.start)))
        self.speaker = each.speaker or self.speaker
        if begins and has_names:
            self._name(words)
        place = self.length
        self._put(words)
        self.last = each
        return place

    def _name(self, words: str) -> None:
        """Put the label of who speaks; words before the first name have none, unless they look as if they had."""
        if self.speaker:
            self._put(self.names.label(self.speaker, self.length) + SEPARATOR)
        elif labels_of(Convention.NAME_COLON, lines_of(words)):
            self._put(UNNAMED + SEPARATOR)

    def _begins_turn(self, each: Utterance) -> bool:
        return each.begins or self.speaker is None or (each.speaker is not None and each.speaker != self.speaker)

    def _begins_paragraph(self, each: Utterance) -> bool:
        last = self.last
        if last is None or each.begins or SENTENCE_END.search(last.words.rstrip()):
            return True
        return each.start is not None and last.end is not None and each.start - last.end > LONGEST_PAUSE

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)
