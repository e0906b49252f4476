"""Street addresses, postal codes, roads and routes in their American and Spanish forms, and the names of states."""

import re

from ia_workbench.privacy.deidentification.dates import MONTH
from ia_workbench.privacy.deidentification.everyday import NEVER_ALONE
from ia_workbench.privacy.deidentification.patterns import Match, Pattern
from ia_workbench.privacy.rules import IdentifierClass

ADDRESS, PLACE = IdentifierClass.ADDRESS, IdentifierClass.PLACE
STREETS = (
    "street|st|avenue|ave?|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|"
    "highway|hwy|parkway|pkwy|circle|cir|"
    "terrace|trail|trl|alley|crescent|close|loop|pike|turnpike|expressway|freeway|causeway"
)
FULL_STREETS = (
    "Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive|Court|Highway|Parkway|Circle|"
    "Terrace|Trail|Alley|Crescent|Turnpike|"
    "Square|Plaza|Bridge|St\\."
)
_COURTS = """
county district family juvenile superior circuit supreme high regional municipal state federal drug tribal dependency
appeals assize administrative constitutional civil criminal city probate truancy treatment
"""
COURTS = frozenset(_COURTS.split())
HEADING = r"(?:[NSEW]{1,2}\.?|north|south|east|west|northeast|northwest|southeast|southwest)"
STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|"
    "Hawaii|Idaho|Illinois|Indiana|Iowa|"
    "Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|"
    "Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|"
    "Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|"
    "Wyoming|Puerto Rico"
)
STATE_LETTERS = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|AA|AE|AP"
)
ROOM = (
    r"(?:[, ]{1,2}\n? {0,4}(?:apt|apartment|unit|suite|ste|lot|trailer|room|rm|floor|"
    r"apartamento|depto)\b\.? ?#?\w{1,6}|,? ?#\w{1,6})?"
)
WORDS = r"(?:[^\W\d_][\w.'-]{0,20}|\d{1,3}(?:st|nd|rd|th))"
UNIT_AFTER = (
    r"(?![\w%]|[,.]\d| ?(?:dollars?|euros?|pounds?|people|miles?|pesos|square|families|"
    r"children|cases|years?|points?|hours?)\b)"
)


def _is_address(match: Match) -> bool:
    """In small letters `2 miles down the road` is no address: no word of every day but a heading stands in one."""
    words = re.findall(r"[^\W\d_]+", match.group("name"))
    ordinary = [
        each for each in words if each.lower() in NEVER_ALONE and not re.fullmatch(HEADING, each, re.IGNORECASE)
    ]
    has_capitals = all(each[0].isupper() for each in words)
    return has_capitals or not ordinary


def _is_named_road(match: Match) -> bool:
    words = re.findall(r"[^\W\d_]+", match.group("name"))
    return any(
        each.lower() not in {"the", "a", "this", "that", "main", "our", "my"} or each == "Main" for each in words
    )


def _any_case(*pieces: str) -> re.Pattern[str]:
    return re.compile("".join(pieces), re.IGNORECASE)


def _has_no_month(match: Match) -> bool:
    return not re.search(rf"\b{MONTH}", match.group(), re.IGNORECASE)


