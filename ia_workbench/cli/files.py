"""Files that commands write: a file that is written appears whole or not at all."""

import os
from pathlib import Path

import click

from ia_workbench.cli.home import Home, record_reads
from ia_workbench.kernel import Refused

HALF_WRITTEN = ".half-written"
FOR_ITS_OWNER = 0o600


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file in one go, in the place of one that is there; only its owner may read it."""
    if path.is_dir():
        raise Refused("{path} is a folder. Name a file.", path=path)
    context = click.get_current_context(silent=True)
    home = context.find_object(Home) if context is not None else None
    if home is not None:
        refuse_in_home(home, path)
    record_reads()
    half = half_written(path)
    try:
        with open(half, "wb", opener=_for_its_owner) as file:
            file.write(content.encode() if isinstance(content, str) else content)
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, FOR_ITS_OWNER)


def refuse_in_home(home: Home, path: Path) -> None:
    """Refuse to write a file or folder into the home: what is destroyed must be gone from all of it."""
    if path.resolve().is_relative_to(home.settings.home.resolve()):
        raise Refused(
            "{path} lies in the home, which is for the program's own files. Name a place elsewhere.", path=path
        )


def half_written(path: Path) -> Path:
    """Return where a file stands until it is whole; refuses a path whose folder is not there."""
    if not path.parent.is_dir():
        raise Refused("There is no folder {folder}. Make it first, or name a file elsewhere.", folder=path.parent)
    return path.with_name(path.name + HALF_WRITTEN)


def ending_of(path: Path, *known: str, later: tuple[str, ...] = ()) -> str:
    """Return the ending of a file's name, one of those known; refuses others, and honestly those that come later."""
    ending = path.suffix.lower()
    if ending in known:
        return ending
    if ending in later:
        raise Refused("{ending} cannot be used here yet. Use {known}.", ending=ending, known=" or ".join(known))
    raise Refused("{name} must end in {known}.", name=path.name, known=" or ".join(known))
