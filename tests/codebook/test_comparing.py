"""What differs between two versions is told by code, whatever it is called and wherever it stands by now."""

import uuid
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.codebook import DifferenceKind, differences, word_changes

ONE, TWO, THREE = (str(uuid.UUID(int=number)) for number in (1, 2, 3))


def code(guid: str, key: str, name: str, **more: Any) -> dict[str, Any]:
    return {"guid": guid, "key": key, "name": name, "color": 1, **more}


def test_a_code_is_followed_through_a_new_name_place_and_definition() -> None:
    old = {"codes": [code(ONE, "travel", "Travel", codes=[code(TWO, "bus", "Bus", definition="By bus.")])]}
    new = {"codes": [code(ONE, "travel", "Travel"), code(TWO, "bus", "Buses", definition="By any bus.")]}
    (found,) = differences(old, new, {})
    assert found.kinds == (DifferenceKind.RENAMED, DifferenceKind.MOVED, DifferenceKind.REDEFINED)
    assert [each.path for each in (found.before, found.after) if each] == ["travel/bus", "bus"]


def test_a_code_that_was_merged_twice_over_leads_to_the_one_that_is_there() -> None:
    old = {"codes": [code(ONE, "a", "A"), code(TWO, "b", "B"), code(THREE, "c", "C")]}
    new = {"codes": [code(THREE, "c", "C")]}
    merged = {uuid.UUID(ONE): uuid.UUID(TWO), uuid.UUID(TWO): uuid.UUID(THREE)}
    found = differences(old, new, merged)
    assert [(each.kinds, each.into.name if each.into else None) for each in found] == [
        ((DifferenceKind.MERGED,), "C"),
        ((DifferenceKind.MERGED,), "C"),
    ]
    assert [each.kinds for each in differences(old, new, {})] == [(DifferenceKind.GONE,)] * 2
    assert [each.kinds for each in differences(new, old, {})] == [(DifferenceKind.ADDED,)] * 2


@given(old=st.text(max_size=40), new=st.text(max_size=40))
def test_words_that_stayed_and_went_are_the_old_text_and_those_that_stayed_and_came_the_new(old: str, new: str) -> None:
    found = word_changes(old, new)
    assert "".join(each.words for each in found if not each.is_new) == old
    assert "".join(each.words for each in found if not each.is_gone) == new
