"""Which invented name stands for a person in every source of a study, and how it is written in each place.

Realistic names hide a name that was overlooked better than brackets do, which mark every name without them as real.
The choice is a function of the study's seed and the person alone, so that it is the same in every source.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from ia_workbench.kernel import Refused
from ia_workbench.privacy.deidentification.given_names import FIRST_NAMES
from ia_workbench.privacy.deidentification.invented_names import FIRST, LAST
from ia_workbench.privacy.deidentification.people import TITLES
from ia_workbench.privacy.deidentification.readable import ReadableText
from ia_workbench.privacy.deidentification.spelling import PART, PREFIXES, FoldedText
from ia_workbench.privacy.deidentification.words import folded_word

Gender = Literal["", "f", "m"]
PIECE = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")
SLIPS = 2  # letters in which a misspelt last name may differ and still be known for one
NO_NAME_LEFT = "Every invented name is in use or stands in a text of this study. Write a name for this person yourself."


@dataclass(frozen=True)
class InventedName:
    """A first and a last name that belong to nobody in the study."""

    first: str
    last: str


def words_taken(texts: Iterable[str], names: Iterable[str] = ()) -> frozenset[str]:
    """Return every word of a study's texts and names, folded: none of them may stand for a person."""
    return frozenset(part for text in (*texts, *names) for part in PART.findall(FoldedText(text).folded))


def invented_name(
    identity: str,
    *,
    seed: str,
    taken: Collection[str] = (),
    used: Collection[InventedName] = (),
    gender: Gender = "",
    language: str = "en",
    family: InventedName | None = None,
) -> InventedName:
    """Choose the name that stands for a person: always the same for one seed, identity and set of names in use.

    `taken` are folded words (`words_taken`) that may not be chosen; `used` the names of other people, of which neither
    first nor last name is given twice, since either may stand alone. `family` is a relative of the same last name. The
    first name tells no gender unless one is given (`f`, `m`). Refuses when no name is left.
    """
    barred = {_folded(each) for each in taken}
    firsts = barred | {_folded(each.first) for each in used} | {_folded(each.last) for each in used}
    spoken = "es" if language == "es" else "en"
    first = _chosen(FIRST[spoken, gender] or FIRST[spoken, ""], firsts, f"{seed}\n{identity}\nfirst")
    if family is not None:
        return InventedName(first, family.last)
    return InventedName(first, _chosen(LAST[spoken], firsts | {_folded(first)}, f"{seed}\n{identity}\nlast"))


def _chosen(names: Sequence[str], barred: Collection[str], why: str) -> str:
    free = [each for each in names if _folded(each) not in barred]
    if not free:
        raise Refused(NO_NAME_LEFT)
    return min(free, key=lambda each: hashlib.sha256(f"{why}\n{each}".encode()).digest())


def _folded(word: str) -> str:
    return FoldedText(word).folded


def in_form_of(words: str, names: Sequence[str], invented: InventedName) -> str:
    """Return the invented name in the form in which a person's stands: `Okoro's` → `Barlow's`, `T. G.` → `R. B.`

    `names` are the person's own spellings, the fullest first. First names give way to the first name, last names to the
    last, initials to initials; titles, endings, capitals and the order stay.
    """
    pieces = [(match.start(), match.end(), match.group()) for match in PIECE.finditer(words)]
    lasts = _lasts(names)
    roles = [_role(place, pieces, words, lasts, names) for place in range(len(pieces))]
    told, at, before = "", 0, ""
    for place, ((start, end, piece), role) in enumerate(zip(pieces, roles, strict=True)):
        if role == "" or role != before:
            told += words[at:start]
        if role == "":
            told += piece
        elif role != before:
            own = next((each[2] for each in pieces[place:] if folded_word(each[2]) not in PREFIXES), piece)
            told += _like(own, invented.first if role == "first" else invented.last, words[end : end + 1])
        at = end
        before = role
    return told + words[at:]


def _lasts(names: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        parts = [each for each in PART.findall(_folded(ReadableText(name).plain)) if each not in TITLES]
        if "," in name:
            parts = [*parts[1:], parts[0]] if len(parts) > 1 else parts
        middle = [each for each in parts[1:-1] if each not in FIRST_NAMES]
        alone = len(parts) == 1 and (parts[0] not in FIRST_NAMES or folded_word(name.split()[0]) in TITLES)
        found |= {*middle, *(parts[-1:] if len(parts) > 1 or alone else ())}
    return frozenset(found)


def _role(
    place: int, pieces: Sequence[tuple[int, int, str]], words: str, lasts: frozenset[str], names: Sequence[str]
) -> str:
    start, end, piece = pieces[place]
    folded = folded_word(piece)
    is_ending = folded == "s" and words[start - 1 : start] in {"'", "’"}
    if is_ending or (folded in TITLES and folded not in lasts and place + 1 < len(pieces)):
        return ""
    if folded in PREFIXES:
        return "last" if len(pieces) > 1 else "first"
    if len(folded) == 1:
        is_second = place > 0 and len(pieces[place - 1][2]) >= 1 and folded_word(pieces[place - 1][2]) not in TITLES
        is_final = place + 1 == len(pieces) or folded_word(pieces[place + 1][2]) == "s"
        return "last" if is_second and is_final else "first"
    forms = {folded, folded.removesuffix("s"), *PART.findall(folded)}
    return "last" if forms & lasts or _is_near(folded, lasts, names) else "first"


def _is_near(folded: str, lasts: frozenset[str], names: Sequence[str]) -> bool:
    known = {part for name in names for part in PART.findall(_folded(name))}
    if len(folded) < 5 or folded in known or folded in FIRST_NAMES:
        return False
    return any(each[0] == folded[0] and DamerauLevenshtein.distance(folded, each) <= SLIPS for each in lasts)


def _like(piece: str, name: str, after: str) -> str:
    """The name with the capitals of what it stands for, and an initial for an initial."""
    if len(piece) == 1:
        name = name[0]
    if piece.isupper() and (len(piece) > 1 or after == "."):
        return name.upper()
    return name.lower() if piece.islower() else name
