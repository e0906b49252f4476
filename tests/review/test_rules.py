"""Conventions: when an answer is due, and an order that tells nothing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.review.rules import answer_due, order_that_tells_nothing


def test_an_answer_is_due_in_fourteen_days() -> None:
    assert answer_due(date(2026, 2, 20)) == date(2026, 3, 6)


@given(st.lists(st.text(), unique=True), st.randoms())
def test_what_members_said_has_one_order_whoever_spoke_first(texts: list[str], chance: object) -> None:
    shuffled = sorted(texts, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert sorted(shuffled, key=order_that_tells_nothing) == sorted(texts, key=order_that_tells_nothing)
