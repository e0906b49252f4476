"""What holds of every file that was read, whatever format it came in: asked of each answer before it is believed."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ia_workbench.corpus.importers.bounds import exceeded
from ia_workbench.corpus.importers.values import Change, ReadFile
from ia_workbench.kernel import is_storable, normalise_text

FORMAT = re.compile(r"[a-z0-9]{1,12}\Z")


def broken_rule(file: ReadFile) -> str | None:
    """Return which rule of `ReadFile` a value breaks, in a few words that hold nothing of the file; None if none."""
    return next(_broken(file), None)


def _broken(file: ReadFile) -> Iterator[str]:
    strings = list(_strings(file))
    if not all(isinstance(each, str) for each in strings):
        yield "a text that is none"
        return
    if not all(map(is_storable, strings)):
        yield "characters that cannot be stored"
    if not file.text.strip():
        yield "no words"
    if exceeded(file) is not None:
        yield "more than one source may hold"
    if normalise_text(file.text) != file.text:
        yield "text that is not in its normal form"
    if not FORMAT.match(file.format):
        yield "a format without a name"
    if not all(each and "\n" not in each for each in file.notes):
        yield "a note that is no sentence"
    yield from _broken_places(file, len(file.text))


def _broken_places(file: ReadFile, length: int) -> Iterator[str]:
    if not all(_is_place(each.at, length) for each in file.anchors):
        yield "an anchor outside of the text"
    elif any(left.at > right.at for left, right in pairwise(file.anchors)):
        yield "anchors out of order"
    placed = [each for each in file.changes if each.at is not None]
    if not all(_is_covered(each, length) for each in file.changes):
        yield "a change outside of the text"
    elif placed != list(file.changes[: len(placed)]) or any(_at(a) > _at(b) for a, b in pairwise(placed)):
        yield "changes out of order"


def _at(change: Change) -> int:
    return change.at or 0


def _is_place(at: object, length: int) -> bool:
    return type(at) is int and 0 <= at <= length


def _is_covered(change: Change, length: int) -> bool:
    if change.at is None:
        return change.end is None
    return _is_place(change.at, length) and (
        change.end is None or (_is_place(change.end, length) and change.at < change.end)
    )


def _strings(file: ReadFile) -> Iterator[str]:
    yield from (file.text, file.format, *file.notes)
    if file.convention is not None:
        yield file.convention
    for change in file.changes:
        yield from (change.what, change.words, change.by)
    for anchor in file.anchors:
        yield anchor.label
    for respondent in file.respondents:
        yield respondent.label
        for answer in respondent.answers:
            yield from answer
