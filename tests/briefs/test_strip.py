"""The map strip as a picture."""

import hashlib
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from ia_workbench.briefs import strip_png, strip_svg
from ia_workbench.publication import Passage, StripStep, Words
from tests.support.packages import STRIP

SVG = "{http://www.w3.org/2000/svg}"


def steps(count: int, title: str = "Review hearing") -> tuple[StripStep, ...]:
    return tuple(replace(STRIP[1], key=f"N-{n}", number=n, title=title, is_here=n == 2) for n in range(count))


@pytest.mark.parametrize("count", [1, 2, 4, 5, 6, 7, 12, 13])
def test_every_step_has_its_box_inside_the_picture(count: int) -> None:
    root = ElementTree.fromstring(strip_svg(steps(count, "Disposition and a case plan for the whole family")))  # noqa: S314
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    boxes = [
        {name: float(box.get(name, 0)) for name in ("x", "y", "width", "height")} for box in root.iter(f"{SVG}rect")
    ]
    assert len(boxes) == count
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert all(box["y"] >= 0 and box["y"] + box["height"] <= height for box in boxes)


def test_the_place_of_the_finding_differs_in_edge_weight_and_ground_not_in_colour_alone() -> None:
    root = ElementTree.fromstring(strip_svg(STRIP))  # noqa: S314
    weights = [box.get("stroke-width") for box in root.iter(f"{SVG}rect")]
    assert weights == ["1.8", "4", "1.8", "1.8"]
    assert [wire.get("stroke-width") for wire in root.iter(f"{SVG}path")] == ["2", "5"]


def test_without_a_passage_no_wire_is_drawn() -> None:
    apart = tuple(replace(step, passage=Passage.NONE) for step in STRIP)
    assert "<path" not in strip_svg(apart)


def test_titles_are_escaped() -> None:
    hostile = replace(STRIP[0], title='<script>&"', plain=Words())
    assert "&lt;script&gt;&amp;" in strip_svg((hostile,))
    assert strip_png((hostile,)).startswith(b"\x89PNG")


def test_the_same_steps_give_the_same_picture_with_words_in_it() -> None:
    digests = {hashlib.sha256(strip_png(STRIP)).hexdigest() for _ in range(2)}
    blank = strip_png(tuple(replace(step, title="") for step in STRIP))
    assert len(digests) == 1
    assert len(strip_png(STRIP)) > len(blank) + 500, "the font was not found, so nothing is written in the boxes"
