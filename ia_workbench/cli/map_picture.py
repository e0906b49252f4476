"""The map as a picture that stands alone: the drawing with the look of the pages, its colours written out."""

import re
from collections.abc import Mapping
from importlib.resources import as_file, files

import resvg_py

from ia_workbench import findings, process_map
from ia_workbench.findings import Coverage, PlaceCoverage
from ia_workbench.process_map import MapFile, Mark

PACKAGE = files("ia_workbench")
LOOK = ("web/static/design/tokens.css", "web/static/map/map.css")
FONTS = ("Inter-Regular.ttf", "Inter-Bold.ttf")
CONSTANTS_AND_LIGHT = 2  # the first two blocks of the tokens; the rest are other themes
SCALE = 2.0  # pixels of the PNG for one of the drawing
MARGIN = 24  # round the drawing, in its own pixels
BLIND_SPOTS = {
    findings.BlindSpot.NO_FAMILY_STANDPOINT: "no family standpoint",
    findings.BlindSpot.NO_INSTITUTIONAL_TEXT: "no institutional text",
}


def map_svg(file: MapFile, coverage: Coverage) -> str:
    """Draw a map with its units, findings and blind spots as one SVG file."""
    marks = {each.place: _mark(each) for each in coverage.nodes}
    marks |= {each.place: Mark(findings=len(each.findings)) for each in coverage.edges if each.findings}
    layout = process_map.layout(file.lanes, file.nodes, file.edges, marks=marks)
    drawing = process_map.draw_map(layout, marks=marks, href=lambda key: f"#{key}")
    width, height = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    inner = drawing.replace("<svg ", f'<svg x="{MARGIN}" y="{MARGIN}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">\n<style>\n{_look()}</style>\n'
        f'<rect class="ground" width="{width:g}" height="{height:g}"/>\n{inner}\n</svg>\n'
    )


def _mark(place: PlaceCoverage) -> Mark:
    blind = tuple(BLIND_SPOTS[each] for each in place.blind_spot)
    return Mark(place.independent_units, len(place.findings), blind)


def _look() -> str:
    """The map's stylesheet with every `var(--name)` replaced by what it stands for in the light theme."""
    tokens, look = (PACKAGE.joinpath(name).read_text(encoding="utf-8") for name in LOOK)
    values = _values(tokens)
    rules = [rule for rule in re.findall(r"[^{}]+\{[^{}]*\}", _bare(look)) if ":hover" not in rule]
    text = "".join(rule.strip() + "\n" for rule in rules if ":focus" not in rule)
    return _filled(f"{text}.ground {{ fill: var(--canvas); }}\n", values)


def _bare(style: str) -> str:
    return re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)


def _values(tokens: str) -> dict[str, str]:
    blocks = re.findall(r":root\s*\{([^{}]*)\}", _bare(tokens))[:CONSTANTS_AND_LIGHT]
    return dict(re.findall(r"(--[\w-]+)\s*:\s*([^;]+);", "".join(blocks)))


def _filled(text: str, values: Mapping[str, str]) -> str:
    while "var(--" in text:
        text = re.sub(r"var\((--[\w-]+)\)", lambda found: values.get(found.group(1), "inherit"), text)
    return text


def map_png(svg: str) -> bytes:
    """Draw an SVG of the map as PNG, with the font that comes along, on any machine alike."""
    with as_file(PACKAGE.joinpath("briefs/fonts")) as folder:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                font_files=[str(folder / name) for name in FONTS],
                font_family="Inter",
                skip_system_fonts=True,
                zoom=SCALE,
            )
        )
