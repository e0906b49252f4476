"""Checking that a quote in a file is what its source says at that place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ia_workbench import coding
from ia_workbench.coding import CodingRow
from ia_workbench.corpus import Revision
from ia_workbench.kernel import Refused, Span, raw_cell

NOT_THERE = "the quote does not match the text at {start} to {end} of {source}. {where}"
ELSEWHERE = "These words stand at {start} to {end}."
NOWHERE = "These words stand nowhere in it."
OFTEN = "These words stand in {count} other places."


@dataclass(frozen=True)
class LoadedText:
    """A text of a source that was just taken in."""

    revision: Revision
    text: str


Texts = Mapping[str, Sequence[LoadedText]]  # the texts of each source by its key, the first one first


def quoted_span(
    texts: Texts, source: str, quote: str, start: int | None, end: int | None, text: int | None = None
) -> tuple[Revision, Span]:
    """Return the revision and place of a quote; without start and end, the one place where its words stand.

    `text` is which text of the source, counted from 1; None: the newest. Raises Refused for an unknown source or text,
    a place past the text, and words that are not those at the place.
    """
    found = _text(texts, source, text)
    if start is None or end is None:
        return found.revision, coding.find_quote(found.text, quote)
    if end > len(found.text):
        raise Refused(
            "{start} to {end} ends past the text of {source}, which has {length} characters.",
            start=start,
            end=end,
            source=source,
            length=len(found.text),
        )
    span = Span(start, end)
    coding.refuse_blank(quote, span)
    if span.of(found.text) != quote:
        raise Refused(NOT_THERE, start=start, end=end, source=source, where=_where(found.text, quote))
    return found.revision, span


def coded_span(texts: Texts, row: CodingRow) -> tuple[Revision, Span]:
    """Return the revision and place of a coding; its quote may come from a table for spreadsheets, guarded by a `'`."""
    found, bare = _text(texts, row.source, row.text), raw_cell(row.quote)
    is_guarded = found.text[row.start : row.end] == bare
    return quoted_span(texts, row.source, bare if is_guarded else row.quote, row.start, row.end, row.text)


def _text(texts: Texts, source: str, number: int | None) -> LoadedText:
    known = texts.get(source)
    if known is None:
        raise Refused("there is no source {source} in sources.csv.", source=source)
    if number is None:
        return known[-1]
    if not 1 <= number <= len(known):
        raise Refused("there is no text {number} of {source} in revisions.csv.", number=number, source=source)
    return known[number - 1]


def _where(text: str, quote: str) -> str:
    count = text.count(quote)
    if count == 1:
        place = text.find(quote)
        return ELSEWHERE.format(start=place, end=place + len(quote))
    return OFTEN.format(count=count) if count else NOWHERE
