"""Where in a turn the words of a query stand: computed from the stored text, never taken from the index."""

from collections.abc import Iterator
from dataclasses import dataclass

from whoosh.query import Not, Phrase, Query, Sequence

from ia_workbench.kernel import Span
from ia_workbench.search.index import SearchIndex
from ia_workbench.search.words import ANALYZER

Wanted = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Sought:
    """What a query looks for: rows of words side by side, each place with every word, folded, that may stand there."""

    rows: tuple[Wanted, ...]


def sought_by(query: Query, index: SearchIndex) -> Sought:
    """Return what a parsed query looks for; what it excludes is left out."""
    return Sought(tuple(_rows(query, index)))


def _rows(query: Query, index: SearchIndex) -> Iterator[Wanted]:
    if isinstance(query, Phrase):
        yield tuple(frozenset({word}) for word in query.words)
    elif isinstance(query, Sequence):
        yield tuple(frozenset(index.expanded(each)) for each in query.children())
    elif query.is_leaf():
        yield (frozenset(index.expanded(query)),)
    elif not isinstance(query, Not):
        for child in query.children():
            yield from _rows(child, index)


def matches_in(text: str, sought: Sought) -> list[Span]:
    """Return the spans of a turn's text that match, in order, without repeats."""
    tokens = [(token.text, token.startchar, token.endchar) for token in ANALYZER(text, chars=True, mode="index")]
    found = set()
    for row in sought.rows:
        for first in range(len(tokens) - len(row) + 1):
            if all(tokens[first + step][0] in wanted for step, wanted in enumerate(row)):
                found.add(Span(tokens[first][1], tokens[first + len(row) - 1][2]))
    return sorted(found)
