"""Folding the columns of the case into rows of about ten steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ia_workbench.process_map.rules import EdgeEntry, NodeEntry

STEPS_IN_ROW = 10
BREAK_IN_NUMBERS = 9  # what a row costs for each further run of numbers in its heading ...
CUT_PASSAGE = 4  # ... for each passage that leads out of it ...
ONE_MORE_ROW = 40  # ... and for being a row at all; a step over or under ten costs the square of the difference


@dataclass(frozen=True)
class Row:
    """One row of the folded map: its columns, each with the steps in it."""

    columns: tuple[tuple[NodeEntry, ...], ...]

    @property
    def nodes(self) -> tuple[NodeEntry, ...]:
        """All steps of the row by number."""
        return tuple(sorted((node for column in self.columns for node in column), key=lambda node: node.number))

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The step numbers in the row as first and last of each unbroken run."""
        return runs_of([node.number for node in self.nodes])


def runs_of(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Gather increasing numbers into runs: 1, 2, 3, 5 is (1, 3), (5, 5)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return tuple(runs)


def folded(
    nodes: Sequence[NodeEntry], edges: Sequence[EdgeEntry], column: Mapping[str, int], *, most_columns: int
) -> tuple[Row, ...]:
    """Fold the columns into rows where it costs least; two columns become one where that makes a better fold.

    Only neighbouring columns without a lane in common are joined, so the steps of a column stand above one another.
    """
    filled = [
        tuple(sorted((node for node in nodes if column[node.key] == place), key=lambda node: node.number))
        for place in sorted(set(column.values()))
    ]
    best = _cheapest_fold(filled, edges, most_columns)
    while True:
        joined = [_joined(filled, place) for place in range(len(filled) - 1) if _may_join(filled, place)]
        tried = [(_cheapest_fold(each, edges, most_columns), each) for each in joined]
        better = min(tried, key=lambda each: each[0][0], default=None)
        if better is None or better[0][0] >= best[0]:
            return best[1]
        best, filled = better


Columns = list[tuple[NodeEntry, ...]]


def _may_join(filled: Columns, place: int) -> bool:
    here, there = filled[place], filled[place + 1]
    return len(here) == len(there) == 1 and here[0].lane != there[0].lane


def _joined(filled: Columns, place: int) -> Columns:
    return [*filled[:place], filled[place] + filled[place + 1], *filled[place + 2 :]]


def _cheapest_fold(filled: Columns, edges: Sequence[EdgeEntry], most_columns: int) -> tuple[float, tuple[Row, ...]]:
    """Try every place for every fold, from left to right, keeping the cheapest way to come to each place."""
    place_of = {node.key: place for place, column in enumerate(filled) for node in column}
    spans = [sorted((place_of[edge.from_key], place_of[edge.to_key])) for edge in edges]
    ways: list[tuple[float, tuple[Row, ...]]] = [(0.0, ())]
    for end in range(1, len(filled) + 1):
        options = []
        for start in range(max(0, end - most_columns), end):
            row = Row(tuple(filled[start:end]))
            cut = sum(low < end <= high for low, high in spans)
            is_last = end == len(filled)
            options.append((ways[start][0] + _cost(row, cut, is_last=is_last), (*ways[start][1], row)))
        ways.append(min(options, key=lambda option: option[0]))
    return ways[-1]


def _cost(row: Row, cut: int, *, is_last: bool) -> float:
    count = len(row.nodes)
    off = 0 if is_last and count < STEPS_IN_ROW else (count - STEPS_IN_ROW) ** 2
    return ONE_MORE_ROW + off + BREAK_IN_NUMBERS * (len(row.runs) - 1) + CUT_PASSAGE * cut
