"""Workbooks as registers: what cells become, what is told, what is refused."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from ia_workbench.corpus import read_manifest
from ia_workbench.corpus.tables import read_table
from ia_workbench.kernel import Refused


def workbook(*rows: tuple[Any, ...]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, entry: str, before: str, after: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            text = old.read(each)
            assert each != entry or before.encode() in text
            new.writestr(each, text.replace(before.encode(), after.encode()) if each == entry else text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_become_the_words_that_a_csv_would_hold() -> None:
    cells = ("a", 3, 2.5, 3.0, 1e-7, True, False, date(2026, 2, 1), datetime(2026, 2, 1, 9, 30), None)  # noqa: DTZ001 - workbooks know no zones
    table = read_table("r.xlsx", saved(workbook(("h",) * 10, (None,) * 10, cells)))
    assert table.rows[1] == (
        3, ["a", "3", "2.5", "3", "0.0000001", "yes", "no", "2026-02-01", "2026-02-01 09:30"],
    )  # fmt: skip


def test_what_does_not_show_is_read_and_told() -> None:
    book = workbook(("a", "b"), ("1", "2"), ("3", "4"))
    sheet = book.active
    assert sheet is not None
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("More")
    table = read_table("r.xlsx", saved(book))
    assert [cells for _line, cells in table.rows] == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert table.notes == (
        "Only the first sheet was read, Sheet.",
        "Row 3 is hidden and was read.",
        "Columns that are hidden were read: B.",
    )


def test_a_formula_counts_as_it_came_out_and_one_that_never_did_is_told_with_its_row() -> None:
    content = saved(workbook(("a",), ("=1+1",), ("=2+2",)))
    content = changed(content, SHEET, "<f>1+1</f><v></v>" if b"<v></v>" in unzipped(content) else "<f>1+1</f><v/>",
                      "<f>1+1</f><v>2</v>")  # fmt: skip
    table = read_table("r.xlsx", content)
    assert table.rows == [(1, ["a"]), (2, ["2"])]
    assert [(each.line, str(each.refusal)[:23]) for each in table.problems] == [(3, "The formula in A3 has n")]


def unzipped(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(SHEET)


def test_an_error_in_a_cell_is_told_with_its_row() -> None:
    book = workbook(("file", "kind", "standpoint"), ("a.txt", "interview", "parent"))
    sheet = book.active
    assert sheet is not None
    sheet["C2"].value = "#N/A"
    sheet["C2"].data_type = "e"
    with pytest.raises(Refused, match=r"Line 2: The cell C2 holds the error #N/A"):
        read_manifest("r.xlsx", saved(book))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (changed(saved(workbook(("a",))), SHEET, "<worksheet", '<!DOCTYPE x [<!ENTITY e "v">]><worksheet'), "entities"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (saved(workbook(("a",)))[:-40], "damaged"),
    ],
)
def test_a_harmful_or_damaged_workbook_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_table("r.xlsx", content)


def test_a_zip_that_is_no_workbook_is_refused_in_words() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(Refused, match="not a workbook that can be read"):
        read_table("r.xlsx", out.getvalue())


def test_everything_wrong_is_told_at_once_and_likely_columns_are_named() -> None:
    with pytest.raises(Refused) as caught:
        read_manifest("r.csv", b"file,kind,stand point,Consent\n")
    told = [str(each) for each in (caught.value, *caught.value.further)]
    assert told == [
        "Line 1: there is no column standpoint. 2 more problems were found.",
        "Line 1: there is no column stand point here; perhaps standpoint was meant.",
        "Line 1: there is no column Consent here; perhaps consent was meant.",
    ]
    rows = (
        b"key,file,kind,standpoint\nINT-1,a.txt,chat,parent\nINT-2,b.txt,interview,parent\nint-2,./b.txt,interview,p\n"
    )
    with pytest.raises(Refused) as caught:
        read_manifest("r.csv", rows)
    assert str(caught.value).endswith("2 more problems were found.")
    assert [str(each) for each in caught.value.further] == [
        "Line 4: int-2 stands on line 3 already.",
        "Line 4: the file ./b.txt stands on line 3 already.",
    ]
