"""Codings as an Excel workbook: the library makes the file, the rows are written straight into its sheet.

Ten thousand rows take the library a second of work that a sheet of plain cells does not need. Words are text cells, so
that none runs as a formula and none is a link; places are numbers, so that they sort.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO

import openpyxl
from openpyxl.styles import Alignment, Font

from ia_workbench.coding.escaping import xml_words
from ia_workbench.coding.exported import ExportedCoding

COLUMNS = {
    "source": 12, "title": 28, "turn": 7, "start": 9, "end": 9, "quote": 80, "code": 32, "name": 28, "coder": 14,
    "at": 21, "rating": 12, "important": 10, "text": 7,
}  # fmt: skip
LONGEST_CELL = 32_767  # characters (UTF-16 units), Excel's limit
CUT = " […]"
SHEET = "xl/worksheets/sheet1.xml"
AT_ONCE = 500  # rows written in one piece
LEVEL = 2  # of compression: nearly as small as the highest, in a quarter of the time


def write_codings_xlsx(rows: Sequence[ExportedCoding], out: BinaryIO) -> int:
    """Write codings as a workbook of one sheet; returns how many quotes were too long for a cell and are cut.

    A cut quote ends in `[…]`; the CSV has it whole.
    """
    skeleton, wrapped = _skeleton(len(rows))
    with zipfile.ZipFile(skeleton) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as to:
        for name in made.namelist():
            if name != SHEET:
                to.writestr(name, made.read(name))
        before, after = _around(made.read(SHEET).decode(), len(rows))
        with to.open(SHEET, "w") as sheet:
            sheet.write(before.encode())
            for piece in _pieces(rows, wrapped):
                sheet.write(piece.encode())
            sheet.write(after.encode())
    return sum(_is_too_long(each.quote) for each in rows)


def _skeleton(count: int) -> tuple[io.BytesIO, int]:
    """Return a workbook with headings alone, and the number of the style in which long words wrap."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet.freeze_panes = "Codings", "A2"
    for place, (name, width) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(1, place, name)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.auto_filter.ref = f"A1:{_letter(len(COLUMNS) - 1)}{count + 1}"
    sample = sheet.cell(2, 1, "")
    sample.alignment = Alignment(wrap_text=True, vertical="top")
    style = sample.style_id
    made = io.BytesIO()
    book.save(made)
    return made, style


def _around(sheet: str, count: int) -> tuple[str, str]:
    """Cut the sheet's XML after its headings: what comes before the rows, and what comes after them."""
    before = sheet[: sheet.index("</row>") + len("</row>")]
    whole = f'<dimension ref="A1:{_letter(len(COLUMNS) - 1)}{count + 1}"/>'
    return re.sub(r"<dimension [^>]*/>", whole, before), sheet[sheet.index("</sheetData>") :]


def _pieces(rows: Sequence[ExportedCoding], style: int) -> Iterator[str]:
    known = lru_cache(maxsize=1000)(_words)  # keys, titles, codes and people come again and again
    for start in range(0, len(rows), AT_ONCE):
        here = rows[start : start + AT_ONCE]
        yield "".join(_row(number, each, style, known) for number, each in enumerate(here, start=start + 2))


def _row(n: int, each: ExportedCoding, style: int, known: Callable[[str], str]) -> str:
    """Write one row; its cells are written out, since going through them in a loop takes twice as long."""
    at = f'{n}" s="{style}"'
    title = f'<c r="B{at}{known(each.title)}' if each.title else ""
    turn = f'<c r="C{at}><v>{each.turn}</v></c>' if each.turn else ""
    step = f'<c r="K{at}{known(each.step)}' if each.step else ""
    important = f'<c r="L{at}{known("yes")}' if each.important else ""
    text = f'<c r="M{at}><v>{each.text}</v></c>' if each.text is not None else ""
    return (
        f'<row r="{n}"><c r="A{at}{known(each.source)}{title}{turn}'
        f'<c r="D{at}><v>{each.start}</v></c><c r="E{at}><v>{each.end}</v></c>'
        f'<c r="F{at}{_words(_fitting(each.quote))}<c r="G{at}{known(each.code)}'
        f'<c r="H{at}{known(each.code_name)}<c r="I{at}{known(each.coder)}'
        f'<c r="J{at}{_words(each.at.isoformat(" ", "seconds")[:19])}{step}{important}{text}</row>'
    )


def _words(value: str) -> str:
    """Return the rest of a cell that holds words, after its style."""
    if not value:
        return "/>"
    kept = "" if value.strip() == value else ' xml:space="preserve"'
    return f' t="inlineStr"><is><t{kept}>{xml_words(value)}</t></is></c>'


def _is_too_long(words: str) -> bool:
    return len(words) > LONGEST_CELL // 2 and len(words.encode("utf-16-le")) // 2 > LONGEST_CELL


def _fitting(words: str) -> str:
    if not _is_too_long(words):
        return words
    units = words.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT))]
    return units.decode("utf-16-le", errors="ignore") + CUT


def _letter(place: int) -> str:
    return chr(ord("A") + place)
