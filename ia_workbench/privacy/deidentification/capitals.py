"""People, agencies and places told by their capitals and by the words that such names end with."""

import re
from collections.abc import Iterator, Sequence

from ia_workbench.privacy.deidentification.given_names import FIRST_NAMES
from ia_workbench.privacy.deidentification.people import TITLES
from ia_workbench.privacy.deidentification.proposal import ONE_CAPITAL, TWO_CAPITALS, FoundBy, Proposal
from ia_workbench.privacy.deidentification.words import JOINING, PARTICLES, Word, WordedText
from ia_workbench.privacy.rules import IdentifierClass

_AGENCY_WORDS = """
school elementary preschool kindergarten academy college university institute hospital clinic infirmary church chapel
temple mosque synagogue parish ministry ministries center centre daycare department division office bureau agency
services service authority board council commission committee association foundation society union federation league
inc llc ltd corp corporation company co partners group industries enterprises logistics freight packing foods farms
bank store market supermarket restaurant cafe diner grill bakery salon laundry laundromat motel hotel inn suites
shelter mission police court tribunal prison jail penitentiary barracks tribe nation band rancheria pueblo clan
government assembly administration directorate registry embassy consulate party movement institution inspectorate
newspaper times gazette tribune news radio library museum theatre theater club team project program initiative network
alliance coalition house home homes ranch manufacturing plant factory mill warehouse garage auto pharmacy escuela
primaria secundaria colegio universidad iglesia clinica centro oficina agencia departamento tribunal juzgado empresa
tienda mercado restaurante albergue fundacion asociacion consulado hospice rehab pediatrics dental counseling chamber
office ombudsman procuratorate bar republic kingdom prosecutor governorate municipality fiscalia audiencia
procuraduria defensoria comisaria ayuntamiento alcaldia diputacion consejeria registro junta consejo instituto
residencia patronato guarderia liceo facultad parroquia catedral mezquita banco farmacia taller empacadora rancho
hacienda panaderia policia carcel prision sindicato federacion embajada hospicio
"""
AGENCY_WORDS = frozenset(_AGENCY_WORDS.split())
_PLACE_WORDS = """
county city town township village borough district province region municipality river lake creek bay beach island
islands mountain mountains hill hills heights valley canyon park forest field fields springs grove ridge point falls
harbor harbour port reservation apartments apartment projects trailer estates manor gardens terrace village plaza
square station airport bridge mall crossing junction condado ciudad pueblo barrio colonia parque rio lago playa sea
ocean peninsula coast north south east west northern southern eastern western saint st san santa mount fort
"""
PLACE_WORDS = frozenset(_PLACE_WORDS.split())
_PLACE_BEFORE = """
in at from to near toward towards outside around through into en desde hacia cerca by via across
"""
PLACE_BEFORE = frozenset(_PLACE_BEFORE.split())
ORIGIN = re.compile(r"\w{2,}(?:ish|ian|ese|ean|[a-z]can|ani|iot|ench|utch|elsh|egian|wiss|reek|zech)s?")


def capitals(worded: WordedText) -> Iterator[Proposal]:
    """Yield what its capitals show to be a name; places are of the readable text."""
    for run in worded.runs:
        kept = _without_openers(run)
        if kept:
            yield from _of_run(kept, worded)


def _without_openers(run: Sequence[Word]) -> Sequence[Word]:
    """Leave out titles and words of every day before the name: `Then Barbara Johnson`, `The Cedar County Clinic`.

    Within a sentence such a word has its capital as a part of the name of an agency: `the Child Poverty Group`.
    """
    start = 0
    is_agency = any(each.has_capital and _is_kind(each, AGENCY_WORDS) for each in run)
    while start < len(run) and (
        run[start].folded in TITLES
        or not run[start].has_capital
        or (
            run[start].is_ordinary
            and not _is_kind(run[start], AGENCY_WORDS | PLACE_WORDS)
            and not (is_agency and not run[start].begins and not run[start].is_initial)
        )
    ):
        start += 1
    return run[start:]


