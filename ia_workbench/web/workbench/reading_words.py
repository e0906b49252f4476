"""The words of the reading page that its scripts say, and its keys."""

from dataclasses import dataclass

from ia_workbench.web.translating import gettext as _


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
            "unload": _("Some codings are not saved yet."),
        }
        | _memo_words()
        | _autocoding_words()
    )


def _memo_words() -> dict[str, str]:
    return {
        "memoOnWords": _("Memo on the words {words}"),
        "memoOnTurn": _("Memo on turn {turn}"),
        "memoOnCode": _("Memo on the code {code}"),
        "memoOnSource": _("Memo on the whole source"),
        "memoChange": _("Change the memo: {name}"),
        "memoStored": _("Memo stored: {name}"),
        "memoRemoved": _("Memo removed: {name}. Undo brings it back."),
        "memoKept": _("Your draft is kept here until you leave this page."),
        "memoWaits": _("Not stored: {why} It stays here, and goes out by itself when the network is back."),
        "memoSave": _("Store"),
        "memoSaveMine": _("Store mine as the next version"),
        "memoAboutsource": _("on the whole source"),
        "memoAboutturn": _("on the turn"),
        "memoAboutexcerpt": _("on words"),
        "memoAboutcode": _("on the code"),
        "oneMemo": _("1 memo"),
        "manyMemos": _("{count} memos"),
        "memosOfTurn": _("Turn {turn}: {memos}"),
        "leadsTo": _("leads to"),
        "linkedFrom": _("linked from"),
        "noSuchMemo": _("No memo is called {name}. Choose one of those that are offered as you type."),
        "unlinkMemo": _("Take the link away: {name}"),
    }


def _autocoding_words() -> dict[str, str]:
    """What autocoding and suggestions say."""
    return {
        "matchesFound": _("{count} places; those with a tick are coded"),
        "matchesShown": _("The first {shown} of {count} places are listed; the others are coded too."),
        "noMatches": _("No place in this source fits the rule."),
        "looking": _("Looking for matches"),
        "codePlaces": _("Code {count} places"),
        "codeOnePlace": _("Code 1 place"),
        "codedPlaces": _("{count} places coded as one batch"),
        "codedByYou": _("coded by you already"),
        "codedBy": _("coded by {name} already"),
        "noWordForms": _("No language model is installed for the language of this source: only the words as written."),
        "turnNumber": _("turn {turn}"),
        "seenIn": _("seen in {source}, turn {turn}"),
        "suggested": _("{count} suggestions above the list: press 1 to 3, or arrow up"),
        "suggestedOne": _("1 suggestion above the list: press 1, or arrow up"),
        "noSuggestions": _("Nothing like these words was coded yet."),
        "lookingForSuggestions": _("Looking for words like these"),
        "hideSuggestions": _("Hide"),
        "showSuggestions": _("Show codes seen with words like these"),
    }


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
    name = {"Escape": "Esc"}.get(last, last.upper() if held else last)
    return (*filter(None, held.split("+")), name)
