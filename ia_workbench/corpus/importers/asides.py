"""Words beside the text: notes, which follow the paragraph they belong to, and comments, which are only told."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ia_workbench.corpus.importers.stored import StoredText
from ia_workbench.corpus.importers.values import Treatment
from ia_workbench.kernel import XmlElement

NOTE_LABELS = {"footnote": "Note", "endnote": "Endnote"}


class Joined:
    """What stands between things in a row: nothing before the first, the separator before every other."""

    def __init__(self, text: StoredText, separator: str) -> None:
        """Join what follows in `text` by `separator`."""
        self._text, self._separator, self._is_first = text, separator, True

    def begin(self) -> None:
        """Begin the next thing."""
        if not self._is_first:
            self._text.add(self._separator)
        self._is_first = False


@dataclass(frozen=True)
class Comment:
    """A comment's words, and who wrote it, empty where the file does not say."""

    words: str
    by: str


@dataclass
class Notes:
    """The notes that wait for the line to end that refers to them; numbered in the order of their references."""

    waiting: list[tuple[str, XmlElement]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NOTE_LABELS, 0))

    def write(self, text: StoredText, lines: Joined, walk: Callable[[XmlElement], None]) -> None:
        """Write each waiting note as a line of its own, such as `[Note 3: See the policy.]`."""
        while self.waiting:
            kind, element = self.waiting.pop(0)
            self.numbers[kind] += 1
            lines.begin()
            text.add(f"[{NOTE_LABELS[kind]} {self.numbers[kind]}: ")
            start = text.place
            walk(element)
            text.note(kind, start, text.place)
            text.add("]")


@dataclass
class Ranges:
    """Where the comments' ranges begin and end. A range begins where its first word stands, not at the line before."""

    begins: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    opening: list[str] = field(default_factory=list)

    def speak(self, place: int) -> None:
        """Say that words follow at this place."""
        for key in self.opening:
            self.begins[key] = place
        self.opening.clear()

    def close(self, key: str, place: int) -> None:
        """Say that a range ends at this place."""
        if key in self.opening:
            self.opening.remove(key)
        self.ends[key] = place

    def tell(self, text: StoredText, key: str, comment: Comment | None) -> None:
        """Tell of the comment that is referred to here."""
        begin = self.begins.get(key, text.place)
        end = self.ends.get(key, text.place)
        words, by = (comment.words, comment.by) if comment else ("", "")
        text.note("comment", begin, end if end > begin else None, words=words, by=by, treatment=Treatment.LEFT_OUT)
