"""The map as an SVG picture: a list of links in the order of the case, every line of it decorative."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ia_workbench.process_map.geometry.values import MapLayout


@dataclass(frozen=True)
class Mark:
    """What is known about a step or passage: independent units, findings, and why it is a blind spot (in words)."""

    units: int = 0
    findings: int = 0
    blind_spot: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapWords:
    """The words that the picture adds to those of the map, for translation; `{named}` places are filled."""

    title: str = "Case-processing map"
    steps: str = "Steps {numbers}, {first} to {last}"
    to: str = "{first} to {last}"
    and_: str = "{before} and {last}"


def draw_map(
    layout: MapLayout,
    *,
    marks: Mapping[str, Mark],
    href: Callable[[str], str],
    selected: str | None = None,
    words: MapWords | None = None,
) -> str:
    """Return the map as an SVG element in HTML, without inline style: `web/static/map/map.css` gives it its look.

    `marks` are by key of step or passage; `href` gives the address of the page of a step or passage by its key;
    `selected` is the key of the one that is open.
    """
    raise NotImplementedError
