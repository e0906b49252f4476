"""What PDFium finds on the pages of a PDF: lines with their places, and all that is no text. The only user of PDFium.

PDFium never runs a document's scripts here (it is built without them) and opens no connection. It is not made for
several threads, so one file is read at a time.
"""

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ia_workbench.kernel import Refused

MOST_PAGES = 5_000
MOST_THINGS = 1_000  # pictures or annotations of a page
DEEPEST_FORM = 3  # levels of drawings in drawings that are searched for pictures
LINE_ENDS = (0x0D, 0x0A)
LONGEST_VALUE = 20_000  # bytes of an annotation's words
POINTS = 72  # to the inch
MOST_DOTS = 40_000_000  # of a picture; four times those of a page at 300 to the inch
SURROGATES = range(0xD800, 0xE000)
UNREAD = "\ufffd"

LOCKED = "{name} is locked by a password. Save it without one and import it again."
DAMAGED = "{name} is damaged or incomplete. Open it in a PDF reader, print it to a new PDF and import that."
TOO_LONG = "{name} has more than 5,000 pages. Split it into smaller files."

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Place:
    """Where a line stands, in points from the lower left: its edges, its first and last baseline, and its height."""

    left: float
    right: float
    first_base: float
    last_base: float
    height: float
    first_word: float  # width

    @property
    def is_one(self) -> bool:
        """Whether it is a place at all: PDFium gives none to characters of broken fonts."""
        return self.height > 0 and self.right > self.left


@dataclass(frozen=True)
class PdfLine:
    """A line as PDFium divides the page; two lines that a hyphen joins are one, with U+0002 where the hyphen was."""

    words: str
    place: Place


@dataclass(frozen=True)
class Mark:
    """An annotation, form field or link: its kind in our words, what it says, who made it, and its middle height."""

    what: str
    words: str
    by: str
    height: float


@dataclass(frozen=True)
class Page:
    """A page: its label, its lines in the order of the file, pictures, marks, and how many characters have no letter.

    `label` is as the file numbers the page, else its number from 1. `is_blank` says that nothing at all is on it.
    """

    label: str
    lines: tuple[PdfLine, ...]
    pictures: int
    marks: tuple[Mark, ...]
    unread: int
    is_blank: bool


@dataclass(frozen=True)
class PdfFile:
    """A PDF as found: its pages, and the names of the files attached to it."""

    pages: tuple[Page, ...]
    attachments: tuple[str, ...]


def opened(name: str, content: bytes) -> PdfFile:
    """Read a PDF's pages. Raises Refused for one that is locked, damaged or too long."""
    with document(name, content) as found:
        pages = tuple(_page(found, index) for index in range(len(found)))
        return PdfFile(pages, tuple(_attachments(found)))


