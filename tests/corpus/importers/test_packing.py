"""Zips made to harm: judged by what they declare before anything is unpacked."""

import io
import zipfile

import pytest

from ia_workbench.corpus import read_file
from ia_workbench.corpus.importers import packing
from ia_workbench.corpus.importers.reading import read_here
from ia_workbench.kernel import Refused
from tests.support.word_files import document_xml, paragraph, word_file, zipped


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_file("a.docx", content)
    return str(caught.value)


def test_a_zip_bomb_is_refused() -> None:
    bomb = zipped({"word/document.xml": document_xml(paragraph("word")), "bomb": b"\0" * 20_000_000})
    assert len(bomb) < 100_000
    assert refusal(bomb) == "a.docx unpacks to far more than a document needs and was not read."


def test_a_bomb_is_refused_by_size_even_when_it_hardly_shrinks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LARGEST_UNPACKED", 100)
    with pytest.raises(Refused, match="far more than a document needs"):
        read_here("a.docx", word_file(paragraph("word " * 50)))


def test_more_than_two_thousand_entries_are_refused() -> None:
    parts: dict[str, str | bytes] = {"word/document.xml": document_xml(paragraph("word"))}
    parts |= {f"e{number}": b"x" for number in range(packing.MOST_ENTRIES)}
    assert "far more than a document needs" in refusal(zipped(parts))
    del parts["e0"]
    assert read_file("a.docx", zipped(parts)).text == "word"


def test_an_entry_that_holds_more_than_it_declares_is_refused() -> None:
    content = bytearray(word_file(paragraph("word " * 2000)))
    size = zipfile.ZipFile(io.BytesIO(bytes(content))).getinfo("word/document.xml").file_size
    declared = size.to_bytes(4, "little")
    assert content.count(declared) == 2  # beside the entry, and in the list at the end
    lied = bytes(content).replace(declared, (100).to_bytes(4, "little"))
    assert "is damaged or incomplete" in refusal(lied)


def test_an_encrypted_entry_is_refused() -> None:
    content = bytearray(word_file(paragraph("word")))
    listed = content.index(b"PK\x01\x02")
    content[listed + 8] |= packing.ENCRYPTED_FLAG
    assert "locked by a password" in refusal(bytes(content))


def test_a_damaged_entry_is_refused() -> None:
    content = bytearray(zipped({"word/document.xml": document_xml(paragraph("word " * 100))}))
    content[80] ^= 0xFF
    assert "is damaged or incomplete" in refusal(bytes(content))
