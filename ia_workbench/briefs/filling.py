"""Filling a Word template: text, pictures, lists and optional parts, with the template's own formatting.

Three levels work alike, each over siblings: paragraphs (a paragraph that says only `{{#levers}}` opens a list that ends
with one that says `{{/levers}}`), table rows, and runs within a paragraph. A list may also open at the start of a row
and close at its end (the row repeats), or fill one cell (the cell repeats across the row). Everything is visited once,
so words that happen to look like a place are never filled again.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Union

from docx.oxml.ns import qn
from docx.shared import Mm

from ia_workbench.briefs.tables import fit_grid, repeats_across, repeats_as_row, without_outer_markers
from ia_workbench.briefs.tokens import (
    PARAGRAPH,
    RUN,
    TEXT,
    Marker,
    isolate_markers,
    markers_in,
    own_text,
    remove,
    set_text,
    text_of,
    xml_safe,
)
from ia_workbench.kernel import Refused, XmlElement

TABLE, ROW, CELL, BOX = qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:txbxContent")
SHOWS = tuple(map(qn, ("w:drawing", "w:pict", "w:object", "w:sectPr", "w:fldSimple", "w:fldChar")))
ONE_EACH = ("bookmarkStart", "bookmarkEnd")  # their names and numbers must stay unique, so copies go without
NOT_CLOSED = (
    "The template opens {place} and does not close it in the same list, row or paragraph. Write {end} after it."
)
NOT_OPENED = "The template closes {end} without opening it."
NOT_KNOWN = "There is no place {place} here. The places are listed beside the template."

Values = Mapping[str, Union["Text", "Picture", Sequence["Values"]]]


@dataclass(frozen=True)
class Text:
    """Words for a place, and their language where it is not the document's."""

    text: str
    language: str | None = None


@dataclass(frozen=True)
class Picture:
    """A PNG picture, what it shows in words, and its width on the page."""

    png: bytes
    description: str
    width_mm: float


@dataclass(frozen=True)
class Scope:
    """The values at hand: those of one item of a list, then those around it."""

    values: Values
    around: "Scope | None" = None

    def value_of(self, name: str) -> Text | Picture | Sequence[Values]:
        """Return the value of a place; refuses an unknown one."""
        if name in self.values:
            return self.values[name]
        if self.around is None:
            raise Refused(NOT_KNOWN, place=f"{{{{{name}}}}}")
        return self.around.value_of(name)

    def items_of(self, name: str) -> Iterator["Scope"]:
        """Yield the scope of each item of a list; for an optional part this one, if there is anything to show."""
        value = self.value_of(name)
        if isinstance(value, Text):
            yield from [self] if value.text else []
        elif isinstance(value, Picture):
            yield self
        else:
            yield from (Scope(item, self) for item in value)

    def is_list(self, name: str) -> bool:
        """Say whether a name stands for a list."""
        return not isinstance(self.value_of(name), Text | Picture)


def fill_part(part: Any, scope: Scope) -> None:
    """Fill one part of a document (body, header or footer) in place.

    `part` is python-docx's; it takes the pictures in. Refuses a part whose lists do not close.
    """
    _Filling(part).fill(list(part.element), scope)


