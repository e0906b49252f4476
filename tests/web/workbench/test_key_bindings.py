"""What is a key, as people write it and as browsers tell it, and which act it does for whom."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ia_workbench.kernel import Conflict, Refused
from ia_workbench.privacy import ChosenKeys
from ia_workbench.web.workbench.key_bindings import bound, chosen_from, is_single, read_key, shown, working
from ia_workbench.web.workbench.reading_words import Act

ACTS = [Act("pick", ("c",), "code"), Act("undo", ("Ctrl+z",), "undo"), Act("help", ("?", "F1"), "help")]
PRINTABLE = st.characters(min_codepoint=33, max_codepoint=0x2FF, categories=("L", "N", "P", "S"))
NAMED = st.sampled_from(["Escape", "Delete", "F2", "F12", "ArrowUp", "ArrowDown"])
HELD = st.lists(st.sampled_from(["Ctrl", "Alt", "Shift"]), unique=True)


@pytest.mark.parametrize(
    ("typed", "key", "parts"),
    [
        ("c", "c", ("c",)),
        (" C ", "C", ("Shift", "C")),
        ("shift+c", "C", ("Shift", "C")),
        ("shift + ctrl + Z", "Ctrl+Shift+z", ("Ctrl", "Shift", "Z")),
        ("esc", "Escape", ("Esc",)),
        ("f2", "F2", ("F2",)),
        ("Ctrl+Down", "Ctrl+ArrowDown", ("Ctrl", "↓")),
        ("+", "+", ("+",)),
        ("ctrl++", "Ctrl++", ("Ctrl", "+")),
        ("ñ", "ñ", ("ñ",)),
        ("", "", None),
    ],
)
def test_a_key_is_read_as_people_write_it(typed: str, key: str, parts: tuple[str, ...] | None) -> None:
    assert read_key(typed) == key
    if parts is not None:
        assert shown(key) == parts


@given(HELD, PRINTABLE | NAMED)
@example(["Shift"], "ß")
@example(["Ctrl"], "İ")
def test_a_key_that_was_read_is_read_the_same_again(held: list[str], last: str) -> None:
    try:
        key = read_key("+".join([*held, last]))
    except Refused:
        return
    assert read_key(key) == key
    assert is_single(key) == (len(key) == 1)
    assert shown(key)


@pytest.mark.parametrize(
    "typed", ["up", "Shift+left", "Ctrl+Right", "Home", "Enter", "g", "/", "Ctrl+T", "no key", "Ctrl+"]
)
def test_what_moves_leads_away_or_is_the_browsers_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_key(typed)


def test_a_chosen_key_is_gone_from_the_act_that_had_it() -> None:
    found = bound(ACTS, ChosenKeys({"pick": "F1", "undo": ""}))
    assert [(each.act.name, each.keys) for each in found] == [("pick", ("F1",)), ("undo", ()), ("help", ("?",))]


def test_without_single_letters_the_others_work() -> None:
    found = working(ACTS, ChosenKeys({"pick": "Alt+c"}, uses_letters=False))
    assert [each.keys for each in found] == [("Alt+c",), ("Ctrl+z",), ("F1",)]


def test_only_what_is_not_usual_is_kept_and_no_key_does_two_things() -> None:
    assert chosen_from(ACTS, {"pick": "c", "undo": "F8", "help": "?"}, uses_letters=True).chords == {"undo": "F8"}
    with pytest.raises(Conflict, match="code; and undo"):
        chosen_from(ACTS, {"pick": "Ctrl+z"}, uses_letters=True)
    with pytest.raises(Conflict):
        chosen_from(ACTS, {"pick": "F1"}, uses_letters=True)
