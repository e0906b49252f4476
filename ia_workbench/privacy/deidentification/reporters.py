"""Who made a report of abuse or neglect: a class of its own, masked for cleared readers, too (CAPTA, 42 USC 5106a(b)).

Conservative: a name, or an office with its workplace, is proposed only where the words say that this very person
reported. `I called the hotline myself` has nothing to mask but the speaker, and is left to people.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ia_workbench.privacy.deidentification.proposal import FoundBy, Proposal
from ia_workbench.privacy.deidentification.spelling import PART, FoldedText
from ia_workbench.privacy.deidentification.words import WordedText
from ia_workbench.privacy.rules import IdentifierClass

REPORTER, PERSON = IdentifierClass.REPORTER, IdentifierClass.PERSON
NOUN = (
    r"(?:(?:mandated|anonymous|original|initial|first|actual) )?(?:reporter|reporting "
    r"(?:party|source|person)|report source|"
    r"referral source|RP|hotline caller|caller|complainant|informante|denunciante|persona "
    r"que (?:llam[oó]|report[oó]|denunci[oó]))"
)
IS_NOUN = re.compile(rf"(?:,? (?:who )?(?:was|is|were|being|era|es|fue)|,) (?:the|our|a|el|la) {NOUN}\b", re.IGNORECASE)
NOUN_IS = re.compile(
    rf"\b{NOUN}(?:'s name)?(?:,? (?:who )?(?:was|is|were|turned out to be|identified (?:him|"
    r"her)self as|gave the name|named|era|es|fue)|,|:| -| \()? ",
    re.IGNORECASE,
)
OBJECT = (
    r"(?:it|us|me|her|him|them|the family|the mother|the case|the abuse|the neglect|my family|on (?:us|me|her|them))"
)
HOTLINE = (
    r"(?:the |el |la |al )?(?:child abuse |abuse |state )?(?:hotline|tip ?line|CPS|DCFS|DCF|"
    r"DHS|DSS|CYF|child protect(?:ion|ive)\w*(?: services)?|child welfare|the county|the "
    r"state|social services|l[ií]nea)\b"
)
REPORTED = re.compile(
    rf"\b(?:(?:had |has |also )?(?:called|phoned|rang|contacted|llam[oó](?: a)?) {HOTLINE}"
    r"|(?:called|phoned) (?:it|us|me|them|her|him|that|this) in\b|made (?:the|a|that|this|"
    rf"another) (?:hotline |CPS |first |anonymous )?(?:report|call to {HOTLINE}|referral|"
    r"allegation)"
    rf"|filed (?:the|a|that|this) (?:\w+ )?report|reported {OBJECT}\b(?! to (?:the "
    rf")?(?:police|judge))|turned {OBJECT} in\b|nos (?:report[oó]|denunci[oó])|(?:report[oó]|"
    r"denunci[oó]) a\b|hizo (?:la|el|una) (?:denuncia|reporte|llamada))",
    re.IGNORECASE,
)
BY = re.compile(
    r"\b(?:(?:was|were|been|got) )?(?:reported(?: to \w+)?|called in|turned in|phoned in|"
    r"(?:report|referral|call|allegation)s?(?: (?:was|were|had been|came|come|made|received|"
    r"that came))*(?: in)?(?: (?:made|filed|received|called in))?|denunciad[oa]s?|"
    r"reportad[oa]s?) (?:by|from|por) ",
    re.IGNORECASE,
)
ROLES = (
    "teacher|teacher's aide|aide|principal|vice principal|neighbou?r|nurse|school nurse|"
    "doctor|pediatrician|counselor|school counselor|"
    "social worker|therapist|coach|daycare worker|day ?care provider|babysitter|sitter|"
    "landlord|landlady|pastor|officer|grandmother|"
    "grandma|grandfather|aunt|uncle|cousin|sister|brother|ex|ex-husband|ex-wife|"
    "ex-boyfriend|ex-girlfriend|father|mother|stepmother|"
    "stepfather|mother-in-law|sister-in-law|boss|coworker|roommate|friend|bus driver|"
    "secretary|crossing guard|receptionist|librarian|"
    "dentist|paramedic|visiting nurse|lunch lady|custodian|psychologist|caseworker|"
    "maestr[oa]|vecin[oa]|enfermer[oa]|t[ií][oa]|abuel[oa]|"
    "consejer[oa]|doctor[a]?|director[a]?|trabajadora social"
)
WORKPLACE = (
    r"(?: (?:at|from|of|with|over at|who (?:works?|worked) at|down the (?:hall|street)|next "
    r"door|upstairs|downstairs|across the (?:hall|street)|de|en|del)"
    r"(?: (?:the|my|his|her|their|our|la|el|su))?(?: (?-i:[A-Z0-9])[\w'-]{0,25}| (?:kids?'?|"
    r"school|daycare|clinic|hospital|church|office|son's|daughter's|baby's|de|of|escuela|"
    r"cl[ií]nica)\b){0,6})?"
)
ROLE = re.compile(
    r"\b(?:(?:the|my|his|her|their|our|a|an|one of (?:the|her|his|my|their)|la|el|mi|su|"
    rf"una?) )(?:[\w'-]{{2,16}} ){{0,2}}?(?:{ROLES})\b(?:'s (?:{ROLES})\b)?{WORKPLACE}",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?](?=\s)(?<!\b[MD]r\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bSra\.)(?<!\bSr\.)|\n")
REACH = 90  # code points between who reported and the words that say so
NEAR = 32  # between the words that say so and the nearest person or office
BETWEEN = re.compile(
    r"[\s,(\"“-]*(?:(?:who|is|was|named|called|the|a|es|la|el)[\s,]+){0,2}(?:(?:mr|mrs|ms|"
    r"miss|dr|nurse|officer|sra?|coach|principal)\b\.?\s*)?",
    re.IGNORECASE,
)
NOT_THEM = re.compile(
    r"\b(?:if|whether|could|should|would|can|might|who|anyone|somebody|someone|nobody|never|"
    r"not|didn't|don't|I|we|you|they)\b[^,.]{0,20}$",
    re.IGNORECASE,
)


def reporters(worded: WordedText, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield reporters; places are of the readable text. `found` are people found so far, in order of their places."""
    plain = worded.plain
    people = [each for each in found if each.identifier_class in (PERSON, REPORTER)]
    known = [(each.start, each.end) for each in people]
    places: set[tuple[int, int]] = set()
    for cue in (NOUN_IS, BY):
        for match in cue.finditer(plain):
            places.update(_after(plain, known, match.end()))
    for cue in (IS_NOUN, REPORTED):
        for match in cue.finditer(plain):
            places.update(_before(plain, known, match.start()))
    for each in people:
        if (each.start, each.end) in places:
            yield replace(each, identifier_class=REPORTER, rule="name of who reported")
    for start, end in sorted(places - set(known)):
        yield Proposal(start, end, REPORTER, FoundBy.PATTERN, "office of who reported")
    yield from _elsewhere(worded, people, [each for each in known if each in places])


