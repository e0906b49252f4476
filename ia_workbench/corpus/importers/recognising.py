"""Having the text of a scanned PDF recognised by tesseract, where it is installed and somebody asks for it.

How this goes with reading in a child that may start no process: that child only finds out that a PDF has no text, and
refuses. This module runs in its parent. It starts two kinds of children itself, a page at a time: one that draws the
page (`rendering`) and sees the PDF, and tesseract, which sees only the picture. What comes back is text, and is judged
as the text of any file.
"""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.importers import pdf
from ia_workbench.corpus.importers.bounds import refuse_exceeding
from ia_workbench.corpus.importers.conversion import read_file as read_in_child
from ia_workbench.corpus.importers.helping import ENVIRONMENT, command
from ia_workbench.corpus.importers.stored import StoredText
from ia_workbench.corpus.importers.things import in_order, notes_of
from ia_workbench.corpus.importers.values import AnchorKind, Read, ReadFile
from ia_workbench.corpus.labels import labels_of
from ia_workbench.corpus.paragraphs import lines_of
from ia_workbench.kernel import Refused

TESSERACT = "tesseract"
SECONDS = 180  # a page may take; a dense one takes some ten
MOST_PAGES = 300
LARGEST_TEXT = 1_000_000  # bytes of a page's text
RENDERING = "ia_workbench.corpus.importers.rendering"
# The languages that a record can name, as tesseract calls them; it calls the others as ISO 639-3 does.
LANGUAGES = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "ht": "hat", "it": "ita", "ja": "jpn",
    "ko": "kor", "pt": "por", "ru": "rus", "so": "som", "sw": "swa", "tl": "tgl", "vi": "vie", "zh": "chi_sim",
}  # fmt: skip
LANGUAGE = re.compile(r"[a-z]{2,3}\Z")

OFFERED = (
    "{name} holds pictures of pages and no text. Import it with --ocr to have its words recognised here, "
    "or have them recognised (OCR) elsewhere and import that."
)
NOT_INSTALLED = (
    "{name} holds pictures of pages and no text, and tesseract, which could recognise it, is not installed here. "
    "Have its text recognised (OCR) elsewhere and import that."
)
NO_LANGUAGE = "Tesseract cannot recognise the language {language} here. Install its data, or name another language."
FAILED = "The text of {name} could not be recognised. Have it recognised (OCR) elsewhere and import that."
TOO_MANY = "{name} has more than 300 pages to be recognised. Split it into smaller files."
NOTE = "The words were recognised in pictures of the pages by a machine. Check them against the pages."


def read_file(name: str, content: bytes, *, recognise: bool = False, language: str = "en") -> ReadFile:
    """Read a file of any format that can be read into its stored text.

    Returns the text with notes on everything that was left out or changed. Raises Refused, in one plain sentence, for
    any other type, an empty file or one without words, a file over 50 MB, and one that is damaged or protected.
    With `recognise`, the text of a PDF that holds only pictures of its pages, or only letters that no font explains, is
    recognised by tesseract in `language` (ISO 639), which takes seconds a page; refused where it is not installed.
    """
    try:
        return read_in_child(name, content)
    except Refused as refused:
        if refused.sentence not in (pdf.SCANNED, pdf.NO_LETTERS):
            raise
        called = str(refused.facts["name"])
        if recognise:
            return _recognised(called, content, language)
        if is_installed() and refused.sentence == pdf.SCANNED:
            raise Refused(OFFERED, name=called) from None
        raise


def is_installed() -> bool:
    """Say whether tesseract is installed."""
    return shutil.which(TESSERACT) is not None


def _recognised(name: str, content: bytes, language: str) -> ReadFile:
    program = shutil.which(TESSERACT)
    if program is None:
        raise Refused(NOT_INSTALLED, name=name)
    read = _read(name, content, program, _known_language(program, language))
    if not read.text.strip():
        raise Refused("{name} holds no words.", name=name)
    file = ReadFile(
        name=name,
        text=read.text,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        notes=(*read.notes, *notes_of(read.changes)),
        format="pdf",
        changes=in_order(read.changes),
        anchors=read.anchors,
    )
    refuse_exceeding(file)
    return file


def _known_language(program: str, language: str) -> str:
    """The language as tesseract calls it; raises Refused where it has no data for it."""
    wanted = language.partition("-")[0].lower()
    called = LANGUAGES.get(wanted, wanted)
    listed = _run([program, "--list-langs"], b"").decode("utf-8", "replace").split()
    if not LANGUAGE.match(wanted) or called not in listed:
        raise Refused(NO_LANGUAGE, language=language)
    return called


def _read(name: str, content: bytes, program: str, language: str) -> Read:
    text = StoredText()
    number, pages = 0, 1
    while number < pages:
        heading, picture = _drawn(name, content, number)
        pages = int(heading["pages"])
        if pages > MOST_PAGES:
            raise Refused(TOO_MANY, name=name)
        words = _run([program, "stdin", "stdout", "-l", language], picture, name)[:LARGEST_TEXT]
        paragraphs = list(_paragraphs(words.decode("utf-8", "replace")))
        for first, paragraph in enumerate(paragraphs):
            text.add("\n" if text.place else "")
            if first == 0:
                text.anchor(AnchorKind.PAGE, str(heading["label"]))
            text.add(paragraph)
        if not paragraphs:
            text.anchor(AnchorKind.PAGE, str(heading["label"]))
            text.note("page without text", text.place, words=str(heading["label"]))
        number += 1
    return text.read((NOTE,))


def _drawn(name: str, content: bytes, number: int) -> tuple[dict[str, Any], bytes]:
    """A page as a picture, and what is said of it."""
    answer = _run(command(RENDERING, str(number)), content, name, env=ENVIRONMENT)
    heading, _, picture = answer.partition(b"\n")
    try:
        return json.loads(heading), picture
    except ValueError:
        raise Refused(FAILED, name=name) from None


def _run(program: list[str], given: bytes, name: str = "", *, env: dict[str, str] | None = None) -> bytes:
    """Run a program of ours or tesseract on bytes; it is ended when it takes too long."""
    try:
        ran = subprocess.run(  # noqa: S603 - no word of the command is a person's, but for a language that was matched
            program,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
            env=env,
        )
    except (OSError, subprocess.SubprocessError):
        raise Refused(FAILED, name=name) from None
    return ran.stdout


def _paragraphs(words: str) -> Iterator[str]:
    """The paragraphs of a recognised page: tesseract parts them by blank lines, and ends lines where the page does."""
    for block in re.split(r"\n[^\S\n]*\n", words.replace("\f", "\n")):
        lines = [line for line in map(str.strip, block.split("\n")) if line]
        begun: list[str] = []
        for line in lines:
            if begun and labels_of(Convention.NAME_COLON, lines_of(line)):
                yield " ".join(begun)
                begun = []
            if begun and begun[-1].endswith("-"):
                begun[-1] += line  # whether the hyphen is the word's own, nothing says: it stays
            else:
                begun.append(line)
        if begun:
            yield " ".join(begun)
