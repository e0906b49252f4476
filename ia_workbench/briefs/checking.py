"""Checking a template before it is filled: every place known, every list closed, no half-written marker."""

from collections.abc import Iterable, Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from ia_workbench.briefs.filling import NOT_CLOSED, NOT_KNOWN, NOT_OPENED
from ia_workbench.briefs.places import PlaceKind, place_at
from ia_workbench.briefs.tokens import MARKER, PARAGRAPH, Marker, markers_in, own_text
from ia_workbench.kernel import Refused

HALF_WRITTEN = "The template has a marker that cannot be read: {text}. Write it as {example}, in small letters."
TRACES = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:commentReference")
HAS_TRACES = "The template holds tracked changes or comments. Accept or delete them in Word, then save it again."


def parts_of(document: Any) -> Iterator[Any]:
    """Yield the parts of a python-docx document that hold places: the body, then headers and footers."""
    yield document.part
    wanted = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    for _, relationship in sorted(document.part.rels.items()):
        if relationship.reltype in wanted:
            yield relationship.target_part


def places_in(document: Any) -> set[tuple[str, str]]:
    """Return every place a template names, as (list it stands inside, name); refuses as `check_template` does."""
    found: set[tuple[str, str]] = set()
    for part in parts_of(document):
        found |= set(_checked(own_text(paragraph) for paragraph in part.element.iter(PARAGRAPH)))
    return found


def check_template(document: Any) -> None:
    """Refuse a template with an unknown place, an unclosed list, a marker that cannot be read, or tracked changes.

    Tracked changes and comments carry the names of those who made them, and a brief must carry none.
    """
    for part in parts_of(document):
        if next(part.element.iter(*map(qn, TRACES)), None) is not None:
            raise Refused(HAS_TRACES)
    places_in(document)


def _checked(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    opened: list[str] = []
    for text in texts:
        rest = MARKER.sub("", text)
        if "{{" in rest or "}}" in rest:
            raise Refused(HALF_WRITTEN, text=text.strip()[:80], example="{{statement}}")
        for marker in markers_in(text):
            yield from _step(marker, opened)
    if opened:
        raise Refused(NOT_CLOSED, place=f"{{{{#{opened[-1]}}}}}", end=f"{{{{/{opened[-1]}}}}}")


def _step(marker: Marker, opened: list[str]) -> Iterator[tuple[str, str]]:
    if marker.sign == "/":
        if not opened or opened.pop() != marker.name:
            raise Refused(NOT_OPENED, end=f"{{{{/{marker.name}}}}}")
        return
    inside = next((name for name in reversed(opened) if _is_list(name)), "")
    place = place_at(marker.name, inside)
    if place is None:
        raise Refused(NOT_KNOWN, place=f"{{{{{marker.sign}{marker.name}}}}}")
    if marker.sign == "#":
        opened.append(marker.name)
    yield place.inside, place.name


def _is_list(name: str) -> bool:
    place = place_at(name, "")
    return place is not None and place.kind is PlaceKind.LIST
