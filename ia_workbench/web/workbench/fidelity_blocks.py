"""The stored text beside what reading a file left out, kept or changed: cut into the passages that changes touch.

Pure: values in, values out. Offsets are code points of the stored text. A long text with few changes gives few and
short passages, so that a page costs what it shows, whatever the length of the source.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ia_workbench.coding import is_comment
from ia_workbench.corpus import Anchor, AnchorKind, Change, FoundTurn, Treatment, Turn

CONTEXT = 70  # characters beside a change, in its own line
LONGEST_PLAIN = 460  # characters of a passage between two changes; more is cut in the middle
LONGEST_COVERED = 900  # characters of what a change covers
CUT = " … "


@dataclass(frozen=True)
class Piece:
    """Some characters: `look` is empty for words as they are.

    Else `gone` for words that stood in the line, `aside` for what stood beside it or has no words, `put` for what
    stands for something else, and `held` for what a change covers.
    """

    words: str
    look: str = ""


@dataclass(frozen=True)
class Numbered:
    """A change with its number, counted from 1 over all changes of the file in text order."""

    number: int
    change: Change

    @property
    def comment(self) -> int:
        """Its place among the changes, counted from 0, by which a comment is named."""
        return self.number - 1


@dataclass(frozen=True)
class Row:
    """One change as a page shows it: how the place reads in the file and how it is stored; empty without a place."""

    number: int
    change: Change
    in_file: tuple[Piece, ...] = ()
    stored: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Marked:
    """A stretch of a passage: the numbers of the changes that begin here, then the words and how a change left them."""

    numbers: tuple[int, ...]
    piece: Piece


@dataclass(frozen=True)
class Passage:
    """Whole lines of the stored text with changes in them, and those changes.

    `skipped` is how many lines with words lie between the passage before and this one; `labels` are the page and the
    moment it is in, and those that begin in it; `turn` is the number of the turn it begins in, None before the first.
    """

    skipped: int
    labels: tuple[str, ...]
    turn: int | None
    stretches: tuple[Marked, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Text:
    """A stored text with what leads through it."""

    words: str
    anchors: Sequence[Anchor]
    turns: Sequence[FoundTurn | Turn]


def passages(text: Text, shown: Sequence[Numbered], *, follows: int = 0) -> list[Passage]:
    """Return the passages that these changes stand in, in order; changes without a place are passed over.

    `shown` is in text order. `follows` is the offset from which skipped lines are counted.
    """
    found, last = [], follows
    for start, end, its in _stretches(text.words, shown):
        found.append(
            Passage(
                skipped=lines_between(text.words, last, start),
                labels=_labels(text.anchors, start, end),
                turn=_turn(text.turns, start),
                stretches=tuple(_marked(text.words, start, end, its)),
                rows=tuple(row(text.words, each) for each in its),
            )
        )
        last = end
    return found


def lines_between(text: str, start: int, end: int) -> int:
    """Return how many lines with words, or ends of such, a stretch of the text has."""
    return sum(bool(line.strip()) for line in text[start:end].split("\n"))


def end_of_line(text: str, change: Change) -> int:
    """Return where the line ends that a change stands in; 0 for one without a place."""
    at = change.at
    return 0 if at is None else _line(text, at, max(at, change.end or at))[1]


def row(text: str, each: Numbered) -> Row:
    """Return one change with the words around its place, in the file and as stored."""
    change = each.change
    if change.at is None:
        return Row(each.number, change)
    at, end = change.at, max(change.at, change.end or change.at)
    line, line_end = _line(text, at, end)
    before, after = Piece(_tail(text[line:at])), Piece(_head(text[end:line_end]))
    inside = shortened(text[at:end], LONGEST_COVERED)
    in_file: tuple[Piece, ...]
    stored: tuple[Piece, ...]
    if change.treatment is Treatment.LEFT_OUT:
        held = Piece(inside, "held")
        aside = is_comment(change) or not change.words
        in_file = (before, held, Piece(change.words, "aside" if aside else "gone"), after)
        stored = (before, held, after)
    elif change.treatment is Treatment.KEPT:
        shown = Piece(change.words or inside, "held")
        in_file, stored = (before, shown, after), (before, Piece(inside, "held"), after)
    else:
        in_file = (before, Piece(change.words, "gone" if change.words else "aside"), after)
        stored = (before, Piece(inside, "put"), after)
    return Row(each.number, change, _told(in_file), _told(stored))


def shortened(words: str, longest: int) -> str:
    """Return words with their middle cut out when they are longer than that."""
    side = longest // 2
    return words if len(words) <= longest else words[:side].rstrip() + CUT + words[-side:].lstrip()


def _told(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Leave out empty pieces, but for a thing that has no words: that it stood there is told."""
    return tuple(each for each in pieces if each.words or each.look == "aside")


