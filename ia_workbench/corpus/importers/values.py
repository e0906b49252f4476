"""What every importer gives back, and how large a file may be."""

from dataclasses import dataclass

LARGEST_FILE = 50_000_000  # bytes, as it comes: OWASP ASVS asks for a stated limit; an hour of talk takes under 1 MB


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
