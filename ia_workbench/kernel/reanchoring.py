"""Following places through a change of text: what was edited between two texts, and where a span of the old one is now.

The finest thing that is edited is a word (a character where a script writes without spaces), so that no span ends
inside a word that was corrected. Whole round trip: `new` is `old` with every edit's old stretch replaced by its new
one, and everything between two edits is the same in both.
"""

import difflib
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from ia_workbench.kernel.differing import changed_stretches
from ia_workbench.kernel.spans import Span

FEWEST_TO_FIND = 20  # characters; fewer stand in other places by chance (our convention)
LONGEST_RESPELLED = 40  # characters; what is longer is no misspelt word
FEWEST_ALIKE = 0.5  # of the characters of two spellings of one word (our convention)


@dataclass(frozen=True, order=True)
class Edit:
    """That `start` to `end` of one text gave way to `new_start` to `new_end` of another; either may be empty.

    Code points, start inclusive, end exclusive. The edits of two texts come in order and apart: at least one character
    that is the same in both stands between two of them.
    """

    start: int
    end: int
    new_start: int
    new_end: int


class SpanOutcome(StrEnum):
    """What became of the words of a span."""

    SHIFTED = "shifted"  # the same words; nothing in them was edited
    MOVED = "moved"  # the same words, cut out here and put in elsewhere
    CHANGED = "changed"  # other words stand at their place
    GONE = "gone"


@dataclass(frozen=True)
class MovedSpan:
    """Where a span is in the new text, None when it is gone."""

    span: Span | None
    outcome: SpanOutcome


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """Return what was edited between two stored texts: by line first, by word inside the lines that differ.

    Words that gave way side by side are one edit, since which of them became which is chance, but for those that were
    only spelt anew. Empty for equal texts. The time is bounded: where nothing tells which of many equal words is which,
    a stretch comes back as one edit although a finer one exists. The round trip holds whatever the texts are.
    """
    found: list[Edit] = []
    for stretch in changed_stretches(old, new):
        each = Edit(*stretch)
        if found and _belong_together(found[-1], each, old, new):
            before = found.pop()
            each = Edit(before.start, each.end, before.new_start, each.new_end)
        found.append(each)
    return tuple(found)


def moved_span(span: Span, edits: Sequence[Edit], old: str, new: str) -> MovedSpan:
    """Say where a span of the old text is in the new one; `edits` are those between the two.

    - No edit inside: the same words, shifted exactly. An edit that only touches a boundary is not inside, so that what
      is inserted there does not widen the span.
    - Else the same words elsewhere, if they, or the paragraph that was cut out with them, have 20 characters or more
      and stand exactly once in each text: moved.
    - Else what stands there now, without blank space at its ends: changed. Of an edit that the span covers by less than
      half, the new words belong to what is beside the span.
    - Nothing visible is left: gone.
    """
    first = bisect_right(edits, span.start, key=lambda each: each.end)
    inside = list(takewhile(lambda each: each.start < span.end, edits[first:]))
    shift = edits[first - 1].new_end - edits[first - 1].end if first else 0
    if not inside:
        return MovedSpan(Span(span.start + shift, span.end + shift), SpanOutcome.SHIFTED)
    found = _elsewhere(span, inside, old, new)
    if found is not None:
        return MovedSpan(found, SpanOutcome.MOVED)
    left = _standing_there(span, inside, shift, new)
    return MovedSpan(left, SpanOutcome.CHANGED if left else SpanOutcome.GONE)


def map_offset(offset: int, edits: Sequence[Edit]) -> int:
    """Return where a place between two characters is now; one inside an edit comes to the beginning of what is there.

    Something inserted exactly there stands before the place.
    """
    first = bisect_right(edits, offset, key=lambda each: each.end)
    if first < len(edits) and edits[first].start < offset:
        return edits[first].new_start
    return offset + (edits[first - 1].new_end - edits[first - 1].end if first else 0)


def composed(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that lead at once where `first` and then `second` lead.

    Edits of both that touch each other in the text between become one. They say what was edited, not whether it
    differs in the end: an edit and its undoing give an edit.
    """
    found: list[Edit] = []
    before, after = 0, 0  # how much longer the first and the last text are than the one between, up to here
    firsts, seconds = deque(first), deque(second)
    while firsts or seconds:
        starts = (firsts[0].new_start,) if firsts else ()
        start = min((*starts, seconds[0].start) if seconds else starts)
        end, old_start, new_start = start, start + before, start + after
        while (firsts and firsts[0].new_start <= end) or (seconds and seconds[0].start <= end):
            if firsts and firsts[0].new_start <= end:
                each = firsts.popleft()
                end, before = max(end, each.new_end), each.end - each.new_end
            else:
                each = seconds.popleft()
                end, after = max(end, each.end), each.new_end - each.end
        found.append(Edit(old_start, end + before, new_start, end + after))
    return tuple(found)


def _belong_together(before: Edit, after: Edit, old: str, new: str) -> bool:
    """Whether two edits touch, or only blanks and signs stand between words that gave way to other words."""
    between = old[before.end : after.start]
    if not between:
        return True
    return not any(each.isalnum() for each in between) and _rewrites(before, old, new) and _rewrites(after, old, new)


def _rewrites(edit: Edit, old: str, new: str) -> bool:
    words, instead = old[edit.start : edit.end], new[edit.new_start : edit.new_end]
    if not words.strip() or not instead.strip():
        return False
    if max(len(words), len(instead)) > LONGEST_RESPELLED:
        return True
    return difflib.SequenceMatcher(None, words, instead, autojunk=False).ratio() < FEWEST_ALIKE


def _elsewhere(span: Span, inside: Sequence[Edit], old: str, new: str) -> Span | None:
    for block in _blocks(span, inside, old):
        words = block.of(old)
        if len(words.strip()) < FEWEST_TO_FIND or _only_place(words, old) is None:
            continue
        place = _only_place(words, new)
        if place is not None:
            return Span(place + span.start - block.start, place + span.end - block.start)
    return None


def _blocks(span: Span, inside: Sequence[Edit], old: str) -> Iterator[Span]:
    """Yield what may have been moved with a span: its own words, and the lines around it that were cut out."""
    yield span
    edit = inside[0]
    if len(inside) > 1 or edit.start > span.start or edit.end < span.end:
        return
    line_start, line_end = old.rfind("\n", 0, span.start) + 1, old.find("\n", span.end)
    start, end = max(edit.start, line_start), min(edit.end, len(old) if line_end < 0 else line_end)
    yield Span(start, end)
    yield Span(edit.start, edit.end)


def _only_place(words: str, text: str) -> int | None:
    place = text.find(words)
    return None if place < 0 or text.find(words, place + 1) >= 0 else place


def _standing_there(span: Span, inside: Sequence[Edit], shift: int, new: str) -> Span | None:
    head, tail = inside[0], inside[-1]
    start, end = span.start + shift, span.end + tail.new_end - tail.end
    if head.start < span.start:
        start = head.new_start if _covers(span, head) else head.new_end
    if tail.end >= span.end:
        end = tail.new_end if _covers(span, tail) else tail.new_start
    words = new[start:end] if start < end else ""
    visible = words.strip()
    if not visible:
        return None
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(visible))


def _covers(span: Span, edit: Edit) -> bool:
    """Whether a span covers at least half of what an edit took away; so it does when nothing was."""
    covered = min(span.end, edit.end) - max(span.start, edit.start)
    return 2 * covered >= edit.end - edit.start
