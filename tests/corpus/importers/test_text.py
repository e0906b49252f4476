"""Text in every encoding that people still send, and bytes that are no text."""

import codecs

import pytest

from ia_workbench.corpus import read_file
from ia_workbench.kernel import Refused

SPANISH = "Mamá: Pedí la mañana del sábado, y la señora me dijo que no había sábados.\n" * 20


def test_text_is_stored_with_plain_line_ends_and_composed_letters() -> None:
    read = read_file("a.txt", "one\r\ntwo\rthree\ncafe\u0301\n".encode())
    assert read.text == "one\ntwo\nthree\ncafé\n"
    assert read.notes == ()


def test_markdown_is_kept_as_written() -> None:
    assert read_file("a.md", b"# Title\n\n**P:** *Yes.*  \n").text == "# Title\n\n**P:** *Yes.*  \n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_dropped(mark: bytes, encoding: str) -> None:
    read = read_file("a.txt", mark + SPANISH.encode(encoding))
    assert read.text == SPANISH
    assert read.notes == ()


def test_a_guessed_encoding_is_told() -> None:
    read = read_file("a.txt", SPANISH.encode("cp1252"))
    assert read.text == SPANISH
    assert len(read.notes) == 1
    assert read.notes[0].startswith("The file is not in UTF-8; it was read as ")


def test_an_encoding_is_recognised_by_lines_far_down() -> None:
    far_down = "A plain line of English words.\n" * 20_000 + SPANISH
    assert read_file("a.txt", far_down.encode("cp1252")).text == far_down


def test_text_that_breaks_its_own_mark_is_refused() -> None:
    with pytest.raises(Refused, match="not readable as utf-8"):
        read_file("a.txt", codecs.BOM_UTF8 + b"caf\xe9 au lait")


@pytest.mark.parametrize(
    "content",
    [b"P: Yes.\0\0\0", b"MZ\x90\0\x03\0\0\0", bytes(range(1, 32)) * 40, "no mark".encode("utf-16-le")],
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="is not a text file, or it is damaged"):
        read_file("a.txt", content)


def test_a_stray_control_character_is_left_out_with_a_note() -> None:
    read = read_file("a.txt", b"word " * 100 + b"\x01\x7fend")
    assert read.text.endswith("word end")
    assert read.notes == ("Reading left out 2 control characters that no text needs.",)


def test_page_breaks_become_line_ends_with_a_note() -> None:
    read = read_file("a.txt", b"page one\x0cpage two")
    assert read.text == "page one\npage two"
    assert read.notes == ("Reading put a line end in place of 1 page break.",)
