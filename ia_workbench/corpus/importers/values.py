"""What every importer gives back, and how large a file may be."""

from dataclasses import dataclass

from ia_workbench.kernel import LARGEST_FILE

__all__ = ["LARGEST_FILE", "ReadFile", "counted"]


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read: its name, its stored text, the SHA-256 of its bytes, the bytes, and what to tell a person.

    `text` is NFC with `\\n` line ends and has at least one visible character. `notes` are plain English sentences, one
    for each kind of thing that was left out or changed, in the order of the file's reading; empty when nothing was.
    """

    name: str
    text: str
    sha256: str
    content: bytes
    notes: tuple[str, ...] = ()


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Write a number of things for a note: `1 picture`, `3 pictures`."""
    return f"1 {thing}" if number == 1 else f"{number:,} {things or thing + 's'}"