class _Filling:
    """One walk over one part."""

    def __init__(self, part: Any) -> None:
        self.part = part

    def fill(self, siblings: list[XmlElement], scope: Scope) -> None:
        at = 0
        while at < len(siblings):
            marker = _section_marker(siblings[at])
            if marker is None:
                self._fill_one(siblings[at], scope)
                at += 1
                continue
            end = _end_of(siblings, at, marker)
            self._repeat(siblings[at], siblings[at + 1 : end], scope.items_of(marker.name))
            for element in siblings[at : end + 1]:
                remove(element)
            at = end + 1

    def _repeat(self, before: XmlElement, block: list[XmlElement], items: Iterator[Scope]) -> None:
        for item in items:
            copies = [_copy_of(element) for element in block]
            for element in copies:
                before.addprevious(element)
            self.fill(copies, item)

    def _fill_one(self, element: XmlElement, scope: Scope) -> None:
        if element.tag == PARAGRAPH:
            self._fill_paragraph(element, scope)
        elif element.tag == RUN:
            self._fill_run(element, scope)
        elif element.tag == TABLE:
            self._fill_table(element, scope)
        elif element.tag == ROW:
            self._fill_row(element, scope)
        elif len(element) and not str(element.tag).endswith("Pr"):
            self.fill(list(element), scope)

    def _fill_paragraph(self, paragraph: XmlElement, scope: Scope) -> None:
        has_markers = bool(markers_in(own_text(paragraph)))
        if has_markers:
            isolate_markers(paragraph)
        self.fill(list(paragraph), scope)
        if has_markers and _shows_nothing(paragraph):
            remove(paragraph)

    def _fill_run(self, run: XmlElement, scope: Scope) -> None:
        marker = _marker_of_run(run)
        if marker is None:
            for box in run.iter(BOX):
                self.fill(list(box), scope)
            return
        value = scope.value_of(marker.name)
        if isinstance(value, Text):
            _write(run, value)
        elif isinstance(value, Picture):
            self._place(run, value)
        else:
            raise Refused("{place} is a list. Write {start} … {end}.", **_spelled(marker.name))

    def _place(self, run: XmlElement, picture: Picture) -> None:
        for text in run.findall(TEXT):
            run.remove(text)
        inline = self.part.new_pic_inline(BytesIO(picture.png), Mm(picture.width_mm), None)
        inline.docPr.set("descr", xml_safe(picture.description))
        inline.docPr.set("name", "Picture")
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice keeps three millimetres clear otherwise
        run.add_drawing(inline)  # type: ignore[attr-defined]

    def _fill_table(self, table: XmlElement, scope: Scope) -> None:
        self.fill(list(table), scope)
        if table.find(ROW) is None:
            remove(table)
        else:
            fit_grid(table)

    def _fill_row(self, row: XmlElement, scope: Scope) -> None:
        name = repeats_as_row(row)
        if name is None:
            self._fill_cells(row, scope)
            return
        bare = without_outer_markers(row)
        for item in scope.items_of(name):
            made = _copy_of(bare)
            row.addprevious(made)
            self._fill_cells(made, item)
        remove(row)

    def _fill_cells(self, row: XmlElement, scope: Scope) -> None:
        for cell in row.findall(CELL):
            name = repeats_across(cell)
            if name is not None and scope.is_list(name):
                self._fill_across(cell, name, scope)
            else:
                self.fill(list(cell), scope)
        for cell in row.findall(CELL):
            if not len(cell) or cell[-1].tag != PARAGRAPH:
                cell.append(cell.makeelement(PARAGRAPH))  # Word opens no cell that does not end with a paragraph
        if row.find(CELL) is None:
            remove(row)

    def _fill_across(self, cell: XmlElement, name: str, scope: Scope) -> None:
        bare = without_outer_markers(cell)
        for item in scope.items_of(name):
            made = _copy_of(bare)
            cell.addprevious(made)
            self.fill(list(made), item)
        remove(cell)


def _section_marker(element: XmlElement) -> Marker | None:
    """Return the marker with a sign that is all a paragraph, row or run says."""
    if element.tag == RUN:
        marker = _marker_of_run(element)
    elif element.tag in (PARAGRAPH, ROW):
        said = (own_text(element) if element.tag == PARAGRAPH else text_of(element)).strip()
        found = markers_in(said)
        marker = found[0] if len(found) == 1 and said.endswith("}}") and said.startswith("{{") else None
    else:
        return None
    return marker if marker is not None and marker.sign else None


def _marker_of_run(run: XmlElement) -> Marker | None:
    said = "".join(text.text or "" for text in run.findall(TEXT))
    found = markers_in(said)
    return found[0] if found else None


def _end_of(siblings: list[XmlElement], start: int, opened: Marker) -> int:
    if opened.sign == "/":
        raise Refused(NOT_OPENED, **_spelled(opened.name))
    depth = 0
    for at in range(start, len(siblings)):
        marker = _section_marker(siblings[at])
        if marker is not None and marker.name == opened.name:
            depth += 1 if marker.sign == "#" else -1
            if depth == 0:
                return at
    raise Refused(NOT_CLOSED, **_spelled(opened.name))


def _spelled(name: str) -> dict[str, str]:
    return {"place": f"{{{{{name}}}}}", "start": f"{{{{#{name}}}}}", "end": f"{{{{/{name}}}}}"}


def _copy_of(element: XmlElement) -> XmlElement:
    made = copy.deepcopy(element)
    for each in list(made.iter(*(qn(f"w:{name}") for name in ONE_EACH))):
        remove(each)
    return made


def _shows_nothing(paragraph: XmlElement) -> bool:
    return not own_text(paragraph).strip() and next(paragraph.iter(*SHOWS), None) is None


def _write(run: XmlElement, value: Text) -> None:
    """Set the text of a run; line ends become line breaks, and what XML cannot hold is left out."""
    first, *others = value.text.replace("\r\n", "\n").split("\n")
    text = run.find(TEXT)
    if text is None:
        return
    set_text(text, first)
    for line in others:
        run.append(run.makeelement(qn("w:br")))
        added = run.makeelement(TEXT)
        set_text(added, line)
        run.append(added)
    if value.language is not None:
        _set_language(run, value.language)


def _set_language(run: XmlElement, language: str) -> None:
    properties: Any = run.get_or_add_rPr()  # type: ignore[attr-defined]
    for known in properties.findall(qn("w:lang")):
        properties.remove(known)
    lang = properties.makeelement(qn("w:lang"), {qn("w:val"): language})
    following = [each for each in properties if each.tag in _AFTER_LANGUAGE]
    if following:
        following[0].addprevious(lang)  # the order of run properties is fixed
    else:
        properties.append(lang)


_AFTER_LANGUAGE = tuple(map(qn, ("w:eastAsianLayout", "w:specVanish", "w:oMath", "w:rPrChange")))
