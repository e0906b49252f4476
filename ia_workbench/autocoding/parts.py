"""Cutting a batch into parts that are stored one after the other, so that nobody else waits long for the store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ia_workbench.autocoding.finding import SourceMatches
from ia_workbench.kernel import Span

MOST_AT_ONCE = 500  # codings in one transaction: it holds the write lock for well under a second


@dataclass(frozen=True)
class BatchPart:
    """Some matches of one source. `number` counts from 0 in the batch and is the same whenever it is cut again."""

    number: int
    revision_id: int
    spans: tuple[Span, ...]


def parts_of_batch(chosen: Sequence[SourceMatches]) -> Iterator[list[BatchPart]]:
    """Yield the parts of a batch, those together that make one transaction."""
    together: list[BatchPart] = []
    for part in _parts(chosen):
        if together and sum(len(each.spans) for each in together) + len(part.spans) > MOST_AT_ONCE:
            yield together
            together = []
        together.append(part)
    if together:
        yield together


def _parts(chosen: Sequence[SourceMatches]) -> Iterator[BatchPart]:
    number = 0
    for source in chosen:
        for first in range(0, len(source.matches), MOST_AT_ONCE):
            some = source.matches[first : first + MOST_AT_ONCE]
            yield BatchPart(number, source.revision_id, tuple(match.span for match in some))
            number += 1
