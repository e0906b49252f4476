"""What belongs to a name that was found: its kind in small letters, its own language in brackets, its number before."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ia_workbench.privacy.deidentification.countries import COUNTRIES, TOO_MANY
from ia_workbench.privacy.deidentification.proposal import UNSURE, FoundBy, Proposal
from ia_workbench.privacy.deidentification.words import WordedText
from ia_workbench.privacy.rules import IdentifierClass

ORGANISATION, PLACE, FACT = IdentifierClass.ORGANISATION, IdentifierClass.PLACE, IdentifierClass.RARE_FACT
KINDS = (
    r"court|tribunal|prison|jail|hospital|clinic|police(?: station| department)?|cemetery|school|"
    r"college|university|church|"
    r"mosque|library|prosecutor(?:'s office)?|governor(?:'s office)?|municipality|council|authority|authorities|office|"
    r"office|bar association|shelter|home|plant|factory|mill|farm|store|market|bakery|laundry|motel|hotel|restaurant|"
    r"airport|station|bridge|park|district|province|region|county|village|neighbou?rhood|reservation|tribe|team"
)
ADJECTIVES = (
    r"municipal|public|regional|state|district|general|primary|elementary|middle|high|secondary|"
    r"family|juvenile|criminal|"
    r"civil|military|city|county|local|central|tribal|children's|women's|community|health|labou?r|tax"
)
KIND_AFTER = re.compile(rf" (?:(?:{ADJECTIVES}) ){{0,2}}(?:{KINDS})(?![\w-])")
IN_BRACKETS = re.compile(r" ?\((?:the )?[^\W\da-zà-ÿ_][\w'’.-]{1,40}(?: [\w'’.-]{1,25}){0,4}\)")
ORDINAL_BEFORE = re.compile(r"(?<![\w.,-])\d{1,3}(?:st|nd|rd|th) \Z")
CAPITALS = r"(?-i:(?=[A-ZÀ-Þ]))"
COUNTRY = re.compile(
    rf"(?<![\w'@.-]){CAPITALS}(?:(?:Kingdom|Republic|State|Reino|Rep[úu]blica|Estado) "
    rf"(?:of|de) )?(?:{COUNTRIES})(?![\w-])"
)
SMALL_COUNTRY = re.compile(rf"(?<![\w'@.-])(?:{COUNTRIES})(?![\w-])", re.IGNORECASE)
NATIONAL = re.compile(
    r"\b(?-i:[A-Z][a-z]{2,12}(?:-[A-Z][a-z]{2,12})?(?:ish|ian|ese|ean|can|ani|iot|nch|tch|lsh|iss|"
    r"eek|ech|ari|aqi|ali|ean|"
    r"ino|man|ole|urk|erb|roat|ane|wede|inn))s?(?: and [A-Z][a-z]{3,14})? (?:nationals?|citizens?|"
    r"nationality|origin|descent|"
    r"heritage|ancestry|subjects?|refugees?|immigrants?|extraction)\b"
)
DEMONYMS = (
    r"chipriot|grieg|b[uú]lgar|ruman|h[uú]ngar|check?|chec|eslovac|esloven|croat|serbi|bosni|alban[eé]s|maced[oó]ni|"
    r"lituan|let[oó]n|estoni|finland[eé]s|noruegu?|dan[eé]s|island[eé]s|irland[eé]s|brit[aá]nic|ingl[eé]s|escoc[eé]s|"
    r"gal[eé]s|holand[eé]s|neerland[eé]s|luxemburgu[eé]s|suiz|austr[ií]ac|portugu[eé]s|malt[eé]s|rus|bielorrus|moldav|"
    r"georgian|armeni|azerbaiyan|kurd|turc|iran|iraqu|marroqu|argelin|tunecin|libi|egipci|"
    r"senegal[eé]s|ghan[eé]s|keniat|"
    r"angoleñ|congoleñ|chin|taiwan[eé]s|tailand[eé]s|indi|pakistan|banglades|nepal|canadiens|australian"
)
DEMONYM = re.compile(
    r"\b(?:nacional(?:es|idad)?|ciudadan[oa]s?|s[úu]bdit[oa]s?|de origen|gobierno|autoridades|ascendencia|familia|"
    rf"lengua|madre|padre|una?|los|las) ((?:{DEMONYMS})(?:o|a|e|i|í|os|as|es|a)?)\b",
    re.IGNORECASE,
)
_PART = r"(?:[A-ZÁÉÍÓÚÑ][\w-]{2,25}|\d{1,3}(?!\w))"
_LINK = r"(?:(?:de|del|de la|de lo|de los|de las|e|y|para la|n[úu]mero|n[úu]m\.|n\.?º|no\.?) ){0,3}"
INSTITUTION = re.compile(
    r"\b(?:Juzgado|Fiscal[ií]a|Audiencia|Tribunal|Corte|Defensor[ií]a|Procuradur[ií]a|Consejer[ií]a|Ayuntamiento|"
    rf"Comisar[ií]a|Alcald[ií]a)(?: {_LINK}{_PART}){{1,6}}"
)
OTHER_SCRIPT = re.compile(r"[^\W\d_a-zA-ZÀ-ɏ]+(?:[ ・··'-][^\W\d_a-zA-ZÀ-ɏ]+){0,3}")


def around_names(worded: WordedText, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield names with what belongs to them; places are of the readable text. `found` are those of rules."""
    plain = worded.plain
    for each in found:
        is_named = each.identifier_class in (ORGANISATION, PLACE) or each.rule in UNSURE
        if not is_named or each.end - each.start < 3:
            continue
        start, end = each.start, each.end
        kind = each.identifier_class
        is_owner = plain[start:end].endswith(
            ("'s", "s'")
        )  # `Okoro's office` is a person's, with an identity of its own
        if not is_owner and (after := KIND_AFTER.match(plain, end)):
            end, kind = after.end(), ORGANISATION
        if kind is ORGANISATION and (after := IN_BRACKETS.match(plain, end)):
            end = after.end()
        if kind is ORGANISATION and (before := ORDINAL_BEFORE.search(plain[max(0, start - 6) : start])):
            start -= len(before.group())
        if (start, end) != (each.start, each.end):
            yield replace(each, start=start, end=end, identifier_class=kind)


