"""The words of the reading page that its scripts say, and its keys."""

from dataclasses import dataclass
from typing import Any

from ia_workbench.web.translating import gettext as _
from ia_workbench.web.workbench.part_words import autocoding_words, changing_words, codebook_words, memo_words
from ia_workbench.web.workbench.together_words import together_words


def script_words() -> dict[str, Any]:
    """Return what the page's scripts say, by name; `{named}` places are filled in the browser."""
    return (
        {
            "saving": _("Saving"),
            "saved": _("Saved {time}"),
            "sending": _("Sending…"),
            "ready": _("All saved"),
            "unsaved": _("{count} not saved. {why}"),
            "unreachable": _("The workbench could not be reached."),
            "notSaved": _("not saved"),
            "coded": _("Coded: {code}"),
            "uncoded": _("Removed: {code}"),
            "linked": _("Linked as evidence to {finding}"),
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
            "inView": _("Codings along the source; turns {first} to {last} of {count} in view"),
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
        | memo_words()
        | codebook_words()
        | autocoding_words()
        | changing_words()
        | together_words()
    )


NAMES_OF_KEYS = {"Escape": "Esc", "ArrowRight": "→", "ArrowLeft": "←", "ArrowUp": "↑", "ArrowDown": "↓"}


@dataclass(frozen=True)
class Act:
    """Something that keys of the transcript do: the name by which scripts know it, its usual keys, and what it does.

    A key is written as browsers name it, after `Ctrl+`, `Alt+` and `Shift+` where they are held (`Ctrl+Shift+z`).
    """

    name: str
    keys: tuple[str, ...]
    words: str


def moving_words() -> list[tuple[tuple[str, ...], str]]:
    """Return the keys that move and select, which are always the same, and what each does."""
    return [
        (("←", "→"), _("go by word; with Shift they select, with Alt by character")),
        (("↑", "↓"), _("go by line")),
        (("Home", "End"), _("go to the beginning or end of the turn")),
        (("j", "k"), _("next turn, turn before")),
    ]


def acts() -> list[Act]:
    """Return what keys do beside moving, in the order of the help."""
    return [
        Act("pick", ("c",), _("give the selected words a code")),
        Act("uncode", ("u",), _("remove the coding that is open beside the text")),
        Act("endOn", ("Ctrl+Shift+ArrowRight",), _("move the end of the open coding a word on")),
        Act("endBack", ("Ctrl+Shift+ArrowLeft",), _("move its end a word back")),
        Act("startOn", ("Ctrl+Shift+ArrowDown",), _("move its start a word on")),
        Act("startBack", ("Ctrl+Shift+ArrowUp",), _("move its start a word back")),
        Act("card", ("Enter",), _("go to the card of the open coding; digits rate it there, Esc leads back")),
        Act("next", ("o",), _("open the next coding at the selection")),
        Act("vivo", ("v",), _("make a code of the selected words and give it to them")),
        Act("toTree", ("b",), _("go to the codebook; there F2 renames a code, Shift+F10 shows all else")),
        Act("link", ("e",), _("link the words as evidence")),
        Act("memo", ("m",), _("write a memo on the selected words, or on the turn")),
        Act("memoWide", ("M",), _("write a memo on the open code, or on the source")),
        Act("autocode", ("a",), _("code this source by a rule")),
        Act("undo", ("Ctrl+z",), _("undo")),
        Act("redo", ("Ctrl+Shift+z",), _("redo")),
        Act("clear", ("Escape",), _("close what is open; let the selection go")),
        Act("help", ("?",), _("show these keys")),
    ]


def key_words() -> list[tuple[tuple[str, ...], str]]:
    """Return all keys of the transcript, as they stand on a keyboard, and what each does, in the order of the help."""
    return [*moving_words(), *((_shown(each.keys[0]), each.words) for each in acts())]


def _shown(key: str) -> tuple[str, ...]:
    held, _plus, last = key.rpartition("+")
    name = NAMES_OF_KEYS.get(last, last.upper() if held else last)
    return (*filter(None, held.split("+")), name)
