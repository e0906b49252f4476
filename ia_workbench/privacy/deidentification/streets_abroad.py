"""Street addresses as other countries write them: the word for street before or behind the name, the number after."""

import re

from ia_workbench.privacy.deidentification.patterns import Match, Pattern
from ia_workbench.privacy.deidentification.words import PARTICLES, folded_word, is_ordinary
from ia_workbench.privacy.rules import IdentifierClass

ADDRESS = IdentifierClass.ADDRESS
CAPITAL = r"(?-i:[^\W\da-zà-öø-ÿ_][\w'’.-]{0,25})"
NAME = r"[^\W\d_][\w'’.-]{0,25}"
NO_HOUSE_AFTER = (  # `10 min late` and 10/14 are no numbers of houses
    r"(?![\w%]|[.,]\d|[:/-]\d| ?(?:dollars?|euros?|pounds?|percent|pesos|people|personas|times|veces|"
    r"years?|años|months?|"
    r"meses|weeks?|semanas?|days?|d[ií]as|hours?|horas?|min|mins|minutes?|minutos|miles?|millas|mg|"
    r"kg|km|cm|am|pm|a\.m|p\.m)\b)"
)
HOUSE = rf"(?:\d{{1,5}}[a-z]?){NO_HOUSE_AFTER}"
NUMBER_AFTER = rf"(?:,? (?:n[.º°o]{{1,2}} ?|no\.? ?|#)?{HOUSE}\.?)"
# French, Spanish, Portuguese, Italian, Catalan, Romanian, Polish, Slovenian, Croatian, Greek, Turkish, Arabic in Latin
BEFORE = (
    r"rue|quai|chemin|impasse|all[ée]e|cours|faubourg|passage|route|sentier|villa|cit[ée]|r[úu]a|calle|c/|avda\.?|"
    r"avenida|av\.|paseo|pasaje|camino|carretera|carrera|ronda|glorieta|traves[ií]a|estrada|travessa|largo|alameda|"
    r"pra[çc]a|rodovia|viale|vicolo|corso|piazza|piazzale|strada|lungo\w{3,8}|contrada|localit[àa]|carrer|passeig|"
    r"strada|bulevardul|ul\.|ulica|ulice|aleja|al\.|osiedle|os\.|plac|trg|cesta|λ\.|οδός|λεωφόρος|sokak|caddesi|"
    r"nám\.|náměstí|tř\.|улица|ул\.|проспект|вулиця|jalan|jl\."
)
# Hungarian, Czech, Scandinavian, Finnish, Estonian, Dutch, German, Basque, Turkish, Slovenian in the name's second word
BEHIND = (
    r"utca|u\.|[uú]tja|[uú]t|t[eé]r|tere|k[oö]r[uú]t|ulica|ulice|cesta|trg|vei|veien|vej|v[äa]g|v[äa]gen|gate|gata|"
    r"gatan|plass|plads|plats|torg|torget|all[éeè]e?|tie|katu|kuja|polku|tee|t[äa]nav|puiestee|stra[sß]{1,2}e|strasse|"
    r"str\.|weg|gasse|platz|ufer|damm|laan|straat|plein|kade|singel|dijk|gracht|kalea|enparantza|etorbidea|sokak|sok\.|"
    r"caddesi|cad\.|bulvar[ıi]|br[üu]cke|sq\.?|square|mews|gardens|grove|rise|row|walk|green|close|strait"
)


def _has_name(match: Match) -> bool:
    """A street has a name: words with capitals, but for `de la` and the like; in small letters a number before it."""
    words = re.findall(r"[^\W\d_]+", match.group("name"))
    if match.group()[0].isdigit():
        return any(each[0].isupper() or not is_ordinary(folded_word(each)) for each in words if len(each) > 1)
    small = [each for each in words if not each[0].isupper()]
    return len(small) < len(words) and all(each.lower() in PARTICLES for each in small)


def _any_case(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)


STREETS_ABROAD = (
    Pattern(
        "street address",
        ADDRESS,
        _any_case(
            rf"(?<![\w.])(?:\d{{1,5}}[a-z]?,? )?(?:{BEFORE})(?:(?<=[./]) ?| )(?P<name>"
            rf"(?:{NAME} ){{0,5}}?{NAME}){NUMBER_AFTER}"
        ),
        _has_name,
    ),
    Pattern(  # a number before, as in France; the name has capitals, as nothing else says where it ends
        "street address",
        ADDRESS,
        _any_case(
            rf"(?<![\w.,$€£/-])\d{{1,5}}[a-z]?,? (?:(?:bis|ter),? )?(?:{BEFORE}|via|place|avenue|boulevard) "
            rf"(?P<name>(?:(?:de|del|des|du|di|da|do|das|dos|la|le|les|los|las|l'|d'|el|al) ?){{0,2}}{CAPITAL}"
            rf"(?:[ -](?:(?:de|del|des|du|di|da|do|la|le|les|el|al|ibn|ben) )?{CAPITAL}){{0,4}})(?:{NUMBER_AFTER})?"
        ),
    ),
    Pattern(
        "street address", ADDRESS, _any_case(rf"\b(?-i:Via|VIA) (?P<name>(?:{NAME} ){{0,4}}?{NAME}){NUMBER_AFTER}")
    ),
    Pattern(
        "street address",
        ADDRESS,
        _any_case(
            rf"(?<![\w.,$€£/-])(?:\d{{1,5}},? )?(?P<name>{CAPITAL}(?: {CAPITAL}){{0,2}}) "
            rf"(?:{BEHIND}){NUMBER_AFTER}"
        ),
    ),
    Pattern(  # with a number before and after, small letters as well
        "street address",
        ADDRESS,
        _any_case(rf"(?<![\w.,$€£/-])\d{{1,5}},? (?P<name>(?:{NAME} ){{1,4}}?)(?:{BEHIND}){NUMBER_AFTER}"),
        _has_name,
    ),
    Pattern(
        "street address",
        ADDRESS,
        _any_case(
            rf"(?<![\w.,$€£/-])\d{{1,5}}[a-z]?,? (?P<name>{CAPITAL}(?: {CAPITAL}){{0,3}}) "
            r"(?:sq\.?|mews|close|row|walk|rise|grove|gardens|green|drive|view|quay|wharf)"
            r"(?!\w)"
        ),
    ),
    Pattern(
        "post-office box",
        ADDRESS,
        _any_case(
            r"\b(?:postfach|postboks|postbus|bo[iî]te postale|b\.?p\.|casella postale|caixa postal|"
            r"postilokero|skrytka pocztowa|pf\.) ?\d{1,6}\b"
        ),
    ),
    Pattern(
        "military address",
        ADDRESS,
        _any_case(
            r"\b(?:uss|usns|usnv|uscgc|usaf|unit|psc) [\w' -]{2,30},?\s{1,4}(?:[adf]po|dpo),? "
            r"(?:aa|ae|ap) ?\d{5}(?:-\d{4})?\b"
        ),
    ),
    Pattern(
        "street address",
        ADDRESS,
        re.compile(
            r"(?<![\w-])(?P<name>[^\W\da-zà-öø-ÿ_][\w'-]{2,25}(?: [^\W\da-zà-öø-ÿ_][\w'-]{2,25}){0,2}) "
            r"\d{1,4}[a-z]?(?=,? \d{4,5} [^\W\da-z_])"
        ),
    ),
)
