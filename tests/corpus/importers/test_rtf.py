"""Every word that a reader of an RTF document sees, in any code page, and whatever it lacks is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import Change, ReadFile, Treatment, read_file
from ia_workbench.kernel import Refused, normalise_text

AUTHORS = r"{\*\revtbl {Unknown;}{Ana Bravo;}{Ben;}}"


def file_of(content: str, *, head: str = r"\ansi\ansicpg1252") -> ReadFile:
    divided = head if head.endswith("}") else f"{head} "
    return read_file("a.rtf", f"{{\\rtf1{divided}{content}}}".encode("latin-1"))


def text_of(content: str, *, head: str = r"\ansi\ansicpg1252") -> str:
    return file_of(content, head=head).text


def only(read: ReadFile) -> Change:
    (change,) = read.changes
    if change.treatment is Treatment.KEPT:
        assert change.words == read.text[change.at : change.end]
    return change


def coded(words: str) -> str:
    """Words as RTF has them: what is not ASCII in UTF-16 units, each with a question mark for those who cannot."""
    units = words.encode("utf-16-le")
    codes = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(chr(code) if 0 <= code < 128 else f"\\u{code}?" for code in codes)


def test_paragraphs_lines_tabs_and_signs() -> None:
    content = (
        "P:\\tab Yes,\r\n {\\b no}.\\line On\\emdash again\\~\\{x\\}\\\\ re\\-do well\\_made\\par I: And?\\\nThen.\\par"
    )
    assert text_of(content) == "P:\tYes, no.\nOn—again\u00a0{x}\\ redo well-made\nI: And?\nThen."


def test_a_page_break_divides_words_and_leaves_nothing_at_the_edge() -> None:
    assert text_of(r"one\page two\page\par\page three\sect four") == "one\ntwo\nthree\nfour"


def test_rows_are_lines_with_tabs_between_cells_and_nested_cells_lie_flat() -> None:
    row = r"\trowd\pard\intbl P\cell And\par then?\cell\cell\row"
    nested = r"\trowd\pard\intbl a\cell\intbl\itap2 b\nestcell c\nestcell"
    nested += r"{\*\nesttableprops\nestrow}{\nonesttables\par}\pard\intbl d\cell\row"
    assert text_of(row + nested + r"\pard end") == "P\tAnd then?\t\na\tb c d\nend"


@pytest.mark.parametrize(
    ("head", "content", "words"),
    [
        (r"\ansi\ansicpg1252", r"ma\'f1ana \'93si\'94", "mañana “si”"),
        (r"\ansi\ansicpg1251", r"\'cc\'e0\'ec\'e0", "Мама"),
        (r"\mac", r"ma\'96ana", "mañana"),
        (r"\pc", r"ma\'a4ana", "mañana"),
        (r"\ansi\ansicpg936", r"\'d3\'a1\'cb\'a2", "印刷"),
        (r"\ansi\ansicpg932", r"\'83\'65\'83X\'83g", "テスト"),  # half of a letter may be plain
        (r"\ansi\ansicpg65001", "caf\xc3\xa9", "café"),
        (r"\ansi\ansicpg0", r"caf\'e9", "café"),
        (r"\ansi{\fonttbl{\f0\fcharset0 A;}{\f7\fcharset161 B;}}", r"\f7\'ec\f0\'ec", "μì"),
        (r"\ansi\ansicpg1252{\fonttbl\f0\fnil\fcharset204 B;}", r"{\f0\'cc}\'cc", "МÌ"),
        (r"\ansi", r"\u1052?\u1072\'e0\u-10179?\u-8704?b", "Ма😀b"),
        (r"\ansi", r"\uc2\u228\'E8ab{\uc0\u228 c}\u228 xyd", "äbäcäd"),
        (r"\ansi", r"{\upr{old}{\*\ud{new \u228?}}}!", "new ä!"),
    ],
)
def test_letters_are_read_in_the_code_page_they_are_written_in(head: str, content: str, words: str) -> None:
    assert text_of(content, head=head) == words


def test_what_no_code_page_can_read_is_told() -> None:
    read = file_of(r"a\'81b", head=r"\ansi\ansicpg1252")
    assert read.text == "a\ufffdb"
    assert only(read) == Change("character that cannot be read", Treatment.CHANGED, 1, 2, "\ufffd")
    assert text_of(r"\u-10179?x") == "x" or "\ufffd" in text_of(r"a\u-9216?")


def test_a_footnote_and_an_endnote_follow_their_paragraph() -> None:
    content = (
        r"Slots\chftn{\footnote{\super\chftn} See \b form 12.} are set{\footnote\ftnalt End.\par More.}.\par Next."
    )
    read = file_of(content)
    assert read.text == "Slots are set.\n[Note 1: See form 12.]\n[Endnote 1: End. More.]\nNext."
    assert [(each.what, each.words) for each in read.changes] == [
        ("footnote", "See form 12."),
        ("endnote", "End. More."),
    ]
    assert all(each.words == read.text[each.at : each.end] for each in read.changes)


def test_tracked_changes_are_told_with_words_and_author() -> None:
    content = (
        AUTHORS
        + coded("Mamá é ")
        + r"{\revised\revauth1 never}{\deleted\revauthdel2 al}{\deleted\revauthdel2\b ways} came."
    )
    read = file_of(content)
    assert read.text == "Mamá é never came."
    assert read.changes == (
        Change("tracked insertion", Treatment.KEPT, 7, 12, "never", "Ana Bravo"),
        Change("tracked deletion", Treatment.LEFT_OUT, 12, None, "always", "Ben"),
    )


def test_a_move_is_told_at_both_of_its_places() -> None:
    read = file_of(AUTHORS + r"{\mvf\mvauth1 first }then{\mvt\mvauth1  first}")
    assert read.text == "then first"
    assert [(each.what, each.at, each.by) for each in read.changes] == [
        ("passage where it was moved from", 0, "Ana Bravo"),
        ("passage where it was moved to", 4, "Ana Bravo"),
    ]


def test_a_comment_is_told_over_the_words_it_is_about() -> None:
    about = r"He {\*\atrfstart 7}waited{\*\atrfend 7}{\*\atnid AB}{\*\atnauthor Ben}\chatn"
    read = file_of(about + r"{\*\annotation{\*\atnref 7}How long?}.")
    assert read.text == "He waited."
    assert only(read) == Change("comment", Treatment.LEFT_OUT, 3, 9, "How long?", "Ben")
    read = file_of(r"He{\*\atnauthor Ben}{\*\annotation Why?} waited")
    assert only(read) == Change("comment", Treatment.LEFT_OUT, 2, None, "Why?", "Ben")


def test_pictures_objects_boxes_symbols_and_numbers_are_told() -> None:
    picture = (
        r"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A map}}}\pngblip 89504e47}}{\nonshppict{\pict 00}}"
    )
    thing = r"{\object\objemb{\*\objclass Excel.Sheet}{\*\objdata 0105}{\result{\pict 00}}}"
    box = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt boxed\par}}{\shprslt old}}"
    content = r"{\fonttbl{\f3\fcharset2 Wingdings;}}{\listtext 1.\tab}x" + picture + thing + box + r"{\f3 \'fc}y\par z"
    read = file_of(content)
    assert read.text == "xy\nboxed\nz"
    assert [(each.what, each.at, each.words) for each in read.changes] == [
        ("list number or mark", 0, "1."),
        ("picture", 1, "A map"),
        ("embedded object", 1, "Excel.Sheet"),
        ("symbol of a picture font", 1, "ü"),
        ("text box", 3, "boxed"),
    ]


def test_headers_hidden_words_and_boxes_to_tick_are_told() -> None:
    read = file_of(
        r"{\header Office 4\par}{\footer\par}a{\v bc\b d}"
        r"{\field{\*\fldinst FORMCHECKBOX{\*\formfield{\fftype1}}}{\fldrslt}}"
        r'{\field{\*\fldinst INCLUDEPICTURE "https://example.org/a.png"}{\fldrslt}}'
    )
    assert read.text == "abcd"
    assert [(each.what, each.at, each.words) for each in read.changes] == [
        ("hidden passage", 1, "bcd"),
        ("form field", 4, ""),
        ("linked file", 4, '"https://example.org/a.png"'),
        ("page header", None, "Office 4"),
    ]


def test_what_is_no_text_is_not_read_as_text() -> None:
    content = (
        r"{\fonttbl{\f0 Times;}}{\colortbl;\red0;}{\stylesheet{Normal;}}{\info{\author Ana}}{\*\generator Riched20;}"
        r'{\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt here}}{\*\unknown {deep} words}{\xe index}'
    )
    assert file_of(content).text == "here"
    assert file_of(content).changes == ()


def test_raw_bytes_after_bin_are_passed_over() -> None:
    content = rb"{\rtf1 a{\pict\bin5 }}{\\}b}"
    assert read_file("a.rtf", content).text == "ab"


def test_groups_that_never_close_or_close_too_often_are_read() -> None:
    assert read_file("a.rtf", rb"{\rtf1 one{\b two").text == "onetwo"
    assert read_file("a.rtf", rb"{\rtf1 one}}} two").text == "one two"


def test_deep_nesting_is_read_up_to_a_depth_and_refused_beyond() -> None:
    assert text_of("{" * 9_000 + "deep" + "}" * 9_000) == "deep"
    with pytest.raises(Refused, match="nested far deeper"):
        file_of("{" * 200_000 + "deep")


WORDS = st.sampled_from(["bus ", "cafe\u0301 ", "👩‍👧 ", "שלום ", "\u1112\u1161\u11ab ", "q\u0323\u0307 ", "{\\} "])
KINDS = st.sampled_from(["plain", "inserted", "deleted", "noted", "hidden"])
WRITTEN = {
    "plain": "{}",
    "inserted": r"{{\revised\revauth1 {}}}",
    "deleted": r"{{\deleted\revauthdel1 {}}}",
    "noted": r"{{\footnote {}}}",
    "hidden": r"{{\v {}}}",
}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.tuples(KINDS, WORDS), min_size=1, max_size=5), min_size=1, max_size=4))
def test_in_any_document_every_change_holds_at_its_place(document: list[list[tuple[str, str]]]) -> None:
    body, lines, number = AUTHORS, list[str](), 0
    for pieces in [*document, [("plain", "end")]]:
        below = []
        for kind, text in pieces:
            escaped = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
            body += WRITTEN[kind].format(coded(escaped))
            if kind == "noted":
                number += 1
                below.append(f"[Note {number}: {text.strip()}]")
        body += r"\par "
        lines += ["".join(text for kind, text in pieces if kind in ("plain", "inserted", "hidden")), *below]
    read = file_of(body)
    assert read.text == normalise_text("\n".join(lines))
    kept = [each for each in read.changes if each.treatment is Treatment.KEPT]
    assert all(each.words == read.text[each.at : each.end] for each in kept)
    gone = "".join(text for pieces in document for kind, text in pieces if kind == "deleted")
    assert normalise_text(
        "".join(each.words for each in read.changes if each.what == "tracked deletion")
    ) == normalise_text(gone)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"{",
                b"}",
                b"\\par ",
                b"\\'e9",
                b"\\u228",
                b"\\*",
                b"\\pict",
                b"\\row",
                b"x",
                b"\\footnote",
                b"\\cell",
                b"\\bin9",
                b"\xff",
                b"\\deleted",
                b"\\upr",
                b"\\ud",
                b"\\annotation ",
            ]
        ),
        max_size=40,
    )
)
def test_any_row_of_tokens_is_read_or_refused(tokens: list[bytes]) -> None:
    try:
        read = read_file("a.rtf", b"{\\rtf1 word" + b"".join(tokens))
    except Refused:
        return
    assert all(0 <= (each.at or 0) <= len(read.text) for each in read.changes)
