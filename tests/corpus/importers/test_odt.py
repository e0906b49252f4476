"""Every word that a reader of an OpenDocument text sees, and whatever it lacks or has in another form is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import Change, ReadFile, Treatment, read_file
from ia_workbench.kernel import Refused, normalise_text
from tests.support.odt_files import MIMETYPE, annotation, note, odt_file, p, tracked
from tests.support.word_files import zipped

HIDING = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'


def file_of(body: str, **further: str) -> ReadFile:
    return read_file("a.odt", odt_file(body, **further))


def only(read: ReadFile) -> Change:
    (change,) = read.changes
    if change.treatment is Treatment.KEPT:
        assert change.words == read.text[change.at : change.end]
    return change


def refusal(content: bytes, name: str = "a.odt") -> str:
    with pytest.raises(Refused) as caught:
        read_file(name, content)
    return str(caught.value)


def test_paragraphs_headings_lists_sections_and_rows_are_lines() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    row = f"<table:table-row>{cell.format(p('P'))}{cell.format(p('Yes.') + p('No.'))}</table:table-row>"
    body = (
        '<text:h text:outline-level="1">Head</text:h>'
        f"<text:section>{p('In a section.')}</text:section>"
        f"<table:table><table:table-header-rows>{row}</table:table-header-rows>{row}</table:table>"
        f"<text:table-of-content><text:table-of-content-source>no</text:table-of-content-source>"
        f"<text:index-body>{p('Listed')}</text:index-body></text:table-of-content>"
    )
    read = file_of(body)
    assert read.text == "Head\nIn a section.\nP\tYes. No.\nP\tYes. No.\nListed"
    assert read.changes == ()


def test_blanks_are_those_that_the_format_means() -> None:
    body = p(" \n a \n", "<text:span> b</text:span>", '<text:s text:c="3"/>c', "<text:tab/>d<text:line-break/>e")
    assert file_of(body).text == "a b   c\td\ne"


def test_a_blank_repeated_without_end_stays_within_a_line() -> None:
    assert len(file_of(p("a", '<text:s text:c="999999999"/>', "b")).text) == 1002


def test_a_tracked_insertion_is_told_at_its_place_behind_decomposed_letters() -> None:
    start, end = (f'<text:change-{side} text:change-id="c1"/>' for side in ("start", "end"))
    read = file_of(tracked("c1", "insertion", "Ana Bravo") + p("Mama\u0301 ", start, "never", end, " came."))
    assert read.text == "Mamá never came."
    assert only(read) == Change("tracked insertion", Treatment.KEPT, 5, 10, "never", "Ana Bravo")


def test_a_tracked_deletion_is_told_with_its_words_where_they_stood() -> None:
    read = file_of(
        tracked("c1", "deletion", "Ben", "always ") + p("She ", '<text:change text:change-id="c1"/>', "came.")
    )
    assert read.text == "She came."
    assert only(read) == Change("tracked deletion", Treatment.LEFT_OUT, 4, None, "always", "Ben")


def test_a_comment_is_told_at_its_place_and_over_its_range() -> None:
    read = file_of(
        p("He ", annotation("How long?", "Ben", "n1"), "waited", '<office:annotation-end office:name="n1"/>', ".")
    )
    assert read.text == "He waited."
    assert only(read) == Change("comment", Treatment.LEFT_OUT, 3, 9, "How long?", "Ben")
    read = file_of(p("He waited", annotation("Why?", "Ben"), "."))
    assert only(read) == Change("comment", Treatment.LEFT_OUT, 9, None, "Why?", "Ben")


def test_notes_follow_their_paragraph_or_their_row() -> None:
    row = f"<table:table-row><table:table-cell>{p('a', note('footnote', 'Cell.'))}</table:table-cell></table:table-row>"
    body = p("Slots", note("footnote", "Form 12."), note("endnote", "End.")) + f"<table:table>{row}</table:table>"
    read = file_of(body)
    assert read.text == "Slots\n[Note 1: Form 12.]\n[Endnote 1: End.]\na\n[Note 2: Cell.]"
    assert [(each.what, each.words) for each in read.changes] == [
        ("footnote", "Form 12."),
        ("endnote", "End."),
        ("footnote", "Cell."),
    ]


def test_text_boxes_and_shapes_with_words_follow_their_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{p('boxed')}</draw:text-box></draw:frame>"
    read = file_of(p("x", box, f"<draw:custom-shape>{p('shaped')}</draw:custom-shape>", "y") + p("z"))
    assert read.text == "xy\nboxed\nshaped\nz"
    assert [each.words for each in read.changes] == ["boxed", "shaped"]


def test_pictures_objects_and_recordings_are_told_once_with_their_titles() -> None:
    def frame(*content: str) -> str:
        return f"<draw:frame>{''.join(content)}<svg:title>A map</svg:title></draw:frame>"

    image = '<draw:image xlink:href="Pictures/1.png"/>'
    read = file_of(p("w", frame(image, image), frame("<draw:object/>", image), frame("<draw:plugin/>"), "<draw:rect/>"))
    assert [(each.what, each.at, each.words) for each in read.changes] == [
        ("picture", 1, "A map"),
        ("embedded object", 1, "A map"),
        ("recording", 1, "A map"),
        ("drawing", 1, ""),
    ]


def test_hidden_words_are_kept_and_told() -> None:
    section = f'<text:section text:display="none">{p("hidden")}</text:section>'
    read = file_of(p('a<text:span text:style-name="H">bc</text:span>') + section, automatic=HIDING)
    assert read.text == "abc\nhidden"
    assert [(each.what, each.at, each.end) for each in read.changes] == [
        ("hidden passage", 1, 3),
        ("hidden passage", 3, 10),
    ]
    assert only(file_of(p("a", '<text:hidden-text text:string-value="secret"/>'))).words == "secret"


def test_a_cell_that_another_covers_is_told_if_it_holds_words() -> None:
    covered = f"<table:covered-table-cell>{p('under')}</table:covered-table-cell><table:covered-table-cell/>"
    read = file_of(
        f"<table:table><table:table-row><table:table-cell>{p('over')}</table:table-cell>{covered}</table:table-row></table:table>"
    )
    assert read.text == "over"
    assert only(read) == Change("hidden passage", Treatment.LEFT_OUT, 4, None, "under")


def test_numbers_of_lists_and_of_headings_are_told() -> None:
    level = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/></text:outline-style>'
    item, header = (f"<text:list-{kind}>{{}}</text:list-{kind}>" for kind in ("item", "header"))
    items = f"<text:list>{item.format(p('one') + p('more'))}{header.format(p('two'))}</text:list>"
    read = file_of('<text:h text:outline-level="1">Head</text:h>' + items, styles=level)
    assert [(each.what, each.at) for each in read.changes] == [("list number or mark", 0), ("list number or mark", 5)]


def test_headers_footers_fields_and_files_outside_are_told() -> None:
    margins = f"<style:header>{p('Office 4')}</style:header><style:footer>{p(' ')}</style:footer>"
    forms = '<office:forms><form:form><form:checkbox form:id="f1" form:label="Kin"/></form:form></office:forms>'
    linked = '<draw:frame><draw:image xlink:href="https://example.org/a.png"/></draw:frame>'
    body = forms + p(
        "see ", '<draw:control draw:control="f1"/>', linked, '<text:a xlink:href="https://example.org">x</text:a>'
    )
    assert [(each.what, each.at, each.words) for each in file_of(body, styles=margins).changes] == [
        ("form field", 4, "Kin"),
        ("picture", 4, ""),
        ("page header", None, "Office 4"),
        ("linked file", None, "https://example.org/a.png"),
    ]


def test_a_locked_one_one_with_macros_and_another_kind_are_refused() -> None:
    locked = {"META-INF__manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"}
    assert "locked by a password" in refusal(odt_file(p("x"), **locked))
    assert "holds macros" in refusal(odt_file(p("x"), **{"Basic__Standard__Module1.xml": "<x/>"}))
    assert file_of(p("x"), **{"Basic__script-lc.xml": "<x/>"}).text == "x"
    assert refusal(odt_file("").replace(b"META", b"meta")) == "a.odt holds no words."
    assert refusal(zipped({"mimetype": MIMETYPE, "content.xml": "<song/>"})).startswith("a.odt is not an OpenDocument")
    assert refusal(zipped({"words.xml": "<song/>"})).startswith("a.odt is not an OpenDocument")


def test_an_opendocument_text_under_another_name_is_read_as_what_it_is() -> None:
    read = read_file("a.docx", odt_file(p("word")))
    assert read.text == "word"
    assert read.notes == ("The file is named .docx but is an OpenDocument text, and was read as one.",)


def test_a_document_type_is_refused() -> None:
    content = odt_file(p("x"), styles="</office:document-styles><!-- -->")
    assert "damaged XML" in refusal(content)


WORDS = st.sampled_from(["bus ", "cafe\u0301 ", "👩‍👧 ", "שלום ", "\u1112\u1161\u11ab ", "q\u0323\u0307 "])
KINDS = st.sampled_from(["plain", "inserted", "deleted", "noted", "hidden"])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.tuples(KINDS, WORDS), min_size=1, max_size=5), min_size=1, max_size=4))
def test_in_any_document_every_change_holds_at_its_place(document: list[list[tuple[str, str]]]) -> None:
    regions, body, lines, number = "", "", list[str](), 0
    for paragraph, pieces in enumerate([*document, [("plain", "end")]]):
        content, line, below = "", "", list[str]()
        for place, (kind, text) in enumerate(pieces):
            key = f"c{paragraph}-{place}"
            content += written(kind, text, key)
            line += text if kind in ("plain", "inserted", "hidden") else ""
            if kind == "noted":
                number += 1
                below.append(f"[Note {number}: {text}]")
            if kind in ("inserted", "deleted"):
                regions += tracked(key, "insertion" if kind == "inserted" else "deletion", "Ana", text)
        body += p(content)
        lines += [line, *below]
    read = file_of(regions + body, automatic=HIDING)
    assert read.text == normalise_text("\n".join(lines))
    kept = [each for each in read.changes if each.treatment is Treatment.KEPT]
    assert all(each.words == read.text[each.at : each.end] for each in kept)
    told = [kind for pieces in document for kind, _ in pieces]
    assert sum(each.what == "tracked insertion" for each in read.changes) == told.count("inserted")
    assert sum(each.what == "tracked deletion" for each in read.changes) == told.count("deleted")


def written(kind: str, text: str, key: str) -> str:
    start, end = (f'<text:change-{side} text:change-id="{key}"/>' for side in ("start", "end"))
    return {
        "plain": text,
        "inserted": start + text + end,
        "deleted": f'<text:change text:change-id="{key}"/>',
        "noted": note("footnote", text),
        "hidden": f'<text:span text:style-name="H">{text}</text:span>',
    }[kind]
