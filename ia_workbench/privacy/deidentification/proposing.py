"""What in a text may point at someone: every rule asked, and their answers made one. People decide."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from ia_workbench.privacy.deidentification.address_lines import numbered_names, whole_addresses
from ia_workbench.privacy.deidentification.addresses import PLACES
from ia_workbench.privacy.deidentification.around_names import (
    around_names,
    countries_and_origins,
    spanish_institutions,
    words_of_other_scripts,
)
from ia_workbench.privacy.deidentification.capitals import capitals
from ia_workbench.privacy.deidentification.circumstances import CIRCUMSTANCES, THOROUGH
from ia_workbench.privacy.deidentification.dates import AGES, DATES
from ia_workbench.privacy.deidentification.generalising import generalised
from ia_workbench.privacy.deidentification.names import SPEAKER, ListedName, listed, spread, spread_terms
from ia_workbench.privacy.deidentification.patterns import PATTERNS
from ia_workbench.privacy.deidentification.people import CuedPeople
from ia_workbench.privacy.deidentification.proposal import UNSURE, FoundBy, Proposal, in_one, joined
from ia_workbench.privacy.deidentification.reporters import reporters
from ia_workbench.privacy.deidentification.streets_abroad import STREETS_ABROAD
from ia_workbench.privacy.deidentification.words import WordedText, folded_word, is_ordinary
from ia_workbench.privacy.rules import IdentifierClass

PERSON = IdentifierClass.PERSON
LABELS = {
    "PERSON": PERSON,
    "PER": PERSON,
    "ORG": IdentifierClass.ORGANISATION,
    "GPE": IdentifierClass.PLACE,
    "LOC": IdentifierClass.PLACE,
    "FAC": IdentifierClass.PLACE,
    "NORP": IdentifierClass.RARE_FACT,
    "EVENT": IdentifierClass.RARE_FACT,
    "PRODUCT": IdentifierClass.ORGANISATION,
    "WORK_OF_ART": IdentifierClass.RARE_FACT,
    "MISC": IdentifierClass.RARE_FACT,
}  # labels of numbers, money, times and laws are left to patterns, which know what identifies
# Small letters in Spanish; in English their capital shows them. Spaniards and Americans are too many to tell of anyone.
ORIGINS = re.compile(
    r"\b(?:mexican|guatemaltec|salvadoreñ|hondureñ|nicarag[uü]ens|panameñ|cuban|dominican|"
    r"puertorriqueñ|boricu|colombian|"
    r"venezolan|ecuatorian|peruan|bolivian|chilen|argentin|uruguay|paraguay|brasileñ|haitian|jamai[ck]|suec|polac|turc|"
    r"alem[aá]n|franc[eé]s|italian|ucranian|hind[uú]|filipin|somal[ií]|etíop|nigerian|palestin|sirian|afgan|"
    r"vietnamit|corean|japon[eé]s|indígen|mixtec|zapotec|nahu|quechu)(?:o|a|e|os|as|es)?\b"
)
THE_ONLY_ONE = re.compile(
    r"\b(?:only|first|youngest|oldest|last) (?:[\w'-]{2,20} ){1,6}?(?:in|at|of) (?:the|this|"
    r"our|that) (?:whole |entire )?"
    r"(?:county|town|city|village|group|school|office|building|neighborhood|program|district|class|reservation|tribe|"
    r"state|shelter|church|plant)\b"
)
INITIAL_AFTER = re.compile(r",? [A-Z]\.(?:(?: ?[A-Z]\.){1,2})?(?!\w)")
INITIAL_BEFORE = re.compile(r"(?<![\w.])(?:[A-Z]\. ?){1,3}\Z|(?<![\w.'])[B-HJ-Z] \Z")


class FoundEntity(Protocol):
    """What a language model took for a name: code points in the text, and its label."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""

    @property
    def label(self) -> str:
        """The model's own word for what it is."""