PLACES = (
    Pattern(
        "street address",
        ADDRESS,
        _any_case(
            rf"(?<![\w.,$-])\d{{1,6}}[a-z]?(?: (?:\d{{1,4}}|1/2))?(?P<name>(?: {HEADING})?(?: "
            rf"{WORDS}){{1,4}}?) (?:{STREETS})\b\.?",
            rf"(?: {HEADING}\b)?{ROOM}(?:,? ?\n? {{0,4}}(?-i:[A-Z][\w'-]{{1,20}}(?: "
            rf"[A-Z][\w'-]{{1,20}}){{0,2}}),? \n?(?-i:{STATE_LETTERS})\b)?(?:,? "
            rf"{{1,4}}\d{{5}}(?:-\d{{4}})?\b)?",
        ),
        _is_address,
    ),
    Pattern(
        "street address",
        ADDRESS,
        re.compile(
            r"\b(?:[Cc]alle|[Aa]venida|[Aa]v\.|[Cc]amino|[Cc]arretera|[Cc]arrera|[Rr]ue|[Vv]ia) "
            r"(?:[\w.]{1,15} ){0,4}(?:n[.ºo°]{1,2} ?|#|, ?)?\d{1,5}[a-zA-Z]?\b"
        ),
    ),
    Pattern(
        "street address",
        ADDRESS,
        re.compile(r"(?<![\w.,$-])\d{1,5}[a-z]?,? (?:rue|avenue|boulevard|place|via|calle) (?:[\w'.-]{1,20} ?){1,4}"),
    ),
    Pattern(
        "street address",
        ADDRESS,
        re.compile(
            r"\b[^\W\d_][\w-]{2,30}(?:stra(?:ss|ß)e|str\.|weg|gasse|platz|gatan|gata|vej|veien|"
            r"straat|laan|utca|katu|tie|vägen|gade|allee|bakken|plein|kade|gränd) ?\d{1,4}\b",
            re.IGNORECASE,
        ),
    ),
    Pattern(
        "street address",
        ADDRESS,
        re.compile(
            r"(?<![\w.,$€£-])\d{1,4},? (?:[^\W\d_a-z][\w'.-]{0,25} |(?:de|del|des|du|la|le|von|van|"
            r"der|do|da) ){1,5}\d{1,5}\b"
            r"(?![%]|[,.]\d)"
        ),
        _has_no_month,
    ),
    Pattern(
        "street address",
        ADDRESS,
        re.compile(
            r"\b(?:liv(?:es?|ed|ing)|stay(?:s|ed|ing)?|resid(?:es?|ed|ing)|vive|vivo|address(?: is| "
            r"was|:)|direcci[oó]n(?: es|:)) "
            r"(?:at |on |over at |en (?:el |la )?)?(\d{1,6}[a-z]?(?:,? (?:[^\W\da-z_][\w'.-]{0,25}|"
            r"\d{1,5}|de|del|la|los|rue|ul\.)){1,6})\b"
        ),
        _has_no_month,
        1,
    ),
    Pattern(
        "post-office box",
        ADDRESS,
        _any_case(r"\b(?:p\.? ?o\.? ?box|post office box|apartado(?: postal)?|casilla) ?#?\d{1,7}\b"),
    ),
    Pattern(
        "military address",
        ADDRESS,
        _any_case(r"\b(?:unit|psc) ?\d{1,6},? ?box ?\d{1,6}\b|\b(?:[ADF]PO|DPO) (?:AA|AE|AP) ?\d{5}\b"),
    ),
    Pattern(
        "flat",
        ADDRESS,
        re.compile(
            r"\b(?:[Aa]pt|[Aa]partment|Unit|Suite|Ste|Lot|Trailer|[Aa]partamento)\b\.? ?#? "
            r"?(?:\d{1,5}[A-Za-z]?|[A-Z]\d{0,4})\b"
        ),
    ),
    Pattern(
        "postal code", ADDRESS, re.compile(rf"\b(?:{STATE_LETTERS}),? {{1,3}}(\d{{5}}(?:-\d{{4}})?)(?!\w|-\d)"), group=1
    ),
    Pattern(
        "postal code",
        ADDRESS,
        _any_case(
            r"\b(?:zip code|zip|postal code|postcode|c[oó]digo postal)(?: is|:| es)? "
            r"?([\dA-Z]{3,7}(?:[- ]\d[A-Z]{2}|-\d{4})?)(?!\w)"
        ),
        group=1,
    ),
    Pattern("postal code", ADDRESS, re.compile(r"(?<![\w.,$€£/-])\d{5}-\d{4}(?![\w-])")),
    Pattern(
        "five digits", ADDRESS, _any_case(r"(?<![\w.,$€£/+(-])(?<!EUR )(?<!SEK )(?<!TRL )\d{5}", UNIT_AFTER, "(?![-/])")
    ),
    Pattern("postal code", ADDRESS, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b")),
    Pattern("place on a map", ADDRESS, re.compile(r"(?<![\w.])-?\d{1,3}\.\d{3,8}, ?-?\d{1,3}\.\d{3,8}(?!\w)")),
    Pattern(
        "road",
        PLACE,
        re.compile(
            rf"\b(?P<name>(?:[A-Z][\w'-]{{1,20}} |(?:[A-Z]|St|Mt|Ft|Dr)\. |\d{{1,3}}(?:st|nd|rd|th) ){{1,3}})"
            rf"(?:{FULL_STREETS})(?!\w)"
        ),
        _is_named_road,
    ),
    Pattern(
        "road",
        PLACE,
        re.compile(
            r"\b\d{1,3}(?:st|nd|rd|th) and [A-Z][a-z]{2,20}\b|\b(?:[Cc]alle|[Aa]venida|"
            r"[Cc]arretera) (?:de (?:la|los|las) )?[A-ZÁÉÍÓÚÑ][\w-]{2,20}"
        ),
    ),
    Pattern(
        "crossing",
        PLACE,
        _any_case(
            r"\bcorner of ((?:the )?[\w'.-]{2,25}(?: [\w'.-]{2,20}){0,2}? and [\w'.-]{2,25}(?: (?:", STREETS, r")\b)?)"
        ),
        group=0,
    ),
    Pattern(
        "route",
        PLACE,
        _any_case(
            r"\b(?:route|rt\.?|highway|hwy\.?|interstate|i-|exit|state road|county road|ruta|"
            r"carretera|l[ií]nea|bus (?:number )?|line)(?: )?#?\d{1,4}[a-z]?\b"
        ),
    ),
    Pattern(
        "route",
        PLACE,
        _any_case(r"\b(?:the|el) (\d{1,3}[a-z]?) (?:bus|train|line)\b|\bthe number \d{1,3} (?:bus|train)\b"),
    ),
    Pattern("state", PLACE, re.compile(rf"\b(?:{STATES})\b")),
    Pattern("state", PLACE, re.compile(rf"(?<=[a-z], )(?:{STATE_LETTERS})\b")),
)
