"""Archives of sources: unpacked without harm, and everything that was passed over is told."""

import time

import pytest

from ia_workbench.corpus import read_file, unpacked
from ia_workbench.corpus.importers.archives import unpack_here
from ia_workbench.corpus.importers.reading import read_here
from ia_workbench.kernel import Refused
from tests.support import hostile_files
from tests.support.hostile_files import HOSTILE, TALK, archive, with_entry
from tests.support.word_files import paragraph, word_file

WORD = word_file(paragraph("P: Yes."))


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_made_to_harm_is_refused_in_one_sentence(kind: str) -> None:
    make, words = HOSTILE[kind]
    content = make()
    assert unpacked("b.zip", archive({"a.txt": TALK})).notes == ()  # now the helper runs, however long its start takes
    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        unpacked("a.zip", content)
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.startswith("a.zip ")
    assert "\n" not in sentence
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("kind", ["laughs", "quadratic", "outside", "address"])
def test_entities_are_refused_whatever_they_are_for(kind: str) -> None:
    with pytest.raises(Refused, match="XML document type|damaged XML"):
        read_file("a.docx", hostile_files.entities(kind))


def test_elements_without_end_are_refused() -> None:
    with pytest.raises(Refused):
        read_file("a.docx", hostile_files.deep())


def test_files_come_out_by_their_paths_and_a_document_in_them_is_one_file() -> None:
    inside = {"b/two.txt": TALK, "a/one.docx": WORD, "three.md": TALK}
    found = unpacked("sources.zip", archive(inside))
    assert found.files == (("a/one.docx", WORD), ("b/two.txt", TALK), ("three.md", TALK))
    assert found.notes == ()
    assert read_file(*found.files[0]).name == "one.docx"


def test_a_document_that_is_a_zip_is_itself_and_not_an_archive() -> None:
    for name in ("a.docx", "a.zip"):
        assert unpacked(name, WORD).files == ((name, WORD),)
    opened = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})
    assert unpacked("a.odt", opened).files == (("a.odt", opened),)


def test_any_other_file_is_itself() -> None:
    assert unpacked("folder/a.txt", TALK).files == (("a.txt", TALK),)


def test_what_is_passed_over_is_told_once_each() -> None:
    found = unpacked(
        "a.zip",
        archive(
            {
                "a.txt": TALK,
                "__MACOSX/": b"",
                "__MACOSX/._a.txt": b"x",
                "in/.git/config": b"x",
                "in/Thumbs.db": b"x",
                "none/": b"",
                "full/": b"",
                "full/b.txt": TALK,
            }
        ),
    )
    hidden = "hidden files and files of the system are not read."
    assert [name for name, _ in found.files] == ["a.txt", "full/b.txt"]
    assert found.notes == (
        f"Passed over __MACOSX: {hidden}",
        f"Passed over in/.git: {hidden}",
        f"Passed over in/Thumbs.db: {hidden}",
        "Passed over none/: the folder is empty.",
    )


def test_names_in_old_and_new_encodings_are_read() -> None:
    assert unpacked("a.zip", archive({"niño.txt": TALK})).files[0][0] == "niño.txt"
    undeclared = with_entry("ni????o.txt"[:7] + "o.txt", raw="niño".encode() + b"xxo.txt")
    assert unpacked("a.zip", undeclared).files[0][0] == "niñoxxo.txt"
    dos = with_entry("ni?o.txt", raw="niño.txt".encode("cp437"))
    assert unpacked("a.zip", dos).files[0][0] == "niño.txt"
    windows = with_entry("in\\a.txt", system=0)
    assert unpacked("a.zip", windows).files[0][0] == "in/a.txt"


def test_sizes_that_follow_the_bytes_and_bytes_behind_the_end_are_no_harm() -> None:
    content = hostile_files.with_descriptor()
    assert [name for name, _ in unpacked("a.zip", content).files] == ["a.txt", "b.txt"]
    assert unpacked("a.zip", content + b"\0" * 100).files == unpacked("a.zip", content).files


def test_links_that_a_reader_follows_and_a_template_on_a_disk_are_no_harm() -> None:
    for kind, target in (
        ("hyperlink", "https://host/"),
        ("attachedTemplate", "file:///C:/a.dotx"),
        ("image", "http://h/"),
    ):
        assert read_file("a.docx", hostile_files.related(kind, target)).text == "word"


def test_a_damaged_document_in_an_archive_is_refused_alone() -> None:
    unpacked_files = unpack_here("a.zip", archive({"a.docx": WORD[:100], "b.docx": WORD}))
    assert unpacked_files is not None
    assert [path for path, _content in unpacked_files.files] == ["a.docx", "b.docx"]
    with pytest.raises(Refused, match="a.docx"):
        read_here("a.docx", unpacked_files.files[0][1])
