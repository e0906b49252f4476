"""What a child says of a file, as bytes of stated length, and the strict reading of it.

The child may have been taken over by the file it read. So nothing it says is run or looked up: an answer is a heading
in JSON and a body of plain bytes, both bounded, and whatever does not fit the values exactly is no answer.
"""

import hashlib
import json
import string
from dataclasses import asdict
from typing import Any, TypeAlias, TypeVar

from ia_workbench.corpus.importers.checking import broken_rule
from ia_workbench.corpus.importers.values import (
    Anchor,
    AnchorKind,
    Change,
    ReadFile,
    Respondent,
    Treatment,
    Unpacked,
)
from ia_workbench.kernel import Refused

LARGEST_HEADING = 32_000_000  # bytes
LARGEST_BODY = 210_000_000  # bytes; what may be unpacked, and a little
LONGEST_SENTENCE = 500  # characters
LONGEST_FACT = 500
MOST_FACTS = 10

Value = TypeVar("Value")
Outcome: TypeAlias = ReadFile | Unpacked | Refused | None
"""A file read, an archive unpacked, a refusal, or None where a file is no archive."""


class UnbelievableError(Exception):
    """Say that an answer is not one that a reader gives."""


# ---------------------------------------------------------------- in the child


def written(outcome: Outcome) -> tuple[bytes, list[bytes]]:
    """Write an outcome as a heading and the pieces of its body. Raises MemoryError for one that is too large."""
    heading, body = _written(outcome)
    encoded = json.dumps(heading, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if len(encoded) > LARGEST_HEADING or sum(map(len, body)) > LARGEST_BODY:
        raise MemoryError
    return encoded, body


def _written(outcome: Outcome) -> tuple[dict[str, Any], list[bytes]]:
    if outcome is None:
        return {"kind": "no archive"}, []
    if isinstance(outcome, Refused):
        facts = {name: fact if type(fact) is int else str(fact)[:LONGEST_FACT] for name, fact in outcome.facts.items()}
        return {"kind": "refused", "sentence": outcome.sentence, "facts": facts, "line": outcome.line}, []
    if isinstance(outcome, Unpacked):
        files = [[name, len(content)] for name, content in outcome.files]
        heading = {"kind": "unpacked", "files": files, "notes": outcome.notes}
        return heading, [content for _name, content in outcome.files]
    return _written_file(outcome), [outcome.text.encode("utf-8", "surrogatepass")]


def _written_file(outcome: ReadFile) -> dict[str, Any]:
    return {
        "kind": "read",
        "format": outcome.format,
        "notes": outcome.notes,
        "changes": [asdict(each) for each in outcome.changes],
        "anchors": [asdict(each) for each in outcome.anchors],
        "respondents": [asdict(each) for each in outcome.respondents],
        "convention": outcome.convention,
    }


# ---------------------------------------------------------------- in the parent


def understood(name: str, content: bytes, heading: bytes, body: bytes) -> ReadFile | Unpacked | None:
    """Return what an answer about this file says. Raises the Refused that it is, or UnbelievableError."""
    try:
        told = json.loads(heading)
        kind = told["kind"]
        outcome: Outcome
        if kind == "read":
            outcome = _file(name, content, told, body.decode("utf-8"))
        elif kind == "unpacked":
            outcome = _unpacked(told, body)
        elif kind == "refused":
            outcome = _refusal(told)
        elif kind == "failed":
            raise UnbelievableError(told["error"] if str(told["error"]).isidentifier() else "")
        else:
            outcome = _exactly(None, kind == "no archive")
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UnbelievableError(type(error).__name__) from None
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def _file(name: str, content: bytes, told: dict[str, Any], text: str) -> ReadFile:
    changes = (Change(**{**each, "treatment": Treatment(each["treatment"])}) for each in told["changes"])
    anchors = (Anchor(**{**each, "kind": AnchorKind(each["kind"])}) for each in told["anchors"])
    file = ReadFile(
        name=name,
        text=text,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        notes=tuple(told["notes"]),
        format=told["format"],
        changes=tuple(changes),
        anchors=tuple(anchors),
        respondents=tuple(_respondent(**each) for each in told["respondents"]),
        convention=told["convention"],
    )
    return _exactly(file, broken_rule(file) is None)


def _respondent(label: str, answers: list[list[str]]) -> Respondent:
    return Respondent(label, tuple((question, answer) for question, answer in answers))


def _unpacked(told: dict[str, Any], body: bytes) -> Unpacked:
    files, at = [], 0
    for name, size in told["files"]:
        _exactly(None, type(name) is str and name.isprintable() and type(size) is int and 0 <= size <= len(body) - at)
        files.append((name, body[at : at + size]))
        at += size
    notes = tuple(told["notes"])
    return _exactly(Unpacked(tuple(files), notes), at == len(body) and all(type(note) is str for note in notes))


def _refusal(told: dict[str, Any]) -> Refused:
    """A refusal whose places are plain names: `{name.__class__}` would reach into the parent when it is filled."""
    sentence, facts, line = told["sentence"], told["facts"], told["line"]
    places = {place for _, place, rule, turned in string.Formatter().parse(sentence) if place is not None}
    plain = all(not rule and not turned for _, place, rule, turned in string.Formatter().parse(sentence) if place)
    fitting = (
        _is_line(sentence, LONGEST_SENTENCE)
        and plain
        and places == set(facts)
        and len(facts) <= MOST_FACTS
        and all(name.isidentifier() for name in facts)
        and all(type(fact) is int or _is_line(fact, LONGEST_FACT) for fact in facts.values())
        and (line is None or type(line) is int)
    )
    refusal = Refused(told["sentence"], **facts)
    refusal.line = line
    return _exactly(refusal, fitting)


def _is_line(words: object, longest: int) -> bool:
    return isinstance(words, str) and 0 < len(words) <= longest and words.isprintable()


def _exactly(value: Value, fits: bool) -> Value:
    if not fits:
        raise ValueError
    return value
