"""Recognising the text of scanned PDFs: by a script that plays tesseract, and by a real one where there is one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ia_workbench.corpus import AnchorKind, read_file
from ia_workbench.corpus.importers.helping import ENVIRONMENT, command
from ia_workbench.corpus.importers.recognising import RENDERING
from ia_workbench.kernel import Refused
from tests.support.pdf_files import PdfPage, page_of, pdf_file

SCAN = pdf_file([PdfPage(has_picture=True), PdfPage(has_picture=True)], labels="0 << /S /r >>")

# Answers as tesseract does: one language; a page of two paragraphs, the first over two lines.
SCRIPT = """#!/bin/sh
if [ "$1" = --list-langs ]; then echo "List of available languages (1):"; echo eng; exit 0; fi
head -c 2 | grep -q P5 || exit 1
printf 'I: And then\\nwhat happened?\\nP: We went home.\\n\\nNobody came.\\n\\f'
"""


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called tesseract in front of all others."""
    program = tmp_path / "tesseract"
    program.write_text(SCRIPT)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return program


@pytest.fixture
def _no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def refusal(*, recognise: bool = False, language: str = "en") -> str:
    with pytest.raises(Refused) as caught:
        read_file("a.pdf", SCAN, recognise=recognise, language=language)
    return str(caught.value)


@pytest.mark.usefixtures("_no_tesseract")
def test_without_tesseract_it_is_not_offered_and_asking_for_it_is_refused() -> None:
    assert "--ocr" not in refusal()
    assert "is not installed here" in refusal(recognise=True)


@pytest.mark.usefixtures("tesseract")
def test_with_tesseract_the_refusal_offers_it() -> None:
    assert "Import it with --ocr" in refusal()


@pytest.mark.usefixtures("tesseract")
def test_each_page_is_drawn_and_recognised_and_the_notes_say_so() -> None:
    found = read_file("a.pdf", SCAN, recognise=True)
    page = "I: And then what happened?\nP: We went home.\nNobody came."
    assert found.text == f"{page}\n{page}"
    assert [(each.kind, each.label, each.at) for each in found.anchors] == [
        (AnchorKind.PAGE, "i", 0),
        (AnchorKind.PAGE, "ii", len(page) + 1),
    ]
    assert found.notes == (
        "The words were recognised in pictures of the pages by a machine. Check them against the pages.",
    )
    assert (found.format, found.content) == ("pdf", SCAN)


@pytest.mark.usefixtures("tesseract")
def test_a_language_that_tesseract_lacks_is_refused_by_name() -> None:
    assert "cannot recognise the language es" in refusal(recognise=True, language="es")
    assert "cannot recognise the language --psm" in refusal(recognise=True, language="--psm")


@pytest.mark.usefixtures("tesseract")
def test_a_pdf_with_text_is_read_as_it_is_even_when_asked_to_recognise() -> None:
    found = read_file("a.pdf", pdf_file([page_of("Words of the file.")]), recognise=True)
    assert (found.text, found.notes) == ("Words of the file.", ())


def test_a_tesseract_that_fails_is_a_refusal(tesseract: Path) -> None:
    tesseract.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && echo eng && exit 0\nexit 1\n')
    assert "could not be recognised" in refusal(recognise=True)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_real_tesseract_recognises_drawn_words(shared_data: Path) -> None:
    scan = shared_data / "3_childwelfare" / "state_policy_documents" / "Genogram_MI.pdf"
    found = read_file(scan.name, scan.read_bytes(), recognise=True)
    assert "Biological relationship" in found.text
    assert [each.label for each in found.anchors] == ["1", "2"]


def drawing(content: bytes, page: str = "0") -> subprocess.Popen[bytes]:
    """Start drawing a page; it waits with its picture, which no pipe holds at once, until somebody reads it."""
    process = subprocess.Popen(
        command(RENDERING, page), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(content)
    process.stdin.close()
    return process


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process may do")
def test_the_process_that_draws_is_shut_in_before_it_looks_at_the_file() -> None:
    with drawing(SCAN) as process:
        assert process.stdout is not None
        first = process.stdout.read(1)  # it has drawn, and waits to be read
        of_process = Path("/proc", str(process.pid))
        status, limits = (of_process / "status").read_text(), (of_process / "limits").read_text()
        heading, _, picture = (first + process.stdout.read()).partition(b"\n")
    assert "Seccomp:\t2" in status
    told = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert [told[each] for each in ("Max open files", "Max processes", "Max file size", "Max core file size")] == [
        "0"
    ] * 4
    assert (int(told["Max address space"]), int(told["Max cpu time"])) == (2_000_000_000, 60)
    assert heading == b'{"pages": 2, "label": "i"}'
    assert picture.startswith(b"P5 ")
    assert process.returncode == 0


@pytest.mark.parametrize(("content", "page"), [(b"%PDF-1.7 nothing", "0"), (SCAN, "2")])
def test_what_cannot_be_drawn_ends_with_a_status(content: bytes, page: str) -> None:
    with drawing(content, page) as process:
        assert process.stdout is not None
        assert process.stdout.read() == b""
    assert process.returncode not in (0, None)
