"""Names that a study lists, in the spellings, short forms, initials and slips of the pen under which they stand."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from ia_workbench.kernel import Span
from ia_workbench.privacy.deidentification.capitals import AGENCY_WORDS, PLACE_WORDS
from ia_workbench.privacy.deidentification.everyday import WITH_A_CAPITAL
from ia_workbench.privacy.deidentification.given_names import short_forms
from ia_workbench.privacy.deidentification.proposal import FoundBy, Proposal
from ia_workbench.privacy.deidentification.spelling import (
    FEWEST_LETTERS,
    OFFICES,
    PART,
    PREFIXES,
    TITLES,
    FoldedText,
    places_of_name,
    spelling_of,
)
from ia_workbench.privacy.deidentification.words import Word, WordedText, folded_word, is_ordinary
from ia_workbench.privacy.rules import IdentifierClass

LISTED = "name on the list"
ALIAS = "other name on the list"
SHORT = "short form of a name on the list"
INITIALS = "initials of a name on the list"
SLIP = "spelt like a name on the list"
SPEAKER = "name of a speaker"
FEWEST_FOR_A_SLIP = 5  # shorter words differ by one letter from too many others
TWO_SLIPS_FROM = 8
MOST_WORDS_OF_A_TERM = 6
ONE_PERSON = frozenset({IdentifierClass.PERSON, IdentifierClass.REPORTER})


@dataclass(frozen=True)
class ListedName:
    """A name that a study knows, what it is, and other names for the same."""

    words: str
    identifier_class: IdentifierClass = IdentifierClass.PERSON
    aliases: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether it is the name of a person, who has first names, initials and short forms."""
        return self.identifier_class in ONE_PERSON


def listed(worded: WordedText, names: Sequence[ListedName], *, rule: str = LISTED) -> Iterator[Proposal]:
    """Yield where names stand; places are of the readable text, in no order."""
    for name in names:
        yield from _spelt(worded, name, name.words, rule)
        for alias in name.aliases:
            yield from _spelt(worded, name, alias, ALIAS)
        yield from _with_prefixes(worded, name)
        yield from _shortened(worded, name)
        yield from _initials(worded, name)
    yield from _slips(worded, names)
    yield from _words_as_names(worded, names)


def _spelt(worded: WordedText, name: ListedName, words: str, rule: str) -> Iterator[Proposal]:
    whole = spelling_of(words)
    if not whole.whole or not any(map(str.isalnum, words)):
        return
    for place in places_of_name(whole, worded.folded):
        if _is_meant(words, place, worded):
            yield _found(name, place, rule)
    for place in places_of_name(spelling_of(words, with_parts=True), worded.folded):
        if name.is_person or _is_own_part(place.of(worded.plain)):
            yield _found(name, place, rule)


def _with_prefixes(worded: WordedText, name: ListedName) -> Iterator[Proposal]:
    """`delacruz` joined, in any text; `de la cruz` in texts that have no capitals at all, as a machine writes them."""
    parts = PART.findall(FoldedText(name.words).folded)
    if not name.is_person or len(parts) < 3 or PREFIXES.isdisjoint(parts):
        return
    for at, part in enumerate(parts):
        first = at
        while first and parts[first - 1] in PREFIXES:
            first -= 1
        if first == at or part in PREFIXES:
            continue
        ways = {"".join(parts[first : at + 1])} | ({" ".join(parts[first : at + 1])} if not worded.capital else set())
        for way in sorted(ways):
            pattern = re.compile(rf"(?<![^\W_]){re.escape(way)}(?:'?s)?(?![^\W_])")
            for match in pattern.finditer(worded.folded.folded):
                yield _found(name, worded.folded.span(*match.span()), LISTED)


def _is_own_part(words: str) -> bool:
    """Of the name of an agency or a place, what no other agency or place is called (`Lincoln`, not `School`)."""
    parts = [folded_word(part) for part in PART.findall(words)]
    own = [part for part in parts if not is_ordinary(part) and part not in AGENCY_WORDS | PLACE_WORDS]
    return bool(own) and any(map(str.isupper, words))


def _is_meant(words: str, place: Span, worded: WordedText) -> bool:
    """A name of one word that is a word as well (Joy, Will) has a capital, unless the list writes it without."""
    folded = folded_word(words)
    if not (is_ordinary(folded) or folded in WITH_A_CAPITAL) or not any(map(str.isupper, words)):
        return True
    return any(map(str.isupper, place.of(worded.plain)))


def _shortened(worded: WordedText, name: ListedName) -> Iterator[Proposal]:
    """Bob for Robert: with the rest of the name, and alone."""
    parts = PART.findall(FoldedText(name.words).folded)
    while parts and parts[0] in TITLES:
        parts = parts[1:]
    if not name.is_person or not parts:
        return
    for form in sorted(short_forms().get(parts[0], ())):
        ways = [form] if is_ordinary(form) else [" ".join([form, *parts[1:]]), form]
        if is_ordinary(form):
            ways = [" ".join([form, *parts[1:]])] if len(parts) > 1 else []
        for way in ways:
            needs_capital = way == form
            for place in places_of_name(spelling_of(way), worded.folded):
                if not needs_capital or any(map(str.isupper, place.of(worded.plain))):
                    yield _found(name, place, SHORT)


