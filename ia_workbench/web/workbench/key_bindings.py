"""Which key does what for one person: the usual keys of acts, those that the person chose, and what may be a key.

Pure: values in, values out. A key is written as `static/reading/keys.js` writes what was pressed: `c`, `Ctrl+Shift+z`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ia_workbench.kernel import Conflict, Refused
from ia_workbench.privacy import ChosenKeys
from ia_workbench.web.workbench.reading_words import Act

HELD = ("Ctrl", "Alt", "Shift")
NAMED = frozenset(
    {"Escape", "Delete", "Backspace", "Insert", "PageUp", "PageDown", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"}
) | {f"F{number}" for number in range(1, 13)}
SAME = {name.casefold(): name for name in NAMED} | {
    "esc": "Escape", "del": "Delete", "up": "ArrowUp", "down": "ArrowDown", "left": "ArrowLeft", "right": "ArrowRight",
}  # fmt: skip
MOVING = frozenset({"ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown"})
LEADING = frozenset({"g", "/"})  # lead to other pages and to the search, wherever one is
BROWSERS = frozenset({"Ctrl+n", "Ctrl+t", "Ctrl+w", "Ctrl+q", "Ctrl+Shift+n", "Ctrl+Shift+t", "Ctrl+Shift+w", "F5"})
SHOWN = {"Escape": "Esc", "ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→"}

NO_KEY = "“{typed}” is no key. Write it like c, F2 or Ctrl+Shift+z."
TAKEN_BY_MOVING = "{key} moves in the text and cannot do anything else. Hold Ctrl with it, or take another."
TAKEN_BY_PAGES = "{key} leads to another page and cannot do anything else here. Take another."
TAKEN_BY_BROWSER = "{key} belongs to the browser, which does not hand it on. Take another."
TWICE = "{key} would do two things: {first}; and {second}. Give one of them another key."


@dataclass(frozen=True)
class Bound:
    """An act with the keys that do it for a person; none where somebody wants none or another act has them."""

    act: Act
    keys: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The parts of its first key as they stand on a keyboard; empty without one."""
        return shown(self.keys[0]) if self.keys else ()


def bound(acts: Sequence[Act], chosen: ChosenKeys) -> list[Bound]:
    """Return every act with its keys: the one chosen, else the usual ones that nobody chose for another act."""
    taken = {key for key in chosen.chords.values() if key}
    return [
        Bound(each, _chosen(chosen.chords[each.name]))
        if each.name in chosen.chords
        else Bound(each, tuple(key for key in each.keys if key not in taken))
        for each in acts
    ]


def _chosen(key: str) -> tuple[str, ...]:
    return (key,) if key else ()


def working(acts: Sequence[Act], chosen: ChosenKeys) -> list[Bound]:
    """Return every act with the keys that work now: without single characters where the person switched those off."""
    return [
        Bound(each.act, tuple(key for key in each.keys if chosen.uses_letters or not is_single(key)))
        for each in bound(acts, chosen)
    ]


def is_single(key: str) -> bool:
    """Say whether a key is one character by itself, which WCAG 2.2, 2.1.4 lets everyone switch off."""
    return len(key) == 1


def shown(key: str) -> tuple[str, ...]:
    """Return the parts of a key as they stand on a keyboard: a capital letter is Shift and the letter."""
    held, last = _parts(key)
    if is_single(key) and last.isalpha() and last != last.lower():
        held = ("Shift",)
    return (*held, SHOWN.get(last, last.upper() if held and len(last) == 1 else last))


def _parts(key: str) -> tuple[tuple[str, ...], str]:
    """A key as what is held and what is pressed; the plus sign is a key, too."""
    rest, held = key, []
    while (name := rest.partition("+")[0].strip().capitalize()) in HELD and "+" in rest:
        held.append(name)
        rest = rest.partition("+")[2]
    return tuple(each for each in HELD if each in held), rest.strip() or rest[:1]


def read_key(typed: str) -> str:
    """Return a key as it is stored, from how people write it (`ctrl + shift + Z`); "" for none.

    Refuses what is no key, and keys that move, lead to other pages or belong to the browser.
    """
    if not typed.strip():
        return ""
    held, last = _parts(typed.strip())
    if len(last) != 1 and last.casefold() not in SAME:
        raise Refused(NO_KEY, typed=typed.strip())
    if len(last) == 1 and (not last.isprintable() or last.isspace()):
        raise Refused(NO_KEY, typed=typed.strip())
    key = _written(held, last)
    _refuse_taken(key, held, SAME.get(last.casefold(), last))
    return key


def _written(held: tuple[str, ...], last: str) -> str:
    """As browsers tell it: Shift counts where something else is held or the key is no character."""
    if len(last) != 1:
        return "+".join((*held, SAME[last.casefold()]))
    if held == ("Shift",):
        return _one(last.upper(), last)
    return "+".join((*held, _one(last.lower(), last))) if held else last


def _one(other: str, character: str) -> str:
    """The other case of a character, where that is one character as well: the capital of ß is not."""
    return other if len(other) == 1 else character


def _refuse_taken(key: str, held: tuple[str, ...], last: str) -> None:
    is_apart = "Ctrl" in held and last not in {"ArrowLeft", "ArrowRight"}
    if last in MOVING and not is_apart and not {"Alt", "Shift"} <= set(held):
        raise Refused(TAKEN_BY_MOVING, key="+".join(shown(key)))
    if key in LEADING:
        raise Refused(TAKEN_BY_PAGES, key=key)
    if key in BROWSERS:
        raise Refused(TAKEN_BY_BROWSER, key="+".join(shown(key)))


def chosen_from(acts: Sequence[Act], typed: Mapping[str, str], *, uses_letters: bool) -> ChosenKeys:
    """Return what a person chose, from what they typed for each act; only what is not usual is kept.

    An act that is not among `typed` has its usual keys. Refuses what `read_key` refuses; Conflict where one key would
    do two things.
    """
    chosen = {}
    for act in acts:
        usual = act.keys[0] if act.keys else ""
        wanted = typed.get(act.name, usual).strip()
        key = usual if wanted == usual else read_key(wanted)
        if key != usual:
            chosen[act.name] = key
    refuse_twice(acts, chosen)
    return ChosenKeys(chosen, uses_letters)


def refuse_twice(acts: Sequence[Act], chosen: Mapping[str, str]) -> None:
    """Refuse keys of which one would do two things."""
    pairs = [(key, act) for act in acts for key in (_chosen(chosen[act.name]) if act.name in chosen else act.keys)]
    for key, count in Counter(key for key, _act in pairs).items():
        if count > 1:
            first, second, *_more = [act.words for each, act in pairs if each == key]
            raise Conflict(TWICE, key="+".join(shown(key)), first=first, second=second)
