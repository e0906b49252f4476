"""A source register on its own: a `sources.csv` or .xlsx that names files beside it."""

from pathlib import Path
from typing import NamedTuple

from ia_workbench import corpus
from ia_workbench.corpus import Problem, SourceRecord
from ia_workbench.kernel import Refused, about, read_bytes
from ia_workbench.study_folder.places import SOURCES


class RegisteredFile(NamedTuple):
    """A row of a register: its line, the file it names, and the record."""

    line: int
    path: Path
    record: SourceRecord


class Register(NamedTuple):
    """A register as it was read; `notes` are sentences on what a person might not expect (hidden rows)."""

    files: list[RegisteredFile]
    notes: tuple[str, ...]


def read_register(path: Path) -> Register:
    """Read a register; each row's file is found in `sources/` beside the register, or beside it.

    Raises Refused naming the first line that is wrong, and in `further` all others: anything malformed, a file that is
    not there, one that is named twice, or one that leads elsewhere.
    """
    folder = path.resolve().parent
    content = read_bytes(path)
    with about(path.name):
        manifest = corpus.read_manifest(path.name, content)
    with about(path.name):
        found = _files(folder, manifest.rows)
    return Register(found, manifest.notes)


def _files(folder: Path, rows: list[corpus.RecordRow]) -> list[RegisteredFile]:
    found: dict[Path, RegisteredFile] = {}
    problems = []
    for row in rows:
        try:
            path = _file(folder, row.file)
            if path in found:  # under another name, through a link
                before = found[path].line
                raise Refused("the file {file} stands on line {before} already.", file=row.file, before=before)
            found[path] = RegisteredFile(row.line, path, row.record)
        except Refused as refusal:
            problems.append(Problem(row.line, refusal))
    corpus.refuse_all(problems)
    return list(found.values())


def _file(folder: Path, named: str) -> Path:
    for candidate in (folder / SOURCES / named, folder / named):
        real = candidate.resolve()
        if real.is_file():
            if real.is_relative_to(folder):
                return real
            raise Refused("{name} leads out of the folder of the register.", name=named)
    raise Refused("{name} is neither beside the register nor in its folder sources/.", name=named)
