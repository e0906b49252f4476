"""Names in ordinary spellings: how a name may be written, and where it stands in a text.

Both sides are folded first: accents, case, kinds of dashes and apostrophes and invisible characters make no difference.
Between the parts of a name there may be spaces, dashes, full stops, apostrophes, middle initials or nothing; the last
part may come first; a plural or possessive may follow; Mc, O' and de la are joined or apart, and Street is St. A part
may be spelled out letter by letter, and broken once by a hyphen, as at the end of a line. A part
alone is the name as well, unless it is on the fixed list of words of every day and follows no title and no initial.
Pure values; one pass over each text, and a text is asked for its letters alone before any name is looked for in
earnest.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from itertools import pairwise
from urllib.parse import unquote

from ia_workbench.kernel import Span
from ia_workbench.privacy.deidentification.everyday import NEVER_ALONE, WITH_A_CAPITAL

FEWEST_LETTERS = 3  # a shorter part of a name is too common to be looked for on its own
LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}  # with no accent to drop
APOSTROPHES = frozenset("’‘ʼ‛′`´")
PART = re.compile(r"[^\W\d_]+|\d+")
BETWEEN = " -._'"
ENDING = r"(?:'?(?:es|s))?"  # in both languages: the Okoros, Okoro's, los Ríos
BEFORE_A_PART = "o mc mac de del dela la las los van von der den di da"  # they belong to the part after them
GLUED = re.compile(r"(mc|mac|dela)(?=[^\W\d_]{3})|o(?=[^\W\d_]{3})")
SHORT_FORMS = (
    ("street", "st"),
    ("saint", "st"),
    ("avenue", "ave"),
    ("road", "rd"),
    ("boulevard", "blvd"),
    ("court", "ct"),
    ("lane", "ln"),
    ("drive", "dr"),
)
COURTESIES = "mr mrs ms mx dr sr sra srta miss mister don dona senor senora senorita doctor doctora"
PREFIXES = frozenset(BEFORE_A_PART.split())
TITLES = frozenset(COURTESIES.split())
OFFICES = frozenset(("judge", "officer"))
# These also begin sentences about any judge or doctor, so that something must have a capital.
WORDS_AS_TITLES = OFFICES | {"miss", "don", "doctor", "doctora", "senor", "senora", "senorita"}
TITLE_BEFORE = re.compile(rf"(?<![^\W_])(?:({'|'.join(sorted(TITLES))})[\s._-]*|({'|'.join(sorted(OFFICES))})[\s_-]+)$")
INITIALS_BEFORE = re.compile(r"(?<![^\W_])(?<!')(?:[^\W\d_](?:\.[\s._-]*|[\s_-]+)){1,3}$")
ONE_LETTER_WORDS = "aeiouy"  # in both languages: an initial only with a full stop or as a capital
FEWEST_SPELLED_OUT = 4  # letters of a part that is looked for letter by letter: shorter ones stand there by chance
FEWEST_BROKEN = 5  # letters of a part that a hyphen may break, two on either side
BETWEEN_LETTERS = r"[\s.,-]{1,3}+"
NO_HYPHEN_BEFORE, NO_HYPHEN_AFTER = r"(?<![^\W_]-)", r"(?!-[^\W_])"  # else it is one of the parts of a longer word
MOST_TIMES_ENCODED = 3
LOOK_BACK = 40  # characters before a part in which its title or initial stands


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

    def has_capital(self, start: int, end: int) -> bool:
        """Say whether the text's own characters between folded places have a capital."""
        return any(self.is_capital(place) for place in range(start, end))

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


def with_decoded(text: str) -> str:
    """Return a text, and below it the same with what web pages and addresses write as code, if there is any.

    `Mar&iacute;a` and `Mar%C3%ADa` are read as María, up to three times encoded.
    """
    read = text
    for _again in range(MOST_TIMES_ENCODED):
        read = html.unescape(unquote(read))
    return text if read == text else f"{text}\n{read}"


class Counts(Enum):
    """Where a part of a name on its own is meant."""

    ANYWHERE = "anywhere"
    WITH_A_CAPITAL = "with a capital"
    AFTER_A_TITLE = "after a title"


