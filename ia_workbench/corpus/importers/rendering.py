"""Drawing one page of a PDF, in a process of its own: `python -m ...rendering PAGE`, the PDF on standard input.

Writes one line of JSON (`pages`, how many there are, and `label`, that of the page), then the picture (PGM). Ends with
another status than 0 for what cannot be drawn. PDFium is fed a stranger's bytes here, so this process has bounds on its
memory and time, holds nothing else and ends after one page.
"""

import json
import sys

from ia_workbench.corpus.importers.pdf_pages import document, picture_of
from ia_workbench.kernel import LARGEST_FILE

DOTS = 300  # to the inch: what tesseract's makers ask for
MEMORY = 2_000_000_000  # bytes of address space
SECONDS = 60  # of a processor


def main() -> None:
    """Draw the page that the first argument numbers, from 0."""
    _bound()
    content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    with document("", content) as found:
        index = int(sys.argv[1])
        heading = {"pages": len(found), "label": found.get_page_label(index) or str(index + 1)}
        picture = picture_of(found, index, dots=DOTS)
    sys.stdout.buffer.write(json.dumps(heading).encode() + b"\n" + picture)


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
