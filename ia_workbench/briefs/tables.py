"""Lists in tables: rows that repeat downwards, cells that repeat across, and widths that still fit."""

import copy

from docx.oxml.ns import qn

from ia_workbench.briefs.tokens import MARKER, PARAGRAPH, Marker, isolate_markers, markers_in, own_text, remove
from ia_workbench.kernel import XmlElement

CELL, ROW, GRID, COLUMN = qn("w:tc"), qn("w:tr"), qn("w:tblGrid"), qn("w:gridCol")
CELL_PROPERTIES, CELL_WIDTH, GRID_SPAN, WIDTH = qn("w:tcPr"), qn("w:tcW"), qn("w:gridSpan"), qn("w:w")


def repeats_as_row(row: XmlElement) -> str | None:
    """Return the list that a row repeats for: it opens where the first cell starts and closes where the last ends."""
    cells = row.findall(CELL)
    if len(cells) < 2:
        return None
    first, last = next(cells[0].iter(PARAGRAPH), None), [*cells[-1].iter(PARAGRAPH)][-1:]
    return _outer(own_text(first), own_text(last[0])) if first is not None and last else None


def repeats_across(cell: XmlElement) -> str | None:
    """Return the list that a cell may repeat for: the cell opens it first and closes it last, among other words.

    A list whose markers have paragraphs of their own repeats those paragraphs within the cell instead.
    """
    texts = [own_text(paragraph) for paragraph in cell.iter(PARAGRAPH)]
    if not texts or MARKER.fullmatch(texts[0].strip()) or MARKER.fullmatch(texts[-1].strip()):
        return None
    name = _outer(texts[0], texts[-1])
    return name if name is not None and markers_in("".join(texts)).count(Marker("#", name)) == 1 else None


def _outer(first: str, last: str) -> str | None:
    """Return the name of the section that opens where the first text starts and closes where the last one ends."""
    opening, closing = markers_in(first)[:1], markers_in(last)[-1:]
    if not opening or not closing or not first.strip().startswith("{{") or not last.strip().endswith("}}"):
        return None
    is_pair = (opening[0].sign, closing[0].sign) == ("#", "/") and opening[0].name == closing[0].name
    return opening[0].name if is_pair else None


def without_outer_markers(element: XmlElement) -> XmlElement:
    """Return a copy of a row or cell without the markers that open and close its list."""
    made = copy.deepcopy(element)
    paragraphs = list(made.iter(PARAGRAPH))
    for paragraph in {id(each): each for each in (paragraphs[0], paragraphs[-1])}.values():
        isolate_markers(paragraph)
    runs = [run for run in made.iter(qn("w:r")) if any(each.sign for each in markers_in(own_text_of_run(run)))]
    remove(runs[0])
    remove(runs[-1])
    return made


def own_text_of_run(run: XmlElement) -> str:
    """Return what a run itself says."""
    return "".join(text.text or "" for text in run.findall(qn("w:t")))


def fit_grid(table: XmlElement) -> None:
    """Share a cell's width among its copies and make the table's grid that of its longest row."""
    grid = table.find(GRID)
    rows = [row.findall(CELL) for row in table.findall(ROW)]
    longest = max(rows, key=len)
    if grid is None or len(longest) <= len(grid.findall(COLUMN)):
        return
    total = sum(int(column.get(WIDTH) or 0) for column in grid)
    for column in list(grid):
        grid.remove(column)
    for _ in longest:
        grid.append(grid.makeelement(COLUMN, {WIDTH: str(total // len(longest))}))
    for row in rows:
        for cell in row:
            _set_width(cell, total // max(len(row), 1))


def _set_width(cell: XmlElement, width: int) -> None:
    properties = cell.find(CELL_PROPERTIES)
    if properties is None:
        return
    for span in properties.findall(GRID_SPAN):
        properties.remove(span)
    for each in properties.findall(CELL_WIDTH):
        each.set(WIDTH, str(width))
