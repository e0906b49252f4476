"""Finding the files of a folder that somebody wants taken in."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ia_workbench.corpus.importers import is_hidden


@dataclass(frozen=True)
class FoundFiles:
    """Files found below a folder, by path in order, and a sentence for each thing that was passed over."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def files_under(path: Path) -> FoundFiles:
    """Return every file of a folder and the folders in it, in the order of their paths; a file alone is itself.

    Links are not followed: they may lead out of the folder, or round in it. Hidden files, devices, pipes, empty folders
    and what cannot be read are passed over; a note says so of each, by its path in the folder.
    """
    if not path.is_dir():
        return FoundFiles((path,))
    files: list[Path] = []
    notes: list[str] = []
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        for entry in _entries(folder, path, notes):
            why = _why_not(entry)
            if why:
                notes.append(f"Passed over {_inside(entry, path)}: {why}")
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            else:
                files.append(Path(entry.path))
    return FoundFiles(tuple(sorted(files)), tuple(sorted(notes)))


def _entries(folder: Path, top: Path, notes: list[str]) -> Iterator["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as opened:
            entries = list(opened)
    except OSError as error:
        notes.append(f"Passed over {_inside(folder, top)}: it cannot be read ({error.strerror}).")
        return
    if not entries:
        notes.append(f"Passed over {_inside(folder, top)}: the folder is empty.")
    yield from entries


def _why_not(entry: "os.DirEntry[str]") -> str | None:
    if is_hidden(entry.name):
        return "hidden files and files of the system are not read."
    if entry.is_symlink():
        return "links are not followed."
    if not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
        return "it is a device or a pipe."
    if not os.access(entry.path, os.R_OK):
        return "it cannot be read."
    return None


def _inside(entry: "os.DirEntry[str] | Path", top: Path) -> str:
    path = Path(entry.path) if isinstance(entry, os.DirEntry) else entry
    inside = path.relative_to(top).as_posix()
    shown = top.name if inside == "." else inside
    return "".join(character if character.isprintable() else "?" for character in shown)
