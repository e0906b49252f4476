"""The words of the reading page that its scripts say, and its keys."""

from dataclasses import dataclass

from ia_workbench.web.translating import gettext as _
from ia_workbench.web.workbench.part_words import autocoding_words, codebook_words, memo_words
from ia_workbench.web.workbench.seeing_words import seeing_words


def script_words() -> dict[str, str]:
    """Return what the page's scripts say, by name; `{named}` places are filled in the browser."""
    return (
        {
            "saving": _("Saving"),
            "saved": _("Saved {time}"),
            "ready": _("All saved"),
            "offline": _("Offline. {count} not saved yet; they wait here and go out by themselves."),
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
            "unload": _("Some codings are not saved yet."),
        }
        | memo_words()
        | codebook_words()
        | autocoding_words()
        | seeing_words()
    )


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
        Act("filter", ("f",), _("choose which codings are shown")),
        Act("only", ("F",), _("show only the code of the open coding, or all again")),
        Act("lanesByCoder", ("l",), _("lanes for each coder, or together")),
        Act("help", ("?",), _("show these keys")),
    ]


def key_words() -> list[tuple[tuple[str, ...], str]]:
    """Return all keys of the transcript, as they stand on a keyboard, and what each does, in the order of the help."""
    return [*moving_words(), *((_shown(each.keys[0]), each.words) for each in acts())]


def _shown(key: str) -> tuple[str, ...]:
    held, _plus, last = key.rpartition("+")
    name = {"Escape": "Esc"}.get(last, last.upper() if held else last)
    return (*filter(None, held.split("+")), name)
