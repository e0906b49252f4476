"""One vocabulary of things, from which every note and its Spanish come."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ia_workbench.corpus import Treatment, importers
from ia_workbench.corpus.importers.things import THINGS, change, in_order, notes_of


def test_notes_count_each_kind_of_thing_once_in_the_order_of_the_vocabulary() -> None:
    changes = [change("picture", 9), change("comment", 3), *[change("tracked insertion", 1)] * 1200, change("picture")]
    assert notes_of(changes) == (
        "Reading kept 1,200 tracked insertions as if accepted.",
        "Reading left out 1 comment.",
        "Reading left out 2 pictures.",
    )


def test_a_thing_that_was_treated_otherwise_than_usual_is_told_apart() -> None:
    other = change("footnote", 2, treatment=Treatment.LEFT_OUT)
    assert notes_of([other, change("footnote", 2), change("page break", 4)]) == (
        "Reading left out 1 footnote.",
        "Reading kept 1 footnote below the paragraph beside.",
        "Reading put a line end in place of 1 page break.",
    )


def test_changes_stand_in_the_order_of_the_text_those_without_a_place_last() -> None:
    assert [each.at for each in in_order([change("macro"), change("picture", 8), change("comment", 0)])] == [0, 8, None]


def test_no_thing_is_named_twice_and_an_unknown_one_is_a_mistake() -> None:
    names = [name for thing in THINGS for name in (thing.one, thing.many)]
    assert len(names) == len(set(names))
    with pytest.raises(KeyError):
        change("unicorn")


def named_in(tree: ast.AST) -> Iterator[str]:
    """Every thing that a reader tells of by a name written there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"note", "note_on", "change", "Mark"} and isinstance(node.args[0].value, str):
                yield node.args[0].value


def test_every_thing_that_a_reader_names_is_in_the_vocabulary() -> None:
    readers = Path(importers.__path__[0]).glob("*.py")
    named = {name for path in readers for name in named_in(ast.parse(path.read_text(encoding="utf-8")))}
    assert {"mark on a page", "comment", "hidden row"} <= named
    assert named <= {thing.one for thing in THINGS}


def test_words_and_names_are_kept_without_characters_that_no_store_can_hold() -> None:
    kept = change("comment", 1, words="a\x00b\ud800c\x0bcafe\u0301" + "x" * 3_000, by="Ana\x08")
    assert kept.words.startswith("abc\ncaf\u00e9x")
    assert (len(kept.words), kept.words[-1], kept.by) == (2_000, "…", "Ana")
