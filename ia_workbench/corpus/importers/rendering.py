"""Drawing one page of a PDF, in a process of its own, the PDF on standard input.

Writes one line of JSON (`pages`, how many there are, and `label`, that of the page), then the picture (PGM). Ends with
another status than 0 for what cannot be drawn. PDFium is fed a stranger's bytes here, so this process is shut in as
every reader is, before it looks at them; it holds nothing else and ends after one page.
"""

import json
import os
import sys

from ia_workbench.corpus.importers.pdf_pages import document, picture_of
from ia_workbench.corpus.importers.sandbox import Limits, load_encodings, shut_in
from ia_workbench.kernel import LARGEST_FILE

DOTS = 300  # to the inch: what tesseract's makers ask for
LIMITS = Limits(memory=2_000_000_000)  # a large page drawn at that many dots takes more than reading its text


def main(arguments: list[str]) -> None:
    """Draw the page that the one argument numbers, from 0."""
    load_encodings()
    content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    shut_in(LIMITS)
    with document("", content) as found:
        index = int(arguments[0])
        heading = {"pages": len(found), "label": found.get_page_label(index) or str(index + 1)}
        picture = picture_of(found, index, dots=DOTS)
    sys.stdout.buffer.write(json.dumps(heading).encode() + b"\n" + picture)
    sys.stdout.buffer.flush()
    os._exit(0)  # what else an ending interpreter does, it may not do here
