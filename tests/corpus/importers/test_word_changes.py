"""Whatever the text of a Word document lacks or has in another form is told: where, which words, and by whom."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import Change, ReadFile, Treatment, read_file
from ia_workbench.kernel import normalise_text
from tests.support.word_files import (
    comment,
    commented,
    deleted,
    document_xml,
    footnote,
    inserted,
    noted,
    paragraph,
    relations,
    table,
    word_file,
    word_part,
    words,
    zipped,
)

LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def file_of(body: str, **further: str) -> ReadFile:
    return read_file("a.docx", word_file(body, **further))


def only(read: ReadFile) -> Change:
    (change,) = read.changes
    if change.treatment is Treatment.KEPT:
        assert change.words == read.text[change.at : change.end]
    return change


def test_a_tracked_insertion_is_told_at_its_place_behind_decomposed_letters() -> None:
    read = file_of(paragraph("Mama\u0301 e\u0301l ", inserted("never", by="Ana Bravo"), " came."))
    assert read.text == "Mamá él never came."
    assert only(read) == Change("tracked insertion", Treatment.KEPT, 8, 13, "never", "Ana Bravo")


def test_a_tracked_deletion_is_told_with_its_words_where_they_stood() -> None:
    read = file_of(paragraph("She\u0301 ", deleted("always ", by="Ben"), "came."))
    assert only(read) == Change("tracked deletion", Treatment.LEFT_OUT, 4, None, "always", "Ben")


def test_a_move_is_told_at_both_of_its_places() -> None:
    moved = f'<w:moveFrom w:author="Ana">{words("first")}</w:moveFrom>'
    read = file_of(paragraph(moved, "then ", f'<w:moveTo w:author="Ana">{words("first")}</w:moveTo>'))
    assert [(each.what, each.at, each.end, each.words, each.by) for each in read.changes] == [
        ("passage where it was moved from", 0, None, "first", "Ana"),
        ("passage where it was moved to", 5, 10, "first", "Ana"),
    ]


def test_the_inserted_and_the_deleted_end_of_a_paragraph_are_told() -> None:
    def end(mark: str) -> str:
        return f"<w:pPr><w:rPr><w:{mark}/></w:rPr></w:pPr>"

    read = file_of(paragraph(end("ins"), "one") + paragraph("two"))
    assert (only(read).at, only(read).end, only(read).words) == (3, 4, "\n")
    read = file_of(paragraph(end("del"), "one ") + paragraph("two"))
    assert (read.text, only(read).at, only(read).words) == ("one two", 4, "¶")


def test_a_deleted_row_is_told_with_the_words_of_its_cells() -> None:
    row = f'<w:tr><w:trPr><w:del w:author="Ana"/></w:trPr><w:tc>{paragraph("gone")}</w:tc></w:tr>'
    read = file_of(paragraph("stays") + f"<w:tbl>{row}</w:tbl>")
    assert only(read) == Change("tracked deletion", Treatment.LEFT_OUT, 5, None, "gone", "Ana")


def test_a_comment_is_told_over_the_words_it_is_about() -> None:
    body = paragraph("Before.") + paragraph("He ", commented("waited", 7), ".")
    read = file_of(body, comments=word_part("comments", comment(7, "How long?", by="Ben")))
    assert read.text == "Before.\nHe waited."
    assert only(read) == Change("comment", Treatment.LEFT_OUT, 11, 17, "How long?", "Ben")


def test_a_comment_on_a_whole_paragraph_begins_with_its_words_and_not_at_the_line_before() -> None:
    body = paragraph("One.") + '<w:commentRangeStart w:id="1"/>' + paragraph("Two.")
    body += '<w:commentRangeEnd w:id="1"/>' + paragraph('<w:r><w:commentReference w:id="1"/></w:r>')
    read = file_of(body, comments=word_part("comments", comment(1, "Why?")))
    assert (only(read).at, only(read).end) == (5, 9)


def test_a_comment_without_a_range_or_a_reference_is_still_told() -> None:
    part = word_part("comments", comment(1, "first") + comment(2, "second"))
    read = file_of(paragraph("word", '<w:r><w:commentReference w:id="2"/></w:r>'), comments=part)
    assert [(each.words, each.at, each.end) for each in read.changes] == [("second", 4, None), ("first", None, None)]


def test_a_footnote_and_an_endnote_follow_their_paragraph() -> None:
    body = paragraph("Slots", noted(2), " are set", noted(1), noted(1, "endnote"), ".") + paragraph("Next.")
    read = file_of(
        body,
        footnotes=word_part("footnotes", footnote(1, " See form 12.") + footnote(2, "Since 2019.")),
        endnotes=word_part("endnotes", footnote(1, "Cafe\u0301.", "endnote")),
    )
    assert read.text == "Slots are set.\n[Note 1: Since 2019.]\n[Note 2: See form 12.]\n[Endnote 1: Café.]\nNext."
    kept = [read.text[each.at : each.end] for each in read.changes]
    assert kept == ["Since 2019.", "See form 12.", "Café."] == [each.words for each in read.changes]
    assert {each.treatment for each in read.changes} == {Treatment.KEPT}


def test_the_footnote_of_a_cell_follows_the_whole_row() -> None:
    part = word_part("footnotes", footnote(1, "Noted."))
    read = file_of(table(["a", paragraph("b", noted(1))], ["c", "d"]), footnotes=part)
    assert read.text == "a\tb\n[Note 1: Noted.]\nc\td"


def test_a_footnote_that_refers_to_itself_is_read_once() -> None:
    part = word_part("footnotes", f'<w:footnote w:id="1">{paragraph("round ", noted(1))}</w:footnote>')
    read = file_of(paragraph("word", noted(1)), footnotes=part)
    assert read.text == "word\n[Note 1: round ]"
    assert [each.treatment for each in read.changes] == [Treatment.KEPT, Treatment.LEFT_OUT]


def test_a_footnote_that_nothing_refers_to_is_told_and_the_line_above_notes_is_not() -> None:
    line = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    read = file_of(paragraph("word"), footnotes=word_part("footnotes", line + footnote(1, "left")))
    assert only(read) == Change("footnote", Treatment.LEFT_OUT, None, None, "left")


def test_a_picture_is_told_with_its_description() -> None:
    picture = '<w:r><w:drawing><wp:docPr xmlns:wp="x" descr="A map"/><a:blip/></w:drawing></w:r>'
    plain = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    read = file_of(paragraph("see ", picture, plain))
    assert [(each.what, each.at, each.words) for each in read.changes] == [("picture", 4, "A map"), ("picture", 4, "")]


def test_hidden_runs_in_a_row_are_one_passage_and_what_is_shown_after_all_is_none() -> None:
    def run(mark: str, text: str) -> str:
        return f"<w:r><w:rPr>{mark}</w:rPr><w:t>{text}</w:t></w:r>"

    read = file_of(paragraph("a", run("<w:vanish/>", "bc"), run("<w:vanish/>", "d"), run('<w:vanish w:val="0"/>', "e")))
    assert only(read) == Change("hidden passage", Treatment.KEPT, 1, 4, "bcd")


def test_a_text_box_and_a_formula_are_told_where_their_words_stand() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('boxed')}</w:txbxContent></v:textbox></w:pict></w:r>"
    read = file_of(paragraph("x", "<m:oMath><m:r><m:t>=2</m:t></m:r></m:oMath>", box) + paragraph("end"))
    assert read.text == "x=2\nboxed\nend"
    assert [(each.what, each.words) for each in read.changes] == [("formula", "=2"), ("text box", "boxed")]


def test_numbers_of_lists_are_told_whether_the_paragraph_or_its_style_sets_them() -> None:
    styles = word_part("styles", '<w:style w:styleId="H"><w:pPr><w:numPr/></w:pPr></w:style>')
    direct = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    body = paragraph('<w:pPr><w:pStyle w:val="H"/></w:pPr>', "Head") + paragraph(direct.format(3), "item")
    read = file_of(body + paragraph(direct.format(0), "none"), styles=styles)
    assert [(each.what, each.at) for each in read.changes] == [("list number or mark", 0), ("list number or mark", 5)]


def test_headers_and_footers_are_told_with_their_words() -> None:
    read = file_of(
        paragraph("word"),
        header1=word_part("hdr", paragraph("Office\u00a04")),
        footer1=word_part("ftr", paragraph("p")),
    )
    assert [(each.what, each.at, each.words) for each in read.changes] == [
        ("page footer", None, "p"),
        ("page header", None, "Office\u00a04"),
    ]


@pytest.mark.parametrize(
    ("data", "words_of_it"),
    [
        ("<w:checkBox><w:checked/></w:checkBox>", "[x]"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "[ ]"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList>', "yes"),
    ],
)
def test_a_form_field_that_is_no_text_is_told_with_what_it_shows(data: str, words_of_it: str) -> None:
    field = f"<w:r><w:fldChar><w:ffData>{data}</w:ffData></w:fldChar></w:r>"
    assert only(file_of(paragraph("Kin: ", field))) == Change("form field", Treatment.LEFT_OUT, 5, None, words_of_it)


def test_what_lies_outside_is_told_and_never_followed_and_a_hyperlink_is_nothing_to_tell() -> None:
    def relation(kind: str, target: str) -> str:
        return f'<Relationship Id="{kind}" Type="{LINKED}{kind}" Target="{target}" TargetMode="External"/>'

    related = relation("attachedTemplate", "file:///nowhere/t.dotm") + relation("hyperlink", "https://example.org")
    content = zipped(
        {
            "_rels/.rels": relations("word/document.xml"),
            "word/_rels/settings.xml.rels": f"<Relationships>{related}</Relationships>",
            "word/document.xml": document_xml(paragraph("word")),
        }
    )
    assert only(read_file("a.docx", content)) == Change(
        "linked file", Treatment.LEFT_OUT, None, None, "file:///nowhere/t.dotm"
    )


def test_embedded_documents_symbols_and_pronunciations_are_told() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{words('kana')}</w:rt><w:rubyBase>{words('漢字')}</w:rubyBase></w:ruby></w:r>"
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    read = file_of(paragraph(ruby, symbol) + "<w:altChunk/>")
    assert read.text == "漢字"
    assert [(each.what, each.at, each.words) for each in read.changes] == [
        ("pronunciation above a word", 0, "kana"),
        ("symbol of a picture font", 2, "Wingdings F0FC"),
        ("embedded document", 2, ""),
    ]


WORDS = st.sampled_from(
    ["bus ", "cafe\u0301 ", "👩‍👧 ", "שלום ", "مرحبا ", "\u1112\u1161\u11ab ", "q\u0323\u0307 ", "n\u0303"]
)
KINDS = st.sampled_from(["plain", "inserted", "deleted", "commented", "noted", "hidden"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.tuples(KINDS, WORDS), min_size=1, max_size=5), min_size=1, max_size=4))
def test_in_any_document_every_change_holds_at_its_place(document: list[list[tuple[str, str]]]) -> None:
    body, notes, remarks, lines, told = "", "", "", list[str](), list[tuple[str, str]]()
    for number, pieces in enumerate([*document, [("plain", "end")]]):
        runs, line, below = list[str](), "", list[str]()
        for place, (kind, text) in enumerate(pieces):
            key = number * 100 + place
            runs.append(written(kind, text, key))
            line += "" if kind in ("deleted", "noted") else text
            if kind == "noted":
                notes += footnote(key, text)
                below.append(text)
            if kind == "commented":
                remarks += comment(key, text)
            if kind != "plain":
                told.append((kind, text))
        body += paragraph(*runs)
        lines += [line, *(f"[Note {{}}: {each}]" for each in below)]
    read = file_of(body, footnotes=word_part("footnotes", notes), comments=word_part("comments", remarks))
    counter = iter(range(1, 100))
    expected = "\n".join(each.format(next(counter)) if "{}" in each else each for each in lines)
    assert read.text == normalise_text(expected)
    for change in read.changes:
        assert change.at is not None
        if change.treatment is Treatment.KEPT:
            assert change.words == read.text[change.at : change.end]
        if change.what == "comment":
            assert read.text[change.at : change.end].strip() == normalise_text(change.words).strip()
    assert letters(told) == letters([(KIND_OF[each.what], each.words) for each in read.changes])


def letters(told: list[tuple[str, str]]) -> dict[str, str]:
    """All words of each kind, in an order of their own: hidden runs side by side are one passage."""
    whole: dict[str, str] = {}
    for kind, text in told:
        whole[kind] = whole.get(kind, "") + "".join(unicodedata.normalize("NFD", text).split())
    return {kind: "".join(sorted(text)) for kind, text in whole.items()}


KIND_OF = {
    "tracked insertion": "inserted",
    "tracked deletion": "deleted",
    "comment": "commented",
    "footnote": "noted",
    "hidden passage": "hidden",
}


def written(kind: str, text: str, key: int) -> str:
    return {
        "plain": words(text),
        "inserted": inserted(text),
        "deleted": deleted(text),
        "commented": commented(text, key),
        "noted": noted(key),
        "hidden": f'<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>',
    }[kind]
