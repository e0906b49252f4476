"""Which codings are shown: what an address asks for has to be so all at once."""

import uuid
from datetime import UTC, datetime

import pytest

from ia_workbench.codebook import Code
from ia_workbench.coding import Mark
from ia_workbench.web.workbench.seeing import Seeing, choices_of, initials_of, seeing_of

CODE = Code(path="means/shift-work", name="shift work", levers=["ADM"], nodes=["N-14"], scale=["weak", "strong"])
MARK = Mark(1, uuid.UUID(int=1), 0, 5, 7, "ben", datetime(2026, 3, 2, tzinfo=UTC), rating=2, is_important=True)
PLAIN = Mark(2, uuid.UUID(int=2), 0, 5, 7, "ana", datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, True),
        ({"code": "means/shift-work"}, True),
        ({"code": "means"}, True),
        ({"code": "mea"}, False),
        ({"code": "means/shift"}, False),
        ({"coder": "ben"}, True),
        ({"coder": "be"}, False),
        ({"lever": "ADM"}, True),
        ({"lever": "AD"}, False),
        ({"step": "N-14"}, True),
        ({"step": "N-1"}, False),
        ({"important": "1"}, True),
        ({"rating": "2"}, True),
        ({"rating": "3"}, False),
        ({"rating": "none"}, False),
        ({"layer": "mine"}, False),
        ({"layer": "team"}, True),
        ({"code": "means", "coder": "ben", "lever": "ADM", "step": "N-14", "rating": "1", "important": "1"}, True),
        ({"code": "means", "coder": "ana"}, False),
    ],
)
def test_a_coding_is_shown_where_all_that_is_asked_for_is_so(asked: dict[str, str], shown: bool) -> None:
    assert seeing_of(asked).shows(MARK, CODE, "ana") is shown


def test_one_without_rating_or_sign_is_shown_among_those_not_rated_only() -> None:
    assert seeing_of({"rating": "none", "layer": "mine"}).shows(PLAIN, CODE, "ana")
    assert not seeing_of({"rating": "1"}).shows(PLAIN, CODE, "ana")
    assert not seeing_of({"important": "1"}).shows(PLAIN, CODE, "ana")


@pytest.mark.parametrize(
    "asked", [{"rating": "0"}, {"rating": "²"}, {"rating": "-1"}, {"important": "yes"}, {"lanes": "x"}]
)
def test_what_cannot_be_meant_is_taken_for_nothing(asked: dict[str, str]) -> None:
    assert seeing_of(asked) == Seeing()


def test_an_address_says_again_what_it_asked_for() -> None:
    asked = {"layer": "mine", "code": "means/a b", "lanes": "coder"}
    assert seeing_of(asked).fields == asked
    assert seeing_of(asked).address(layer="") == "code=means%2Fa+b&lanes=coder"


def test_what_is_asked_for_can_be_chosen_even_where_nothing_is_so() -> None:
    choices = choices_of([CODE], [MARK], Seeing(coder="gone", lever="OLD", step="N-99"))
    assert (choices.coders, choices.levers, choices.steps) == (("ben", "gone"), ("ADM", "OLD"), ("N-14", "N-99"))
    assert choices.ratings == (1, 2)


def test_no_two_coders_have_the_same_letters() -> None:
    assert initials_of(["ana", "ben"]) == {"ana": "AN", "ben": "BE"}
    assert initials_of(["bea", "ben", "be", "b"]) == {"bea": "BE", "ben": "BN", "be": "B2", "b": "B"}
    many = initials_of([f"aa{'a' * number}" for number in range(30)])
    assert len(set(many.values())) == 30
