"""Deciding whether a hyphen at a line end belongs to its word (`well-made`) or only parted it. Pure.

A PDF does not say. The document itself is asked: how it writes the word where no line ends in it.
"""

import re
from collections.abc import Iterable

BREAK = "\x02"  # what PDFium sets for a hyphen at a line end when it joins the two lines
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
AROUND = re.compile(rf"([^\W\d_]*){BREAK}([^\W\d_]*)")
HYPHENATES = 0.04  # breaks a line; who parts words by rule parts more, who only breaks at real hyphens far fewer


class Hyphens:
    """The words of a document, by which its hyphens at line ends are judged."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the lines of a whole document."""
        lines = list(lines)
        whole = [AROUND.sub(" ", line) for line in lines]
        self._words = {word.casefold() for line in whole for word in WORD.findall(line)}
        self._words |= {part for word in self._words for part in word.split("-")}
        self._parts_by_rule = sum(line.count(BREAK) for line in lines) > HYPHENATES * len(lines)

    def belongs(self, before: str, after: str) -> bool:
        """Say whether the hyphen between two parts of a word stays.

        It does where the document writes the word with it, or both parts alone; not where it writes it in one. Where
        it does neither, it stays unless the document parts words by rule, and between capitals and figures always.
        """
        first, second = before.casefold(), after.casefold()
        if not first or not second or after[0].isupper():
            return True
        if f"{first}-{second}" in self._words:
            return True
        if f"{first}{second}" in self._words:
            return False
        return {first, second} <= self._words or not self._parts_by_rule
