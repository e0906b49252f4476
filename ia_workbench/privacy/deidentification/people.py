"""People told by what stands before them: titles, kin, offices, words of introduction."""

import re
from collections.abc import Iterator

from ia_workbench.privacy.deidentification.proposal import FoundBy, Proposal
from ia_workbench.privacy.deidentification.words import PARTICLES, Word, WordedText
from ia_workbench.privacy.rules import IdentifierClass

_COURTESIES = "mr mrs ms mx dr sr sra srta"
COURTESIES = frozenset(_COURTESIES.split())
_TITLES = """
miss mister madam doctor prof professor judge justice magistrate referee commissioner officer ofc det detective sgt
sergeant lt lieutenant capt captain deputy sheriff trooper constable inspector rev reverend pastor father sister
brother elder bishop imam rabbi coach nurse attorney atty counsel councilman councilwoman senator aunt auntie uncle
tia tio grandma grandpa grandmother grandfather nana papa granny abuela abuelo principal superintendent chief señor
señora señorita senor senora senorita don doña dona lic licenciado licenciada abogado abogada juez jueza maestra
maestro doctora hon honorable mom mama cousin guardian caseworker worker supervisor investigator therapist counselor
teacher principal director patient client
"""
TITLES = COURTESIES | frozenset(_TITLES.split())
_KIN = """
mother mom mama mommy father dad daddy papa parent son daughter child kid baby boy girl brother sister sibling twin
aunt auntie uncle grandma grandmother grandpa grandfather granny nana cousin niece nephew stepson stepdaughter
stepfather stepmother stepdad stepmom grandson granddaughter husband wife partner boyfriend girlfriend fiance fiancee
ex ex-husband ex-wife friend neighbor neighbour roommate landlord boss oldest youngest eldest middle goddaughter
godson godmother godfather in-law sister-in-law brother-in-law mother-in-law father-in-law toddler son's madre mama
padre papa hijo hija niño niña bebe hermano hermana tia tio abuela abuelo primo prima sobrino sobrina esposo esposa
marido mujer novio novia amigo amiga vecino vecina suegra suegro cuñada cuñado nieto nieta comadre compadre hijito
hijita
"""
KIN = frozenset(_KIN.split())
_OFFICES = """
worker caseworker caseworkers social-worker supervisor investigator therapist counselor psychologist psychiatrist
pediatrician doctor nurse teacher aide principal coach attorney lawyer advocate guardian casa gal judge officer
detective deputy pastor director manager coordinator specialist interpreter translator clerk mentor mediator visitor
assistant secretary driver monitor facilitator licensor agent provider sponsor landlady foster-mother trabajadora
trabajador maestra maestro abogada abogado jueza juez doctora consejera terapeuta supervisora interprete enfermera
directora licenciada applicant customer employee named representing represented
"""
OFFICES = frozenset(_OFFICES.split())
_OWNERS = "my your his her their our its mi mis tu tus su sus nuestro nuestra the a el la and"
OWNERS = frozenset(_OWNERS.split())
INTRODUCTIONS = re.compile(
    r"\b(?:(?:my|her|his|their|whose|first|last|maiden|full|real|the) (?:full |first |last |"
    r"maiden |middle )?name(?:'s| is| was)"
    r"|name(?:'s| is|:)|me llamo|mi nombre es|se llama(?:ba)?|named|nicknamed|called|"
    r"call(?:s|ed)? (?:me|him|her|them)|goes by"
    r"|known as|a\.?k\.?a\.?|llamad[oa]s?|le dicen|conocid[oa] como)[ ,:“\"']{1,3}",
    re.IGNORECASE,
)
SMALL_INTRODUCTIONS = re.compile(r"\b(?:my (?:full |first )?name(?:'s| is)|me llamo|mi nombre es) ", re.IGNORECASE)
HIDDEN = re.compile(r"(?<![\w*])[A-Z]\*{2,20}(?: [A-Z]\*{2,20}){0,3}(?![\w*])")  # A**** J*****
INITIALS = re.compile(
    r"(?<![\w.])(?!U\.S|U\.K|D\.C|P\.O|A\.M|P\.M|I\.D|U\.N|E\.U|T\.V|B\.S|M\.A|B\.A|"
    r"R\.P)[^\W\da-z_]\. ?[^\W\da-z_]\.(?: ?[^\W\da-z_]\.)?(?!\w)"
)
SELF = re.compile(
    r"\b(?:I'm|I am|[Tt]his is|[Ss]oy|[Hh]abla|[Ii]t's|[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey|"
    r"[Tt]hank you,?|[Tt]hanks,?|[Hh]ola|[Ss]igned,?) "
)
MOST_WORDS = 6


