"""Building a stored text piece by piece, with changes whose places hold in the text as it is stored.

A reader adds characters as it meets them and marks places by how many it has added. Only when all are there is the text
normalised, which can join characters (`e` and an accent) and so move every place behind them; the marks move along.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from ia_workbench.corpus.importers.things import change, shortened
from ia_workbench.corpus.importers.values import LONGEST_WORDS, Anchor, AnchorKind, Change, Read, Treatment

BYTE_ORDER_MARK = "\ufeff"
BREAKS = "\x0b\x0c"  # for which a line end stands
# Characters that no text needs and that XML, and so every Word document and exchange file, cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SPECIAL = re.compile(f"({UNWRITABLE.pattern}|[{BREAKS}])")
JAMO = range(0x1160, 0x1200)  # vowels and finals of Korean, which join with what stands before


class StoredText:
    """A text that grows; `place` is where the next character will stand, counted before normalising."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts: list[str] = []
        self._changes: list[Change] = []
        self._anchors: list[Anchor] = []
        self.place = 0

    def add(self, words: str) -> None:
        """Add characters. Page breaks become line ends, what cannot be stored is left out; both are told."""
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        for part in SPECIAL.split(words) if SPECIAL.search(words) else (words,):
            if part and part in BREAKS:
                self.note("page break", self.place, self.place + 1)
                self._append("\n")
            elif UNWRITABLE.fullmatch(part):
                self.note("control character that no text needs", self.place)
            else:
                self._append(part)

    def note(
        self,
        what: str,
        at: int | None = None,
        end: int | None = None,
        *,
        words: str = "",
        by: str = "",
        treatment: Treatment | None = None,
    ) -> None:
        """Tell of a thing at a place, or from a place to another, as `place` counts."""
        self._changes.append(change(what, at, end, words=words, by=by, treatment=treatment))

    def note_on(self, what: str, at: int, end: int, *, by: str = "") -> None:
        """Tell of a passage, in one change with the same thing before it where that ends here."""
        last = self._changes[-1] if self._changes else None
        if last is not None and (last.what, last.end, last.by) == (what, at, by):
            self._changes[-1] = replace(last, end=end)
        else:
            self.note(what, at, end, by=by)

    def anchor(self, kind: AnchorKind, label: str) -> None:
        """Mark that a page or a moment begins here."""
        self._anchors.append(Anchor(self.place, kind, label))

    def ends_with(self, character: str) -> bool:
        """Say whether the last character added is this one."""
        return bool(self._parts) and self._parts[-1].endswith(character)

    def read(self, notes: tuple[str, ...] = (), *, stripped: str = "") -> Read:
        """Return the text as it is stored, without the `stripped` characters at its end, and the places in it."""
        raw = "".join(self._parts)
        marked = [place for each in self._changes for place in (each.at, each.end) if place is not None]
        text, moved = normalised_with(raw, [*marked, *(each.at for each in self._anchors)])
        text = text.rstrip(stripped) if stripped else text
        changes = tuple(_moved(each, moved, text) for each in self._changes)
        anchors = tuple(replace(each, at=min(moved[each.at][0], len(text))) for each in self._anchors)
        return Read(text, notes, changes, anchors)

    def _append(self, words: str) -> None:
        if self.place == 0:
            words = words.lstrip(BYTE_ORDER_MARK)  # however many: a stored text never begins with one
        if words:
            self._parts.append(words)
            self.place += len(words)


def normalised_with(raw: str, places: Iterable[int]) -> tuple[str, dict[int, tuple[int, int]]]:
    """Normalise a text to NFC. Returns it and, for each place, where it lies now as a beginning and as an end.

    The two differ where a place stood between characters that became one: it then begins before and ends after.
    """
    wanted = sorted(set(places))
    around = {place: (_apart(raw, place, -1), _apart(raw, place, +1)) for place in wanted}
    cuts = sorted({0, len(raw), *(cut for both in around.values() for cut in both)})
    parts, now, length = [], {0: 0}, 0
    for start, end in pairwise(cuts):
        parts.append(unicodedata.normalize("NFC", raw[start:end]))
        length += len(parts[-1])
        now[end] = length
    return "".join(parts), {place: (now[before], now[after]) for place, (before, after) in around.items()}


def _apart(raw: str, place: int, step: int) -> int:
    """The nearest place that way at which nothing joins: a letter and its accents are never cut."""
    while 0 < place < len(raw) and _joins(raw[place]):
        place += step
    return place


def _joins(character: str) -> bool:
    return unicodedata.category(character).startswith("M") or ord(character) in JAMO


def _moved(each: Change, moved: dict[int, tuple[int, int]], text: str) -> Change:
    if each.at is None:
        return each
    at = min(moved[each.at][0], len(text))
    end = None if each.end is None else min(moved[each.end][1], len(text))
    if end is None or end <= at:
        return replace(each, at=at, end=None)
    words = (
        each.words if each.treatment is Treatment.LEFT_OUT else shortened(text[at : min(end, at + LONGEST_WORDS + 1)])
    )
    return replace(each, at=at, end=end, words=words)
