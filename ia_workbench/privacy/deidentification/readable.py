"""A text as patterns read it: one kind of dash, apostrophe and blank, nothing invisible, with the way back."""

import re
from bisect import bisect_right
from functools import cached_property

# Letters of other alphabets that look like Latin ones: in a word with both, one hides a name from a search.
LOOK_ALIKES = dict(
    zip("аеорсухіјѕԁһАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "aeopcyxijsdhABEKMHOPCTXYIJSABEZHIKMNOPTYXo", strict=True)
)
LOOKING_ALIKE = str.maketrans(LOOK_ALIKES)
LOOKS_ALIKE = re.compile(f"[{''.join(LOOK_ALIKES)}]")
IN_A_WORD = re.compile(rf"\w*[{''.join(LOOK_ALIKES)}]\w*")
LATIN = re.compile("[a-zA-Z\u00c0-\u024f]")
SAME = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−﹣－", "-"),
        **dict.fromkeys("’‘ʼ‛′`´", "'"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "＠": "@",
        "．": ".",
    }
)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


def _in_one_script(plain: str) -> str:
    """Latin letters for those that look like them in words with both; a name that is all Greek or Russian stays so."""
    if not LOOKS_ALIKE.search(plain):
        return plain
    is_latin = len(LATIN.findall(plain)) > len(LOOKS_ALIKE.findall(plain))

    def read(match: re.Match[str]) -> str:
        word = match.group()
        read = word.translate(LOOKING_ALIKE)
        is_hidden = LATIN.search(word) or (is_latin and read.isascii())
        return read if is_hidden else word

    return IN_A_WORD.sub(read, plain)


class ReadableText:
    """`plain` is the text that patterns search; `span` gives places of it in the text itself, in code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]  # where stretches of `plain` begin, and how many invisible characters stand before each
        self._left_out = [0]
        pieces, start, length = [], 0, 0
        for match in INVISIBLE.finditer(text):
            pieces.append(text[start : match.start()])
            length += match.start() - start
            start = match.end()
            self._starts.append(length)
            self._left_out.append(start - length)
        self.plain = _in_one_script("".join([*pieces, text[start:]]).translate(SAME))

    def at(self, place: int) -> int:
        """Return where a character of `plain` stands in the text."""
        return place + self._left_out[bisect_right(self._starts, place) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of `plain` (not empty) stands in the text: start inclusive, end exclusive."""
        return self.at(start), self.at(end - 1) + 1

    def place_of(self, place: int) -> int:
        """Return where a character of the text stands in `plain`; one that is left out, where the next one stands."""
        at = bisect_right(self._origins, place) - 1
        following = self._starts[at + 1] if at + 1 < len(self._starts) else len(self.plain)
        return min(self._starts[at] + place - self._origins[at], following)

    @cached_property
    def _origins(self) -> list[int]:
        return [start + left_out for start, left_out in zip(self._starts, self._left_out, strict=True)]
