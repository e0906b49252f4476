"""The ways of writing down who speaks."""

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
