"""The ways of writing down who speaks."""

from enum import StrEnum


class Convention(StrEnum):
    """A way of writing down who speaks."""

    NAME_COLON = "name-colon"  # Ana: Yes. / P1: Yes. / THE COURT: Yes.
    TIME_NAME = "time-name"  # [00:01:02] Ana: Yes.
    NAME_TIME = "name-time"  # Ana (00:01:02) - Yes. / Ana [00:01:02] Yes. / Ana  0:05, above what she says
    BOLD_NAME = "bold-name"  # **Ana:** Yes.
    NAME_LINE = "name-line"  # Ana, on a line of its own, above what she says
    NAME_DASH = "name-dash"  # Ana — Yes.
    MARKED_NAME = "marked-name"  # >> Ana: Yes. / — Ana: Yes.
    NUMBERED_NAME = "numbered-name"  # 12 Ana: Yes.
    TABLE = "table"  # Ana<tab>Yes.
    BRACKET_NAME = "bracket-name"  # [id1] Yes.
    INITIALS = "initials"  # AB Yes. (after a key: AB - Ana Bravo)
    QUESTION_ANSWER = "question-answer"  # Q. And then? / A. Then we went home.
    ITALIC_QUESTIONS = "italic-questions"  # *And then?* and below it the answer
    JSON_LINES = "json-lines"  # {"speaker": "Ana", "text": "Yes."}
    PARAGRAPHS = "paragraphs"  # nobody speaks