def _tail(words: str) -> str:
    return words if len(words) <= CONTEXT else "…" + words[-CONTEXT:]


def _head(words: str) -> str:
    return words if len(words) <= CONTEXT else words[:CONTEXT] + "…"


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line that holds the start begins, and where the one that holds the end ends."""
    last = end - 1 if end > start and text[end - 1 : end] == "\n" else end
    line_end = text.find("\n", last)
    return text.rfind("\n", 0, start) + 1, max(end, len(text) if line_end < 0 else line_end)


def _stretches(text: str, shown: Sequence[Numbered]) -> Iterator[tuple[int, int, list[Numbered]]]:
    """Yield the lines that changes stand in, those that share a line together: start, end, and the changes."""
    start, end, its = 0, 0, list[Numbered]()
    for each in shown:
        at = each.change.at
        if at is None:
            continue
        begins, ends = _line(text, at, max(at, each.change.end or at))
        if its and (begins < end or begins == start):
            end = max(end, ends)
            its.append(each)
            continue
        if its:
            yield start, end, its
        start, end, its = begins, ends, [each]
    if its:
        yield start, end, its


def _marked(text: str, start: int, end: int, its: Sequence[Numbered]) -> Iterator[Marked]:
    spans = [(each, each.change.at or 0, max(each.change.at or 0, each.change.end or 0)) for each in its]
    edges = sorted({start, end, *(at for _each, at, _last in spans), *(last for _each, _at, last in spans)})
    for here, after in pairwise(edges):
        covering = [each.change for each, at, last in spans if at <= here and after <= last]
        longest = LONGEST_COVERED if covering else LONGEST_PLAIN
        look = ("put" if covering[-1].treatment is Treatment.CHANGED else "held") if covering else ""
        yield Marked(_beginning(spans, here), Piece(shortened(text[here:after], longest), look))
    if _beginning(spans, end):
        yield Marked(_beginning(spans, end), Piece(""))


def _beginning(spans: Sequence[tuple[Numbered, int, int]], here: int) -> tuple[int, ...]:
    return tuple(each.number for each, at, _last in spans if at == here)


def _labels(anchors: Sequence[Anchor], start: int, end: int) -> tuple[str, ...]:
    found = []
    for kind in AnchorKind:
        its = [each for each in anchors if each.kind is kind]
        first = max(0, bisect_right(its, start, key=lambda each: each.at) - 1)
        within = [each for each in its[first:] if each.at <= start or each.at < end]
        found += [cited(each) for each in (within[:1] + within[-1:] if len(within) > 1 else within)]
    return tuple(found)


def cited(anchor: Anchor) -> str:
    """Return a page or moment as people cite it: `p. 12`, `00:13:48`."""
    return f"p. {anchor.label}" if anchor.kind is AnchorKind.PAGE else anchor.label


def cited_places(places: Mapping[int, Sequence[Anchor]]) -> dict[int, str]:
    """Return places of excerpts (`coding.places_of_excerpts`) as people cite them: `p. 3`, `p. 3, 00:14:05`."""
    return {number: ", ".join(map(cited, its)) for number, its in places.items()}


def _turn(turns: Sequence[FoundTurn | Turn], start: int) -> int | None:
    index = bisect_right(turns, start, key=lambda each: each.start) - 1
    return turns[index].number if index >= 0 else None


def labels_by_turn(turns: Sequence[FoundTurn | Turn], anchors: Sequence[Anchor]) -> dict[int, str]:
    """Return the page or moment that begins in a turn, as people cite it, by the turn's number; the first of each kind.

    A turn that has a time mark of its own gets no second one.
    """
    found: dict[int, dict[AnchorKind, str]] = {}
    for anchor in anchors:
        index = max(0, bisect_right(turns, anchor.at, key=lambda each: each.start) - 1)
        if not turns or (anchor.kind is AnchorKind.TIME and turns[index].mark):
            continue
        found.setdefault(turns[index].number, {}).setdefault(anchor.kind, cited(anchor))
    return {number: " · ".join(its[kind] for kind in AnchorKind if kind in its) for number, its in found.items()}
