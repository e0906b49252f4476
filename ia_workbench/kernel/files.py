"""Reading files that people name: of a stated size, and every refusal in words."""

from pathlib import Path

from ia_workbench.kernel.errors import Refused
from ia_workbench.kernel.spans import normalise_text

LARGEST_FILE = 50_000_000  # bytes: OWASP ASVS asks for a stated limit; an hour of talk takes under 1 MB


def read_bytes(path: Path) -> bytes:
    """Read a file. Raises Refused for one over 50 MB, before it is read, and for one that cannot be read.

    A device or a pipe is refused: it may never end.
    """
    try:
        if path.exists() and not path.is_file():
            raise Refused("{name} is not a file.", name=path.name)
        if path.stat().st_size > LARGEST_FILE:
            raise Refused("{name} is larger than 50 MB. Split it into smaller files.", name=path.name)
        return path.read_bytes()
    except OSError as error:
        raise Refused("{name} cannot be read: {why}.", name=path.name, why=error.strerror or "an error") from None


def read_text(path: Path) -> str:
    """Read a UTF-8 file as text in stored form (NFC, `\n`). Raises Refused as `read_bytes`, and for no text."""
    content = read_bytes(path)
    try:
        return normalise_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sentence = "{name} is not UTF-8 text: look at line {line}. Save it as UTF-8."
        raise Refused(sentence, name=path.name, line=line) from None
