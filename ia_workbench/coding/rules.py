"""Decisions about codings that need no database: finding a quote in a text, and keeping tables harmless."""

from ia_workbench.kernel import Refused, Span, normalise_text

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula (OWASP, CSV injection)
GUARD = "'"


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
        raise Refused("The source has no such words. Copy them exactly from `source text`.")
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


def harmless_cell(value: str) -> str:
    """Return a value that no spreadsheet runs as a formula: one `'` before it where it would; undone by `raw_cell`."""
    return GUARD + value if value.lstrip(GUARD).startswith(FORMULA_STARTS) else value


def raw_cell(value: str) -> str:
    """Return the value that `harmless_cell` was given."""
    guarded = value.startswith(GUARD) and value.lstrip(GUARD).startswith(FORMULA_STARTS)
    return value[1:] if guarded else value
