"""Shapes that point at someone: telephone, mail, web and street addresses, numbers of cases, people and accounts.

Every expression runs in time that grows with the text alone: counts are bounded, and nothing repeats within a
repetition that could be split in two ways. What a shape alone cannot tell is asked of a plain function afterwards.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ia_workbench.privacy.rules import IdentifierClass

Match = re.Match[str]


@dataclass(frozen=True)
class Pattern:
    """A rule by its name: what it finds, how it is written, and what else must be true of a match.

    `group` is the part of the match that is masked.
    """

    rule: str
    identifier_class: IdentifierClass
    written: re.Pattern[str]
    is_meant: Callable[[Match], bool] = bool
    group: int = 0

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where it stands in a readable text."""
        for match in self.written.finditer(text):
            if match.end(self.group) > match.start(self.group) and self.is_meant(match):
                yield match.span(self.group)


def _written(*pieces: str, any_case: bool = True) -> re.Pattern[str]:
    return re.compile("".join(pieces), re.IGNORECASE if any_case else 0)


CONTACT, NUMBER = IdentifierClass.CONTACT, IdentifierClass.NUMBER
ENDINGS = "com|org|net|edu|gov|mil|info|biz|us|uk|ca|mx|io|co|de|fr|es"
DIGIT_WORD = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
)
UNITS = "dollars?|euros?|pounds?|percent|miles?|people|kids|children|families|times|years?|days?|dólares|pesos"
YEARS = re.compile(r"\(?(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d\)?")
DAY = re.compile(r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d)(?:[ T].*)?")
SOCIAL_SECURITY = re.compile(r"\d{3}[- ]\d{2}[- ]\d{4}")


def _digits(match: Match) -> int:
    return sum(map(str.isdigit, match.group()))


def _is_telephone(match: Match) -> bool:
    words = match.group().strip()
    if YEARS.fullmatch(words) or DAY.fullmatch(words) or SOCIAL_SECURITY.fullmatch(words):
        return False
    return 7 <= _digits(match) <= 22 and (_digits(match) <= 15 or "x" in words.lower())


def _has_number(match: Match) -> bool:
    """A word after `case`, `file` and the like is a number when it is long enough, or is announced as one."""
    token, announced = match.group("token"), match.group("announced")
    digits = sum(map(str.isdigit, token))
    if announced:
        return digits > 0
    is_year = bool(re.fullmatch(r"(?:19|20)\d\d", token))
    return not is_year and (digits >= 4 or (digits >= 3 and not token.isdigit()))


def _is_card(match: Match) -> bool:
    return 12 <= _digits(match) <= 19


NUMBERED = (
    r"case|docket|petition|cause|file|client|licen[cs]e|permit|medical record|record|chart|"
    r"account|acct|policy|claim|badge|"
    r"passport|member|insurance|inmate|report|intake|referral|incident|invoice|medicaid|medicare|snap|ebt|plates?|tag|"
    r"application|appeal|complaint|identification|social security|social|ssn|mrn|vin|id|dl|routing|student|employee|"
    r"registration|confirmation|reference|ref|investigation|court|juvenile|bar|npi|dea|tax|"
    r"order|judgment|booking|ticket|"
    r"caso|expediente|causa|petici[oó]n|demanda|licencia|cuenta|seguro social|seguro|asunto|placas?"
)
ANNOUNCED = r"(?:numbers?|nos?\.|nos?(?= ?\d)|num\.?|n[uú]m(?:ero)?\.?|n[.º°]+|ids?|ending in|#)(?! ?(?:of|de)\b)"
WORD_WITH_DIGITS = r"(?P<token>[a-z0-9][\w./:-]{0,24}[\w]|\d)"

