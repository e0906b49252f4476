"""Names in ordinary spellings: how a name may be written, and where it stands in a text.

Both sides are folded first: accents, case, kinds of dashes and apostrophes and invisible characters make no difference.
Between the parts of a name there may be spaces, dashes, full stops, apostrophes or nothing; the last part may come
first; a plural or possessive may follow. Pure values; one pass over each text, and a text is asked for its letters
alone before any name is looked for in earnest.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ia_workbench.kernel import Span

FEWEST_LETTERS = 3  # a shorter part of a name is too common to be looked for on its own
LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}  # with no accent to drop
APOSTROPHES = frozenset("’‘ʼ‛′`´")
PART = re.compile(r"[^\W\d_]+|\d+")
BETWEEN = " -._'"
ENDING = r"(?:'?(?:es|s))?"  # in both languages: the Okoros, Okoro's, los Ríos
# Parts of names that are words of every day: titles, what places and employers are called, words that join others.
EVERYDAY = """
mr mrs miss dr doctor judge officer sra srta senor senora don dona
the and for las los del van von una con por que
she her hers his him they their them you your our its this that these those what when where who how not
street road avenue lane drive court county city town park river lake hill north south east west san santa saint
school elementary middle high college church center centre clinic hospital house home motel office agency
company packing market store laundry cleaning services service family child children
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
lunes martes miercoles jueves viernes sabado domingo
"""
EVERYDAY_PARTS = frozenset(EVERYDAY.split())


class FoldedText:
    """A text as names are looked for in it, with the way back to its own places."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = [_folded_character(each) for each in text]
        self.folded = "".join(pieces)
        self._origins = [place for place, piece in enumerate(pieces) for _ in piece]

    @cached_property
    def letters(self) -> str:
        """Its letters and digits alone, to rule names out quickly."""
        return _only_letters(self.folded)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that stand in it in small letters somewhere."""
        small = (match for match in PART.finditer(self.folded) if not self.is_capital(match.start()))
        return frozenset(match.group() for match in small)

    def is_capital(self, start: int) -> bool:
        """Say whether the text's own character at a folded place is a capital."""
        return self.text[self._origins[start]].isupper() or self.text[self._origins[start]].istitle()

    def span(self, start: int, end: int) -> Span:
        """Return where folded places stand in the text; accents and invisible characters after them belong to them."""
        last = self._origins[end - 1] + 1
        after = self._origins[end] if end < len(self._origins) else len(self.text)
        while last < after and not _folded_character(self.text[last]):
            last += 1
        return Span(self._origins[start], last)


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    if character in APOSTROPHES:
        return "'"
    if unicodedata.category(character) == "Pd" or character == "\u2212":
        return "-"
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    kept = (each for each in plain if unicodedata.category(each)[0] != "M" and unicodedata.category(each) != "Cf")
    return "".join(LETTERS.get(each, each) for each in kept)


def _only_letters(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))


@dataclass(frozen=True)
class Spelling:
    """A name and every way in which it may be written; `parts` are those looked for on their own, with a capital."""

    words: str
    whole: tuple[re.Pattern[str], ...]
    parts: tuple[tuple[str, re.Pattern[str]], ...]
    letters: tuple[str, ...]


@lru_cache(maxsize=4096)
def spelling_of(words: str, *, with_parts: bool = False) -> Spelling:
    """Return the ways in which a name may be written; `with_parts` also each of its parts on its own."""
    folded = FoldedText(words)
    parts = PART.findall(folded.folded)
    turned = [parts[-1], *parts[:-1]] if len(parts) > 1 and not parts[-1].isdigit() else []
    between = BETWEEN + "".join(each for each in folded.folded if not each.isalnum())
    orders = [(order, between + "," * (order is turned)) for order in (parts, turned) if order]
    alone = dict.fromkeys(_alone(folded)) if with_parts and len(parts) > 1 else ()
    return Spelling(
        words,
        whole=tuple(_pattern(order, allowed) for order, allowed in orders),
        parts=tuple((part, _pattern([part], "")) for part in alone),
        letters=tuple("".join(order) for order, _ in orders),
    )


def _alone(folded: FoldedText) -> Iterator[str]:
    """The parts of a name that may be meant on their own; those with a capital, where it is written with capitals."""
    found = list(PART.finditer(folded.folded))
    has_capitals = any(folded.is_capital(match.start()) for match in found)
    for match in found:
        part, is_meant = match.group(), not has_capitals or folded.is_capital(match.start())
        is_everyday = part in EVERYDAY_PARTS or part.removesuffix("s") in EVERYDAY_PARTS
        if is_meant and len(part) >= FEWEST_LETTERS and not part.isdigit() and not is_everyday:
            yield part


def _pattern(parts: list[str], between: str) -> re.Pattern[str]:
    gap = f"[\\s{re.escape(between)}]*"
    words = gap.join(re.escape(part) for part in parts)
    ending = ENDING if len(parts[-1]) >= FEWEST_LETTERS and not parts[-1].isdigit() else "(?:'s)?"
    after = r"\d" if parts[-1].isdigit() else r"[^\W\d_]"
    return re.compile(f"{words}{ending}(?!{after})")  # begins with plain words, which are searched for fast


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that do not begin within a longer word or number."""
    match = pattern.search(text)
    while match is not None:
        start = match.start()
        begins = start == 0 or not text[start - 1].isalnum() or text[start - 1].isdigit() != text[start].isdigit()
        if begins:
            yield match
        match = pattern.search(text, match.end() if begins else start + 1)


def places_of_name(spelling: Spelling, text: FoldedText, *, everyday: Iterable[str] = ()) -> list[Span]:
    """Return every place where a name stands in a text, in order; [] when it does not.

    A part on its own counts where it has a capital, unless it is one of the `everyday` words.
    """
    found = [
        text.span(match.start(), match.end())
        for letters, pattern in zip(spelling.letters, spelling.whole, strict=True)
        if letters in text.letters
        for match in _matches(pattern, text.folded)
    ]
    for part, pattern in spelling.parts:
        if part in text.letters and part not in everyday:
            places = (match for match in _matches(pattern, text.folded) if text.is_capital(match.start()))
            found += [text.span(match.start(), match.end()) for match in places]
    return sorted(found)
