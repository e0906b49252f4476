"""Finding the speakers' turns in a text: pure, and every visible character in exactly one turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ia_workbench.corpus.choosing import choose
from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.labels import Label, labels_of, with_lines_around
from ia_workbench.corpus.lines import lines_in
from ia_workbench.corpus.paragraphs import Line, lines_of, paragraphs_of
from ia_workbench.corpus.teaching import TaughtRule
from ia_workbench.kernel import Refused

MOST_TURNS = 20_000  # of one source, our convention: as many as a case file of 500 pages has paragraphs, or a survey
# of 2,000 people answers; storing more would keep others from writing for over two seconds
TOO_MANY = (
    "The text falls into {number} turns or paragraphs; one source may have 20,000. "
    "Split it into several files, one for each talk or record, and import those."
)
NO_LINES_AROUND = {Convention.ITALIC_QUESTIONS, Convention.TABLE, Convention.JSON_LINES, Convention.PARAGRAPHS}


@dataclass(frozen=True, slots=True)
class FoundTurn:
    """One turn as found: offsets in code points of the stored text, as in the table of turns.

    `start` to `end` is the turn with its label and without blank space around it; the speech begins at `speech_start`.
    `number` and `line` count from 1. `speaker` is the label without its marks; None for a paragraph nobody speaks.
    `mark` is the time mark as written.
    """

    number: int
    start: int
    speech_start: int
    end: int
    line: int
    speaker: str | None
    mark: str | None


@dataclass(frozen=True)
class FoundTurns:
    """All turns of a text, in order, and the convention that explains them.

    `convention.value` is its name, ours or taught. The turns do not overlap and leave out blank characters only.
    `is_chosen` says that a person named the convention or taught it.
    """

    convention: Convention | TaughtRule
    turns: tuple[FoundTurn, ...]
    is_chosen: bool = False

    @property
    def speakers(self) -> tuple[str, ...]:
        """The speakers, each once, in the order in which they first speak."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))


def find_turns(
    text: str, convention: str | None = None, *, suggested: str | None = None, taught: Sequence[TaughtRule] = ()
) -> FoundTurns:
    """Find the turns of a stored text by the convention that explains it best, or by the one named.

    `convention` is what a person chose: one of ours or of the study's `taught` ones. `suggested` is what the file's
    format says (`ReadFile.convention`): it is believed without proof, as where one person speaks, if it reads any label
    at all. Paragraphs that follow a label belong to its turn; paragraphs before the first label stand for themselves. A
    text that no convention explains comes back as paragraphs; a blank one without turns. Raises Refused for a
    convention that does not exist, and for more turns than one source may have.
    """
    lines = lines_of(text)
    chosen, labels = _read(lines, convention or suggested, taught)
    if convention is None and not labels and suggested != Convention.PARAGRAPHS:
        chosen, labels = choose(lines, taught)
    around = labels if chosen in NO_LINES_AROUND else with_lines_around(labels, lines)
    is_chosen = convention is not None or isinstance(chosen, TaughtRule)
    stretches = list(_stretches(text, lines, around))
    if len(stretches) > MOST_TURNS:
        raise Refused(TOO_MANY, number=len(stretches))
    return FoundTurns(chosen, tuple(_numbered(text, stretches)), is_chosen=is_chosen)


def _read(
    lines: Sequence[Line], name: str | None, taught: Sequence[TaughtRule]
) -> tuple[Convention | TaughtRule, list[Label]]:
    """Read all labels of a convention that somebody named; no name reads none."""
    if name is None:
        return Convention.PARAGRAPHS, []
    known: dict[str, Convention | TaughtRule] = {rule.name: rule for rule in taught}
    known |= {each.value: each for each in Convention}
    if name not in known:
        raise Refused("Turns can be written as {known}, not as {name}.", known=", ".join(known), name=name)
    return known[name], labels_of(known[name], lines)


class _Stretch(NamedTuple):
    """A turn before it has its numbers."""

    start: int
    speech_start: int
    end: int
    speaker: str | None
    mark: str | None


def _numbered(text: str, stretches: Sequence[_Stretch]) -> Iterator[FoundTurn]:
    line = 1
    for number, found in enumerate(stretches, start=1):
        yield FoundTurn(number, found.start, found.speech_start, found.end, line, found.speaker, found.mark)
        line += lines_in(text[found.speech_start : found.end])


def _stretches(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Iterator[_Stretch]:
    first_label = labels[0].start if labels else len(text)
    unspoken = [line for line in lines if line.start < first_label]
    for first, last in paragraphs_of(unspoken):
        yield _Stretch(first.start, first.start, last.end, None, None)
    limits = [*(label.start for label in labels), len(text)][1:]
    for label, limit in zip(labels, limits, strict=True):
        yield _spoken(text, label, limit)


def _spoken(text: str, label: Label, limit: int) -> _Stretch:
    end = label.start + len(text[label.start : limit].rstrip())
    speech_start = end - len(text[label.end : end].lstrip())
    return _Stretch(label.start, speech_start, end, label.name, label.mark)
