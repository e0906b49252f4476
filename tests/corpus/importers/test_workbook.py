"""Excel workbooks: the first sheet with words, and everything that its cells do not show told."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from ia_workbench.corpus import ReadFile, read_file
from ia_workbench.corpus.importers.workbook import written
from ia_workbench.kernel import Refused

ROWS = [
    ["speaker", "text", "time"],
    ["Ana", "The visits began.", time(0, 1, 2)],
    ["Ben", "When?", time(1, 0, 0)],
    ["Ana", "In May.", None],
]


def saved(change: Callable[[Any], object] = lambda book: None, rows: list[list[Any]] = ROWS) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(change: Callable[[Any], object]) -> ReadFile:
    return read_file("a.xlsx", saved(change))


def with_part(name: str, part: str | bytes) -> bytes:
    out = io.BytesIO(saved())
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, part)
    return out.getvalue()


def told(file: ReadFile) -> list[tuple[str, str]]:
    return [(each.what, each.words) for each in file.changes]


def test_a_sheet_that_is_a_transcript_becomes_turns() -> None:
    file = read_file("a.xlsx", saved())
    assert file.text == "Ana: The visits began.\nBen: When?\nAna: In May."
    assert [each.label for each in file.anchors] == ["00:01:02", "01:00:00"]
    assert (file.format, file.changes) == ("xlsx", ())


def test_a_workbook_is_told_from_a_word_document_by_what_is_in_it() -> None:
    assert (
        read_file("a.docx", saved()).notes[0]
        == "The file is named .docx but is an Excel workbook, and was read as one."
    )


def test_hidden_rows_and_columns_are_left_out_with_their_words() -> None:
    def hide(book: Any) -> None:
        book.active.row_dimensions[3].hidden = True
        book.active.column_dimensions["C"].hidden = True

    file = changed(hide)
    assert file.text == "Ana: The visits began.\nAna: In May."
    assert told(file) == [("hidden column", "time\n00:01:02\n01:00:00"), ("hidden row", "Ben\tWhen?\t01:00:00")]
    assert file.anchors == ()


def test_comments_are_told_with_their_author() -> None:
    def comment(book: Any) -> None:
        book.active["B2"].comment = Comment("Was she there?", "Cora")

    file = changed(comment)
    assert [(each.what, each.words, each.by) for each in file.changes] == [
        ("cell comment", "B2: Was she there?", "Cora")
    ]


def test_formulas_merged_cells_and_further_sheets_are_told() -> None:
    def fill(book: Any) -> None:
        book.active["D5"] = "=1+1"
        book.active.merge_cells("A6:B6")
        book.create_sheet("Notes").append(["aside"])
        hidden = book.create_sheet("Key")
        hidden.append(["Ana is Maria"])
        hidden.sheet_state = "veryHidden"

    assert sorted(told(changed(fill))) == [
        ("empty row", ""),
        ("empty row", ""),
        ("formula without a stored value", "D5: =1+1"),
        ("further sheet", "Notes"),
        ("group of merged cells", "A6:B6"),
        ("hidden sheet", "Key"),
    ]


def test_a_hidden_first_sheet_is_passed_over() -> None:
    def hide(book: Any) -> None:
        book.active.sheet_state = "hidden"
        for row in (["who", "text"], ["Ben", "Yes."]):
            (book["Shown"] if "Shown" in book.sheetnames else book.create_sheet("Shown")).append(row)
        book.active = 1

    assert changed(hide).text == "Ben: Yes."


@pytest.mark.parametrize("part", ["xl/theme/theme2.xml", "docProps/more.xml", "xl/worksheets/_rels/a.rels"])
def test_a_document_type_in_any_part_is_refused(part: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "words">]><a>&b;</a>'
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(Refused, match="XML document type"):
            read_file("a.xlsx", with_part(part, bomb.encode(encoding)))


def test_macros_are_refused() -> None:
    with pytest.raises(Refused, match="macros"):
        read_file("a.xlsx", with_part("xl/vbaProject.bin", b"\0"))


def test_links_to_other_workbooks_and_pictures_are_told() -> None:
    assert told(read_file("a.xlsx", with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>"))) == [
        ("link to another workbook", "")
    ]
    assert told(read_file("a.xlsx", with_part("xl/media/image1.png", b"\x89PNG"))) == [("picture", "")]


def test_a_workbook_without_words_is_refused() -> None:
    with pytest.raises(Refused, match="no sheet with words"):
        read_file("a.xlsx", saved(rows=[[None]]))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_a_damaged_part_is_refused(part: str) -> None:
    assert_refused_with(part, "<broken/>")


def test_a_word_that_the_workbook_lacks_is_refused_not_lost() -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = '<c r="A1" t="s"><v>7</v></c>'
    sheet = f'<worksheet xmlns="{space}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    assert_refused_with("xl/worksheets/sheet1.xml", sheet)


def assert_refused_with(part: str, instead: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved())) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad:
        for entry in good.namelist():
            bad.writestr(entry, instead if entry == part else good.read(entry))
    with pytest.raises(Refused):
        read_file("a.xlsx", out.getvalue())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (datetime(2024, 5, 1), "2024-05-01"),  # noqa: DTZ001 - Excel knows no zones
        (datetime(2024, 5, 1, 10, 30), "2024-05-01 10:30:00"),  # noqa: DTZ001
        (date(2024, 5, 1), "2024-05-01"),
        (time(10, 30), "10:30:00"),
    ],
)
def test_values_are_written_as_people_write_them(value: object, expected: str) -> None:
    assert written(value) == expected
