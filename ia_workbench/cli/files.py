"""Files that commands read and write: a file that is written appears whole or not at all."""

import os
from pathlib import Path

from ia_workbench.kernel import Refused, normalise_text

LARGEST_TEXT = 50_000_000  # bytes
HALF_WRITTEN = ".half-written"


def read_text(path: Path) -> str:
    """Read a UTF-8 text file in stored form; refuses one that is too large or no text."""
    if path.is_file() and path.stat().st_size > LARGEST_TEXT:
        raise Refused("{name} is larger than 50 MB.", name=path.name)
    try:
        return normalise_text(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("{name} is not UTF-8 text. Save it as UTF-8.", name=path.name) from None


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file in one go, in the place of one that is there."""
    if path.is_dir():
        raise Refused("{path} is a folder. Name a file.", path=path)
    half = path.with_name(path.name + HALF_WRITTEN)
    try:
        half.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)


def ending_of(path: Path, *known: str, later: tuple[str, ...] = ()) -> str:
    """Return the ending of a file's name, one of those known; refuses others, and honestly those that come later."""
    ending = path.suffix.lower()
    if ending in known:
        return ending
    if ending in later:
        raise Refused("{ending} cannot be used here yet. Use {known}.", ending=ending, known=" or ".join(known))
    raise Refused("{name} must end in {known}.", name=path.name, known=" or ".join(known))
