"""Finding the speakers' turns in a text: pure, and every visible character in exactly one turn."""

from dataclasses import dataclass
from enum import StrEnum


class Convention(StrEnum):
    """A way of writing down who speaks."""

    NAME_COLON = "name-colon"  # Ana: Yes. / P1: Yes. / THE COURT: Yes.
    TIME_NAME = "time-name"  # [00:01:02] Ana: Yes.
    NAME_TIME = "name-time"  # Ana (00:01:02) - Yes. / Ana [00:01:02] Yes.
    BOLD_NAME = "bold-name"  # **Ana:** Yes.
    NAME_LINE = "name-line"  # Ana, on a line of its own, above what she says
    TABLE = "table"  # Ana<tab>Yes.
    BRACKET_NAME = "bracket-name"  # [id1] Yes.
    INITIALS = "initials"  # AB Yes. (after a key: AB - Ana Bravo)
    QUESTION_ANSWER = "question-answer"  # Q. And then? / A. Then we went home.
    PARAGRAPHS = "paragraphs"  # nobody speaks


CONVENTIONS = tuple(Convention)


@dataclass(frozen=True)
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

    The turns do not overlap and leave out blank characters only. `is_chosen` says that a person named the convention.
    """

    convention: Convention
    turns: tuple[FoundTurn, ...]
    is_chosen: bool = False

    @property
    def speakers(self) -> tuple[str, ...]:
        """The speakers, each once, in the order in which they first speak."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))


def find_turns(text: str, convention: str | None = None) -> FoundTurns:
    """Find the turns of a stored text by the convention that explains it best, or by the one named.

    Paragraphs that follow a label belong to its turn; paragraphs before the first label stand for themselves. A text
    that no convention explains comes back as paragraphs; a blank one without turns. Raises Refused only for a
    convention that does not exist.
    """
    raise NotImplementedError
