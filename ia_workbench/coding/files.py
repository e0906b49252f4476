"""One way to write codings into a file of any kind that is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from ia_workbench.codebook import Code
from ia_workbench.coding.exported import ExportedCoding
from ia_workbench.coding.tables import write_codings_csv, write_codings_json
from ia_workbench.coding.word_files import WordFileWords, write_codings_docx
from ia_workbench.coding.workbooks import write_codings_xlsx

CODING_FILES = (".csv", ".json", ".xlsx", ".docx")


@dataclass(frozen=True)
class WrittenCodings:
    """How many codings a file holds, and how many of their quotes were too long for a cell and are cut."""

    codings: int
    cut: int


def write_codings(
    ending: str, rows: Sequence[ExportedCoding], codes: Sequence[Code], out: BinaryIO, *, words: WordFileWords
) -> WrittenCodings:
    """Write codings as the file that an ending of `CODING_FILES` names; `codes` and `words` are for a document."""
    cut = 0
    if ending == ".csv":
        out.write(write_codings_csv(rows, for_spreadsheets=True).encode())
    elif ending == ".json":
        out.write(write_codings_json(rows).encode())
    elif ending == ".xlsx":
        cut = write_codings_xlsx(rows, out)
    else:
        write_codings_docx(rows, codes, out, words=words)
    return WrittenCodings(len(rows), cut)
