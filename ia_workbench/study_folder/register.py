"""A source register on its own: a `sources.csv` that names files beside it."""

from pathlib import Path

from ia_workbench import corpus
from ia_workbench.corpus import SourceRecord
from ia_workbench.kernel import Refused, about, read_bytes
from ia_workbench.study_folder.places import SOURCES


def read_register(path: Path) -> list[tuple[Path, SourceRecord]]:
    """Read a register; return each row's file, found in `sources/` beside the register or beside it, and its record.

    Raises Refused naming the line for anything malformed, a file that is not there, or one that leads elsewhere.
    """
    folder = path.resolve().parent
    with about(path.name):
        rows = corpus.read_records(read_bytes(path))
    found = []
    for row in rows:
        with about(f"{path.name} line {row.line}"):
            found.append((_file(folder, row.file), row.record))
    return found


def _file(folder: Path, named: str) -> Path:
    for candidate in (folder / SOURCES / named, folder / named):
        real = candidate.resolve()
        if real.is_file():
            if real.is_relative_to(folder):
                return real
            raise Refused("{name} leads out of the folder of the register.", name=named)
    raise Refused("{name} is neither beside the register nor in its folder sources/.", name=named)
