"""A source as its reading page shows it: turns, their words cut where codings begin and end, and the codes of each.

Pure: values in, values out. The same cutting is done by `static/reading/pieces.js` when a coding is added in the
browser; `tests/web/static` compares the two.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from ia_workbench.coding import Mark
from ia_workbench.corpus import Turn
from ia_workbench.web.workbench.direction import has_right_to_left

ASKING = frozenset(
    {"interviewer", "int", "i", "q", "question", "moderator", "facilitator", "researcher", "observer",
     "entrevistador", "entrevistadora", "moderador", "moderadora", "facilitador", "facilitadora"}
)  # fmt: skip
GAP = re.compile(r"(?: {3,}|\t)(?=\S)")  # between the cells of a table that was typed
LONGEST_GIVEN_QUOTE = 70  # characters of a coding's words in the list beside its turn
CHARACTERS_A_LINE = 62  # on average, at the reading measure; only for reserving space
HEIGHTS = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 30)  # lines that space is reserved for


@dataclass(frozen=True)
class Piece:
    """A stretch of a turn's words with one look: `top` is the colour of the latest coding there, `under` of the next.

    Colours are 1 to 12; 0 means none.
    """

    words: str
    top: int
    under: int

    @property
    def look(self) -> str:
        """The CSS classes of this piece."""
        return f"c{self.top} u{self.under}" if self.under else f"c{self.top}"


@dataclass(frozen=True)
class TurnView:
    """One turn as shown. `start` is where its speech begins, in code points of the whole text.

    `before` is what the stored text has between the speech of the turn before and this one: the label and blank lines.
    `is_row` says that it looks like a row of a table, `is_either_way` that a browser must look which way it is read.
    """

    number: int
    line: int
    speaker: str
    mark: str
    is_asking: bool
    is_row: bool
    start: int
    before: str
    height: int
    pieces: tuple[Piece, ...]
    given: tuple[Mark, ...]
    is_either_way: bool = False


def turn_views(
    text: str,
    turns: Sequence[Turn],
    given: Sequence[Mark],
    colors: dict[int, int],
    asking: frozenset[str] = ASKING,
    *,
    labels: Mapping[int, str] = MappingProxyType({}),
    by_coder: bool = False,
) -> Iterator[TurnView]:
    """Yield every turn with the codings that touch it.

    `given` comes oldest first; `colors` is the colour of each code by its number; `labels` the page or moment that
    begins in a turn, by the turn's number. `by_coder` lists the codings of a turn coder by coder.
    """
    turns_either_way = has_right_to_left(text)
    touching = by_turn(turns, given)
    before_start = 0
    for index, turn in enumerate(turns):
        speech = text[turn.speech_start : turn.end]
        here = touching.get(index, [])
        marks = [(each.start - turn.speech_start, each.end - turn.speech_start, colors[each.code_id]) for each in here]
        yield TurnView(
            number=turn.number,
            line=turn.line,
            speaker=spoken_name(turn.speaker),
            mark=" · ".join(filter(None, (short_mark(turn.mark), labels.get(turn.number)))),
            is_row=len(GAP.findall(speech)) >= 2,
            is_asking=(turn.speaker or "").strip(" .:").casefold() in asking,
            start=turn.speech_start,
            before=text[before_start : turn.speech_start],
            height=height_of(speech),
            pieces=tuple(pieces_of(speech, marks)),
            given=tuple(sorted(here, key=lambda each: (each.coder if by_coder else "", each.start, -each.end))),
            is_either_way=turns_either_way,
        )
        before_start = turn.end


def by_turn(turns: Sequence[Turn], given: Sequence[Mark]) -> dict[int, list[Mark]]:
    """Return the codings by the index of every turn they touch, in the order given."""
    starts = [turn.start for turn in turns]
    touching: dict[int, list[Mark]] = {}
    for each in given:
        first = max(0, bisect_right(starts, each.start) - 1)
        for index in range(first, len(turns)):
            if index > first and starts[index] >= each.end:
                break
            touching.setdefault(index, []).append(each)
    return touching


def pieces_of(speech: str, marks: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    """Cut a turn's words at every place where a coding begins or ends.

    `marks` are (start, end, colour), oldest first, in code points of the speech; they may reach beyond it. The latest
    coding at a place gives the ground, the one before it the line under the words.
    """
    if not marks:
        yield Piece(speech, 0, 0)
        return
    length = len(speech)
    clamped = [(min(max(start, 0), length), min(max(end, 0), length)) for start, end, _color in marks]
    edges = sorted({0, length, *(edge for pair in clamped for edge in pair)})
    begin, finish = _indices(clamped, 0), _indices(clamped, 1)
    active: list[int] = []
    for here, after in pairwise(edges):
        for index in finish.get(here, ()):
            if clamped[index][0] < here:
                active.remove(index)
        for index in begin.get(here, ()):
            if clamped[index][1] > here:
                insort(active, index)
        top = marks[active[-1]][2] if active else 0
        under = marks[active[-2]][2] if len(active) > 1 else 0
        yield Piece(speech[here:after], top, under)


def _indices(clamped: Sequence[tuple[int, int]], end: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for index, pair in enumerate(clamped):
        found.setdefault(pair[end], []).append(index)
    return found


def spoken_name(speaker: str | None) -> str:
    """Return a speaker's label fit to be read: a word in capitals is written as a name, initials stay."""
    label = (speaker or "").strip()
    return label.capitalize() if label.isupper() and len(label) > 3 and " " not in label else label


def short_mark(mark: str | None) -> str:
    """Return a time mark without its brackets and without an hour of zero: `[00:13:48]` becomes `13:48`."""
    plain = (mark or "").strip("[]() ")
    parts = plain.split(":")
    return ":".join(parts[1:]) if len(parts) == 3 and parts[0] in ("0", "00") else plain


def height_of(speech: str) -> int:
    """Return about how many lines a turn takes, as one of `HEIGHTS`, for the space it is given before it is drawn."""
    lines = sum(1 + len(paragraph) // CHARACTERS_A_LINE for paragraph in speech.split("\n"))
    return next((height for height in HEIGHTS if height >= lines), HEIGHTS[-1])


def shortened(words: str) -> str:
    """Return words on one line, cut in the middle of nothing but their length."""
    line = " ".join(words[: LONGEST_GIVEN_QUOTE * 4].split())
    return line if len(line) <= LONGEST_GIVEN_QUOTE else f"{line[:LONGEST_GIVEN_QUOTE].rsplit(' ', 1)[0]} …"
