"""How each convention writes down who speaks: patterns that read a label at the beginning of a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.paragraphs import Line
from ia_workbench.corpus.speaker_names import is_plausible

WORD = r"[^\W_][\w.'’&/#-]{0,30}"
NAME = rf"{WORD}(?:[ \xa0]{WORD}){{0,4}}(?: ?\([^()\[\]\n\d]{{1,30}}\))?"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
RANGE = rf"{CLOCK}(?: ?(?:-|–|-->) ?{CLOCK})?"
MARK = rf"(?:\\?\[ ?{RANGE} ?\\?\]|\( ?{RANGE} ?\)|\{{ ?{RANGE} ?\}}|< ?{RANGE} ?>|#{CLOCK}(?:-\d)?#)"
COLON = r"\s?[::]"
SPEECH = r"(?=\s|$|[\[(\"“«¿¡…'‘])"  # what may follow a label at once: no letter, digit or slash, as in 10:30, http://
AFTER = rf"(?:\s*(?P<mark_after>{MARK}))?"  # a time mark between label and speech

PATTERNS = {
    Convention.NAME_COLON: rf"(?P<name>{NAME}){COLON}{SPEECH}{AFTER}",
    Convention.TIME_NAME: rf"(?:(?P<mark>{MARK}|{CLOCK})\s*[-–]?\s*)?(?P<name>{NAME}){COLON}{SPEECH}{AFTER}",
    Convention.NAME_TIME: rf"(?P<name>{NAME})\s*(?:(?P<mark>{MARK})(?:\s?[:\-–—]+)?|\s(?P<mark_after>{CLOCK})$)",
    Convention.BOLD_NAME: (
        rf"(?:(?P<mark>{MARK})\s*)?(?P<bold>\*\*|__)(?:(?P<mark_in>{MARK})\s*)?(?P<name>{NAME})"
        rf"(?:{COLON}\s?(?P=bold)|\s?(?P=bold)(?:{COLON}|(?=\s*{MARK})|$)){AFTER}(?:\s?:)?"
    ),
    Convention.NAME_LINE: (
        rf"(?:(?P<mark>{MARK}|{CLOCK})\s*)?(?P<name>{NAME})(?P<colon>{COLON})?(?:\s*(?P<mark_after>{MARK}|{CLOCK}))?$"
    ),
    Convention.TABLE: rf"(?:(?P<mark>{MARK}|{CLOCK})[\t ])?(?P<name>{NAME}){AFTER} *\t(?=[^\t]*$)",
    Convention.BRACKET_NAME: rf"\\?\[(?P<name>{NAME})\\?\](?:{COLON})?(?=\s|$){AFTER}",
    Convention.QUESTION_ANSWER: rf"(?P<name>[QA]\d{{0,3}}|[A-Z][A-Z. ]{{1,30}}(?=:))(?:[.:]|(?=\t))(?=\s|$){AFTER}",
}
COMPILED = {convention: re.compile(pattern) for convention, pattern in PATTERNS.items()}

INITIALS_KEY = re.compile(r"([^\W\d_][\w]{0,15}) ?[-–—=:] ?([^\W\d_][\w.'’-]+(?: [\w.'’-]+){0,4})\Z")
LONGEST_PREAMBLE = 60  # lines among which the key of initials stands


@dataclass(frozen=True)
class Label:
    """A speaker's label as read: where its line starts, where its own characters end, the name, and the time mark."""

    start: int
    end: int
    line_end: int
    name: str
    mark: str | None
    has_colon: bool


def labels_of(convention: Convention, lines: Sequence[Line]) -> list[Label]:
    """Return every label that a convention can read, in order, whether or not it makes sense in the whole."""
    if convention is Convention.INITIALS:
        return list(_initials(lines))
    if convention is Convention.PARAGRAPHS:
        return []
    pattern = COMPILED[convention]
    found = ((line, pattern.match(line.words)) for line in lines)
    return [_label(line, match) for line, match in found if match is not None and is_plausible(match["name"])]


def _label(line: Line, match: re.Match[str]) -> Label:
    groups = match.groupdict()
    mark = groups.get("mark") or groups.get("mark_in") or groups.get("mark_after")
    has_colon = bool(groups["colon"]) if "colon" in groups else True
    name = " ".join(match["name"].split())
    return Label(line.start, line.start + match.end(), line.end, name, mark, has_colon)


def _initials(lines: Sequence[Line]) -> Iterator[Label]:
    """Labels that a key at the top explains (`AB - Ana Bravo`, then `AB Yes.`)."""
    key = {short for line in lines[:LONGEST_PREAMBLE] if (short := _explained_by(line.words))}
    for line in lines:
        name, blank, _ = line.words.partition(" ")
        if blank and name in key and not _explained_by(line.words):
            yield Label(line.start, line.start + len(name), line.end, name, None, has_colon=False)


def _explained_by(words: str) -> str | None:
    """Return the short form that a line explains, initials or one of the names; None for any other line."""
    match = INITIALS_KEY.match(words)
    if match is None:
        return None
    short, names = match[1], match[2].split()
    initials = "".join(name[0] for name in names)
    return short if short in names or (short.isupper() and initials.endswith(short)) else None
