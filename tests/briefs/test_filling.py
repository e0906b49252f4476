"""Places filled, lists repeated, formatting kept, words never read as markers."""

from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.briefs.filling import Picture, Text
from ia_workbench.briefs.strip import strip_png
from ia_workbench.kernel import Refused
from tests.briefs.words import document, filled, texts
from tests.support.packages import package_content

XML_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=30
)


def test_a_place_is_filled_and_keeps_its_formatting() -> None:
    made = document()
    paragraph = made.add_paragraph("The finding: ")
    run = paragraph.add_run("{{statement}}")
    run.bold, run.font.size = True, Pt(17)
    assert filled(made, texts(statement="A < B & C"))[-1] == "The finding: A < B & C"
    (word,) = [each for each in paragraph.runs if each.text == "A < B & C"]
    assert (word.bold, word.font.size) == (True, Pt(17))


@given(cuts=st.lists(st.integers(0, 40), max_size=8), value=XML_TEXT.filter(bool))
@settings(max_examples=60, deadline=None)
def test_a_place_is_found_however_word_cut_it_into_runs(cuts: list[int], value: str) -> None:
    text = "So: {{statement}} and {{ plain }}."
    ends = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    made = document([text[start:end] for start, end in zip(ends, ends[1:], strict=False)])
    assert filled(made, texts(statement=value, plain="p")) == [f"So: {value} and p."]


@given(items=st.lists(XML_TEXT.filter(str.strip), max_size=6))
@settings(max_examples=40, deadline=None)
def test_a_list_of_paragraphs_repeats_in_order(items: list[str]) -> None:
    made = document("before", "{{#levers}}", "{{name}}", "{{/levers}}", "after")
    assert filled(made, {"levers": [texts(name=each) for each in items]}) == ["before", *items, "after"]


@given(value=st.sampled_from(["{{plain}}", "{{#levers}}", "{{/levers}}", "{{", "}} {{nobody}}"]))
def test_words_that_look_like_markers_are_words(value: str) -> None:
    made = document("{{statement}}", "{{#levers}}", "{{name}}", "{{/levers}}")
    values = {**texts(statement=value, plain="WRONG"), "levers": [texts(name=value)]}
    assert filled(made, values) == [value, value]


def test_lists_may_hold_lists_and_words_from_around_them() -> None:
    made = document("{{#levers}}", "{{name}} at {{site}}", "{{#quotes}}", "- {{words}}", "{{/quotes}}", "{{/levers}}")
    values = {
        "site": Text("Cedar"),
        "levers": [
            {"name": Text("ADM"), "quotes": [texts(words="one"), texts(words="two")]},
            {"name": Text("LIN"), "quotes": []},
        ],
    }
    assert filled(made, values) == ["ADM at Cedar", "- one", "- two", "LIN at Cedar"]


def test_an_optional_part_shows_only_when_there_is_something() -> None:
    paragraph = "Brief{{#number}} {{number}}{{/number}}, {{study}}"
    assert filled(document(paragraph), texts(number="3", study="Cedar")) == ["Brief 3, Cedar"]
    assert filled(document(paragraph), texts(number="", study="Cedar")) == ["Brief, Cedar"]


def test_a_paragraph_that_shows_nothing_disappears() -> None:
    made = document("{{plain_es}}", "{{#plain_es}}En español: {{plain_es}}{{/plain_es}}", "", "end")
    assert filled(made, texts(plain_es="")) == ["", "end"]


def test_line_ends_become_breaks_and_what_xml_cannot_hold_is_left_out() -> None:
    made = document("{{statement}}")
    assert filled(made, texts(statement="one\ntwo\x00\x0b three")) == ["one\ntwo three"]


def test_the_language_of_words_is_marked() -> None:
    made = document("{{words}}")
    filled(made, {"words": Text("Me dijo", "es")})
    (lang,) = made.element.body.iter(qn("w:lang"))
    assert lang.get(qn("w:val")) == "es"