def _is_kind(word: Word, kinds: frozenset[str]) -> bool:
    return word.folded in kinds or word.folded.removesuffix("s") in kinds


def _of_run(run: Sequence[Word], worded: WordedText) -> Iterator[Proposal]:
    if all(len(each.text) > 1 and each.text.isupper() for each in run) and len(run) > 1:
        if any(_is_first_name(each) for each in run):
            yield _proposal(run, IdentifierClass.PERSON, "common first name")
        return
    own = [each for each in run if each.has_capital and not each.is_ordinary and not each.is_initial]
    has_agency = [each for each in run if each.has_capital and _is_kind(each, AGENCY_WORDS)]
    has_place = [each for each in run if each.has_capital and _is_kind(each, PLACE_WORDS)]
    named = [each for each in own if each not in has_agency and each not in has_place]
    if (has_agency or has_place) and named and len(run) > 1:
        kind = IdentifierClass.ORGANISATION if has_agency else IdentifierClass.PLACE
        rule = "word of an agency" if has_agency else "word of a place"
        yield _proposal(run, kind, rule)
        return
    for piece in _pieces(run):
        yield from _of_piece(piece, worded)


def _pieces(run: Sequence[Word]) -> Iterator[list[Word]]:
    """Cut at words that join two names, and leave words of every day out."""
    piece: list[Word] = []
    for at, word in enumerate(run):
        joins = word.folded in JOINING and word.folded not in PARTICLES
        if joins or (word.is_ordinary and word.folded not in PARTICLES and not word.is_initial):
            if piece:
                yield piece
            piece = []
        elif piece or (word.has_capital and at < len(run)):
            piece.append(word)
    while piece and not piece[-1].has_capital:
        piece.pop()
    if piece:
        yield piece


def _of_piece(piece: list[Word], worded: WordedText) -> Iterator[Proposal]:
    while piece and not piece[-1].has_capital:
        piece = piece[:-1]
    names = [each for each in piece if each.has_capital and not each.is_initial]
    if not names:
        return
    first = piece[0]
    if any(_is_first_name(each) for each in names) or (len(names) > 1 and first.folded in FIRST_NAMES):
        yield _proposal(piece, IdentifierClass.PERSON, "common first name")
    elif len(piece) > 1 and (len(names) > 1 or piece[0].is_initial):
        kind = IdentifierClass.PLACE if _before(first, worded) in PLACE_BEFORE else IdentifierClass.PERSON
        yield _proposal(piece, kind, TWO_CAPITALS)
    elif len(piece) >= 1 and _stands_out(names[0], worded):
        yield _proposal(piece, _kind_of_one(names[0], worded), ONE_CAPITAL)


def _is_first_name(word: Word) -> bool:
    return word.folded in FIRST_NAMES and not word.may_be_word


def _stands_out(word: Word, worded: WordedText) -> bool:
    if word.folded in worded.small or len(word.folded) < 2:
        return False
    if word.text.isupper():
        return 2 <= len(word.text) <= 7 and not word.begins
    if word.begins:
        return word.folded in worded.capital
    return True


def _kind_of_one(word: Word, worded: WordedText) -> IdentifierClass:
    if word.text.isupper():
        return IdentifierClass.ORGANISATION
    if ORIGIN.fullmatch(word.folded):
        return IdentifierClass.RARE_FACT
    return IdentifierClass.PLACE if _before(word, worded) in PLACE_BEFORE else IdentifierClass.PERSON


def _before(word: Word, worded: WordedText) -> str:
    return worded.plain[max(0, word.start - 14) : word.start].strip().rpartition(" ")[2].lower()


def _proposal(words: Sequence[Word], kind: IdentifierClass, rule: str) -> Proposal:
    return Proposal(words[0].start, words[-1].end, kind, FoundBy.PATTERN, rule)
