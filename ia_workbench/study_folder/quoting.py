"""Checking that a quote in a file is what its source says at that place."""

from collections.abc import Mapping
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
    """A source that was just taken in: its first revision and the text of it."""

    revision: Revision
    text: str


def quoted_span(
    texts: Mapping[str, LoadedText], source: str, quote: str, start: int | None, end: int | None
) -> tuple[Revision, Span]:
    """Return the revision and place of a quote; without start and end, the one place where its words stand.

    Raises Refused for an unknown source, a place past the text, and words that are not those at the place.
    """
    found = texts.get(source)
    if found is None:
        raise Refused("there is no source {source} in sources.csv.", source=source)
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


def coded_span(texts: Mapping[str, LoadedText], row: CodingRow) -> tuple[Revision, Span]:
    """Return the revision and place of a coding; its quote may come from a table for spreadsheets, guarded by a `'`."""
    found, bare = texts.get(row.source), raw_cell(row.quote)
    is_guarded = found is not None and found.text[row.start : row.end] == bare
    return quoted_span(texts, row.source, bare if is_guarded else row.quote, row.start, row.end)


def _where(text: str, quote: str) -> str:
    count = text.count(quote)
    if count == 1:
        place = text.find(quote)
        return ELSEWHERE.format(start=place, end=place + len(quote))
    return OFTEN.format(count=count) if count else NOWHERE
