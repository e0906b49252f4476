"""The words that a browser would show of a page, line by line, and whatever the text lacks is told."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import Change, ReadFile, Treatment, find_turns, read_file
from ia_workbench.kernel import Refused


def file_of(page: str, encoding: str = "utf-8") -> ReadFile:
    return read_file("a.html", page.encode(encoding))


def text_of(page: str) -> str:
    return file_of(page).text


def only(read: ReadFile) -> Change:
    (change,) = read.changes
    return change


def test_blocks_are_lines_and_blanks_in_a_row_are_one() -> None:
    page = (
        "<html><head><title>no</title></head><body><h1> A\n title </h1>\n<div><p>One <b>bold</b> word.<p>Two</div>three"
    )
    assert text_of(page) == "A title\nOne bold word.\nTwo\nthree"
    assert file_of(page).changes == ()


def test_line_breaks_preformatted_text_and_entities() -> None:
    assert (
        text_of("<p>a<br>b<br/><br>c<br></p><pre>d  e\n f</pre>&aacute;&#241;&lt;p&gt;") == "a\nb\n\nc\nd  e\n f\náñ<p>"
    )


def test_rows_are_lines_with_tabs_and_a_cell_stays_on_its_line() -> None:
    page = "<table><tr><th>P<td><p>Yes.</p><p>No.</p><tr><td>I<td><td>b<br>c</table>after"
    assert text_of(page) == "P\tYes. No.\nI\t\tb c\nafter"


def test_a_table_that_only_lays_out_a_page_is_none() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    assert text_of(f"<table><tr><td><p>left</p><p>more</p></td><td>{inner}</td></tr></table>") == "left\nmore\na\tb"
    assert text_of("<table><tr><td><p>one</p><p>two</p></td></tr></table>") == "one\ntwo"


def test_scripts_styles_and_comments_are_no_words() -> None:
    page = (
        "a<script>if (b < c) '<p>'</script><style>p {}</style><!-- d --><template>e</template><noscript>f</noscript>g"
    )
    assert text_of(page) == "ag"
    assert text_of("a<!-- never closed <p>b") == "a"


def test_names_in_bold_are_found_as_speakers() -> None:
    page = "".join(f"<p><strong>{name}:</strong> Words {number}.</p>" for number, name in enumerate(["Ana", "Ben"] * 4))
    found = find_turns(text_of(page))
    assert found.speakers == ("Ana", "Ben")
    assert len(found.turns) == 8


def test_whatever_is_left_out_is_told_with_its_words() -> None:
    page = (
        '<p>Mama\u0301 <img src="https://example.org/a.png" alt="A map"><del>old </del><ins>new</ins> '
        '<span hidden>one</span><span style="display: none">two</span><iframe src="https://example.org"></iframe>'
        '<video src="v.mp4"></video><svg><title>Arrow</title><path/></svg><embed src="e.bin">'
    )
    read = file_of(page)
    assert read.text == "Mamá new"
    assert [(each.what, each.at, each.end, each.words) for each in read.changes] == [
        ("picture", 4, None, "A map"),
        ("tracked deletion", 4, None, "old"),
        ("tracked insertion", 4, 8, " new"),
        ("hidden passage", 8, None, "one"),
        ("hidden passage", 8, None, "two"),
        ("embedded document", 8, None, "https://example.org"),
        ("recording", 8, None, "v.mp4"),
        ("drawing", 8, None, "Arrow"),
        ("embedded object", 8, None, "e.bin"),
    ]


def test_fields_of_a_form_are_told_with_what_they_show() -> None:
    page = (
        '<form><label>Kin</label> <input type="checkbox" checked><input value="Ana"><input type="hidden" value="x">'
        "<select><option>yes<option>no</select><textarea>Words</textarea><button>Send</button></form>"
    )
    assert text_of(page) == "Kin"
    assert [(each.what, each.words) for each in file_of(page).changes] == [
        ("form field", "[x]"),
        ("form field", "Ana"),
        ("form field", "yesno"),
        ("form field", "Words"),
        ("form field", "Send"),
    ]


def test_the_mark_of_a_list_is_told_where_its_words_begin() -> None:
    read = file_of("<p>x</p><ol><li>one<li>two</ol>")
    assert read.text == "x\none\ntwo"
    assert [(each.what, each.at) for each in read.changes] == [("list number or mark", 2), ("list number or mark", 6)]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        ("<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1252'>", "cp1252"),
        ('<?xml version="1.0" encoding="iso-8859-15"?>', "iso-8859-15"),
        ("", "utf-8"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="nonsense">', "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_says(declared: str, encoding: str) -> None:
    read = file_of(f"{declared}<p>“Señora” – mañana</p>".replace("“", "").replace("”", "").replace("–", "-"), encoding)
    assert read.text == "Señora - mañana"
    assert read.notes == ()


def test_a_page_of_the_nineties_says_less_than_it_uses() -> None:
    page = '<HTML><BODY><META http-equiv=x content="text/html; charset=iso-8859-1"><P>“Sí”<P>A — B</BODY></HTML>'
    assert file_of(page, "cp1252").text == "“Sí”\nA — B"


def test_a_page_that_is_not_in_what_it_says_is_guessed_and_told() -> None:
    words = "<p>La señora me dijo que no había sábados por la mañana.</p>" * 20
    read = file_of(f'<meta charset="utf-8">{words}', "cp1252")
    assert "señora" in read.text
    assert read.notes[0].startswith("The file is not in UTF-8; it was read as ")


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<table><tr><td>", "<!--", "</a", '<a href="', "<svg>", "<p></i>"])
def test_no_page_is_nested_or_broken_too_deeply_to_be_read(piece: str) -> None:
    begun = time.monotonic()
    assert file_of("<p>word</p>" + piece * 20_000).text.startswith("word")
    assert time.monotonic() - begun < 30


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<td>",
                "<table>",
                "</table>",
                "<tr>",
                "x",
                "<del>",
                "</del>",
                "<br>",
                "<svg/>",
                "<li>",
                "é",
            ]
        ),
        max_size=30,
    )
)
def test_any_row_of_tags_is_read_or_refused(tags: list[str]) -> None:
    try:
        read = file_of("word" + "".join(tags))
    except Refused:
        return
    assert read.text.startswith("word")
    for change in read.changes:
        assert change.at is not None
        if change.treatment is Treatment.KEPT:
            assert change.words == read.text[change.at : change.end]