def propose(
    text: str,
    *,
    names: Sequence[ListedName] = (),
    entities: Iterable[FoundEntity] = (),
    speakers: Iterable[str] = (),
    language: str = "en",
    thorough: bool = False,
) -> tuple[Proposal, ...]:
    """Return what in a text may point at someone, in order, none overlapping, on borders of words.

    `names` are the study's own; `entities` what a model found in this text, if there is one; `speakers` the labels of
    who speaks, of which those that are words of every day (Mother, Interviewer) name nobody. `language` (`en`, `es`) is
    that of the general words proposed instead; patterns of both are always looked for. `thorough` adds circumstances
    that many share (any sum, length of time, illness, work). Deterministic; changes nothing.
    """
    worded = WordedText(text)
    labels = [ListedName(each) for each in dict.fromkeys(speakers) if _is_name(each)]
    sure = [
        *listed(worded, names),
        *listed(worded, labels, rule=SPEAKER),
        *CuedPeople(worded).proposals(),
    ]
    shapes = list(_shapes(worded, thorough=thorough))
    named = list(capitals(worded))
    grown = [*whole_addresses(worded.plain, shapes), *numbered_names(worded.plain, named)]
    named += [*grown, *around_names(worded, [*sure, *named]), *countries_and_origins(worded)]
    named += spanish_institutions(worded)
    found = [*sure, *shapes, *named, *words_of_other_scripts(worded)]
    people = [each for each in found if each.identifier_class is PERSON and each.rule not in UNSURE]
    found += spread_terms(worded, [each for each in named if each.identifier_class in _TERMS])
    found += spread(worded, [each for each in people if each.found_by is not FoundBy.NAME_LIST])
    found += _modelled(text, entities, worded)
    found += reporters(worded, joined(worded.plain, [each for each in found if each.identifier_class in _PEOPLE]))
    in_text = [placed_in_text(worded, each) for each in found]
    return tuple(_told(text, each, language) for each in in_one(text, joined(text, in_text)))


_PEOPLE = frozenset({PERSON, IdentifierClass.REPORTER})
_TERMS = frozenset({IdentifierClass.ORGANISATION, IdentifierClass.PLACE})


def _is_name(label: str) -> bool:
    words = re.findall(r"[^\W\d_]{3,}", label)
    return any(not is_ordinary(folded_word(word)) for word in words)


def _shapes(worded: WordedText, *, thorough: bool) -> Iterator[Proposal]:
    for rule, written in (("origin", ORIGINS), ("the only one", THE_ONLY_ONE)):
        for match in written.finditer(worded.plain):
            yield Proposal(*match.span(), IdentifierClass.RARE_FACT, FoundBy.PATTERN, rule)
    asked = (*CIRCUMSTANCES, *THOROUGH) if thorough else CIRCUMSTANCES
    for pattern in (*PATTERNS, *PLACES, *STREETS_ABROAD, *DATES, *AGES, *asked):
        for start, end in pattern.places(worded.plain):
            yield Proposal(start, end, pattern.identifier_class, FoundBy.PATTERN, pattern.rule)


def _modelled(text: str, entities: Iterable[FoundEntity], worded: WordedText) -> Iterator[Proposal]:
    """What a model found, as places of the readable text, without words of every day at its ends."""
    for each in entities:
        kind = LABELS.get(each.label)
        if kind is None or not 0 <= each.start < each.end <= len(text):
            continue
        start, end = worded.readable.place_of(each.start), worded.readable.place_of(each.end)
        words = re.findall(r"[^\W\d_]+", worded.plain[start:end])
        if any(not is_ordinary(folded_word(word)) for word in words):
            yield Proposal(start, end, kind, FoundBy.MODEL, each.label)


def placed_in_text(worded: WordedText, each: Proposal) -> Proposal:
    """Return a proposal of the readable text at its place in the text itself, with the initials beside a name."""
    start, end = each.start, each.end
    if start >= end:
        return replace(each, end=start)
    if each.identifier_class in _PEOPLE:
        if after := INITIAL_AFTER.match(worded.plain, end):
            end = after.end()
        elif before := INITIAL_BEFORE.search(worded.plain[max(0, start - 9) : start]):
            start -= len(before.group())
    start, end = worded.readable.span(start, end)
    return replace(each, start=start, end=end)


def _told(text: str, each: Proposal, language: str) -> Proposal:
    words = text[each.start : each.end]
    return replace(each, instead_hint=generalised(words, each.identifier_class, rule=each.rule, language=language))
