"""What must be answered, and how positions are told in words."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.publication import Fit, Quantity
from ia_workbench.review.positions import Said, is_concern, positions_in_words, quantity_of


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Said(Fit.FITS, "", False, ()), False),
        (Said(Fit.CANNOT_SAY, "", False, ()), False),
        (Said(Fit.FITS, "  \n", False, ()), False),
        (Said(Fit.PARTLY, "", False, ()), True),
        (Said(Fit.DOES_NOT_FIT, "", False, ()), True),
        (Said(Fit.FITS, "The bus, too.", False, ()), True),
        (Said(Fit.CANNOT_SAY, "Ask the night shift.", False, ()), True),
        (Said(Fit.FITS, "", True, ()), True),
        (Said(Fit.FITS, "", False, ("E-0001",)), True),
    ],
)
def test_anything_but_a_plain_fits_or_cannot_say_must_be_answered(said: Said, expected: bool) -> None:
    assert is_concern(said) is expected


@pytest.mark.parametrize(
    ("count", "total", "expected"),
    [
        (1, 1, Quantity.A_FEW),
        (2, 2, Quantity.A_FEW),
        (1, 2, Quantity.A_FEW),
        (2, 3, Quantity.MOST),
        (2, 4, Quantity.A_FEW),
        (3, 8, Quantity.A_FEW),
        (4, 8, Quantity.SEVERAL),
        (5, 8, Quantity.MOST),
        (8, 8, Quantity.MOST),
    ],
)
def test_how_many_is_told_in_words(count: int, total: int, expected: Quantity) -> None:
    assert quantity_of(count, total) == expected


@given(st.lists(st.sampled_from(Fit), max_size=30))
def test_every_position_taken_is_told_once_in_a_fixed_order_and_most_at_most_once(positions: list[Fit]) -> None:
    told = positions_in_words(Counter(positions))
    assert [each.fit for each in told] == [fit for fit in Fit if fit in positions]
    assert [each.quantity for each in told].count(Quantity.MOST) <= 1
