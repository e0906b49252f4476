"""Decisions about masking that need no database: the masked text, and where words of the raw text are in it."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ia_workbench.kernel import Edit, Refused, Span, map_offset


class MarkState(StrEnum):
    """What a person decided about a mark."""

    PROPOSED = "proposed"
    ASKED = "asked"  # left to the second reader
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Replacement:
    """Characters of a raw text, in code points, and the words that stand there in the masked one."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True)
class Masked:
    """A masked text, and the edits that lead from the raw text to it: one for each replacement, in order."""

    text: str
    edits: tuple[Edit, ...]


def masked(text: str, replacements: Iterable[Replacement]) -> Masked:
    """Return the masked text: outside the replacements it is the raw text, code point by code point.

    Replacements that touch become one edit with the words of both. Refuses replacements that overlap, end past the
    text, cover nothing, or put nothing in the place of what they cover.
    """
    pieces: list[str] = []
    edits: list[Edit] = []
    at = new_at = 0
    for each in sorted(replacements, key=lambda each: (each.start, each.end)):
        _check(each, at, len(text))
        pieces += [text[at : each.start], each.instead]
        new_start = new_at + each.start - at
        new_at, at = new_start + len(each.instead), each.end
        if edits and edits[-1].end == each.start:
            before = edits.pop()
            edits.append(Edit(before.start, each.end, before.new_start, new_at))
        else:
            edits.append(Edit(each.start, each.end, new_start, new_at))
    return Masked("".join([*pieces, text[at:]]), tuple(edits))


def _check(each: Replacement, at: int, length: int) -> None:
    if each.start < at:
        raise Refused("Two marks overlap. Decide again which of them stands.")
    if not each.start < each.end <= length:
        raise Refused("A mark does not fit its text. Look for identifiers again.")
    if not each.instead.strip():
        raise Refused("Say what readers see instead.")


def masked_span(span: Span, edits: Sequence[Edit]) -> Span:
    """Return where the words of a span are in the masked text.

    A span that cuts through a replacement is widened to the whole of it, so that neither a part of the words that were
    masked nor a part of those that stand for them is ever shown.
    """
    first = bisect_right(edits, span.start, key=lambda each: each.end)
    after = bisect_left(edits, span.end, key=lambda each: each.start)
    inside = edits[first:after]
    start, end = map_offset(span.start, edits[:first]), map_offset(span.end, edits[:after])
    if inside and inside[0].start <= span.start:
        start = inside[0].new_start
    if inside and inside[-1].end >= span.end:
        end = inside[-1].new_end
    return Span(start, end)


class Decision(StrEnum):
    """What a person says about a mark."""

    ACCEPT = "accept"
    REJECT = "reject"
    ASK = "ask"


STATES = {
    Decision.ACCEPT: MarkState.ACCEPTED,
    Decision.REJECT: MarkState.REJECTED,
    Decision.ASK: MarkState.ASKED,
}
UNDECIDED = frozenset({MarkState.PROPOSED, MarkState.ASKED})


def snapped(text: str, span: Span) -> Span | None:
    """Return a span without blanks at its ends that cuts no letter from the marks upon it; None where nothing is left.

    Whoever selects half a letter means the whole: an accent that stayed behind would tell of the name it stood in.
    """
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    while start and _is_upon_another(text[start]):
        start -= 1
    while end < len(text) and _is_upon_another(text[end]):
        end += 1
    return Span(start, end)


def _is_upon_another(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character == "\u200d"


def moved_mark(span: Span, edits: Sequence[Edit], text: str) -> Span | None:
    """Return where a mark of the text before stands in a corrected one; None where its words are gone.

    A mark that an edit reaches into covers all that stands there now.
    """
    return snapped(text, masked_span(span, edits))


def overlap(one: Span, other: Span) -> bool:
    """Say whether two spans share a character."""
    return one.start < other.end and other.start < one.end


class TextState(StrEnum):
    """How far the masked text of a source is."""

    NONE = "none"  # nobody looked for identifiers
    DECIDING = "deciding"
    DECIDED = "decided"  # every mark is, and no masked text is made
    MADE = "made"  # waits for a second person
    SENT_BACK = "sent-back"
    SIGNED = "signed"
    OUTDATED = "outdated"  # what it was made of changed since
