"""Reading a survey: a row a respondent, open answers as text, closed answers as values.

The text has one paragraph an open answer, `R1: [What helped you?] The bus pass.`, so that each is a turn whose speaker
is the respondent and its question stays beside it wherever it is quoted.

Which answers are open is our own convention; no standard says it. See `is_open`.
"""

import re
from collections.abc import Iterator, Sequence

from ia_workbench.corpus.conventions import Convention
from ia_workbench.corpus.importers.rows import Table, line_ends
from ia_workbench.corpus.importers.talk import SEPARATOR, one_line, reads_back
from ia_workbench.corpus.importers.things import in_order
from ia_workbench.corpus.importers.values import Change, Read, Respondent
from ia_workbench.kernel import Refused

IDENTIFIERS = {
    "id", "respondent", "respondent id", "respondentid", "response id", "responseid", "case", "case id", "participant",
    "participant id", "record id", "key", "caso", "encuestado",
}  # fmt: skip
LONGEST_IDENTIFIER = 12  # characters
WORDY = 3.0  # words an answer; more on average make a question open
LONG = 40  # characters; where over half of the answers are longer and differ, a question is open
HALF = 0.5
VALUE = re.compile(r"[\d\s.,:/%$€£+TZ-]+\Z")  # numbers, sums, dates and times


def read(table: Table, name: str, notes: Sequence[str] = (), told: Sequence[Change] = ()) -> Read:
    """Read a survey. Raises Refused where no question has open answers."""
    label_column, labels = _labels(table)
    questions = [index for index in range(len(table.columns)) if index != label_column]
    open_ones = [index for index in questions if is_open(table.column(index))]
    if not open_ones:
        raise Refused(
            "{name} holds no open answers: no column has more than a few words in its cells. "
            "For a transcript, name the columns speaker and text.",
            name=name,
        )
    closed = [index for index in questions if index not in open_ones]
    lines, changes = _answers(table, labels, open_ones)
    respondents = tuple(
        Respondent(label, tuple((table.columns[index], one_line(row[index])) for index in closed if row[index]))
        for label, row in zip(labels, table.rows, strict=True)
    )
    return Read(
        "\n".join(lines),
        (*notes, *_told_of(table, open_ones, closed, label_column)),
        in_order([*told, *changes]),
        (),
        respondents,
        Convention.NAME_COLON,
    )


def is_open(values: Sequence[str]) -> bool:
    """Say whether a question's answers are open: words of the respondent's own, not one of a few things to tick.

    They are where the answers have over 3 words on average and are not a few that return, or where over half of them
    differ and are longer than 40 characters. Numbers, sums, dates and times never are.
    """
    given = [" ".join(value.split()) for value in values if value.strip()]
    spoken = [value for value in given if not VALUE.match(value)]
    if not spoken or len(spoken) <= HALF * len(given):
        return False
    distinct = {value.casefold() for value in spoken}
    if sum(len(value) > LONG for value in distinct) > HALF * len(spoken):
        return True
    wordiness = sum(len(value.split()) for value in spoken) / len(spoken)
    return wordiness > WORDY and len(distinct) > HALF * len(spoken)


def _labels(table: Table) -> tuple[int | None, list[str]]:
    """The column that names respondents, and their labels: its values where they can be no names, else R1, R2..."""
    named = [index for index, column in enumerate(table.columns) if column.casefold() in IDENTIFIERS]
    for index in named:
        values = [one_line(value) for value in table.column(index)]
        labels = [value if not value.isdigit() else f"R{value}" for value in values]
        if len({label.casefold() for label in labels}) == len(labels) and all(map(_is_identifier, labels)):
            return index, labels
    return None, [f"R{number}" for number in range(1, len(table.rows) + 1)]


def _is_identifier(label: str) -> bool:
    """Short, with a digit, as no name of a person has, and readable as a label."""
    return len(label) <= LONGEST_IDENTIFIER and any(map(str.isdigit, label)) and reads_back(label)


def _answers(table: Table, labels: Sequence[str], questions: Sequence[int]) -> tuple[list[str], list[Change]]:
    lines: list[str] = []
    changes: list[Change] = []
    at = 0
    for label, row in zip(labels, table.rows, strict=True):
        for index in questions:
            answer = one_line(row[index])
            if answer:
                before = f"{label}{SEPARATOR}[{_asked(table.columns[index])}] "
                changes += line_ends(row[index], at + len(before))
                lines.append(before + answer)
                at += len(lines[-1]) + 1
    return lines, changes


def _asked(question: str) -> str:
    """A question between brackets: brackets of its own would end it early."""
    return one_line(question).replace("[", "(").replace("]", ")")


def _told_of(table: Table, opened: Sequence[int], closed: Sequence[int], label: int | None) -> Iterator[str]:
    number = len(table.rows)
    one, many = "It was read as a survey with 1 respondent.", "It was read as a survey with {} respondents, a row each."
    yield one if number == 1 else many.format(f"{number:,}")
    yield f"Open answers, in the text: {_list(table, opened)}."
    if closed:
        yield f"Closed answers, kept as values of the respondents and not in the text: {_list(table, closed)}."
    if label is not None:
        yield f"Respondents are labelled by the column “{one_line(table.columns[label])}”."


def _list(table: Table, columns: Sequence[int]) -> str:
    return "; ".join(f"“{one_line(table.columns[index])}”" for index in columns)
