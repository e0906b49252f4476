"""How much one source may hold, so that all that is done with it later takes a known time. Our convention.

A talk of an hour has some 10,000 words, 60,000 characters and 400 turns; a case file of 500 pages 1.5 million
characters in 20,000 lines. `docs/sources.md` says what each step takes for the largest source.
"""

import re
from collections.abc import Iterator

from ia_workbench.corpus.importers.values import ReadFile
from ia_workbench.kernel import Refused

LONGEST_TEXT = 3_000_000  # code points: fifty talks of an hour
MOST_LINES = 60_000  # that hold something: as many as a text of that length has where lines end at fifty characters
MOST_CHANGES = 20_000  # places told in the report
MOST_ANSWERS = 20_000  # closed answers of all respondents together; each is a row of the store

TOO_LONG = (
    "{name} holds more than one source may: 3 million characters in 60,000 lines. "
    "Split it into several files, one for each talk or record, and import those."
)
TOO_CHANGED = (
    "In {name} more than 20,000 places would be left out or changed. Save its words as plain text and import that."
)
TOO_MANY_ANSWERS = (
    "The respondents of {name} gave more than 20,000 closed answers. Leave out columns that the study does not need, "
    "or split its rows into several files."
)
VISIBLE = re.compile(r"\S")


def is_too_long(text: str) -> bool:
    """Say whether a text has more characters, or more lines that hold something, than one source may."""
    return len(text) > LONGEST_TEXT or (text.count("\n") >= MOST_LINES and _lines(text) > MOST_LINES)


def _lines(text: str) -> int:
    return sum(VISIBLE.search(line) is not None for line in text.split("\n"))


def exceeded(file: ReadFile) -> Refused | None:
    """Return the refusal of a file which holds more than one source may; None for any other."""
    return next(_exceeded(file), None)


def _exceeded(file: ReadFile) -> Iterator[Refused]:
    if is_too_long(file.text):
        yield Refused(TOO_LONG, name=file.name)
    if len(file.changes) > MOST_CHANGES or len(file.anchors) > MOST_LINES:
        yield Refused(TOO_CHANGED, name=file.name)
    if sum(len(each.answers) for each in file.respondents) > MOST_ANSWERS:
        yield Refused(TOO_MANY_ANSWERS, name=file.name)


def refuse_exceeding(file: ReadFile) -> None:
    """Refuse a file which holds more than one source may."""
    refusal = exceeded(file)
    if refusal is not None:
        raise refusal
