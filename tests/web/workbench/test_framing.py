"""The sentence frame: taken apart where a statement follows it, left alone where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.web.workbench.framing import Frame, frame_of

PART = st.text(alphabet="abcdefghij ", min_size=1, max_size=20).map(str.strip).filter(bool)


def test_a_statement_in_the_frame_is_taken_apart() -> None:
    statement = (
        "At the visit request, the form offers weekday slots and organizes caseworkers to book within them, "
        "so that parents who work shifts lose visits."
    )
    assert frame_of(statement) == Frame(
        step="The visit request",
        organizer="The form offers weekday slots and",
        role_and_act="Caseworkers, to book within them",
        consequence="Parents who work shifts lose visits",
    )


@pytest.mark.parametrize("statement", ["", "Workers never ask.", "At intake, forms get lost, so that parents wait."])
def test_a_statement_outside_the_frame_has_none(statement: str) -> None:
    assert frame_of(statement) is None


@given(step=PART, organizer=PART, role=PART, act=PART, consequence=PART)
def test_any_statement_built_by_the_frame_is_read_by_it(
    step: str, organizer: str, role: str, act: str, consequence: str
) -> None:
    frame = frame_of(f"At {step}, {organizer} organizes {role} to {act}, so that {consequence}.")
    assert frame is not None
    assert frame.step.casefold() == " ".join(step.split()).casefold()
    assert frame.consequence.casefold().endswith(" ".join(consequence.split()).casefold())
