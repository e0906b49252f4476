"""Writing the lines of an RTF document: words, what divides them, and what follows a line."""

from dataclasses import dataclass, field

from ia_workbench.corpus.importers.asides import NOTE_LABELS, Ranges
from ia_workbench.corpus.importers.stored import StoredText

UNREADABLE = "\ufffd"


@dataclass
class Gathered:
    """The words of a destination; `kind` is what it is, empty for the body."""

    kind: str
    parts: list[str] = field(default_factory=list)
    key: str = ""

    @property
    def words(self) -> str:
        """All words gathered."""
        return "".join(self.parts).strip()


@dataclass(frozen=True)
class State:
    """What holds until a group closes."""

    into: Gathered | None  # None while everything is skipped
    font: int = -1
    skip: int = 1  # how many characters stand in for one of Unicode
    marks: frozenset[str] = frozenset()  # hidden, inserted, deleted...
    authors: tuple[tuple[str, int], ...] = ()
    in_table: bool = False


class RtfLines:
    """The lines of the body. What divides words is written only once words follow: a row's last cell ends nothing."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.text, self.ranges = StoredText(), Ranges()
        self.below, self._numbers = list[Gathered](), dict.fromkeys(NOTE_LABELS, 0)
        self._cells, self._between, self._breaks, self._spoke = 0, "", 0, False
        self._deleted: tuple[str, int, str, str] | None = None  # what, where, its words and who

    def say(self, words: str, marks: dict[str, str]) -> None:
        """Add words; `marks` are what they are, such as an insertion, with who made them so."""
        self.tell_deleted()
        self.text.add("\t" * self._cells + self._between + "\n" * self._breaks)
        self._cells, self._between, self._breaks, self._spoke = 0, "", 0, True
        start = self.text.place
        self.ranges.speak(start)
        for position, part in enumerate(words.split(UNREADABLE)):
            if position:
                self.text.note("character that cannot be read", self.text.place, self.text.place + 1)
                self.text.add(UNREADABLE)
            self.text.add(part)
        for mark, by in sorted(marks.items()):
            self.text.note_on(mark, start, self.text.place, by=by)

    def delete(self, what: str, words: str, by: str) -> None:
        """Leave out words, to be told as one with what was left out beside them."""
        if self._deleted and (self._deleted[0], self._deleted[1], self._deleted[3]) == (what, self.text.place, by):
            words = self._deleted[2] + words
        else:
            self.tell_deleted()
        self._deleted = (what, self.text.place, words, by)

    def tell_deleted(self) -> None:
        """Tell of the words that were left out last."""
        if self._deleted:
            what, place, words, by = self._deleted
            self.text.note(what, place, words=words, by=by)
        self._deleted = None

    def page_break(self) -> None:
        """Divide words by a line end, unless a line begins or ends here anyway."""
        self._breaks += self._spoke

    def paragraph_end(self, *, in_table: bool, only_if_words: bool) -> None:
        """End a paragraph: with the line, or with a blank where the line is a row."""
        if in_table:
            self._between = self._between or (" " if self._spoke else "")
        elif self._spoke or not only_if_words:
            self._line_end()

    def cell_end(self, *, is_nested: bool) -> None:
        """End a cell; those of a table inside a cell are laid flat, with spaces."""
        if is_nested:
            self._between = " "
        else:
            self._cells, self._between = self._cells + 1, ""

    def row_end(self) -> None:
        """End a row with its line. Empty cells at its end keep their tabs."""
        self.text.add("\t" * (self._cells - 1))
        self._line_end()

    def write_below(self) -> None:
        """Write text boxes and notes as lines of their own below the line that they belong to."""
        for each in self.below:
            label = NOTE_LABELS.get(each.kind, "")
            if label:
                self._numbers[each.kind] += 1
                label = f"{label} {self._numbers[each.kind]}: "
            self.text.add(f"\n[{label}" if label else "\n")
            start = self.text.place
            self.text.add(" ".join(each.words.split("\n")) if label else each.words)
            self.text.note(each.kind, start, self.text.place)
            self.text.add("]" if label else "")
        self.below.clear()

    def _line_end(self) -> None:
        self.tell_deleted()
        self.write_below()
        self.text.add("\n")
        self._cells, self._between, self._breaks, self._spoke = 0, "", 0, False
