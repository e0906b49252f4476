"""The shapes that the picture of the map is made of, as SVG text with geometry in attributes and look in classes."""

from html import escape

from ia_workbench.process_map.geometry import measures
from ia_workbench.process_map.geometry.values import Point, Rect

HEAD = 5.0  # length of an arrow's head
ICON = 0.75  # icons are drawn on a ground of 16
USERS = (
    "M8.5 5.5a2.5 2.5 0 1 1-5 0a2.5 2.5 0 0 1 5 0M1.5 13.5c.4-2.7 2.1-4 4.5-4s4.1 1.3 4.5 4"
    "M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.8c1.4.5 2.2 1.7 2.5 3.7"
)
FLAG = "M3.5 14.5v-12M3.5 3h8.5l-2 3 2 3H3.5"
STRUCK_EYE = "M1.5 8s2.4-4.2 6.5-4.2c1.2 0 2.3.4 3.2.9M14.5 8s-2.4 4.2-6.5 4.2c-1.2 0-2.3-.4-3.2-.9M2.5 14l11-12"


def line_path(points: tuple[Point, ...]) -> str:
    """Return the path of a line with rounded bends."""
    path = f"M{px(points[0][0])} {px(points[0][1])}"
    for before, (x, y), after in zip(points, points[1:], points[2:], strict=False):
        radius = min(measures.RADIUS, _far(before, (x, y)) / 2, _far((x, y), after) / 2)
        (x1, y1), (x2, y2) = _towards((x, y), before, radius), _towards((x, y), after, radius)
        path += f"L{px(x1)} {px(y1)}Q{px(x)} {px(y)} {px(x2)} {px(y2)}"
    return path + f"L{px(points[-1][0])} {px(points[-1][1])}"


def _far(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, length: float) -> Point:
    far = _far(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * length / far, start[1] + (end[1] - start[1]) * length / far


def arrow_head(points: tuple[Point, ...]) -> str:
    """Return the path of the arrow's head at the end of a line."""
    (x, y), (bx, by) = points[-1], _towards(points[-1], points[-2], HEAD + 1)
    dx, dy = (y - by) * 0.55, (x - bx) * 0.55
    return f"M{px(bx + dx)} {px(by - dy)}L{px(x)} {px(y)}L{px(bx - dx)} {px(by + dy)}"


def thick_edge(rect: Rect) -> str:
    """Return the path of the thick left edge of a box, inside its rounded corners."""
    x, y, bottom = px(rect.x), rect.y, rect.y + rect.h
    inner, near = px(rect.x + 4), px(rect.x + 1.5)
    above = f"M{inner} {px(y + 0.3)}C{near} {px(y + 0.9)} {x} {px(y + 3)} {x} {px(y + 6)}"
    below = f"C{x} {px(bottom - 3)} {near} {px(bottom - 0.9)} {inner} {px(bottom - 0.3)}"
    return f"{above}V{px(bottom - 6)}{below}Z"


def rectangle(classes: str, rect: Rect, radius: float = 0.0) -> str:
    """Draw a rectangle."""
    size = f'x="{px(rect.x)}" y="{px(rect.y)}" width="{px(rect.w)}" height="{px(rect.h)}"'
    return f'<rect class="{classes}" {size} rx="{px(radius)}"/>'


def rule(classes: str, rect: Rect) -> str:
    """Draw the upper edge of a rectangle."""
    return f'<path class="{classes}" d="M{px(rect.x)} {px(rect.y)}H{px(rect.x + rect.w)}"/>'


def text(classes: str, x: float, y: float, words: str) -> str:
    """Write one line of words on a baseline."""
    return f'<text class="{classes}" x="{px(x)}" y="{px(y)}">{quoted(words)}</text>'


def icon(classes: str, x: float, y: float, path: str) -> str:
    """Draw an icon, 12 pixels wide and high."""
    return f'<path class="{classes}" transform="translate({px(x)} {px(y)}) scale({ICON})" d="{path}"/>'


def px(length: float) -> str:
    """Write a length with two decimals at most."""
    return f"{round(length, 2):g}" if abs(length) < 1e5 else str(round(length))


def quoted(words: str) -> str:
    """Return words as they stand in an attribute or between tags, whatever they hold."""
    return escape(words, quote=True)
