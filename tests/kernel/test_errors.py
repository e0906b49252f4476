"""Refusals: one sentence with its facts, and a status of its own."""

from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused


def test_a_refusal_fills_its_facts_only_when_it_is_shown() -> None:
    refusal = Refused("There is no code {path} here.", path="a/{b}")
    assert str(refusal) == "There is no code a/{b} here."
    assert refusal.sentence == "There is no code {path} here."


def test_a_refusal_without_facts_may_hold_braces() -> None:
    assert str(Refused("Braces { stay.")) == "Braces { stay."


def test_each_refusal_has_its_own_status() -> None:
    assert [kind("x").status for kind in (Refused, NotFound, NotAllowed, Conflict)] == [422, 404, 403, 409]
