"""The words of the reading page that its scripts say, and its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ia_workbench.web.translating import gettext as _
from ia_workbench.web.workbench.part_words import (
    autocoding_words,
    changing_words,
    codebook_words,
    hands_words,
    memo_words,
)
from ia_workbench.web.workbench.seeing_words import seeing_words
from ia_workbench.web.workbench.together_words import together_words


def script_words() -> dict[str, Any]:
    """Return what the page's scripts say, by name; `{named}` places are filled in the browser."""
    return {name: said for part in WORDS_OF_PARTS for name, said in part().items()}


def core_words() -> dict[str, Any]:
    """Return what the scripts say that are no part."""
    return {
        "saving": _("Saving"),
        "saved": _("Saved {time}"),
        "sending": _("Sending…"),
        "ready": _("All saved"),
        "unsaved": _("{count} not saved. {why}"),
        "unreachable": _("The workbench could not be reached."),
        "notSaved": _("not saved"),
        "coded": _("Coded: {code}"),
        "uncoded": _("Removed: {code}"),
        "linked": _("Linked as evidence to {finding}: {says}"),
        "nothingSelected": _("Select words first: drag over them, or hold Shift with an arrow."),
        "nothingToRemove": _("No coding of yours is at the selection."),
        "undone": _("Undone"),
        "redone": _("Redone"),
        "atSelection": _("At the selection"),
        "inTurn": _("In this turn"),
        "touching": _("Codes touching it"),
        "oneOf": _("{place} of {count}"),
        "none": _("No code here yet."),
        "turnLines": _("Turn {turn}, lines {first}–{last}"),
        "turnLine": _("Turn {turn}, line {first}"),
        "turns": _("Turns {turn} to {lastTurn}"),
        "turnOf": _("Turn {turn} of {count}"),
        "wordsInTurn": _("{words} words, turn {turn}"),
        "hereStudy": _("{here} here, {study} in study"),
        "codesOfTurn": _("Codes of turn"),
        "noMatch": _("No code has these words in its name, place or definition."),
        "codesFound": _("{count} codes"),
        "mineCount": _("{count} codings by you"),
        "useFor": _("Use for"),
        "notFor": _("Not for"),
        "lever": _("Lever"),
        "coder": _("Coder"),
        "step": _("Map step"),
        "you": _("you"),
    }


# No name may stand in two of them.
WORDS_OF_PARTS: tuple[Callable[[], dict[str, Any]], ...] = (
    core_words, hands_words, memo_words, codebook_words, autocoding_words, seeing_words, changing_words, together_words,
)  # fmt: skip


class Group(StrEnum):
    """What kind of thing keys do, in the order of the help."""

    MOVING = "moving"
    SELECTING = "selecting"
    CODING = "coding"
    MEMOS = "memos"
    SEEING = "seeing"


@dataclass(frozen=True)
class Act:
    """Something that keys of the transcript do: the name by which scripts know it, its usual keys, and what it does.

    A key is written as browsers name it, after `Ctrl+`, `Alt+` and `Shift+` where they are held (`Ctrl+Shift+z`).
    """

    name: str
    keys: tuple[str, ...]
    words: str
    group: Group = Group.CODING


def group_words() -> dict[Group, str]:
    """Return the heading of each group."""
    return {
        Group.MOVING: _("Moving"),
        Group.SELECTING: _("Selecting"),
        Group.CODING: _("Coding"),
        Group.MEMOS: _("Memos"),
        Group.SEEING: _("Seeing"),
    }


def moving_words() -> list[tuple[tuple[str, ...], str, Group]]:
    """Return the keys that move and select, which are always the same, what each does, and its group."""
    return [
        (("←", "→"), _("go by word, with Alt by character"), Group.MOVING),
        (("↑", "↓"), _("go by line"), Group.MOVING),
        (("Home", "End"), _("go to the beginning or end of the turn"), Group.MOVING),
        (("Shift", "← → ↑ ↓"), _("select on the way, in whole words; with Alt exact characters"), Group.SELECTING),
    ]


def acts() -> list[Act]:
    """Return what keys do beside moving, in the order of the help."""
    return [
        Act("nextTurn", ("j",), _("next turn"), Group.MOVING),
        Act("previousTurn", ("k",), _("turn before"), Group.MOVING),
        Act("nextCoding", ("n",), _("next coding of those shown"), Group.MOVING),
        Act("previousCoding", ("p",), _("coding before"), Group.MOVING),
        Act("nextUncoded", ("N",), _("next turn without any coding"), Group.MOVING),
        Act("previousUncoded", ("P",), _("turn without any coding, before this one"), Group.MOVING),
        Act("toTree", ("b",), _("go to the codebook; there F2 renames a code, Shift+F10 shows all else"), Group.MOVING),
        Act("sentence", ("s",), _("select the sentence, then the next one"), Group.SELECTING),
        Act("previousSentence", ("S",), _("select the sentence before"), Group.SELECTING),
        Act("wholeTurn", ("t",), _("select the whole turn"), Group.SELECTING),
        Act("extendSentence", ("Ctrl+Shift+ArrowDown",), _("select on to the end of a sentence"), Group.SELECTING),
        Act(
            "extendSentenceBack",
            ("Ctrl+Shift+ArrowUp",),
            _("select back to the beginning of a sentence"),
            Group.SELECTING,
        ),
        Act("extendTurn", ("J",), _("select on to the end of a turn"), Group.SELECTING),
        Act("extendTurnBack", ("K",), _("select back to the beginning of a turn"), Group.SELECTING),
        Act("clear", ("Escape",), _("close what is open; let the selection go"), Group.SELECTING),
        Act("pick", ("c",), _("give the selected words a code")),
        Act("recent", ("r",), _("give them one of the codes given last")),
        *favourite_acts(),
        Act("vivo", ("v",), _("make a code of the selected words and give it to them")),
        Act("uncode", ("u",), _("remove the coding that is open beside the text")),
        Act("endOn", ("Alt+Shift+ArrowRight",), _("move the end of the open coding a word on")),
        Act("endBack", ("Alt+Shift+ArrowLeft",), _("move its end a word back")),
        Act("startOn", ("Alt+Shift+ArrowDown",), _("move its start a word on")),
        Act("startBack", ("Alt+Shift+ArrowUp",), _("move its start a word back")),
        Act("card", ("Enter",), _("go to the card of the open coding; digits rate it there, Esc leads back")),
        Act("next", ("o",), _("open the next coding at the selection")),
        Act("important", ("i",), _("mark the open coding as important, or no longer")),
        Act("link", ("e",), _("link the words as evidence")),
        Act("autocode", ("a",), _("code this source by a rule")),
        Act("undo", ("Ctrl+z",), _("undo")),
        Act("redo", ("Ctrl+Shift+z",), _("redo")),
        Act("memo", ("m",), _("write a memo on the selected words, or on the turn"), Group.MEMOS),
        Act("memoWide", ("M",), _("write a memo on the open code, or on the source"), Group.MEMOS),
        Act("filter", ("f",), _("choose which codings are shown"), Group.SEEING),
        Act("only", ("F",), _("show only the code of the open coding, or all again"), Group.SEEING),
        Act("lanesByCoder", ("l",), _("lanes for each coder, or together"), Group.SEEING),
        Act("help", ("?",), _("show these keys"), Group.SEEING),
    ]


def favourite_acts() -> list[Act]:
    """Return the nine acts that give a coder's own codes."""
    return [Act(f"favourite{place}", (str(place),), _("give your favourite %(n)s", n=place)) for place in range(1, 10)]