def table(made: Any, *rows: list[str]) -> Any:
    added = made.add_table(len(rows), len(rows[0]))
    for row, words in zip(added.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return added


def cells(made: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in made.tables[0].rows]


def test_a_row_repeats_for_each_item() -> None:
    made = document()
    table(made, ["Action", "Who"], ["{{#recommendations}}{{action}}", "{{owner}}{{/recommendations}}"])
    filled(made, {"recommendations": [texts(action="a", owner="x"), texts(action="b", owner="")]})
    assert cells(made) == [["Action", "Who"], ["a", "x"], ["b", ""]]


def test_a_row_of_an_empty_list_goes_and_an_empty_table_with_it() -> None:
    made = document()
    table(made, ["{{#recommendations}}{{action}}", "{{owner}}{{/recommendations}}"])
    filled(made, {"recommendations": []})
    assert made.tables == []


def test_rows_between_two_marker_rows_repeat_together() -> None:
    made = document()
    rows = (["{{#levers}}", ""], ["{{name}}", "1"], ["", "2"], ["{{/levers}}", ""])
    table(made, *rows)
    filled(made, {"levers": [texts(name="a"), texts(name="b")]})
    assert cells(made) == [["a", "1"], ["", "2"], ["b", "1"], ["", "2"]]


def test_a_cell_repeats_across_and_the_columns_share_its_width() -> None:
    made = document()
    added = table(made, ["{{#families}}{{family}}{{/families}}"], ["{{#families}}{{cell}}{{/families}}"])
    width = added.columns[0].width
    filled(made, {"families": [texts(family=str(n), cell=f"c{n}") for n in range(8)]})
    assert cells(made) == [[str(n) for n in range(8)], [f"c{n}" for n in range(8)]]
    assert abs(sum(column.width for column in made.tables[0].columns) - width) < 8 * 635


def test_a_list_of_paragraphs_within_a_cell_stays_within_it() -> None:
    made = document()
    added = table(made, ["{{#concerns}}"])
    cell = added.cell(0, 0)
    cell.add_paragraph("{{concern}}")
    cell.add_paragraph("{{/concerns}}")
    filled(made, {"concerns": [texts(concern="a"), texts(concern="b")]})
    assert cells(made) == [["a\nb"]]


def test_every_cell_still_ends_with_a_paragraph() -> None:
    made = document()
    table(made, ["{{#plain_es}}x{{/plain_es}}", "b"])
    filled(made, texts(plain_es=""))
    assert all(cell._tc[-1].tag == qn("w:p") for cell in made.tables[0].rows[0].cells)


def test_a_picture_stands_with_its_description() -> None:
    made = document("{{map_strip}}")
    png = strip_png(package_content().strip)
    filled(made, {"map_strip": Picture(png, "Map strip. Steps 13 to 16.", 100)})
    (shape,) = made.inline_shapes
    assert shape._inline.docPr.get("descr") == "Map strip. Steps 13 to 16."
    assert round(shape.width.mm) == 100
    assert made.part.package.image_parts._image_parts[0].blob == png


def test_bookmarks_are_not_doubled() -> None:
    made = document("{{#levers}}", "{{name}}", "{{/levers}}")
    mark = made.paragraphs[1]._p.makeelement(qn("w:bookmarkStart"), {qn("w:id"): "1", qn("w:name"): "here"})
    made.paragraphs[1]._p.append(mark)
    filled(made, {"levers": [texts(name="a"), texts(name="b")]})
    assert list(made.element.body.iter(qn("w:bookmarkStart"))) == []


def test_an_unknown_place_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="There is no place {{nobody}} here"):
        filled(document("{{nobody}}"), texts(statement="x"))


def test_a_list_is_no_place_for_words() -> None:
    with pytest.raises(Refused, match=r"{{levers}} is a list. Write {{#levers}} … {{/levers}}"):
        filled(document("{{levers}}"), {"levers": []})


@pytest.mark.parametrize(
    ("paragraphs", "sentence"),
    [
        (["{{#levers}}", "x"], "opens {{levers}} and does not close it"),
        (["x {{#levers}} y", "{{/levers}}"], "opens {{levers}} and does not close it"),
        (["x", "{{/levers}}"], "closes {{/levers}} without opening it"),
    ],
)
def test_a_list_that_does_not_close_is_refused(paragraphs: list[str], sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        filled(document(*paragraphs), {"levers": [{}]})
    assert sentence in str(caught.value)


def test_a_filled_document_opens_again() -> None:
    from io import BytesIO

    from tests.briefs.words import bytes_of

    made = document("{{#levers}}", "{{name}}", "{{/levers}}")
    filled(made, {"levers": [texts(name="añ👩‍👧")]})
    assert [each.text for each in docx.Document(BytesIO(bytes_of(made))).paragraphs] == ["añ👩‍👧"]
