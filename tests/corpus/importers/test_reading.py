"""Files of every wrong kind: each is refused in one plain sentence, and content counts for more than the ending."""

import hashlib
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import LARGEST_FILE, LISTED, read_file
from ia_workbench.corpus.importers.formats import FORMATS
from ia_workbench.corpus.importers.reading import read_here
from ia_workbench.kernel import Refused
from tests.support.word_files import paragraph, relations, word_file, word_part, zipped

GOOD = word_file(paragraph("P: Yes.") + paragraph("I: And then?"))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_file(name, content)
    sentence = str(caught.value)
    assert sentence.endswith((".", "read.")), sentence
    assert "\n" not in sentence
    return sentence


def test_a_file_keeps_its_name_its_bytes_and_their_digest() -> None:
    read = read_file("C:\\transcripts\\parent 1.TXT", b"P: Yes.")
    assert (read.name, read.content, read.notes) == ("parent 1.TXT", b"P: Yes.", ())
    assert read.sha256 == hashlib.sha256(b"P: Yes.").hexdigest()


def test_a_name_loses_its_folders_and_its_line_ends() -> None:
    assert read_file("../../etc/pass\nwd.txt", b"word").name == "passwd.txt"


@pytest.mark.parametrize("name", ["a.pptx", "a.xlsm", "a", "a.txt.exe", "a.epub"])
def test_another_ending_is_refused_and_the_sentence_says_which_are_read(name: str) -> None:
    told = refusal(name, b"words")
    assert told.startswith(
        f"{name} is of a kind that cannot be read. Save it as one of these and import it again: .docx,"
    )
    assert all(form.endings[0] in told for form in FORMATS)


def test_an_empty_file_is_refused() -> None:
    assert refusal("a.txt", b"") == "a.txt is empty."


@pytest.mark.parametrize("content", [b" \n\t\r\n", b"\xef\xbb\xbf", "\u00a0\u2003".encode()])
def test_a_file_of_blank_space_is_refused(content: bytes) -> None:
    assert refusal("a.md", content) == "a.md holds no words."


def test_a_word_document_without_words_is_refused() -> None:
    assert refusal("a.docx", word_file(paragraph(" "))) == "a.docx holds no words."


def test_a_word_document_with_words_in_its_header_alone_is_refused_with_the_reason() -> None:
    told = refusal("a.docx", word_file(paragraph(" "), header1=word_part("hdr", paragraph("Case notes"))))
    assert told.startswith("a.docx holds words only where reading leaves them out, as in page headers")


def test_a_file_over_fifty_megabytes_is_refused_for_that_and_one_of_exactly_that_for_its_words_alone() -> None:
    assert refusal("a.txt", b"a" * (LARGEST_FILE + 1)) == "a.txt is larger than 50 MB. Split it into smaller files."
    assert "holds more than" in refusal("a.txt", b"a" * LARGEST_FILE)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0 JFIF", "a picture"),
    ],
)
def test_a_foreign_file_called_txt_is_named_for_what_it_is(content: bytes, what: str) -> None:
    told = refusal("a.txt", content)
    assert told == f"a.txt is {what}. Bring its words as one of these and import them: {LISTED}."


def test_a_word_document_called_txt_is_read_as_what_it_is_with_a_note() -> None:
    read = read_file("a.txt", GOOD)
    assert read.text == "P: Yes.\nI: And then?"
    assert read.notes == ("The file is named .txt but is a Word document, and was read as one.",)


def test_text_called_docx_is_refused() -> None:
    assert refusal("a.docx", b"P: Yes.") == "a.docx is not a Word document, or it is damaged. Save it again as .docx."


def test_an_old_word_document_and_a_locked_one_get_different_sentences() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
    locked = old + "EncryptedPackage".encode("utf-16-le")
    assert refusal("a.doc", old) == "a.doc is in an old Office format. Save it as .docx or .xlsx and import it again."
    assert refusal("a.docx", locked) == "a.docx is locked by a password. Save it without one and import it again."


@pytest.mark.parametrize("kept", [30, 200, len(GOOD) // 2, len(GOOD) - 30])
def test_a_word_document_that_was_cut_short_is_refused(kept: int) -> None:
    assert "is damaged or incomplete" in refusal("a.docx", GOOD[:kept])


def test_a_zip_that_is_no_word_document_is_refused() -> None:
    assert "is not a Word document" in refusal("a.docx", zipped({"mimetype": "application/epub+zip"}))
    slides = {"_rels/.rels": relations("ppt/presentation.xml"), "ppt/presentation.xml": "<presentation/>"}
    assert "is not a Word document" in refusal("a.docx", zipped(slides))
    assert "is not a Word document" in refusal("a.docx", b"PK\x05\x06" + b"\0" * 18)


def test_a_document_type_is_refused_whether_or_not_it_would_harm() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE d SYSTEM "file:///etc/passwd">'
    for before in (bomb, outside):
        assert "XML document type" in refusal("a.docx", word_file(paragraph("word"), before=before))
    header = '<!DOCTYPE d><w:hdr xmlns:w="x"/>'
    assert "XML document type" in refusal("a.docx", word_file(paragraph("word"), header1=header))


def test_broken_xml_is_refused() -> None:
    assert "damaged XML" in refusal("a.docx", zipped({"word/document.xml": "<w:document"}))


def test_a_document_with_macros_is_refused() -> None:
    content = zipped({"word/document.xml": body_of("word"), "word/vbaProject.bin": b"\0"})
    assert refusal("a.docx", content) == "a.docx holds macros. Save it without them and import it again."


def body_of(text: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(word_file(paragraph(text)))).read("word/document.xml")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_word_document_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        assert read_here("a.docx", bytes(content)).text.strip()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.docx", "a.odt", "a.rtf", "a.html"]))
def test_any_bytes_under_any_name_are_read_or_refused(content: bytes, name: str) -> None:
    with suppress(Refused):
        assert read_here(name, content).text.strip()
