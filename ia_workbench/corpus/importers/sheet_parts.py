"""What the parts of an Excel workbook say besides values: sheets, hidden rows, merged cells, formulas, comments."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ia_workbench.corpus.importers.things import change
from ia_workbench.corpus.importers.values import Change
from ia_workbench.kernel import XmlElement

WORKBOOK = "xl/workbook.xml"
MOST_HIDDEN_COLUMNS = 16_384  # as many as a sheet of Excel has
TRUE = {"1", "true"}


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the part that holds it, and whether Excel hides it."""

    name: str
    part: str
    is_hidden: bool


@dataclass
class SheetFacts:
    """What a sheet holds besides values. Rows and columns count from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    empty_formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def sheets_in(parts: Mapping[str, XmlElement]) -> list[Sheet]:
    """Return the sheets of a workbook whose part is there, in the order of their tabs."""
    targets = _relations(parts, WORKBOOK)
    found = []
    for element in parts[WORKBOOK].iter():
        if _name(element) == "sheet":
            reference = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")
            part = targets.get(reference, ("", ""))[1]
            if part in parts and _name(parts[part]) == "worksheet":
                hidden = str(element.get("state") or "visible") != "visible"
                found.append(Sheet(str(element.get("name")), part, hidden))
    return found


def facts_of(sheet: XmlElement) -> SheetFacts:
    """Return what a sheet's part says of hidden rows and columns, merged cells, formulas and errors."""
    facts = SheetFacts()
    row = -1
    for element in sheet.iter():
        name = _name(element)
        if name == "row":
            row = _number(element.get("r"), row + 2) - 1
            if str(element.get("hidden")) in TRUE:
                facts.hidden_rows.add(row)
        elif name == "col" and str(element.get("hidden")) in TRUE:
            last = min(_number(element.get("max"), 0), MOST_HIDDEN_COLUMNS)
            facts.hidden_columns.update(range(_number(element.get("min"), 1) - 1, last))
        elif name == "mergeCell":
            facts.merged.append(str(element.get("ref") or ""))
        elif name == "c":
            _take_cell(facts, element)
    return facts


def _take_cell(facts: SheetFacts, cell: XmlElement) -> None:
    children = {_name(child): child for child in cell}
    value = (children["v"].text or "") if "v" in children else ""
    if "f" in children:
        formula = f"{cell.get('r')}: ={children['f'].text or ''}"
        (facts.formulas if value or "is" in children else facts.empty_formulas).append(formula)
    if cell.get("t") == "e":
        facts.errors.append(f"{cell.get('r')}: {value}")


def comments_in(parts: Mapping[str, XmlElement], sheet: str) -> Iterator[Change]:
    """Yield the comments of a sheet's cells, with their cell and who wrote them."""
    for kind, part in _relations(parts, sheet).values():
        if kind == "comments" and part in parts:
            authors = [element.text or "" for element in parts[part].iter() if _name(element) == "author"]
            for element in parts[part].iter():
                if _name(element) == "comment":
                    words = "".join(each.text or "" for each in element.iter() if _name(each) == "t")
                    index = _number(element.get("authorId"), -1)
                    by = authors[index] if 0 <= index < len(authors) else ""
                    yield change("cell comment", words=f"{element.get('ref')}: {words}", by=by)


def _relations(parts: Mapping[str, XmlElement], part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by the reference: the kind and the part."""
    folder, name = posixpath.split(part)
    listed = parts.get(f"{folder}/_rels/{name}.rels")
    found = {}
    for relation in listed if listed is not None else ():
        target = str(relation.get("Target") or "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[str(relation.get("Id"))] = (str(relation.get("Type")).rpartition("/")[2], place)
    return found


def _name(element: XmlElement) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _number(value: object, otherwise: int) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
