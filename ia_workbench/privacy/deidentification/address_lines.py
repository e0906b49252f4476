"""Whole addresses: a street or a flat with the house, the town, the region, the code and the country around it.

`addresses` finds where an address is, in the forms of streets; here it grows along what stands beside it, over lines
and commas, in the order that most countries write: house and street, flat, town, region, code, country. What belongs
to an address is told by its shape and its neighbours: a word of two capitals is a region only where a code, a country
or the end of a line follows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ia_workbench.privacy.deidentification.countries import COUNTRIES
from ia_workbench.privacy.deidentification.dates import MONTH
from ia_workbench.privacy.deidentification.proposal import UNSURE, FoundBy, Proposal
from ia_workbench.privacy.deidentification.streets_abroad import NO_HOUSE_AFTER
from ia_workbench.privacy.rules import IdentifierClass

ADDRESS = IdentifierClass.ADDRESS
MOST_PIECES = 8
LINE = r"(?:[ \t]*,?[ \t]*\n[ \t>?|*]{0,8},?[ \t]{0,4})"  # a line of its own, quoted or not, after a comma or not
COMMA = r"(?:[ \t]{0,2},[ \t]{0,4})"
APART = rf"(?:{LINE}|{COMMA})"
BESIDE = rf"(?:{LINE}|{COMMA}|[ \t]{{1,4}})"
CAPITAL = r"(?-i:[^\W\da-zà-öø-ÿ_][\w'’.\-∆]{0,25})"
OF = r"(?:de|del|de la|di|do|da|das|dos|du|des|la|le|der|den|van|von|am|an|im|nad|pod|sur|" r"sous|of|the|y|i|og|en)"
LETTERS = r"[^\W\d_][\w'’.\-/]{0,25}"
TOWN = rf"(?:{CAPITAL}(?: (?:{OF} )?{CAPITAL}){{0,4}}(?: \d{{1,2}}(?!\w))?)"
CODE = (
    r"(?:[A-Z]{1,2}[- ])?(?:\d{4,6}(?:-\d{3,4})?|\d{3} \d{2}|\d{4} ?(?-i:[A-Z]{2})|"
    r"[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?![\w%]|[.,]\d)"
)
LAND = rf"(?:(?:{COUNTRIES})(?![\w-]))"
ENDS = r"(?=[ \t]*(?:\n|\Z|[.,;:?!)\"”]))"
REGION = (
    rf"(?:(?-i:[A-Z]{{2,3}})\b(?={BESIDE}(?:{LAND}|{CODE})|[ \t]*(?:\n|\Z|[.;?!)]))|[a-z]{{2,3}}\b"
    rf"(?={BESIDE}(?:{LAND} )?{CODE}))"
)
UNIT = (
    r"(?:(?:apt|apartment|unit|suite|ste|lot|trailer|room|rm|flat|floor|piso|puerta|bajo|portal|bloque|apartamento|"
    r"depto|appartement|appt|wohnung|whg|interno|int|bus|leilighet)\b\.? ?#?(?=[\w-]{0,5}\d)[\w-]{1,6}|#\d{1,5}|"
    r"\d{1,2}[ºª°](?: ?(?:[A-Z]|izq|dcha|izda)\b\.?)?)"
)
LOCATED = rf"(?:{REGION}{BESIDE})?(?:{LAND}(?:[ \t]{{1,3}}{CODE})?|{CODE})"
STRONG = rf"(?:{BESIDE}{UNIT}|{APART}(?:{TOWN}{BESIDE})?{LOCATED})"

PIECES = tuple(
    re.compile(written, re.IGNORECASE)
    for written in (
        rf"{BESIDE}{UNIT}(?!\w)",
        rf"{APART}{LOCATED}",
        rf"(?:{APART}{CODE} )?{APART}?{TOWN}{BESIDE}{LOCATED}",
        rf"{APART}{CODE} {TOWN}",
        rf"{APART}(?:{LETTERS} ){{0,4}}{LETTERS}{APART}{LOCATED}",
        rf"{LINE}{TOWN}{ENDS}(?=[ \t]*(?:\n|\Z))",
        rf"{LINE}{REGION}",
    )
)
# After a flat the town may follow without a comma: `Apt. 4 Springfield IL`.
AFTER_A_FLAT = re.compile(
    rf"[ \t]{{1,3}}{TOWN}(?:[ \t]{{1,3}}(?:{REGION}|(?-i:[A-Z]{{2,3}})\b|{LAND}(?: {CODE})?)|{ENDS})", re.IGNORECASE
)
IS_FLAT = re.compile(rf"{UNIT}\Z", re.IGNORECASE)
HOUSE_AFTER = re.compile(rf" (?!(?:1[5-9]|20)\d\d\b)\d{{1,4}}[a-z]?{NO_HOUSE_AFTER}", re.IGNORECASE)
CROSSING_BEFORE = re.compile(rf"(?:\b(?:the )?corner of )?(?:\b{CAPITAL}(?: {CAPITAL})? and )?(?<!\d )\Z")
MOST_BEFORE = 70

# A number, words and mostly a number again, with a flat, a region, a code or a country after them.
NUMBERED = tuple(
    re.compile(written, re.IGNORECASE)
    for written in (
        rf"(?<![\w.,$€£/-])\d{{1,5}}[a-z]?(?:,? \d{{1,5}})?(?: {CAPITAL})(?: (?:{OF}|{CAPITAL})){{0,5}}"
        rf"(?: \d{{1,5}}[a-z]?\.?)?(?={STRONG})",
        rf"(?<![\w.,$€£/-])\d{{1,5}}[a-z]?(?: {LETTERS}){{1,5}} \d{{1,5}}[a-z]?\.?(?={STRONG})",
        rf"(?<![\w-])(?-i:[^\W\da-z_][\w'-]{{2,25}})(?: {LETTERS}){{0,3}} \d{{1,4}}[a-z]?\.?" rf"(?={BESIDE}{UNIT})",
    )
)
IS_DATE = re.compile(rf"\b{MONTH}", re.IGNORECASE)


def whole_addresses(plain: str, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield addresses of the readable text, each with all that belongs to it; `found` are those that shapes show."""
    seeds = [each for each in found if each.identifier_class is ADDRESS and each.found_by is FoundBy.PATTERN]
    for pattern in NUMBERED:
        for match in pattern.finditer(plain):
            if not IS_DATE.search(match.group()):
                seeds.append(Proposal(*match.span(), ADDRESS, FoundBy.PATTERN, "address over lines"))
    done = 0
    for each in sorted(seeds, key=lambda seed: (seed.start, -seed.end)):
        if each.end <= done:  # a part of the address before
            continue
        start, end = _start(plain, each.start), _end(plain, each.start, each.end)
        done = end
        if (start, end) != (each.start, each.end) or each.rule == "address over lines":
            yield replace(each, start=start, end=end)


def numbered_names(plain: str, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield names that only their capitals show, each with the number of a house after it: `Estrela 57`."""
    for each in found:
        if each.rule not in UNSURE or each.found_by is not FoundBy.PATTERN:
            continue
        number = HOUSE_AFTER.match(plain, each.end)
        if number and not IS_DATE.search(plain[each.start : each.end]):
            start = _start(plain, each.start)
            kind = IdentifierClass.PLACE  # hardly a person, with a number behind
            yield replace(each, start=start, end=number.end(), identifier_class=kind, rule="name with a number")


def _start(plain: str, start: int) -> int:
    """Where the other street of a crossing begins: `Mill Road and 12 Elm Street`, `the corner of …`."""
    first = max(0, start - MOST_BEFORE)
    match = CROSSING_BEFORE.search(plain[first:start])
    return first + match.start() if match else start


def _end(plain: str, start: int, end: int) -> int:
    for _ in range(MOST_PIECES):
        is_flat = IS_FLAT.search(plain[start:end])
        pieces = (*PIECES, AFTER_A_FLAT) if is_flat else PIECES
        longest = max((match.end() for each in pieces if (match := each.match(plain, end))), default=end)
        if longest == end:
            break
        end = longest
    return end
