"""Every word that a reader of a Word document sees, and nothing that was struck out."""

import io

import pytest
from docx import Document
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import read_file
from ia_workbench.kernel import normalise_text
from tests.support.word_files import STRICT_WORD, WORD, paragraph, table, word_file, words

TEXT_BOX = (
    "<w:r><mc:AlternateContent>"
    "<mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def text_of(body: str, **further: str) -> str:
    return read_file("a.docx", word_file(body, **further)).text


def notes_of(body: str, **further: str) -> tuple[str, ...]:
    return read_file("a.docx", word_file(body, **further)).notes


def test_runs_are_joined_and_paragraphs_are_lines() -> None:
    body = paragraph("The ", "bus") + paragraph("was late.")
    assert text_of(body) == "The bus\nwas late."
    assert notes_of(body) == ()


def test_tabs_and_line_breaks_are_kept_and_tab_stops_are_not() -> None:
    body = paragraph(
        "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>", "P:", "<w:r><w:tab/></w:r>", "Yes.", "<w:r><w:br/></w:r>", "No."
    )
    assert text_of(body) == "P:\tYes.\nNo."


def test_a_page_break_divides_words_and_leaves_nothing_at_the_edge() -> None:
    page_break = '<w:r><w:br w:type="page"/></w:r>'
    assert (
        text_of(paragraph("one", page_break, "two") + paragraph(page_break) + paragraph("three")) == "one\ntwo\n\nthree"
    )


def test_tracked_insertions_are_kept_and_tracked_deletions_left_out() -> None:
    body = paragraph(
        "She ",
        f"<w:ins>{words('never ')}</w:ins>",
        "<w:del><w:r><w:delText>always </w:delText></w:r></w:del>",
        "missed a visit.",
    )
    assert text_of(body) == "She never missed a visit."
    assert notes_of(body) == (
        "Reading kept 1 tracked insertion as if accepted.",
        "Reading left out 1 tracked deletion as if accepted.",
    )


def test_a_move_is_read_where_it_went() -> None:
    body = paragraph(f"<w:moveFrom>{words('first')}</w:moveFrom>", "then", f"<w:moveTo>{words(' first')}</w:moveTo>")
    assert text_of(body) == "then first"


def test_a_deleted_paragraph_end_lets_the_words_run_on() -> None:
    struck = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert text_of(paragraph(struck, "one ") + paragraph("two")) == "one two"
    assert text_of(paragraph("one") + paragraph(struck, "two")) == "one\ntwo"


def test_old_formatting_is_no_insertion() -> None:
    changed = "<w:r><w:rPr><w:rPrChange><w:rPr><w:ins/></w:rPr></w:rPrChange></w:rPr><w:t>word</w:t></w:r>"
    assert notes_of(paragraph(changed)) == ()


def test_content_controls_links_and_fields_are_read_and_field_codes_are_not() -> None:
    control = f"<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>{words('Riverside')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{words(' office')}</w:hyperlink>"
    field = f"<w:r><w:instrText> DATE </w:instrText></w:r><w:fldSimple>{words(' today')}</w:fldSimple>"
    whole = f"<w:sdt><w:sdtContent>{paragraph('Second.')}</w:sdtContent></w:sdt>"
    assert text_of(paragraph(control, link, field) + whole) == "Riverside office today\nSecond."


def test_a_table_row_is_a_line_with_tabs_between_cells() -> None:
    body = paragraph("Before.") + table(["P", "Yes."], ["I", paragraph("And") + paragraph("then?")])
    assert text_of(body) == "Before.\nP\tYes.\nI\tAnd then?"


def test_a_table_in_a_cell_is_laid_flat() -> None:
    inner = table(["a", "b"], ["c", "d"]) + paragraph("after")
    assert text_of(table(["left", inner])) == "left\ta b c d after"


def test_a_deleted_row_is_left_out() -> None:
    rows = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr>"
    assert text_of(f"<w:tbl>{rows}</w:tbl>" + paragraph("stays")) == "stays"


def test_a_text_box_is_read_once_below_its_paragraph() -> None:
    box = TEXT_BOX.format(paragraph("in the box", TEXT_BOX.format(paragraph("in a box in the box"))))
    body = paragraph("beside", box) + paragraph("below")
    assert text_of(body) == "beside\nin the box\nin a box in the box\nbelow"
    assert notes_of(body) == ("Reading kept 2 text boxes below the paragraph beside.",)


@pytest.mark.parametrize(
    ("run", "note"),
    [
        ("<w:r><w:footnoteReference/></w:r>", "Reading left out 1 footnote."),  # which the file lacks
        ("<w:r><w:endnoteReference/></w:r>", "Reading left out 1 endnote."),
        ("<w:r><w:commentReference/></w:r>", "Reading left out 1 comment."),
        ("<w:r><w:sym/></w:r>", "Reading left out 1 symbol of a picture font."),
        ("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "Reading left out 1 picture."),
        ("<w:r><w:pict><v:imagedata/></w:pict></w:r>", "Reading left out 1 picture."),
        ("<w:r><w:object><o:OLEObject/></w:object></w:r>", "Reading left out 1 embedded object."),
        ("<w:pPr><w:numPr/></w:pPr>", "Reading left out 1 list number or mark."),
    ],
)
def test_whatever_is_left_out_or_changed_becomes_a_note(run: str, note: str) -> None:
    assert text_of(paragraph(run, "word")) == "word"
    assert notes_of(paragraph(run, "word")) == (note,)


def test_headers_and_footers_are_left_out_with_a_note_when_they_hold_words() -> None:
    part = f'<w:hdr xmlns:w="{WORD}">{paragraph("Page")}</w:hdr>'
    empty = part.replace("Page", " ")
    assert notes_of(paragraph("word"), header1=part) == ("Reading left out 1 page header.",)
    assert notes_of(paragraph("word"), footer2=empty) == ()


def test_the_strict_variant_is_read_alike() -> None:
    content = word_file(paragraph("one", '<w:r><w:br w:type="page"/></w:r>', "two"), word=STRICT_WORD)
    assert read_file("a.docx", content).text == "one\ntwo"


def test_no_line_end_stands_at_the_end() -> None:
    assert text_of(paragraph("one") + paragraph() + paragraph()) == "one"


def test_a_formula_is_kept_as_plain_characters() -> None:
    assert text_of(paragraph("x", "<m:oMath><m:r><m:t>=2</m:t></m:r></m:oMath>")) == "x=2"


def test_deep_nesting_is_read_or_refused_but_never_breaks() -> None:
    deep = "<w:smartTag>" * 240 + words("deep") + "</w:smartTag>" * 240
    assert text_of(paragraph(deep)) == "deep"


lines = st.text(st.characters(categories=("L", "N", "P", "Zs", "So")), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(st.lists(lines, min_size=1, max_size=8))
def test_what_python_docx_writes_is_read_back_as_stored_text(paragraphs: list[str]) -> None:
    document = Document()
    for each in paragraphs:
        document.add_paragraph(each)
    out = io.BytesIO()
    document.save(out)
    expected = "\n".join(each.text for each in document.paragraphs)
    assume(expected.strip())
    assert read_file("a.docx", out.getvalue()).text == normalise_text(expected).rstrip("\n")
