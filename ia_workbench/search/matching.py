"""Where in a turn the words of a query stand: computed from the stored text, never taken from the index."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whoosh.query import Not, Phrase, Query

from ia_workbench.kernel import Span
from ia_workbench.search.index import ANALYZER, SearchIndex


@dataclass(frozen=True)
class Sought:
    """What a query looks for: single words (as indexed), and phrases (sequences of words, `slop` steps apart)."""

    words: frozenset[str]
    phrases: tuple[tuple[tuple[str, ...], int], ...]


def sought_by(query: Query, index: SearchIndex) -> Sought:
    """Return what a parsed query looks for; what it excludes is left out."""
    words: set[str] = set()
    phrases: list[tuple[tuple[str, ...], int]] = []
    for leaf in _wanted_leaves(query):
        if isinstance(leaf, Phrase):
            phrases.append((tuple(leaf.words), leaf.slop))
        else:
            words |= index.expanded(leaf)
    return Sought(frozenset(words), tuple(phrases))


def _wanted_leaves(query: Query) -> Iterator[Query]:
    if isinstance(query, Not):
        return
    if query.is_leaf():
        yield query
    for child in query.children() if not query.is_leaf() else ():
        yield from _wanted_leaves(child)


def matches_in(text: str, sought: Sought) -> list[Span]:
    """Return the spans of a turn's text that match, in order, without repeats."""
    tokens = [(token.text, token.startchar, token.endchar) for token in ANALYZER(text, chars=True, mode="index")]
    found = {Span(start, end) for word, start, end in tokens if word in sought.words}
    for words, slop in sought.phrases:
        found |= set(_phrase_spans(tokens, words, slop))
    return sorted(found)


def _phrase_spans(tokens: list[tuple[str, int, int]], words: tuple[str, ...], slop: int) -> Iterable[Span]:
    for first, (word, start, _end) in enumerate(tokens):
        if word != words[0]:
            continue
        at = first
        for wanted in words[1:]:
            reach = range(at + 1, min(at + 1 + slop, len(tokens)))
            at = next((place for place in reach if tokens[place][0] == wanted), -1)
            if at < 0:
                break
        else:
            yield Span(start, tokens[at][2])
