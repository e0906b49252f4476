"""Giving passages that run on one line of the grid tracks of their own, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stretch:
    """A straight part of a passage on one line: from `low` to `high`, with its turns.

    A turn is a place on the line and the side to which the passage leaves it: -1 left or up, 1 right or down.
    """

    source: str
    target: str
    low: float
    high: float
    turns: tuple[tuple[float, int], ...]


@dataclass(frozen=True)
class Tracks:
    """The track of each stretch, counted from the middle of the line in whole or half tracks; and their number."""

    offsets: tuple[float, ...]
    count: int


@dataclass
class _Strand:
    """Stretches that are drawn as one line because all of them come from, or lead to, the same step."""

    members: list[int]
    low: float
    high: float
    turns: set[tuple[float, int]]

    def meets(self, other: "_Strand") -> bool:
        return self.low <= other.high and other.low <= self.high

    def cost_before(self, other: "_Strand") -> int:
        """Count the lines that cross when this strand lies left of, or above, another."""
        mine = sum(side > 0 and other.low <= place <= other.high for place, side in self.turns)
        return mine + sum(side < 0 and self.low <= place <= self.high for place, side in other.turns)


def tracks_of(stretches: Sequence[Stretch]) -> Tracks:
    """Give each stretch of one line its track: stretches that meet share one only if they belong together.

    Of the orders in which strands can lie, one with few crossings is taken.
    """
    strands = _strands(stretches)
    offsets = [0.0] * len(stretches)
    most = 0
    for group in _groups(strands):
        levels = _levels(_ordered(group))
        count = max(levels) + 1
        most = max(most, count)
        for strand, level in zip(_ordered(group), levels, strict=True):
            for member in strand.members:
                offsets[member] = level - (count - 1) / 2
    return Tracks(tuple(offsets), most)


def _strands(stretches: Sequence[Stretch]) -> list[_Strand]:
    strands: list[_Strand] = []
    order = sorted(range(len(stretches)), key=lambda index: (stretches[index].low, -stretches[index].high, index))
    for index in order:
        stretch = stretches[index]
        fitting = (strand for strand in strands if _fits(stretch, strand, stretches))
        strand = next(fitting, None)
        if strand is None:
            strands.append(_Strand([index], stretch.low, stretch.high, set(stretch.turns)))
        else:
            strand.members.append(index)
            strand.low, strand.high = min(strand.low, stretch.low), max(strand.high, stretch.high)
            strand.turns |= set(stretch.turns)
    return strands


def _fits(stretch: Stretch, strand: _Strand, stretches: Sequence[Stretch]) -> bool:
    """A strand takes a stretch in when they meet and it belongs together with every member."""
    members = [stretches[member] for member in strand.members]
    touches = any(stretch.low <= each.high and each.low <= stretch.high for each in members)
    return touches and all(stretch.source == each.source or stretch.target == each.target for each in members)


def _groups(strands: list[_Strand]) -> list[list[_Strand]]:
    """Gather strands that meet, directly or through others: each group is centred on the line by itself."""
    groups: list[list[_Strand]] = []
    for strand in sorted(strands, key=lambda each: (each.low, each.high, each.members)):
        if groups and strand.low <= max(each.high for each in groups[-1]):
            groups[-1].append(strand)
        else:
            groups.append([strand])
    return groups


def _ordered(group: list[_Strand]) -> list[_Strand]:
    """Insert one strand after the other where it causes the fewest crossings."""
    ordered: list[_Strand] = []
    for strand in group:
        costs = [
            sum(before.cost_before(strand) for before in ordered[:place] if before.meets(strand))
            + sum(strand.cost_before(after) for after in ordered[place:] if after.meets(strand))
            for place in range(len(ordered) + 1)
        ]
        ordered.insert(costs.index(min(costs)), strand)
    return ordered


def _levels(ordered: list[_Strand]) -> list[int]:
    levels: list[int] = []
    for index, strand in enumerate(ordered):
        met = (levels[before] + 1 for before in range(index) if ordered[before].meets(strand))
        levels.append(max(met, default=0))
    return levels
