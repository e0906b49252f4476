"""How codes are named and found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.codebook.rules import KEY, LONGEST_KEY, free_key, no_such_code, path_of
from ia_workbench.kernel import Refused


def test_a_path_is_the_keys_from_the_top() -> None:
    assert path_of("missed", "family-time") == "family-time/missed"
    assert path_of("family-time", None) == "family-time"


@pytest.mark.parametrize("key", ["", "A", "a_b", "a--b", "-a", "a-", "a/b", "é", "a" * 41, "a\n"])
def test_a_malformed_key_is_refused(key: str) -> None:
    with pytest.raises(Refused):
        path_of(key, None)


@given(st.text(max_size=80), st.lists(st.text(max_size=5)))
def test_a_free_key_is_well_formed_and_free(name: str, taken: list[str]) -> None:
    key = free_key(name, taken)
    assert KEY.match(key)
    assert len(key) <= LONGEST_KEY
    assert key not in taken
    assert free_key(name, [*taken, key]) != key


def test_a_second_code_of_a_name_gets_a_number() -> None:
    assert free_key("Lost wages!", ["lost-wages", "lost-wages-2"]) == "lost-wages-3"


def test_an_unknown_path_is_answered_with_the_nearest() -> None:
    known = ["family-time/missed", "family-time/moved", "travel"]
    assert "the nearest is family-time/missed." in str(no_such_code("family-time/mised", known))
    assert "the nearest is family-time/moved." in str(no_such_code("elsewhere-entirely/moved", known))
    assert "the first is family-time/missed." in str(no_such_code("zzzz", known))
    assert "has no codes yet" in str(no_such_code("x", []))
