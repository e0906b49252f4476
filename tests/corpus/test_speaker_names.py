"""Labels that may be one speaker are told in pairs; nobody else is."""

import pytest

from ia_workbench.corpus import alike_labels


@pytest.mark.parametrize(
    ("one", "other"),
    [("P 3", "P3"), ("P-3", "p3"), ("Int.", "Interviewer"), ("INTERVIEWER", "Interviewer"), ("Mamá", "Mama"),
     ("Ana (on the phone)", "Ana"), ("Mod", "Moderadora")],
)  # fmt: skip
def test_two_ways_of_writing_one_label_are_alike(one: str, other: str) -> None:
    assert alike_labels([one, "Zoe", other]) == ((one, other),)


@pytest.mark.parametrize(
    "labels", [("P1", "P11"), ("P1", "P2"), ("Ana", "Anabel"), ("I", "Interviewer"), ("Ben", "Bens")]
)
def test_two_people_are_not_alike(labels: tuple[str, str]) -> None:
    assert alike_labels(labels) == ()
