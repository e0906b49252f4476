"""Decisions about masks: where words stand in a quote, and what readers see instead."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ia_workbench.kernel import Refused, Span, normalise_text

FEWEST_OF_A_ROLE = 5  # participants who share worker role and office, so that a label points at none; method 13
LETTER = r"[\w\u0300-\u036f]"  # combining marks belong to the letter before them


@dataclass(frozen=True)
class Replacement:
    """Words of a quote, exactly as they stand there, and the words readers see instead."""

    words: str
    instead: str


@dataclass(frozen=True)
class MaskedSpan:
    """One place in a quote, in code points within the quote, and the words readers see there."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True)
class Segment:
    """A stretch of a quote: `words` as the source has them, `shown` as readers see them."""

    words: str
    shown: str
    is_replaced: bool


def places_of(words: str, text: str) -> list[Span]:
    """Return every place where the words stand in the text as whole words, in order; [] when they do not.

    Any white space in `words` fits any white space in the text, so a line break does not hide a name.
    """
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    if not pattern:
        return []
    found = re.finditer(f"(?<!{LETTER}){pattern}(?!{LETTER})", text)
    return [Span(match.start(), match.end()) for match in found]


def masked_spans(quote: str, replacements: Sequence[Replacement]) -> tuple[MaskedSpan, ...]:
    """Return every place the replacements fill in the quote, in order and apart from each other.

    Longer words come first: with `Ms. Okoro` and `Okoro` the second fills only the places the first left. Refuses
    words that do not stand in the quote, a replacement without words for readers, and a mask that still shows words
    it was to replace.
    """
    spans: list[MaskedSpan] = []
    for each in sorted(map(_tidied, replacements), key=lambda each: -len(each.words)):
        places = places_of(each.words, quote)
        if not places:
            raise Refused("The words “{words}” do not stand in this quote. Copy them from it.", words=each.words)
        free = [place for place in places if not any(place.start < s.end and s.start < place.end for s in spans)]
        spans += [MaskedSpan(place.start, place.end, each.instead) for place in free]
    ordered = tuple(sorted(spans, key=lambda span: span.start))
    _refuse_what_is_still_there(masked_words(quote, ordered), replacements)
    return ordered


def _tidied(replacement: Replacement) -> Replacement:
    words, instead = (" ".join(normalise_text(each).split()) for each in (replacement.words, replacement.instead))
    if not words or not instead:
        raise Refused("Give both the words to mask and the words readers see instead.")
    return Replacement(words, instead)


def _refuse_what_is_still_there(shown: str, replacements: Iterable[Replacement]) -> None:
    for each in replacements:
        if places_of(each.words, shown):
            raise Refused("The masked quote still shows “{words}”. Choose other words for it.", words=each.words)


def segments_of(quote: str, spans: Sequence[MaskedSpan]) -> list[Segment]:
    """Return the quote as segments in order, kept and replaced by turns; their `words` joined are the quote.

    Refuses spans that overlap, are out of order or end past the quote.
    """
    segments: list[Segment] = []
    at = 0
    for span in spans:
        if span.start < at:
            raise Refused("Two masked places overlap. Mask the quote again.")
        if span.start > at:
            segments.append(_kept(quote[at : span.start]))
        segments.append(Segment(Span(span.start, span.end).of(quote), span.instead, is_replaced=True))
        at = span.end
    return [*segments, _kept(quote[at:])] if at < len(quote) else segments


def _kept(words: str) -> Segment:
    return Segment(words, words, is_replaced=False)


def masked_words(quote: str, spans: Sequence[MaskedSpan]) -> str:
    """Return the quote as readers see it: outside the spans it is the source's own words, code point by code point."""
    return "".join(segment.shown for segment in segments_of(quote, spans))


def stored_spans(spans: Iterable[MaskedSpan]) -> list[dict[str, Any]]:
    """Return spans as a mask stores them: `start`, `end` and `with`."""
    return [{"start": span.start, "end": span.end, "with": span.instead} for span in spans]


def spans_from(stored: Iterable[dict[str, Any]]) -> tuple[MaskedSpan, ...]:
    """Return the spans a mask stores."""
    return tuple(MaskedSpan(int(each["start"]), int(each["end"]), str(each["with"])) for each in stored)


def points_at_few(sharing: int) -> bool:
    """Say whether words for a worker role could point at someone: too few of the register share role and office.

    Where the register knows none (a survey without people), it has nothing to say.
    """
    return 0 < sharing < FEWEST_OF_A_ROLE