@dataclass(frozen=True)
class Written:
    """Words in one order as a text may have them; `needed` are the letters of each, one of each in any such text."""

    expression: str
    needed: tuple[tuple[str, ...], ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its regular expression, made only for texts that have the letters."""
        return _compiled(self.expression)

    def may_stand_in(self, text: FoldedText) -> bool:
        """Rule a text out quickly."""
        return all(any(form in text.letters for form in forms) for forms in self.needed)


_compiled = lru_cache(maxsize=4096)(re.compile)


@dataclass(frozen=True)
class Part:
    """A part of a name on its own, and the initials that may stand before it (none: any)."""

    written: tuple[Written, ...]
    counts: Counts
    initials: frozenset[str]


@dataclass(frozen=True)
class Spelling:
    """A name and every way in which it may be written; `parts` are those looked for on their own."""

    words: str
    whole: tuple[Written, ...]
    parts: tuple[Part, ...]


@lru_cache(maxsize=4096)
def spelling_of(words: str, *, with_parts: bool = False) -> Spelling:
    """Return the ways in which a name may be written; `with_parts` also each of its parts on its own."""
    folded = FoldedText(words)
    parts = PART.findall(folded.folded)
    turned = [parts[-1], *parts[:-1]] if len(parts) > 1 and not parts[-1].isdigit() else []
    between = BETWEEN + "".join(each for each in folded.folded if not each.isalnum())
    orders = [(order, between + "," * (order is turned)) for order in (parts, turned) if order]
    alone = tuple(_alone(folded)) if with_parts and len(parts) > 1 else ()
    return Spelling(words, tuple(each for order in orders for each in _both(*order)), alone)


def _both(parts: Sequence[str], between: str) -> Iterator[Written]:
    """The words as they are written, and where they may also be spelled out or broken."""
    yield _written(parts, between)
    if any(map(_may_be_apart, parts)):
        yield _written(parts, between, is_apart=True)


def _alone(folded: FoldedText) -> Iterator[Part]:
    """The parts of a name that may be meant on their own; those with a capital, where it is written with capitals."""
    found = list(PART.finditer(folded.folded))
    parts = [match.group() for match in found]
    has_capitals = any(folded.is_capital(match.start()) for match in found)
    for place, match in enumerate(found):
        if (has_capitals and not folded.is_capital(match.start())) or not _is_meant_alone(parts, place):
            continue
        others = frozenset(each[0] for at, each in enumerate(parts) if at != place and _is_meant_alone(parts, at))
        counts = _counts(parts[place])
        yield Part(tuple(_both([parts[place]], BETWEEN)), counts, others)
        first = place
        while first and parts[first - 1] in PREFIXES:
            first -= 1
        if first < place:
            yield Part(tuple(_both(parts[first : place + 1], BETWEEN)), counts, others)


def _is_meant_alone(parts: Sequence[str], place: int) -> bool:
    part = parts[place]
    joins = part in PREFIXES and place + 1 < len(parts)
    return len(part) > 1 and not part.isdigit() and not joins and part not in TITLES | OFFICES


def _counts(part: str) -> Counts:
    either = {part, part.removesuffix("s")}
    if len(part) < FEWEST_LETTERS or either & NEVER_ALONE:
        return Counts.AFTER_A_TITLE
    return Counts.WITH_A_CAPITAL if either & WITH_A_CAPITAL else Counts.ANYWHERE


def _written(parts: Sequence[str], between: str, *, is_apart: bool = False) -> Written:
    kept = f"[\\s{re.escape(between)}]"
    gap = f"{kept}*+"  # taken whole: no part begins with any of these
    initial = rf"(?:(?:[^\W\d_]\.|(?![{ONE_LETTER_WORDS}])[^\W\d_](?={kept})){gap}){{0,2}}"
    forms = _apart if is_apart else _forms
    words = forms(parts[0])
    for before, part in pairwise(parts):
        has_initial = len(before) > 1 and before not in PREFIXES and not before.isdigit() and not part.isdigit()
        words += gap + initial * has_initial + forms(part)
    ending = ENDING if len(parts[-1]) >= FEWEST_LETTERS and not parts[-1].isdigit() else "(?:'s)?"
    after = r"\d" if parts[-1].isdigit() else r"[^\W\d_]"
    return Written(f"{words}{ending}(?!{after})", tuple(_same(part) for part in parts))


def _same(part: str) -> tuple[str, ...]:
    """The part and what it is short or long for."""
    return (part, *dict.fromkeys(each for pair in SHORT_FORMS if part in pair for each in pair if each != part))


def _forms(part: str) -> str:
    """A part as a pattern; it begins with plain words where it can, which are searched for fast."""
    forms = _same(part)
    if len(forms) > 1:
        return f"(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})"
    glued = GLUED.match(part)
    if glued is None:
        return re.escape(part)
    rest = re.escape(part[glued.end() :])
    if glued.group() == "o":
        return rf"o(?:\s*+'\s*+)?{rest}"
    start = r"de[\s-]*+la" if glued.group() == "dela" else glued.group()
    return rf"{start}[\s'-]*+{rest}"


def _may_be_apart(part: str) -> bool:
    return len(part) >= FEWEST_SPELLED_OUT and part.isalpha()


def _apart(part: str) -> str:
    """A part as a pattern, also spelled out letter by letter, or broken by one hyphen."""
    if not _may_be_apart(part):
        return _forms(part)
    letters = [re.escape(each) for each in part]
    spelled = BETWEEN_LETTERS.join(letters)
    places = range(2, len(part) - 1) if len(part) >= FEWEST_BROKEN else ()
    broken = [rf"{''.join(letters[:place])}-\s*+{''.join(letters[place:])}" for place in places]
    return (
        "|".join(["(?:" + _forms(part), spelled, *(NO_HYPHEN_BEFORE + each + NO_HYPHEN_AFTER for each in broken)]) + ")"
    )


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that do not begin within a longer word or number."""
    match = pattern.search(text)
    while match is not None:
        start = match.start()
        begins = start == 0 or not text[start - 1].isalnum() or text[start - 1].isdigit() != text[start].isdigit()
        if begins:
            yield match
        match = pattern.search(text, match.end() if begins else start + 1)


def places_of_name(spelling: Spelling, text: FoldedText) -> list[Span]:
    """Return every place where a name stands in a text, in order; [] when it does not.

    A part on its own counts unless it is a word of every day; after a title or an initial, it counts all the same.
    """
    found = [
        text.span(match.start(), match.end())
        for written in spelling.whole
        if written.may_stand_in(text)
        for match in _matches(written.pattern, text.folded)
    ]
    for part in spelling.parts:
        for written in part.written if part.written[0].may_stand_in(text) else ():
            places = (match for match in _matches(written.pattern, text.folded) if _is_meant(part, match, text))
            found += [text.span(match.start(), match.end()) for match in places]
    return sorted(set(found))


def _is_meant(part: Part, match: re.Match[str], text: FoldedText) -> bool:
    if part.counts is Counts.ANYWHERE:
        return True
    has_capital = text.has_capital(match.start(), match.end())
    if part.counts is Counts.WITH_A_CAPITAL and has_capital:
        return True
    return _has_title(match, text) or _has_initial(part, match, text)


def _has_title(match: re.Match[str], text: FoldedText) -> bool:
    start = max(0, match.start() - LOOK_BACK)
    title = TITLE_BEFORE.search(text.folded[start : match.start()])
    if title is None:
        return False
    is_sure = (title.group(1) or title.group(2)) not in WORDS_AS_TITLES
    return is_sure or text.has_capital(start + title.start(), match.end())


def _has_initial(part: Part, match: re.Match[str], text: FoldedText) -> bool:
    start = max(0, match.start() - LOOK_BACK)
    before = INITIALS_BEFORE.search(text.folded[start : match.start()])
    if before is None:
        return False
    letters = PART.findall(before.group())
    if part.initials and not part.initials & set(letters):
        return False
    are_capitals = text.is_capital(start + before.start()) and text.is_capital(match.start())
    return "." in before.group() or letters[0] not in ONE_LETTER_WORDS or are_capitals
