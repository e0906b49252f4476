"""Writing the lines of a page: blanks in a row are one, and what divides words waits until words follow."""

import re

from ia_workbench.corpus.importers.stored import StoredText

BLANKS = re.compile(r"[ \t\r\n\f]+")


class HtmlLines:
    """The lines of a page as they grow."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.text = StoredText()
        self.waiting: list[str] = []  # things that stand right before the next words
        self._due = ""

    def flow(self, data: str) -> None:
        """Add words as a browser does, where a line end is a blank like any other."""
        words = BLANKS.sub(" ", data)
        if words.startswith(" "):
            self.blank()
        if stripped := words.strip(" "):
            self._write(stripped)
            if words.endswith(" "):
                self.blank()

    def keep(self, data: str) -> None:
        """Add words whose blanks and line ends count."""
        if data:
            self._write(data)

    def blank(self) -> None:
        """Divide words by a blank, if nothing else does."""
        if self.text.place and not self._due:
            self._due = " "

    def line(self) -> None:
        """Begin a line, if words stand on this one."""
        if self.text.place:
            self._due = "\n" * max(1, self._due.count("\n"))

    def line_break(self) -> None:
        """End a line, even an empty one."""
        if self.text.place:
            self._due = self._due.rstrip(" ") + "\n"

    def cell(self, *, is_first: bool) -> None:
        """Begin a cell of a row."""
        self._due = self._due.rstrip(" ") + ("" if is_first else "\t")

    def _write(self, words: str) -> None:
        self.text.add(self._due)
        self._due = ""
        for what in self.waiting:
            self.text.note(what, self.text.place)
        self.waiting.clear()
        self.text.add(words)