class CuedPeople:
    """Looks along the words of a text for people announced by a word before them."""

    def __init__(self, worded: WordedText) -> None:
        self.worded = worded
        self.words = worded.words
        self.by_start = {word.start: place for place, word in enumerate(self.words)}

    def proposals(self) -> Iterator[Proposal]:
        """Yield people in no order; places are of the readable text."""
        for place in range(len(self.words) - 1):
            yield from self._after_word(place)
        for pattern, rule in ((INTRODUCTIONS, "words of introduction"), (SELF, "words of introduction")):
            for match in pattern.finditer(self.worded.plain):
                yield from self._named(self.by_start.get(match.end()), rule)
        for match in INITIALS.finditer(self.worded.plain):
            if match.group().isupper():
                yield _person(*match.span(), "initials")
        for match in HIDDEN.finditer(self.worded.plain):
            yield _person(*match.span(), "partly hidden name")
        for match in SMALL_INTRODUCTIONS.finditer(self.worded.plain):
            yield from self._small(match.end())

    def _after_word(self, place: int) -> Iterator[Proposal]:
        word, following = self.words[place], self.words[place + 1]
        if word.folded in TITLES and (word.has_capital or word.folded in COURTESIES):
            yield from self._named(place + 1, "title before a name")
            if word.folded in COURTESIES and not following.has_capital and _is_small_name(following):
                yield _person(following.start, following.end, "title before a name")
        if word.folded in KIN and (word.begins or not word.has_capital) and self._is_owned(place):
            after = place + 1 + (following.text in {",", "-", "("})
            yield from self._named(after, "kin before a name", loose=True)
        elif word.folded in OFFICES:
            yield from self._named(place + 1 + (following.text == ","), "office before a name", loose=True)

    def _is_owned(self, place: int) -> bool:
        before = [each.folded for each in self.words[max(0, place - 3) : place]]
        has_owner = any(each in OWNERS for each in before)
        return has_owner or any("'s" in each.text for each in self.words[max(0, place - 2) : place])

    def _named(self, place: int | None, rule: str, *, loose: bool = False) -> Iterator[Proposal]:
        if place is None:
            return
        found = self.name_at(place, loose=loose)
        if found is not None:
            yield _person(*found, rule)

    def name_at(self, place: int, *, loose: bool = False) -> tuple[int, int] | None:
        """Return the name that begins with a word, or None: capitals, initials, particles, hyphens.

        A loose cue (kin, an office) is not enough for a word that begins a sentence of its own.
        """
        taken: list[Word] = []
        for at in range(place, min(place + MOST_WORDS, len(self.words))):
            word = self.words[at]
            if taken and (word.begins or self.worded.plain[taken[-1].end : word.start].strip() != ""):
                break
            if taken and word.start - taken[-1].end > 1:
                break
            if not self._is_of_name(at, taken):
                break
            taken.append(word)
        while taken and taken[-1].folded in PARTICLES and not taken[-1].has_capital:
            taken.pop()
        if not taken or (loose and taken[0].begins):
            return None
        return taken[0].start, taken[-1].end

    def _is_of_name(self, at: int, taken: list[Word]) -> bool:
        word = self.words[at]
        if word.is_initial:
            return True
        if word.has_capital and not word.is_ordinary:
            return True
        if word.text[0] == "*":
            return bool(taken)
        particle = word.folded in PARTICLES and (bool(taken) or word.has_capital)
        following = self.words[at + 1 : at + 3]
        return particle and any(each.has_capital and not each.is_ordinary for each in following)

    def _small(self, start: int) -> Iterator[Proposal]:
        """`my name is joy flores`, as a machine writes what was said."""
        place = self.by_start.get(start)
        if place is None:
            return
        taken = []
        for word in self.words[place : place + 3]:
            if not _is_small_name(word):
                break
            taken.append(word)
        if taken:
            yield _person(taken[0].start, taken[-1].end, "words of introduction")


def _is_small_name(word: Word) -> bool:
    return len(word.folded) >= 3 and word.text[0].isalpha() and not word.is_ordinary


def _person(start: int, end: int, rule: str) -> Proposal:
    return Proposal(start, end, IdentifierClass.PERSON, FoundBy.PATTERN, rule)