def _after(plain: str, known: Sequence[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    """Who stands right after the cue: `the report came from Ms. Ortiz, the nurse at Lincoln`."""
    end = _sentence_end(plain, start)
    taken: list[tuple[int, int]] = []
    at = start
    for each in sorted(_within(plain, known, start, end)):
        if each[0] < at:
            continue
        if not BETWEEN.fullmatch(plain[at : each[0]]):
            break
        taken.append(each)
        at = each[1]
    return taken


def _before(plain: str, known: Sequence[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Who stands before the cue in its sentence: `Ms. Ortiz called the hotline`."""
    start = max(0, end - REACH)
    ends = [match.end() for match in SENTENCE_END.finditer(plain, start, end)]
    start = ends[-1] if ends else start
    taken: list[tuple[int, int]] = []
    at = end
    for each in sorted(_within(plain, known, start, end), key=lambda one: (-one[1], one[0])):
        gap = plain[each[1] : at]
        if each[1] > at:
            continue
        if taken and not BETWEEN.fullmatch(gap):
            break
        if not taken and (len(gap) > NEAR or NOT_THEM.search(gap)):
            break
        taken.append(each)
        at = each[0]
    return taken


def _within(plain: str, known: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """People and offices between two places; an office gives way where it says no more than a name beside it."""
    roles = [match.span() for match in ROLE.finditer(plain, start, end)]
    first = bisect_left(known, (start, start))
    people = []
    for each in known[first:]:
        if each[0] >= end:
            break
        people.append(each)
    inside = [each for each in people if not any(role[0] <= each[0] and each[1] <= role[1] for role in roles)]
    return [each for each in (*inside, *roles) if each[1] <= end]


def _sentence_end(plain: str, start: int) -> int:
    match = SENTENCE_END.search(plain, start, start + REACH)
    return match.start() if match else min(len(plain), start + REACH)


def _elsewhere(worded: WordedText, people: Sequence[Proposal], named: Sequence[tuple[int, int]]) -> Iterator[Proposal]:
    """The other places of a reporter's name: one that is called a person's would tell who reported."""
    parts = {part for start, end in named for part in _parts(worded.plain[start:end])}
    for each in people:
        mine = _parts(worded.plain[each.start : each.end])
        if mine and mine <= parts:
            yield replace(each, identifier_class=REPORTER, rule="name of who reported, elsewhere")


def _parts(words: str) -> frozenset[str]:
    return frozenset(each for each in PART.findall(FoldedText(words).folded) if len(each) > 2)
