"""Offsets into stored text.

Stored text is NFC with `\\n` line ends. Offsets are Unicode code points, start inclusive, end exclusive. Browsers
count UTF-16 code units instead: `web/static/reading/offsets.js` is where one becomes the other.
"""

import hashlib
import unicodedata
from dataclasses import dataclass

from ia_workbench.kernel.errors import Refused


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of text: `start` inclusive, `end` exclusive, in code points. Empty and negative spans are refused."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise Refused("Select at least one character: {start} to {end} is empty.", start=self.start, end=self.end)

    def of(self, text: str) -> str:
        """Return the words of this span in `text`; refuses a span that ends past the text."""
        if self.end > len(text):
            raise Refused(
                "The text has {length} characters; {start} to {end} ends past it.",
                length=len(text),
                start=self.start,
                end=self.end,
            )
        return text[self.start : self.end]

    def touches(self, other: "Span") -> bool:
        """Say whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


def normalise_text(text: str) -> str:
    """Return the text as it is stored: NFC, line ends as `\\n`, no byte-order mark at the start."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def digest_of(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
