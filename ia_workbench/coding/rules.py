"""Decisions about codings that need no database: finding a quote in a text."""

from enum import StrEnum

from ia_workbench.kernel import Refused, Span, normalise_text


class ReanchoringOutcome(StrEnum):
    """What became of an excerpt's words in a new revision."""

    MOVED = "moved"  # the same words, at another place
    CHANGED = "changed"  # other words stand at its place
    ORPHANED = "orphaned"  # its words are gone


def find_quote(text: str, quote: str) -> Span:
    """Find the one place where a text has these words.

    Offsets are code points of `text`, which is stored text (NFC, `\\n`); the quote is brought into that form first.
    Refuses words that are absent and words that occur more than once, overlapping places included.
    """
    words = normalise_text(quote)
    if not words.strip():
        raise Refused("Give the words to find: the quote is empty.")
    start = text.find(words)
    if start < 0:
        raise Refused("The source has no such words. Copy them exactly from its stored text.")
    if text.find(words, start + 1) >= 0:
        raise Refused(
            "These words occur {count} times in the source. Give more of the words around them, or start and end.",
            count=_occurrences(text, words),
        )
    return Span(start, start + len(words))


def _occurrences(text: str, words: str) -> int:
    count, place = 0, text.find(words)
    while place >= 0:
        count, place = count + 1, text.find(words, place + 1)
    return count


def refuse_blank(words: str, span: Span) -> None:
    """Refuse the words of a span when they are space alone."""
    if not words.strip():
        raise Refused("Select some words: {start} to {end} holds only space.", start=span.start, end=span.end)
