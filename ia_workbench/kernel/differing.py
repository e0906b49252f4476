"""Which stretches of two texts differ: patience by line and by word, and difflib where the stretches are small.

Myers' algorithm takes time by the number of differences, difflib by the product of lengths; both are too slow for a
long text that was rewritten. Lines and words that stand once in each text (or rows of some words, where no single one
does) are found in linear time and divide the texts until what is left is small (Cohen's patience diff).
"""

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

ROWS = (1, 3, 9)  # how many lines or words side by side are looked for, until some stand once in each text
LARGEST_SMALL = 10_000  # comparisons that difflib may need at once
MOST_COMPARED = 3_000_000  # comparisons that difflib may need in all; then edits come back coarser
MOST_SCANNED = 12_000_000  # lines and words that may be looked through for anchors in all; then likewise

# A word is what stands between blanks and punctuation, so that accents and joined emoji stay with their letters. Where
# a script writes without spaces, each character is one, with the marks on it.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u3099\u309a"
PUNCTUATION = r"!-/:-@\[-`{-~\u00a1\u00ab\u00b7\u00bb\u00bf\u2010-\u2027\u2030-\u205e\u3000-\u303f"
WORDS = re.compile(rf"[{UNSPACED}][{MARKS}]*|[^\s{PUNCTUATION}{UNSPACED}]+|\s+|[{PUNCTUATION}][{MARKS}]*")
LINES = re.compile(r"[^\n]*\n|[^\n]+")

Stretch = tuple[int, int, int, int]  # start and end in the old sequence, start and end in the new one


def changed_stretches(old: str, new: str) -> Iterator[Stretch]:
    """Yield the stretches that differ, in order, in code points of each text."""
    if old == new:
        return
    work = _Work()
    for start, end, new_start, new_end in _by_part(LINES, old, new, work):
        for each in _by_part(WORDS, old[start:end], new[new_start:new_end], work):
            yield start + each[0], start + each[1], new_start + each[2], new_start + each[3]


class _Work:
    """How much may still be done."""

    def __init__(self) -> None:
        self.comparisons, self.scans = MOST_COMPARED, MOST_SCANNED

    def may_compare(self, comparisons: int) -> bool:
        """Say whether so many may be made at once, and count them."""
        if comparisons > min(self.comparisons, LARGEST_SMALL):
            return False
        self.comparisons -= comparisons
        return True

    def may_scan(self, parts: int) -> bool:
        """Say whether so many may be looked through, and count them."""
        self.scans -= parts
        return self.scans >= 0


def _by_part(parts: re.Pattern[str], old: str, new: str, work: _Work) -> Iterator[Stretch]:
    olds, news = parts.findall(old), parts.findall(new)
    old_places, new_places = _places(olds), _places(news)
    for start, end, new_start, new_end in sorted(_differing(olds, news, work)):
        yield old_places[start], old_places[end], new_places[new_start], new_places[new_end]


def _places(parts: Sequence[str]) -> list[int]:
    """Where each part begins, and where the last one ends."""
    places = [0]
    for part in parts:
        places.append(places[-1] + len(part))
    return places


def _differing(olds: Sequence[str], news: Sequence[str], work: _Work) -> Iterator[Stretch]:
    waiting: list[Stretch] = [(0, len(olds), 0, len(news))]
    while waiting:
        start, end, new_start, new_end = _trimmed(olds, news, waiting.pop())
        if start == end and new_start == new_end:
            continue
        if start == end or new_start == new_end:
            yield start, end, new_start, new_end
            continue
        here, there = olds[start:end], news[new_start:new_end]
        anchors = _anchors(here, there) if work.may_scan(len(here) + len(there)) else []
        if anchors:
            for first, after, new_first, new_after in _between(anchors, len(here), len(there)):
                waiting.append((start + first, start + after, new_start + new_first, new_start + new_after))
        elif work.may_compare(len(here) * len(there)):
            for first, after, new_first, new_after in _compared(here, there):
                yield start + first, start + after, new_start + new_first, new_start + new_after
        else:
            yield start, end, new_start, new_end


def _between(anchors: Sequence[tuple[int, int]], length: int, new_length: int) -> Iterator[Stretch]:
    first, new_first = 0, 0
    for place, new_place in [*anchors, (length, new_length)]:
        yield first, place, new_first, new_place
        first, new_first = place + 1, new_place + 1


def _compared(olds: Sequence[str], news: Sequence[str]) -> Iterator[Stretch]:
    matcher = difflib.SequenceMatcher(None, olds, news, autojunk=False)
    for tag, first, after, new_first, new_after in matcher.get_opcodes():
        if tag != "equal":
            yield first, after, new_first, new_after


def _trimmed(olds: Sequence[str], news: Sequence[str], stretch: Stretch) -> Stretch:
    """A stretch without the parts that are equal at its beginning and its end."""
    start, end, new_start, new_end = stretch
    while start < end and new_start < new_end and olds[start] == news[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and olds[end - 1] == news[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    return start, end, new_start, new_end


def _anchors(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal parts that stand once on each side and come in the same order on both; [] when there are none.

    Blanks and punctuation count where no word does: in a short stretch one may stand once by chance, across the words.
    """
    for row in ROWS:
        here, there = _once(olds, row), _once(news, row)
        both = [part for part in here if part in there]
        telling = [part for part in both if any(map(str.isalnum, "".join(part)))]
        pairs = [(here[part], there[part]) for part in telling or both]
        if pairs:
            return _longest_rising(pairs)
    return []


def _once(parts: Sequence[str], row: int) -> dict[tuple[str, ...], int]:
    """Where each row of parts stands that occurs once, in order."""
    places: dict[tuple[str, ...], int] = {}
    often = set()
    for place, each in enumerate(zip(*(parts[step:] for step in range(row)), strict=False)):
        if each in places:
            often.add(each)
        else:
            places[each] = place
    return {each: place for each, place in places.items() if each not in often}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of these pairs, which rise on the left, that rises on the right as well (by patience)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_left, right) in enumerate(pairs):
        pile = bisect_left(tops, right)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [right]
        piles[pile : pile + 1] = [index]
    found, index = [], piles[-1]
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]
