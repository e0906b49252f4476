"""The density strip along a source, as paths of an SVG drawing that is 24 wide and 1000 high.

Pure. The same is drawn by `static/reading/density.js`; `tests/web/static` compares the two.
"""

from collections import Counter
from collections.abc import Sequence

from ia_workbench.coding import Mark

HEIGHT, ROW = 1000, 4  # of the drawing, and of a row of it where there are many codings
MANY = 400  # codings of which the strip shows how many stand where, and no longer each
LEFT, WIDTH = 500, 1800  # hundredths: where the bars of rows begin, and how long the longest is
SIGN = 400  # hundredths: how long the sign of importance is
IMPORTANT = "important"


def strip_paths(given: Sequence[Mark], colors: dict[int, int], length: int) -> dict[str, str]:
    """Return the path of each colour, and of what is important, by its class (`c1` to `c12`, `important`).

    A few codings have a short stroke each; where there are many, each row has a bar as long as they are many, cut by
    colour. No path grows longer than the strip is high.
    """
    places = [(each.start * HEIGHT // max(1, length), colors[each.code_id], each.is_important) for each in given]
    return _rows(places) if len(places) > MANY else _strokes(places)


def _strokes(places: Sequence[tuple[int, int, bool]]) -> dict[str, str]:
    strokes: dict[str, dict[int, str]] = {}
    for place, color, is_important in places:
        strokes.setdefault(f"c{color}", {})[place] = f"M{6 + color % 3 * 5} {place}h4"
        if is_important:
            strokes.setdefault(IMPORTANT, {})[place] = f"M1 {place}h{SIGN // 100}"
    return {name: "".join(found.values()) for name, found in strokes.items()}


def _rows(places: Sequence[tuple[int, int, bool]]) -> dict[str, str]:
    rows: dict[int, Counter[int]] = {}
    signs: Counter[int] = Counter()
    for place, color, is_important in places:
        rows.setdefault(place // ROW, Counter())[color] += 1
        signs[place // ROW] += is_important
    longest, most_signs = max(each.total() for each in rows.values()), max(signs.values())
    paths: dict[str, list[str]] = {}
    for row, counts in sorted(rows.items()):
        left, middle = LEFT, row * ROW + ROW // 2
        for color, count in sorted(counts.items()):
            width = WIDTH * count // longest
            paths.setdefault(f"c{color}", []).append(f"M{left / 100:g} {middle}h{width / 100:g}")
            left += width
        if signs[row]:
            width = max(SIGN // 4, SIGN * signs[row] // most_signs)
            paths.setdefault(IMPORTANT, []).append(f"M1 {middle}h{width / 100:g}")
    return {name: "".join(found) for name, found in paths.items()}
