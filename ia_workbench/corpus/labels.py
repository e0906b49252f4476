"""Reading the labels of a convention: who speaks, where the label stands, and the time mark in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.paragraphs import Line
from ia_workbench.corpus.patterns import COMPILED, ITALIC_LINE, NUMBER_LINE, TIME_LINE
from ia_workbench.corpus.speaker_names import is_plausible
from ia_workbench.corpus.teaching import TaughtRule

INITIALS_KEY = re.compile(r"([^\W\d_][\w]{0,15}) ?[-–—=:] ?([^\W\d_][\w.'’-]+(?: [\w.'’-]+){0,4})\Z")
LONGEST_PREAMBLE = 60  # lines among which the key of initials stands
AROUND_SHARE = 0.5  # of labels with a time or a number on a line beside them; then it is part of each such label
FEWEST_AROUND = 2
LONGEST_TIME = 80  # characters of a line that holds a time and nothing else
QUESTION, ANSWER = "Q", "A"  # who speaks in a text that tells questions by their type face alone


@dataclass(frozen=True)
class Label:
    """A speaker's label as read: where it starts, where its own characters end, the name, and the time mark.

    `line_end` is where the line of the name ends, which is where the label ends if it stands above the speech.
    """

    start: int
    end: int
    line_end: int
    name: str
    mark: str | None
    has_colon: bool
    is_question: bool = False  # set where the type face tells who speaks


def labels_of(convention: Convention | TaughtRule, lines: Sequence[Line]) -> list[Label]:
    """Return every label that a convention can read, in order, whether or not it makes sense in the whole."""
    if convention is Convention.INITIALS:
        return list(_initials(lines))
    if convention is Convention.ITALIC_QUESTIONS:
        return list(_by_type_face(lines))
    if convention is Convention.PARAGRAPHS:
        return []
    is_taught = isinstance(convention, TaughtRule)
    pattern = convention.compiled if isinstance(convention, TaughtRule) else COMPILED[convention]
    found = ((line, pattern.match(line.words)) for line in lines)
    return [_label(line, match) for line, match in found if match and (is_taught or is_plausible(match["name"]))]


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


def _by_type_face(lines: Sequence[Line]) -> Iterator[Label]:
    """Labels without characters of their own: lines in italics are questions, the line after begins the answer."""
    follows_question = False
    for line in lines:
        is_italic = ITALIC_LINE.match(line.words) is not None
        if is_italic or follows_question:
            name, asks = (QUESTION, "?" in line.words) if is_italic else (ANSWER, False)
            yield Label(line.start, line.start, line.end, name, None, has_colon=False, is_question=asks)
        follows_question = is_italic


def with_lines_around(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the labels with the lines that belong to them: a time above or below the name, a number above it.

    A time counts below a name only where the name stands alone on its line. Both count only where most labels have
    them: elsewhere a number or a time on a line of its own is an answer.
    """
    places = {line.start: index for index, line in enumerate(lines)}
    least = max(FEWEST_AROUND, AROUND_SHARE * len(labels))
    timed = [_with_time(label, lines, places[label.start]) for label in labels]
    if sum(label != before for label, before in zip(timed, labels, strict=True)) < least:
        timed = list(labels)
    numbered = [_with_number(label, lines, places[label.start]) for label in timed]
    return numbered if sum(a != b for a, b in zip(numbered, timed, strict=True)) >= least else timed


def _with_time(label: Label, lines: Sequence[Line], place: int) -> Label:
    above, below = _before(lines, place), lines[place + 1] if place + 1 < len(lines) else None
    if above and TIME_LINE.match(above.words):
        return replace(label, start=above.start, mark=label.mark or above.words)
    if below and label.end == label.line_end and label.mark is None and TIME_LINE.match(below.words):
        return replace(label, end=below.end, mark=below.words)
    return label


def _with_number(label: Label, lines: Sequence[Line], place: int) -> Label:
    above = _before(lines, place)
    return replace(label, start=above.start) if above and NUMBER_LINE.match(above.words) else label


def _before(lines: Sequence[Line], place: int) -> Line | None:
    return lines[place - 1] if place else None


def is_time_or_number(line: Line) -> bool:
    """Say whether a line holds a time or a number and nothing else."""
    words = line.words
    return len(words) <= LONGEST_TIME and (bool(NUMBER_LINE.match(words)) or bool(TIME_LINE.match(words)))
