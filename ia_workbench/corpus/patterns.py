"""The regular expressions that read a label at the beginning of a line.

Every repetition is bounded, so that no line, however made, takes longer than in proportion to its length.
"""

import re

from ia_workbench.corpus.conventions import Convention

# Arabic and Hebrew labels come with invisible marks of direction, and with vowel points that Python calls no letters.
DIRECTION = "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]{0,4}"
POINTS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u05f3\u05f4\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
WORD = rf"[^\W_][\w{POINTS}.'’&/#-]{{0,30}}"
NAME = rf"{WORD}(?:[ \xa0]{WORD}){{0,4}}(?: ?\([^()\[\]\n\d]{{1,30}}\))?"
GAP = r"\s{0,40}"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
DAY = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? "
STAMP = rf"(?:{DAY})?{CLOCK}(?: ?[AaPp]\.?[Mm]\.?)?"
RANGE = rf"{STAMP}(?: {{0,3}}(?:-|–|—|-->|→) {{0,3}}(?:{CLOCK})?)?"
MARK = rf"(?:\\?\[ ?{RANGE} ?\\?\]|\( ?{RANGE} ?\)|\{{ ?{RANGE} ?\}}|< ?{RANGE} ?>|#{CLOCK}(?:-\d)?#)"
COLON = rf"{DIRECTION}\s?[:\uff1a]{DIRECTION}"
# What may follow a label at once: no letter, digit or slash, as in 10:30 and http://; but Chinese has no spaces.
SPEECH = r"(?:(?<=\uff1a)|(?=\s|$|[\[(\"“«¿¡…'‘\u200e\u200f\u202a-\u202e]))"
AFTER = rf"(?:{GAP}(?P<mark_after>{MARK}))?"  # a time mark between label and speech
JSON_WHO = '"(?:speaker|speaker_name|speakerName|name|role|who|participant|hablante)"'
JSON_WORDS = '"(?:text|words|utterance|speech|content|transcript|body|texto)"'
JSON_OTHER = r'"\w{1,20}" ?: ?(?:"[^"\n]{0,40}"|[\w.:+-]{1,40})'

PATTERNS = {
    Convention.NAME_COLON: rf"(?P<name>{NAME}){COLON}{SPEECH}{AFTER}",
    Convention.TIME_NAME: rf"(?:(?P<mark>{MARK}|{STAMP}){GAP}[-–—]?{GAP})?(?P<name>{NAME}){COLON}{SPEECH}{AFTER}",
    Convention.NAME_TIME: (
        rf"\[?(?P<name>{NAME})\]?{GAP}(?:(?P<mark>{MARK})(?:\s?[:\-–—\uff1a]{{1,3}})?|\s(?P<mark_after>{RANGE})$)"
    ),
    Convention.BOLD_NAME: (
        rf"(?:(?P<mark>{MARK}){GAP})?(?P<bold>\*{{1,3}}|__)(?:(?P<mark_in>{MARK}){GAP})?(?P<name>{NAME})"
        rf"(?:{COLON}(?:\s?(?P=bold)|(?=\s))|\s?(?P=bold)(?:{COLON}|(?=\s{{0,40}}{MARK})|$)){AFTER}(?:\s?:)?"
    ),
    Convention.NAME_LINE: (
        rf"(?:#{{1,6}} )?(?:(?P<mark>{MARK}|{CLOCK}){GAP}(?:[-–—] )?)?(?P<name>{NAME})(?P<colon>{COLON})?"
        rf"(?:{GAP}(?P<mark_after>{MARK}|{CLOCK}))?$"
    ),
    Convention.NAME_DASH: rf"(?:(?P<mark>{MARK}){GAP})?(?P<name>{NAME})(?: ?—|\s[-–])(?=\s|$|[\w¿¡\"“«]){AFTER}",
    Convention.MARKED_NAME: (
        rf"(?:>{{1,3}}|»|[-–—•*‒―]) ?(?:(?P<mark>{MARK}){GAP})?(?P<name>{NAME}){COLON}{SPEECH}{AFTER}"
    ),
    Convention.NUMBERED_NAME: (
        rf"[(\[]?\d{{1,5}}[.)\]:]?\s{{1,40}}(?:(?P<mark>{MARK}){GAP})?(?P<name>{NAME}){COLON}{SPEECH}{AFTER}"
    ),
    Convention.TABLE: (
        rf"(?:\d{{1,5}}[.)]?\t)?(?:(?P<mark>{MARK}|{STAMP})[\t ])?(?P<name>{NAME}){AFTER} {{0,40}}\t"
        rf"(?=[^\t]*(?:\t(?:{MARK}|{CLOCK}))?$)"
    ),
    Convention.BRACKET_NAME: rf"\\?[\[<](?P<name>{NAME})\\?[\]>](?:{COLON})?(?=\s|$){AFTER}",
    Convention.QUESTION_ANSWER: (
        rf"(?:\d{{1,4}}\s{{1,40}})?(?P<name>[QAPR]\d{{0,3}}|[^\W\d_a-z](?:[^\W\d_a-z]|[. ]){{1,30}}(?=:))"
        rf"(?:(?P<colon>:)|\.|(?=\t|\s{{2}}))(?=\s|$){AFTER}"
    ),
    Convention.JSON_LINES: (
        rf"[\[{{, ]{{0,4}}(?:{JSON_OTHER}, ?){{0,4}}{JSON_WHO} ?: ?\"(?P<name>{NAME})\" ?,?"
        rf"(?: ?{JSON_OTHER}, ?){{0,4}}?(?: ?{JSON_WORDS} ?: ?\"?)?"
    ),
}
COMPILED = {convention: re.compile(DIRECTION + pattern) for convention, pattern in PATTERNS.items()}
TIME_LINE = re.compile(rf"(?:{MARK}|{RANGE})\Z")  # nothing else on the line
NUMBER_LINE = re.compile(r"\d{1,6}\Z")
ITALIC_LINE = re.compile(r"(?P<italic>[*_])(?![*_\s])[^*_]{1,2000}(?P=italic)\Z")
