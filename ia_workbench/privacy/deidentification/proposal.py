"""What is proposed to be masked, and how proposals that overlap become one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ia_workbench.privacy.rules import IdentifierClass


class FoundBy(StrEnum):
    """Who proposed it: a pattern of characters or cue words, a name that the study lists, or a language model."""

    NAME_LIST = "name-list"
    PATTERN = "pattern"
    MODEL = "model"


@dataclass(frozen=True)
class Proposal:
    """Words that may point at someone: code points in the text, what they are, and by which rule they were found.

    `instead_hint` are general words that could stand instead; empty for people, who get a pseudonym. `entry` are the
    words of the list's entry, where it was found by the list.
    """

    start: int
    end: int
    identifier_class: IdentifierClass
    found_by: FoundBy
    rule: str
    instead_hint: str = ""
    entry: str = ""


# Shapes that are hardly ever anything else: an address of mail with a name in it is still an address of mail.
SURE = frozenset({IdentifierClass.CONTACT, IdentifierClass.NUMBER, IdentifierClass.ADDRESS})
SOURCES = tuple(FoundBy)  # in order of trust
TWO_CAPITALS = "words with capitals"
ONE_CAPITAL = "a capital within a sentence"
UNSURE = frozenset((TWO_CAPITALS, ONE_CAPITAL))  # somebody or something with a name, the rule cannot say what


def joined(text: str, found: Iterable[Proposal]) -> list[Proposal]:
    """Return proposals in order, on borders of words, none touching another's characters.

    Those that overlap become one that covers them all: what any rule saw is masked, never the shorter of two. Its class
    and rule are those of the first in this order: a reporter; a sure shape (contact, number, address); then the study's
    list and patterns before a model; then the longer.
    """
    merged: list[list[Proposal]] = []
    end = -1
    for each in sorted((on_borders(text, one) for one in found), key=lambda one: (one.start, -one.end)):
        if each.start >= each.end:
            continue
        if each.start < end:
            merged[-1].append(each)
        else:
            merged.append([each])
        end = max(end, each.end)
    return [_one(group) for group in merged]


IN_ONE = {  # what stands between two of a kind that are said as one
    IdentifierClass.DATE: re.compile(r" ?(?:and|to|until|till|through|or|y|a|hasta|al|-|/|,)? ?"),
    IdentifierClass.ADDRESS: re.compile(r"[\s,]{0,12}(?:(?:\d{1,5}|[A-Z]{2,3})[\s,]{1,9}|in |en ){0,2}"),
}
IN_FRONT = re.compile(r"(?<![\w.,$€£/-])(?:\d{1,5},? ){1,2}$")  # the number of a house


BETWEEN = re.compile(r"\b(?:between|entre(?: el)?) \Z", re.IGNORECASE)
AND = re.compile(r" (?:and|y) ")


def in_one(text: str, found: Iterable[Proposal]) -> list[Proposal]:
    """Join what is said as one: dates that belong together, the lines of an address with house, town and code."""
    kept: list[Proposal] = []
    for each in found:
        before = kept[-1] if kept else None
        if before is not None and _is_one(before, each, text[before.end : each.start]):
            kept[-1] = replace(before if before.identifier_class in SURE else each, start=before.start, end=each.end)
        else:
            kept.append(each)
    kept = [_with_between(text, each, kept[at - 1].end if at else 0) for at, each in enumerate(kept)]
    return [_with_house(text, each, kept[at - 1].end if at else 0) for at, each in enumerate(kept)]


def _with_between(text: str, each: Proposal, after: int) -> Proposal:
    """`between` two dates belongs to them: one general word stands for both."""
    if each.identifier_class is not IdentifierClass.DATE or not AND.search(text, each.start, each.end):
        return each
    first = max(after, each.start - 12)
    before = BETWEEN.search(text[first : each.start])
    return replace(each, start=first + before.start()) if before else each


def _is_one(first: Proposal, second: Proposal, between: str) -> bool:
    kinds = {first.identifier_class, second.identifier_class}
    address, place = IdentifierClass.ADDRESS, IdentifierClass.PLACE
    if kinds == {IdentifierClass.DATE}:
        return bool(IN_ONE[IdentifierClass.DATE].fullmatch(between))
    return address in kinds and kinds <= {address, place} and bool(IN_ONE[address].fullmatch(between))


def _with_house(text: str, each: Proposal, after: int) -> Proposal:
    is_road = each.identifier_class is IdentifierClass.PLACE and each.rule == "road"
    if each.identifier_class is not IdentifierClass.ADDRESS and not is_road:
        return each
    house = IN_FRONT.search(text, max(after, each.start - 14), each.start)
    return replace(each, start=house.start(), identifier_class=IdentifierClass.ADDRESS) if house else each


def _one(group: list[Proposal]) -> Proposal:
    first = min(group, key=_precedence)
    return replace(first, start=min(each.start for each in group), end=max(each.end for each in group))


def _precedence(each: Proposal) -> tuple[int, int, int, bool, int, str]:
    kind = each.identifier_class
    trust = 0 if kind is IdentifierClass.REPORTER else 1 if kind in SURE else 2
    if each.found_by is FoundBy.MODEL:
        trust = 3
    return trust, each.start - each.end, SOURCES.index(each.found_by), each.rule in UNSURE, each.start, each.rule


def on_borders(text: str, each: Proposal) -> Proposal:
    """Widen to whole words and leave out blanks at both ends; empty where nothing but blanks is left."""
    start, end = max(0, each.start), min(len(text), each.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        while start and is_of_word(text[start]) and is_of_word(text[start - 1]):
            start -= 1
        while end < len(text) and is_of_word(text[end]) and is_of_word(text[end - 1]):
            end += 1
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
    return each if (start, end) == (each.start, each.end) else replace(each, start=start, end=end)


def is_of_word(character: str) -> bool:
    """Say whether a character belongs to a word: letters, digits, marks upon them, and what is not seen."""
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}
