"""The map strip as a picture: the steps around a finding, in order, with its place marked by edge, weight and word."""

from importlib.resources import as_file, files
from xml.sax.saxutils import escape

import resvg_py

from ia_workbench.briefs.tokens import xml_safe
from ia_workbench.publication import Passage, StripStep

WIDTH, MARGIN = 1000, 3  # in units of the drawing; it is 182 mm wide on the page
MOST_IN_A_ROW = 6
GAP, ROW_GAP, LINE, PADDING, RADIUS = 34, 26, 21, 13, 9
SIZE, SMALL = 16.5, 15.5
INK, SOFT, EDGE, WIRE = "#15191b", "#575e60", "#8a8a82", "#83837b"
ACCENT, ACCENT_SOFT = "#1d5c6b", "#e3eff1"
SCALE = 2.4
NARROW, BROAD = "ijlItf.,:;'()-| ", "mwMW@%"


def strip_svg(strip: tuple[StripStep, ...]) -> str:
    """Draw the steps as an SVG picture, at most six in a row."""
    rows = [strip[at : at + _in_a_row(len(strip))] for at in range(0, len(strip), _in_a_row(len(strip)))]
    width = (WIDTH - 2 * MARGIN - GAP * (_in_a_row(len(strip)) - 1)) / max(_in_a_row(len(strip)), 1)
    height = _box_height(strip, width)
    parts = [
        _row(row, MARGIN + at * (height + ROW_GAP), width, height, goes_on=at + 1 < len(rows))
        for at, row in enumerate(rows)
    ]
    total = 2 * MARGIN + len(rows) * height + (len(rows) - 1) * ROW_GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{total:g}" '
        f'viewBox="0 0 {WIDTH} {total:g}" font-family="Inter" font-size="{SIZE}">{"".join(parts)}</svg>'
    )


def _in_a_row(steps: int) -> int:
    """As few rows as fit, and those as even as possible."""
    rows = -(-steps // MOST_IN_A_ROW)
    return max(-(-steps // max(rows, 1)), 4)


def _row(row: tuple[StripStep, ...], top: float, width: float, height: float, *, goes_on: bool) -> str:
    parts = []
    for at, step in enumerate(row):
        left = MARGIN + at * (width + GAP)
        if step.passage is not Passage.NONE and at + 1 < len(row):
            parts.append(_wire(step, left + width, left + width + GAP, top + height / 2))
        elif step.passage is not Passage.NONE and goes_on:
            parts.append(_wire(step, left + width, WIDTH, top + height / 2))
        parts.append(_box(step, left, top, width, height))
    return "".join(parts)


def _wire(step: StripStep, start: float, end: float, y: float) -> str:
    color, weight = (ACCENT, 5) if step.passage is Passage.HERE else (WIRE, 2)
    return f'<path d="M{start:g} {y:g}H{end:g}" stroke="{color}" stroke-width="{weight}"/>'


def _box(step: StripStep, left: float, top: float, width: float, height: float) -> str:
    edge, weight, ground = (ACCENT, 4, ACCENT_SOFT) if step.is_here else (EDGE, 1.8, "#ffffff")
    bold = "700" if step.is_here else "400"
    lines = "".join(
        f'<text x="{left + PADDING:g}" y="{top + PADDING + SMALL + (at + 1) * LINE:g}" fill="{INK}" '
        f'font-weight="{bold}">{escape(xml_safe(line))}</text>'
        for at, line in enumerate(_wrapped(step.title, width - 2 * PADDING))
    )
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="{RADIUS}" fill="{ground}" '
        f'stroke="{edge}" stroke-width="{weight}"/><text x="{left + PADDING:g}" y="{top + PADDING + SMALL - 3:g}" '
        f'fill="{SOFT}" font-size="{SMALL}">{step.number}</text>{lines}'
    )


def _box_height(strip: tuple[StripStep, ...], width: float) -> float:
    most = max((len(_wrapped(step.title, width - 2 * PADDING)) for step in strip), default=1)
    return 2 * PADDING + SMALL + most * LINE


def _wrapped(title: str, width: float) -> list[str]:
    """Break a title into lines that fit; a word that is too long alone stays whole."""
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _length(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _length(text: str) -> float:
    """About how wide a text is in bold, erring on the wide side."""
    shares = (0.34 if each in NARROW else 0.95 if each in BROAD else 0.7 if each.isupper() else 0.6 for each in text)
    return sum(shares) * SIZE


def strip_png(strip: tuple[StripStep, ...]) -> bytes:
    """Draw the steps as a PNG picture for print, with the font that comes along, on any machine alike."""
    with as_file(files("ia_workbench.briefs") / "fonts") as folder:
        fonts = [str(folder / name) for name in ("Inter-Regular.ttf", "Inter-Bold.ttf")]
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=strip_svg(strip),
                font_files=fonts,
                font_family="Inter",
                skip_system_fonts=True,
                zoom=SCALE,
                background="#ffffff",
            )
        )