@contextmanager
def document(name: str, content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF for as long as it is looked at; whatever PDFium raises is a refusal."""
    with _one_at_a_time:
        try:
            found = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            sentence = LOCKED if error.err_code == pdfium.FPDF_ERR_PASSWORD else DAMAGED
            raise Refused(sentence, name=name) from None
        try:
            if len(found) > MOST_PAGES:
                raise Refused(TOO_LONG, name=name)
            yield found
        except pypdfium2.PdfiumError:
            raise Refused(DAMAGED, name=name) from None
        finally:
            found.close()


def picture_of(found: pypdfium2.PdfDocument, index: int, *, dots: int) -> bytes:
    """Return a page as a picture in shades of grey, in the format PGM, `dots` to the inch, fewer for a huge page."""
    page = found[index]
    try:
        scale = dots / POINTS
        width, height = page.get_size()
        scale = min(scale, math.sqrt(MOST_DOTS / max(1.0, width * height)))
        picture = page.render(scale=scale, grayscale=True)
        try:
            rows, data = picture.height, bytes(picture.buffer)
            lines = (data[row * picture.stride : row * picture.stride + picture.width] for row in range(rows))
            return b"P5 %d %d 255\n" % (picture.width, rows) + b"".join(lines)
        finally:
            picture.close()
    finally:
        page.close()


def _page(found: Any, index: int) -> Page:
    page = found[index]
    try:
        text = page.get_textpage()
        try:
            characters = _characters(text.raw)
            lines = tuple(_lines(text.raw, characters))
        finally:
            text.close()
        pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST_FORM)
        return Page(
            found.get_page_label(index) or str(index + 1),
            lines,
            sum(1 for _ in islice(pictures, MOST_THINGS)),
            tuple(_marks(found.raw, page.raw)),
            characters.count(UNREAD),
            pdfium.FPDFPage_CountObjects(page.raw) <= 0,
        )
    finally:
        page.close()


def _characters(text: Any) -> list[str]:
    """Every character of a page, U+FFFD for those whose font does not say which letter they are."""
    found = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        is_unread = code == 0 or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        found.append(UNREAD if is_unread or code > 0x10FFFF else chr(code))
    return found


def _lines(text: Any, characters: list[str]) -> Iterator[PdfLine]:
    start = 0
    for index in range(len(characters) + 1):
        if index == len(characters) or ord(characters[index]) in LINE_ENDS:
            words = "".join(characters[start:index])
            first, last = start + len(words) - len(words.lstrip()), start + len(words.rstrip()) - 1
            if first <= last:
                words = _whole("".join(characters[first : last + 1]))
                yield PdfLine(words, _place(text, first, last, len(words.split()[0])))
            start = index + 1


def _whole(words: str) -> str:
    """Join halves of characters that UTF-16 writes as two."""
    if not any(ord(character) in SURROGATES for character in words):
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _place(text: Any, first: int, last: int, length: int) -> Place:
    left, right = _sides(text, first)[0], _sides(text, last)[1]
    word_right = _sides(text, min(last, first + length - 1))[1]
    return Place(left, right, _base(text, first), _base(text, last), _height(text, first), max(0.0, word_right - left))


def _sides(text: Any, index: int) -> tuple[float, float]:
    """Left and right edge of a character, the space around it included; 0 where PDFium knows none."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    return box.left, box.right


def _height(text: Any, index: int) -> float:
    """The size of a character's font as the page shows it."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    return float(pdfium.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.c, matrix.d)


def _base(text: Any, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    return y.value


# ---------------------------------------------------------------- what is no text


def _attachments(found: Any) -> Iterator[str]:
    for index in range(min(found.count_attachments(), MOST_THINGS)):
        name = ""
        with suppress(pypdfium2.PdfiumError):
            name = found.get_attachment(index).get_name()
        yield name


def _marks(owner: Any, page: Any) -> Iterator[Mark]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_THINGS)):
        mark = pdfium.FPDFPage_GetAnnot(page, index)
        if not mark:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(mark)
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                words = ": ".join(each for each in (_string(mark, b"T"), _string(mark, b"V")) if each)
                yield Mark("form field", words, "", _middle(mark))
            elif kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                yield Mark("attachment", _string(mark, b"Contents"), _string(mark, b"T"), _middle(mark))
            elif kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
                yield Mark("mark on a page", _string(mark, b"Contents"), _string(mark, b"T"), _middle(mark))
        finally:
            pdfium.FPDFPage_CloseAnnot(mark)
    yield from _links(owner, page)


def _links(owner: Any, page: Any) -> Iterator[Mark]:
    """The addresses of links; a link within the document has none."""
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    for _ in range(MOST_THINGS):
        if not pdfium.FPDFLink_Enumerate(page, place, link):
            return
        address = _address(owner, link)
        if address:
            box = pdfium.FS_RECTF()
            pdfium.FPDFLink_GetAnnotRect(link, box)
            yield Mark("address of a link", address, "", (box.top + box.bottom) / 2)


def _address(owner: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = min(pdfium.FPDFAction_GetURIPath(owner, action, None, 0), LONGEST_VALUE)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(owner, action, buffer, size)
    return buffer.raw.rstrip(b"\0").decode("utf-8", "replace")


def _string(mark: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(mark, key, None, 0)
    if not 2 < size <= LONGEST_VALUE:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(mark, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n").strip()


def _middle(mark: Any) -> float:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(mark, box)
    return float(box.top + box.bottom) / 2
