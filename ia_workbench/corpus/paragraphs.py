"""Dividing a text into its non-blank lines and its paragraphs."""

from collections.abc import Sequence
from typing import NamedTuple

NARROWEST_WRAP = 40  # code points; lists and forms have shorter lines
WIDEST_WRAP = 100  # whoever breaks lines, by hand or by a mail program, breaks them before this
FEWEST_BROKEN = 3  # line ends; fewer prove nothing
FRONT_MATTER = "---"  # the line above and below the data that some Markdown files begin with
LONGEST_FRONT_MATTER = 60  # lines
WRAPPED_SHARE = 0.8  # of line ends where the next word would not have fitted


class Line(NamedTuple):
    """A line that holds something: its offset in the text, and its words without blank space around them."""

    start: int
    words: str
    follows_blank: bool

    @property
    def end(self) -> int:
        """The offset after the last visible character."""
        return self.start + len(self.words)


def lines_of(text: str) -> list[Line]:
    """Return the non-blank lines of a text in order."""
    lines: list[Line] = []
    offset, follows_blank = 0, True
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            lead = 0 if raw[0] == words[0] else len(raw) - len(raw.lstrip())
            lines.append(Line(offset + lead, words, follows_blank))
        follows_blank = not words
        offset += len(raw) + 1
    return lines


def paragraphs_of(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the first and last line of each paragraph, in order.

    A line is a paragraph, as in a Word document; in a text whose lines were broken to fit a width, the lines between
    two blank ones are. The front matter of a Markdown file is one paragraph.
    """
    after = _front_matter(lines)
    front = [(lines[0], lines[after - 1])] if after else []
    rest = lines[after:]
    if not is_wrapped(rest):
        return [*front, *((line, line) for line in rest)]
    firsts = [index for index, line in enumerate(rest) if line.follows_blank or index == 0]
    lasts = [index - 1 for index in firsts[1:]] + [len(rest) - 1]
    return [*front, *((rest[first], rest[last]) for first, last in zip(firsts, lasts, strict=True))]


def _front_matter(lines: Sequence[Line]) -> int:
    """Count the lines of front matter at the top, its two rules included; 0 when there is none."""
    if not lines or lines[0].words != FRONT_MATTER or lines[0].start != 0:
        return 0
    inside = enumerate(lines[1:LONGEST_FRONT_MATTER], start=2)
    return next((count for count, line in inside if line.words == FRONT_MATTER), 0)


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Say whether the lines were broken to fit a width: each was full when the next began."""
    pairs = [(line, after) for line, after in zip(lines, lines[1:], strict=False) if not after.follows_blank]
    width = max((len(line.words) for line in lines), default=0)
    if len(pairs) < FEWEST_BROKEN or not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return False
    full = sum(len(line.words) + 1 + len(after.words.partition(" ")[0]) > width for line, after in pairs)
    return full >= WRAPPED_SHARE * len(pairs)
