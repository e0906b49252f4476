"""Guarding cells against spreadsheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.kernel import harmless_cell, raw_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(start: str) -> None:
    assert harmless_cell(f"{start}1+1") == f"'{start}1+1"


def test_other_cells_stay_as_they_are() -> None:
    assert harmless_cell("I said: no") == "I said: no"
    assert harmless_cell("'tis") == "'tis"


@given(st.text(alphabet="'=+-@\t\ra ", max_size=8))
def test_a_guarded_cell_is_harmless_and_comes_back_as_it_was(value: str) -> None:
    guarded = harmless_cell(value)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert raw_cell(guarded) == value
