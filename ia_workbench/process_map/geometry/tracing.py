"""From ways on the grid to lines in pixels."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ia_workbench.process_map.geometry.grid import GridPoint
from ia_workbench.process_map.geometry.routing import Way
from ia_workbench.process_map.geometry.tracks import Stretch, Tracks, tracks_of

BOX_REACH = 0.5  # how far the middle of a box is from its edge, in grid lines
APART = 3.0  # pixels between the ends of two passages that may still share a track


@dataclass(frozen=True)
class Part:
    """One straight part of a way, by the numbers of way and part."""

    way: int
    part: int


@dataclass(frozen=True)
class LineTracks:
    """The tracks of all lines of one direction: of each part its place beside the line, of each line how many."""

    offset: Mapping[Part, float]
    count: Mapping[int, int]


def parts_of(ways: Sequence[Way], *, level: bool) -> dict[int, list[Part]]:
    """Gather the level (or else the upright) parts of all ways by the line they run on."""
    found: dict[int, list[Part]] = defaultdict(list)
    for number, way in enumerate(ways):
        for part, (one, other) in enumerate(zip(way.corners, way.corners[1:], strict=False)):
            if (one[1] == other[1]) is level:
                found[one[1] if level else one[0]].append(Part(number, part))
    return found


def upright_tracks(ways: Sequence[Way]) -> LineTracks:
    """Give every upright part a track, knowing only the grid: parts that touch one level line meet."""

    def end_of(part: Part, corner: int, towards: GridPoint) -> float:
        way, point = ways[part.way], ways[part.way].corners[corner]
        if corner not in (0, len(way.corners) - 1):
            return point[1]
        return point[1] + (BOX_REACH if towards[1] > point[1] else -BOX_REACH)

    return _tracks(ways, level=False, end_of=end_of, apart=0.0)


def level_tracks(ways: Sequence[Way], end_of: Callable[[Part, int, GridPoint], float]) -> LineTracks:
    """Give every level part a track, knowing where on the line it starts and ends in pixels."""
    return _tracks(ways, level=True, end_of=end_of, apart=APART)


def _tracks(
    ways: Sequence[Way], *, level: bool, end_of: Callable[[Part, int, GridPoint], float], apart: float
) -> LineTracks:
    offset: dict[Part, float] = {}
    count: dict[int, int] = {}
    for line, parts in parts_of(ways, level=level).items():
        tracks: Tracks = tracks_of([_stretch(ways, part, level=level, end_of=end_of, apart=apart) for part in parts])
        offset.update(zip(parts, tracks.offsets, strict=True))
        count[line] = tracks.count
    return LineTracks(offset, count)


def _stretch(
    ways: Sequence[Way], part: Part, *, level: bool, end_of: Callable[[Part, int, GridPoint], float], apart: float
) -> Stretch:
    way = ways[part.way]
    one, other = way.corners[part.part], way.corners[part.part + 1]
    start, end = end_of(part, part.part, other), end_of(part, part.part + 1, one)
    turns = []
    for place, corner, neighbour in ((start, part.part, part.part - 1), (end, part.part + 1, part.part + 2)):
        if 0 <= neighbour < len(way.corners):
            axis = 1 if level else 0
            turns.append((place, 1 if way.corners[neighbour][axis] > way.corners[corner][axis] else -1))
    return Stretch(way.edge.from_key, way.edge.to_key, min(start, end) - apart, max(start, end) + apart, tuple(turns))
