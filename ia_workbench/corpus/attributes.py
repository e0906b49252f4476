"""What an attribute is and how its values are written: decided by value alone, without a store."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ia_workbench.corpus.rules import AttributeScope, AttributeType
from ia_workbench.kernel import Refused, first_twice, parse_day

LONGEST_NAME = 200  # characters of an attribute's name and of a choice: a question of a survey fits
LONGEST_VALUE = 1_000  # characters of a value in words
MOST_CHOICES = 12  # different answers that make a closed question; with more it is text. Our convention
NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?\Z")
CODE = re.compile(r"[+-]?0[0-9]")  # a number that begins so is somebody's code, such as a postal one
YES, NO = frozenset({"yes", "true"}), frozenset({"no", "false"})
TAKES = {
    AttributeType.TEXT: "one line of words",
    AttributeType.NUMBER: "a number such as 12 or 3.5",
    AttributeType.DATE: "a date such as 2026-03-02",
    AttributeType.YES_NO: "yes or no",
}


@dataclass(frozen=True)
class AttributeDefinition:
    """A property that a study gives its sources, participants or cases; `choices` only where `type` is a choice."""

    scope: AttributeScope
    name: str
    type: AttributeType
    choices: tuple[str, ...] = ()


def checked_definition(definition: AttributeDefinition) -> AttributeDefinition:
    """Return a definition with its words tidied.

    Raises Refused for a name or choice that is no single line, for a choice without choices or that lists one twice,
    and for choices of another type.
    """
    name = one_line(definition.name)
    choices = tuple(one_line(each) for each in definition.choices)
    for words in (name, *choices):
        if not words or len(words) > LONGEST_NAME or not words.isprintable():
            sentence = "The name of an attribute, and each of its choices, is one line of at most {length} characters."
            raise Refused(sentence, length=LONGEST_NAME)
    if (definition.type is AttributeType.CHOICE) != bool(choices):
        raise Refused("{name} takes choices if it is of the type choice, and only then.", name=name)
    if first_twice(choices) is not None:
        raise Refused("{name} lists the choice {choice} twice.", name=name, choice=first_twice(choices))
    return AttributeDefinition(definition.scope, name, definition.type, choices)


def one_line(words: str) -> str:
    """Return words in NFC as one line, single spaces between them."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def canonical_value(name: str, kind: AttributeType, choices: Sequence[str], value: str) -> str:
    """Return a value as the store keeps it: numbers as shortest decimals, dates as 2026-03-02, `yes` or `no`.

    Raises Refused naming the attribute and what it takes.
    """
    words = one_line(value)
    fitting = _fitting(kind, choices, words)
    if fitting is None:
        takes = f"one of {', '.join(choices)}" if kind is AttributeType.CHOICE else TAKES[kind]
        raise Refused(
            "{value} cannot be the attribute {name}, which takes {takes}.", value=words, name=name, takes=takes
        )
    return fitting


def _fitting(kind: AttributeType, choices: Sequence[str], words: str) -> str | None:
    match kind:
        case AttributeType.NUMBER:
            return _number(words)
        case AttributeType.DATE:
            return _day(words)
        case AttributeType.YES_NO:
            folded = words.casefold()
            return "yes" if folded in YES else "no" if folded in NO else None
        case AttributeType.CHOICE:
            return words if words in choices else None
        case AttributeType.TEXT:
            return words if 0 < len(words) <= LONGEST_VALUE and words.isprintable() else None


def _number(words: str) -> str | None:
    if not NUMBER.match(words):
        return None
    whole, _point, part = words.removeprefix("+").partition(".")
    negative, digits = whole.startswith("-"), whole.removeprefix("-").lstrip("0") or "0"
    plain = digits + (f".{part.rstrip('0')}" if part.strip("0") else "")
    return f"-{plain}" if negative and Decimal(plain) else plain


def _day(words: str) -> str | None:
    try:
        return parse_day(words).isoformat()
    except ValueError:
        return None


def inferred_type(values: Sequence[str]) -> tuple[AttributeType, tuple[str, ...]]:
    """Return the narrowest type that every value fits, with the choices of a choice in alphabetical order.

    Blank values say nothing. Numbers that begin with a nought (`01234`) are codes and stay as they are written.
    """
    said = sorted({one_line(each) for each in values} - {""})
    for kind in (AttributeType.NUMBER, AttributeType.DATE, AttributeType.YES_NO):
        is_number = kind is AttributeType.NUMBER
        if said and all(_fitting(kind, (), each) and not (is_number and CODE.match(each)) for each in said):
            return kind, ()
    if said and len(said) <= MOST_CHOICES and all(len(each) <= LONGEST_NAME and each.isprintable() for each in said):
        return AttributeType.CHOICE, tuple(said)
    return AttributeType.TEXT, ()