def _initials(worded: WordedText, name: ListedName) -> Iterator[Proposal]:
    """`J. F.` for a person; `CCFS` for an agency of three words or more."""
    words = [each for each in re.findall(r"[^\W\d_]+", name.words) if each[0].isupper()]
    words = [each for each in words if folded_word(each) not in TITLES]
    letters = [re.escape(each[0]) for each in words]
    if name.is_person and 2 <= len(letters) <= 4:
        short = letters if len(letters) == 2 else [letters[0], letters[-1]]
        ways = {r"\. ?".join(letters) + r"\.?", r"\. ?".join(short) + r"\.?"}
        ways.add(rf"{re.escape(words[-1])}, ?{letters[0]}\.")  # Hill, J.
        pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(sorted(ways))})(?!\w)")
    elif not name.is_person and 3 <= len(letters) <= 7:
        pattern = re.compile(rf"(?<!\w){''.join(letters)}(?!\w)")
    else:
        return
    for match in pattern.finditer(worded.plain):
        yield _found(name, Span(*match.span()), INITIALS)


def _slips(worded: WordedText, names: Iterable[ListedName]) -> Iterator[Proposal]:
    """Words that differ from a part of a name by a letter or two, and begin with the same."""
    parts: dict[str, dict[str, ListedName]] = defaultdict(dict)
    for name in names:
        for words in (name.words, *name.aliases):
            for part in PART.findall(FoldedText(words).folded):
                if len(part) >= FEWEST_FOR_A_SLIP and not is_ordinary(part) and part not in PREFIXES:
                    parts[part[0]].setdefault(part, name)
    known: dict[str, ListedName | None] = {}
    for word in worded.words:
        if len(word.folded) < FEWEST_FOR_A_SLIP - 1 or word.may_be_word or not word.text[0].isalpha():
            continue
        if word.folded not in known:
            known[word.folded] = _slip_of(word.folded, parts.get(word.folded[0], {}))
        close = known[word.folded]
        if close is not None and (word.has_capital or _is_sure_in_small(word, worded)):
            yield _found(close, Span(word.start, word.end), SLIP)


_ACTS = """
said says told tells came comes was is had has went goes never did didn't called calls asked asks wants wanted works
worked lives lived moved got gets left took takes knows knew thinks thought started stopped signed wrote and or
"""
# What follows a name at the beginning of a sentence, and hardly the word itself: `Will said`, but `Will you`.
ACTS = frozenset(_ACTS.split())


def _words_as_names(worded: WordedText, names: Sequence[ListedName]) -> Iterator[Proposal]:
    """Parts of people's names that are words of every day (Will, May): with a capital, where that means something."""
    parts: dict[str, ListedName] = {}
    for name in names:
        for word in re.findall(r"[^\W\d_]{3,}", name.words) if name.is_person else ():
            if word[0].isupper() and is_ordinary(folded_word(word)) and folded_word(word) not in TITLES | OFFICES:
                parts.setdefault(folded_word(word), name)
    if not parts:
        return
    for word, following in pairwise([*worded.words, *worded.words[:1]]):
        name_or_none = parts.get(word.folded)
        if name_or_none is None or not word.has_capital or word.text.isupper():
            continue
        if not word.begins or following.folded in ACTS:
            yield _found(name_or_none, Span(word.start, word.end), LISTED)


def _is_sure_in_small(word: Word, worded: WordedText) -> bool:
    """In small letters a slip is believed in where whole texts are written so, as by a machine."""
    return not worded.capital and len(word.folded) >= FEWEST_FOR_A_SLIP


def _slip_of(word: str, parts: dict[str, ListedName]) -> ListedName | None:
    for part, name in parts.items():
        most = 2 if len(part) >= TWO_SLIPS_FROM else 1
        if 0 < DamerauLevenshtein.distance(word, part, score_cutoff=most) <= most:
            return name
    return None


def _found(name: ListedName, place: Span, rule: str) -> Proposal:
    return Proposal(place.start, place.end, name.identifier_class, FoundBy.NAME_LIST, rule, entry=name.words)


def spread_terms(worded: WordedText, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield every other place, in any case, of places and agencies of two words or more with a word of their own."""
    seen = set()
    for each in found:
        words = worded.plain[each.start : each.end]
        folded = " ".join(PART.findall(FoldedText(words).folded))
        if folded in seen or not 1 <= folded.count(" ") < MOST_WORDS_OF_A_TERM or not _is_own_part(words):
            continue
        seen.add(folded)
        for place in places_of_name(spelling_of(words), worded.folded):
            yield Proposal(place.start, place.end, each.identifier_class, each.found_by, f"{each.rule}, elsewhere")


def spread(worded: WordedText, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield every other place, in any case, of people who were found by a sure sign in one place."""
    seen = set()
    for each in found:
        words = worded.plain[each.start : each.end]
        folded = " ".join(PART.findall(FoldedText(words).folded))
        is_initials = all(len(part) == 1 for part in folded.split())
        if folded in seen or is_initials or len(folded) < FEWEST_LETTERS or is_ordinary(folded):
            continue
        seen.add(folded)
        name = ListedName(words, each.identifier_class)
        for place in _spelt(worded, name, words, each.rule):
            yield Proposal(place.start, place.end, each.identifier_class, each.found_by, f"{each.rule}, elsewhere")
