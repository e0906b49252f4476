"""Files of codings: what other programs read in them, and that nothing in them runs."""

import csv
import io
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.codebook import Code
from ia_workbench.coding import CODING_FILES, ExportedCoding, WordFileWords, write_codings
from ia_workbench.kernel import is_storable

AT = datetime(2026, 3, 2, 14, 28, tzinfo=UTC)
NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://example.org\",\"x\")", "<w:p>&amp;</w:p>", "]]>",
         "_x0041_", "two\nlines", "  kept  ", "👪 ñ"]  # fmt: skip


def coded(quote: str, *, number: int = 1, code: str = "visits/moved", text: int | None = None) -> ExportedCoding:
    """Return a coding of some words."""
    return ExportedCoding(
        number, "INT-001", "An interview", "es-MX", 7, 10, 10 + len(quote), quote, code, code.rpartition("/")[2], "ben",
        AT, 3, "strong", True, text,
    )  # fmt: skip


def codes() -> list[Code]:
    """Return a code and one below it, with meanings."""
    above = Code(path="visits", name="Visits", definition="All that is said of visits.", include="", exclude="")
    below = Code(path="visits/moved", name="Moved", definition="Put off.", include="Any reason.", exclude="Ended.")
    return [above, below, Code(path="unused", name="Unused", definition="Nobody.", include="", exclude="")]


def written(ending: str, rows: list[ExportedCoding]) -> bytes:
    """Return the bytes of a file of codings."""
    out = io.BytesIO()
    write_codings(ending, rows, codes(), out, words=WordFileWords("Codings, demo", ("A study",)))
    return out.getvalue()


def sheet_of(content: bytes) -> list[dict[str, object]]:
    """Return the rows of a workbook by its headings, as a library reads them, and prove that no cell is live."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    head, *rows = list(sheet.iter_rows())
    for row in rows:
        for cell in row:
            assert cell.data_type in ("s", "n"), f"{cell.coordinate} is live: {cell.value!r}"
            assert cell.hyperlink is None
    return [{str(name.value): cell.value for name, cell in zip(head, row, strict=True)} for row in rows]


@pytest.mark.parametrize("ending", [each for each in CODING_FILES if each != ".json"])
@pytest.mark.parametrize("quote", NASTY)
def test_no_words_run_as_a_formula_or_break_a_file(ending: str, quote: str) -> None:
    content = written(ending, [coded(quote)])
    if ending == ".csv":
        (row,) = csv.DictReader(io.StringIO(content.decode(), newline=""))
        assert not row["quote"].startswith(("=", "+", "-", "@", "\t"))
        assert row["quote"].removeprefix("'") == quote
    elif ending == ".xlsx":
        assert sheet_of(content)[0]["quote"] == quote
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f" not in sheet
        assert "hyperlink" not in sheet
    else:
        assert quote in [each.text for each in docx.Document(io.BytesIO(content)).paragraphs]


@given(st.lists(st.text(min_size=1, max_size=40).filter(is_storable), min_size=1, max_size=4))
def test_any_words_come_back_from_workbook_and_document_but_for_what_xml_cannot_hold(quotes: list[str]) -> None:
    rows = [coded(quote, number=number) for number, quote in enumerate(quotes, start=1)]
    plain = ["".join(each if each in "\t\n\r" or each >= " " else "\ufffd" for each in quote) for quote in quotes]
    plain = [each.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd").replace("\r", "\n") for each in plain]
    assert [str(each["quote"]).replace("\r", "\n") for each in sheet_of(written(".xlsx", rows))] == plain
    document = docx.Document(io.BytesIO(written(".docx", rows)))
    found = [each.text for each in document.paragraphs if each.style and each.style.name == "Quote"]
    assert [each.replace("\r", "\n") for each in found] == plain


def test_a_workbook_has_places_as_numbers_and_all_else_as_text() -> None:
    (row,) = sheet_of(written(".xlsx", [coded("words", text=1)]))
    assert row == {
        "source": "INT-001", "title": "An interview", "turn": 7, "start": 10, "end": 15, "quote": "words",
        "code": "visits/moved", "name": "moved", "coder": "ben", "at": "2026-03-02 14:28:00", "rating": "strong",
        "important": "yes", "text": 1,
    }  # fmt: skip


def test_a_quote_that_no_cell_holds_is_cut_and_counted() -> None:
    out = io.BytesIO()
    result = write_codings(".xlsx", [coded("👪" * 20_000), coded("short", number=2)], [], out, words=WordFileWords(""))
    assert (result.codings, result.cut) == (2, 1)
    quotes = [str(each["quote"]) for each in sheet_of(out.getvalue())]
    assert quotes[0].endswith(" […]")
    assert len(quotes[0].encode("utf-16-le")) // 2 <= 32_767
    assert quotes[1] == "short"


def test_a_document_goes_by_code_with_meaning_and_place_and_leaves_out_codes_without_codings() -> None:
    document = docx.Document(io.BytesIO(written(".docx", [coded("They moved it."), coded("Again.", number=2)])))
    told = [(each.style.name, each.text) for each in document.paragraphs if each.style]
    assert told == [
        ("Title", "Codings, demo"),
        ("Subtitle", "A study"),
        ("Heading 1", "Visits"),
        ("Subtitle", "visits"),
        ("Normal", "All that is said of visits."),
        ("Heading 2", "Moved"),
        ("Subtitle", "visits/moved · 2 codings"),
        ("Normal", "Put off."),
        ("Normal", "Use for: Any reason."),
        ("Normal", "Not for: Ended."),
        ("Quote", "They moved it."),
        ("Caption", "INT-001 An interview, turn 7 · ben · 2026-03-02 · strong · important"),
        ("Quote", "Again."),
        ("Caption", "INT-001 An interview, turn 7 · ben · 2026-03-02 · strong · important"),
    ]


def test_a_document_has_a_quote_once_with_all_who_coded_it_those_who_did_alike_together() -> None:
    first = coded("They moved it.")
    same = [
        first,
        first._replace(coder="cleo"),
        first._replace(coder="dan", at=datetime(2026, 3, 4, tzinfo=UTC), step=""),
    ]
    again = [coded("They moved it.", number=2), coded("They moved it.", number=2, code="visits")]
    document = docx.Document(io.BytesIO(written(".docx", [*same, *again])))
    told = [each.text for each in document.paragraphs if each.style and each.style.name in ("Quote", "Caption")]
    assert told == [
        "They moved it.",
        "INT-001 An interview, turn 7 · ben · 2026-03-02 · strong · important",
        "They moved it.",
        "INT-001 An interview, turn 7 · ben, cleo · 2026-03-02 · strong · important; dan · 2026-03-04 · important",
        "They moved it.",
        "INT-001 An interview, turn 7 · ben · 2026-03-02 · strong · important",
    ]
    assert "visits/moved · 4 codings" in [each.text for each in document.paragraphs]


@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_document(tmp_path: Path) -> None:
    rows = [coded(quote, number=number) for number, quote in enumerate(NASTY, start=1)]
    (tmp_path / "codings.docx").write_bytes(written(".docx", rows))
    home, to = f"-env:UserInstallation=file://{tmp_path}/office", "txt:Text (encoded):UTF8"
    command = ["soffice", home, "--headless", "--convert-to", to, "--outdir", tmp_path, tmp_path / "codings.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = (tmp_path / "codings.txt").read_text(encoding="utf-8")
    assert all(line.strip() in told for quote in NASTY for line in quote.split("\n"))
