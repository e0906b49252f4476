"""Three lists that must be one: the places offered, the places filled, and the table that people read."""

import re
from datetime import date
from pathlib import Path

import docx

from ia_workbench.briefs import PLACES, Edition, PlaceKind
from ia_workbench.briefs.checking import places_in
from ia_workbench.briefs.fields import values_of
from ia_workbench.briefs.filling import Picture, Text
from ia_workbench.briefs.places import place_at
from tests.briefs.bodies import BODY, FULL
from tests.briefs.words import TEMPLATE

OFFERED = {(place.inside, place.name) for place in PLACES}


def test_the_template_uses_every_place_and_no_other() -> None:
    assert places_in(docx.Document(str(TEMPLATE))) == OFFERED


def test_the_table_beside_the_template_lists_every_place() -> None:
    text = (TEMPLATE.parent / "README.md").read_text()
    row = re.compile(r"^\| `\{\{#?([a-z_]+)\}\}`[^|]*\| (text|picture|list) \| (?:`([a-z_]+)`)? ?\| ([^|]+) \|$", re.M)
    listed = {(inside, name): (kind, meaning) for name, kind, inside, meaning in row.findall(text)}
    assert listed == {(place.inside, place.name): (place.kind.value, place.meaning) for place in PLACES}


def test_every_place_is_filled_and_nothing_else() -> None:
    values = values_of(FULL, BODY, Edition(1, 2, date(2026, 4, 14)))
    filled = {("", name) for name in values}
    for name, value in values.items():
        if not isinstance(value, Text | Picture):
            assert value, f"the example has nothing in {name}"
            filled |= {(name, inner) for item in value for inner in item}
    assert filled == OFFERED


def test_a_place_has_the_kind_it_says() -> None:
    values = values_of(FULL, BODY, None)
    kinds = {Text: PlaceKind.TEXT, Picture: PlaceKind.PICTURE}
    for place in (each for each in PLACES if not each.inside):
        assert kinds.get(type(values[place.name]), PlaceKind.LIST) is place.kind


def test_names_are_looked_up_in_the_list_first() -> None:
    inner, outer = place_at("lever", "recommendations"), place_at("site", "levers")
    assert inner is not None
    assert outer is not None
    assert (inner.inside, outer.inside) == ("recommendations", "")
    assert place_at("action", "levers") is None
    assert Path(TEMPLATE).suffix == ".docx"
