"""Which spellings are of one person, place or agency, and how words that stand for it are written in each place."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ia_workbench.privacy.deidentification.names import ONE_PERSON, ListedName, listed
from ia_workbench.privacy.deidentification.people import TITLES
from ia_workbench.privacy.deidentification.proposal import Proposal, joined
from ia_workbench.privacy.deidentification.proposing import placed_in_text, propose
from ia_workbench.privacy.deidentification.pseudonyms import InventedName, in_form_of
from ia_workbench.privacy.deidentification.readable import ReadableText
from ia_workbench.privacy.deidentification.spelling import OFFICES, PART, PREFIXES, FoldedText
from ia_workbench.privacy.deidentification.words import WordedText
from ia_workbench.privacy.rules import IdentifierClass

POSSESSIVE = re.compile(r"(?:['’]s|s['’])\Z")
NO_NAMES = TITLES | OFFICES | PREFIXES
GUESSED = (IdentifierClass.ORGANISATION, IdentifierClass.PLACE, IdentifierClass.ADDRESS)


@lru_cache(maxsize=65536)  # each mark of a text is compared with every identity
def name_parts(words: str) -> frozenset[str]:
    """Return the folded words of a name without titles, initials and endings; of a title alone, the title."""
    plain = POSSESSIVE.sub("", FoldedText(ReadableText(words).plain).folded.strip())
    parts = frozenset(PART.findall(plain))
    return frozenset(each for each in parts if len(each) > 1 and each not in NO_NAMES) or parts


def identity_of(words: str, known: Sequence[Sequence[str]]) -> int | None:
    """Return which of several identities, each a list of spellings, a name belongs to; None for none of them.

    The same parts come first, then a name whose parts are all among those of a fuller one, then a fuller name. Where
    two fit equally well the first stands: people split what was joined by chance.
    """
    parts = name_parts(words)
    each_known = [[name_parts(name) for name in names] for names in known]
    for fits in (parts.__eq__, parts.issubset, parts.issuperset):
        for place, names in enumerate(each_known):
            if any(name and fits(name) for name in names):
                return place
    return None


def listed_name(words: str) -> ListedName:
    """Return a name of a study's list with what it is, as far as its own words tell: a person if they do not."""
    found = propose(words)
    kinds = {each.identifier_class for each in found}
    return ListedName(words, next((each for each in GUESSED if each in kinds), IdentifierClass.PERSON))


def places_listed(text: str, names: Sequence[ListedName]) -> tuple[Proposal, ...]:
    """Return where names stand in a text in any spelling that the rules for lists know, in order, none overlapping."""
    worded = WordedText(text)
    return tuple(joined(text, [placed_in_text(worded, each) for each in listed(worded, names)]))


def written_like(words: str, names: Sequence[str], instead: str, kind: IdentifierClass) -> str:
    """Return what readers see in one place of an identity: `Okoro's` → `Reed's` where `Dana Okoro` is `Jo Reed`.

    Only a first and a last name are taken apart; every other wording stands as it is, with the ending of the words.
    """
    parts = instead.split()
    is_name = len(parts) == 2 and all(each[:1].isupper() and each.isalpha() for each in parts)
    if kind in ONE_PERSON and is_name and name_parts(parts[0]) and parts[0].casefold() not in TITLES:
        return in_form_of(words, names, InventedName(*parts))
    ending = POSSESSIVE.search(words)
    return f"{instead}{words[ending.start() :]}" if ending and words[ending.start()] != "s" else instead