PATTERNS = (
    Pattern(
        "e-mail",
        CONTACT,
        _written(r"(?<![\w.+-])[\w.+'-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
    ),
    Pattern(
        "e-mail, spoken",
        CONTACT,
        _written(
            r"(?<!\w)\w{1,40}(?: (?:dot|underscore|dash|punto|gui[oó]n) \w{1,40}){0,4} (?:at|"
            r"arroba) \w{1,40}(?: \w{1,20})?",
            r" (?:dot|punto) (?:com|org|net|edu|gov)\b",
        ),
    ),
    Pattern("web address", CONTACT, _written(r"(?:https?://|www\.)[^\s<>\"]{2,500}(?<![.,;:!?)])")),
    Pattern(
        "web address",
        CONTACT,
        _written(
            r"(?<![\w.@-])(?:[\w-]{1,63}\.){1,5}(?:",
            ENDINGS,
            r")(?![\w(-])(?!\.\w)(?:/[^\s<>\"]{0,300}(?<![.,;:!?)]))?",
        ),
    ),
    Pattern("name online", CONTACT, _written(r"(?<![\w.@])@[a-z][\w.]{2,30}\b")),
    Pattern("address of a device", CONTACT, _written(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")),
    Pattern("address of a device", CONTACT, _written(r"(?<![\w:])(?:[0-9a-f]{1,4}:){5,7}[0-9a-f]{1,4}(?![\w:])")),
    Pattern(
        "address of a device",
        CONTACT,
        _written(r"(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])"),
    ),
    Pattern(
        "telephone",
        CONTACT,
        _written(
            r"(?<![\w.$€£/-])(?<!\d,)(?:\+ ?)?\(?\d(?:\d|[ .()/-]{1,3}(?=[\d(])){5,28}\d(?: ?,? "
            r"?(?:x|ext\.?|extension|exten\.?) ?\d{1,6})?",
            r"(?![\w%]|[,.]\d|/\d| ?(?:",
            UNITS,
            r")\b)",
        ),
        _is_telephone,
    ),
    Pattern("telephone", CONTACT, _written(r"\b(?:ext\.?|extension|extensi[oó]n) ?(\d{2,6})\b"), group=1),
    Pattern(
        "telephone, its end",
        CONTACT,
        _written(
            r"\b(?:tele)?(?:phone|cell|fax|tel[eé]fono)(?: number)?(?: (?:is|was|ends in|ending in|"
            r"es)|:|\.)? ?(\d[\d -]{2,14}\d)(?!\w)"
        ),
        group=1,
    ),
    Pattern(
        "number in words",
        CONTACT,
        _written(rf"\b(?:(?:{DIGIT_WORD})(?:, |,|-| - | )){{6,20}}(?:{DIGIT_WORD})\b"),
    ),
    Pattern(
        "social security number",
        NUMBER,
        _written(r"(?<![\w-])[\dOlIBS]{3}[- ][\dOlIBS]{2}[- ][\dOlIBS]{4}(?![\w-])", any_case=False),
        lambda m: _digits(m) >= 6,
    ),
    Pattern("partly hidden number", NUMBER, _written(r"(?<![\w*])[\dx*#•]{3}-[\dx*#•]{2}-[\dx*#•]{4}(?!\w)")),
    Pattern(
        "social security number, its end",
        NUMBER,
        _written(
            r"\b(?:last four|last 4|[uú]ltimos cuatro)(?: digits?)?(?: (?:of|are|is|on|son|"
            r"de)\b[^.\d]{0,30})?:? ?(\d{4})\b"
        ),
        group=1,
    ),
    Pattern(
        "payment card", NUMBER, _written(r"(?<![\w.,])\d{4}(?:[ -]?\d{3,6}){2,3}(?:[ -]?\d{1,4})?(?![\w])"), _is_card
    ),
    Pattern(
        "bank account",
        NUMBER,
        _written(r"\b[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}\b", any_case=False),
        lambda m: _digits(m) >= 8,
    ),
    Pattern(
        "number of a case, file or person",
        NUMBER,
        _written(
            rf"\b(?:{NUMBERED})(?:'s)?(?P<announced> ?{ANNOUNCED}| ?[:=#])?(?: (?:is|was|are|es|"
            rf"era))?[ :=#(]{{1,3}}{WORD_WITH_DIGITS}(?!\w)"
        ),
        _has_number,
        group=2,
    ),
    Pattern(
        "number of a case",
        NUMBER,
        _written(
            r"(?<!Protocol )(?<!Law )(?<!Act )(?<!Article )(?<!Rule )(?<!Annex )\b(?:nos?\.|"
            r"n[.º°]{1,2}|n[uú]ms?\.|n[uú]mero) ?(\d[\w/.:-]{0,20}\w(?:(?:, | and | y "
            r")\d[\d/.]{1,12}(?<!\.)(?![\w])){0,20})"
        ),
        group=1,
    ),
    Pattern(
        "number of a case",
        NUMBER,
        _written(r"(?<![\w/.-])\d{2,4}[- ]?[A-Z]{1,4}[- ]?\d{2,7}(?:-\w{1,6})?(?![\w/])", any_case=False),
    ),
    Pattern("number of a case", NUMBER, _written(r"(?<![\w/.-])\d:\d\d-[a-z]{2}-\d{3,6}(?:-\w{1,6})?(?!\w)")),
    Pattern("number of a case", NUMBER, _written(r"(?<![\w/.,-])\d{3,6}/\d{2,4}(?![\w/])")),
    Pattern(
        "letters and digits",
        NUMBER,
        _written(r"(?<![\w/.-])[A-Z]{1,6}(?:[-#]| ?- ?)?\d{2,4}(?:-[A-Z0-9]{1,8}){1,3}(?!\w)", any_case=False),
    ),
    Pattern(
        "letters and digits",
        NUMBER,
        _written(r"(?<![\w/.-])(?!(?:GBP|EUR|USD|SEK|COVID)-?\d)[A-Z]{1,6}-?#?\d{4,12}(?!\w|[,.]\d)", any_case=False),
    ),
    Pattern("letters and digits", NUMBER, _written(r"(?<![\w/.-])[A-Z]{2,4}-\d{3}(?!\w)", any_case=False)),
    Pattern(
        "long number",
        NUMBER,
        _written(r"(?<![\w.,$€£/-])\d{6,20}(?![\w%]|[,.]\d| ?(?:", UNITS, r")\b)"),
    ),
    Pattern(
        "bank account",
        NUMBER,
        _written(r"\biban(?: is|:| number)? ?([a-z]{2}\d{2}[a-z0-9 ]{8,34}[a-z0-9])\b"),
        group=1,
    ),
    Pattern("encoded words", NUMBER, _written(r"(?<![\w+/=])(?:[\w+/]{4}){3,40}(?:[\w+/]{2}==|[\w+/]{3}=)(?![\w=])")),
    Pattern(
        "number plate",
        NUMBER,
        _written(r"\bplates?(?: (?:number|is|was|reads?))*:? ([A-Z0-9]{1,4}[- ]?[A-Z0-9]{2,5})\b", any_case=False),
        lambda m: _digits(m) > 0,
        1,
    ),
)