def spanish_institutions(worded: WordedText) -> Iterator[Proposal]:
    """Yield courts, prosecutors and offices with all of a Spanish name: `Juzgado de Familia número 3 de Móstoles`."""
    for match in INSTITUTION.finditer(worded.plain):
        yield Proposal(*match.span(), ORGANISATION, FoundBy.PATTERN, "word of an agency")


def countries_and_origins(worded: WordedText) -> Iterator[Proposal]:
    """Yield countries, and people's origins with the word that says so; places are of the readable text."""
    plain = worded.plain
    written = COUNTRY if worded.capital or any(map(str.isupper, plain[:2000])) else SMALL_COUNTRY
    for match in written.finditer(plain):
        if match.group().casefold() not in TOO_MANY:
            yield Proposal(*match.span(), PLACE, FoundBy.PATTERN, "country")
    for match in NATIONAL.finditer(plain):
        yield Proposal(*match.span(), FACT, FoundBy.PATTERN, "origin")
    for match in DEMONYM.finditer(plain):
        yield Proposal(*match.span(1), FACT, FoundBy.PATTERN, "origin")


def words_of_other_scripts(worded: WordedText) -> Iterator[Proposal]:
    """Yield a few words in letters without capitals (Chinese, Arabic …) within a text of Latin letters."""
    if worded.plain.isascii() or not worded.is_latin:
        return
    for match in OTHER_SCRIPT.finditer(worded.plain):
        words = match.group()
        if len(words) > 1 and all(map(_has_no_case, filter(str.isalpha, words))):
            yield Proposal(*match.span(), IdentifierClass.PERSON, FoundBy.PATTERN, "words of another script")


def _has_no_case(letter: str) -> bool:
    return unicodedata.category(letter) in {"Lo", "Lm"}
