"""PDFs written piece by piece, so that a test says exactly what stands where on which page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

LEADING = 14  # points between the lines of a paragraph
SIZE = 10
LEFT = 60
TOP = 760


@dataclass
class PdfPage:
    """A page: its lines as (x, y, words), further drawing, and annotations as the insides of their dictionaries."""

    lines: list[tuple[float, float, str]] = field(default_factory=list)
    drawing: str = ""
    annotations: list[str] = field(default_factory=list)
    has_picture: bool = False


def page_of(*lines: str, top: float = TOP, left: float = LEFT) -> PdfPage:
    """A page with these lines below one another; an empty one leaves a gap."""
    return PdfPage([(left, top - LEADING * number, words) for number, words in enumerate(lines) if words])


def pdf_file(pages: Sequence[PdfPage], *, labels: str = "", catalog: str = "", font: str = "") -> bytes:
    """A PDF of these pages in Helvetica. `labels` is the array of a page label tree, `catalog` goes in the catalog."""
    font = font or "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    picture = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects: list[bytes] = [
        b"",
        b"",
        f"<< {font} >>".encode(),
        picture + b" /Length 1 >>\nstream\n\x80\nendstream",
    ]
    numbers = []
    for page in pages:
        marks = []
        for mark in page.annotations:
            objects.append(f"<< /Type /Annot {mark} >>".encode("latin-1"))
            marks.append(f"{len(objects)} 0 R")
        content = _content(page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
                f"/Annots [{' '.join(marks)}] /Resources << /Font << /F1 3 0 R >> /XObject << /Im 4 0 R >> >> >>"
            ).encode()
        )
        numbers.append(len(objects))
    tree = f"/PageLabels << /Nums [{labels}] >>" if labels else ""
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {tree} {catalog} >>".encode()
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode()
    return _written(objects)


def _content(page: PdfPage) -> bytes:
    shown = [f"BT /F1 {SIZE} Tf {x} {y} Td ({_escaped(words)}) Tj ET" for x, y, words in page.lines]
    picture = "q 400 0 0 500 60 100 cm /Im Do Q" if page.has_picture else ""
    return "\n".join([picture, *shown, page.drawing]).encode("cp1252")


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
