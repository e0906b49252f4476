"""Maps as files: what is written is read back, and what is malformed is refused with its place."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from ia_workbench.kernel import Refused
from ia_workbench.process_map import MapFile, read_map, write_map
from tests.process_map.maps import map_files, shipped_map

START = "name: M\nlanes: [{key: a, name: A}]\nnodes:\n"
STEP = "- {key: N-07, number: 7, title: T, lane: a, type: action"


@given(map_files())
@settings(deadline=None)
def test_a_map_is_read_back_as_it_was_written(file: MapFile) -> None:
    assert read_map(write_map(file)) == file


def test_the_shipped_map_is_read_back_as_it_was_written() -> None:
    file = shipped_map()
    assert len(file.nodes) == 20
    assert read_map(write_map(file)) == file


def test_whole_days_are_written_without_a_point_and_zero_days_are_kept() -> None:
    node = replace(shipped_map().nodes[0], standard_days=0.0, observed_days=2.5)
    written = write_map(MapFile("M", lanes=shipped_map().lanes, nodes=(node,)))
    assert "standard_days: 0\n" in written
    assert "observed_days: 2.5\n" in written


def test_steps_are_ordered_by_number_however_the_file_has_them() -> None:
    later, earlier = STEP + "}\n", STEP.replace("N-07, number: 7", "N-02, number: 2") + "}\n"
    assert [node.key for node in read_map(START + later + earlier).nodes] == ["N-02", "N-07"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "The map must be a set of fields, each with a name and a colon."),
        (START + "- {key: N-07}", "Step N-07 has no number; add it."),
        (START + "- {number: 7}", "The step in place 1 has no key; add it."),
        (START + STEP.replace("action", "ritual") + "}", "In step N-07, type must be one of: decision, action, "),
        (START + STEP.replace("lane: a", "lane: b") + "}", "Step N-07 is in a lane b that the map does not have."),
        (START + STEP + "}\n" + STEP + "}", "The map has step N-07 twice; change one of the two."),
        (
            START + STEP + "}\n" + STEP.replace("N-07", "N-08") + "}",
            "The map has step number 7 twice; change one of the two.",
        ),
        (START + STEP + ", directives: [{title: x}]}", "A directive of step N-07 has no citation; add it."),
        (
            START + STEP + ", directives: [{citation: x, from: soon}]}",
            "In a directive of step N-07, from must be a date such as 2021-07-01.",
        ),
        (START + STEP + ", plain: {fr: x}}", "Plain of step N-07 has a field fr that is not known here"),
        (START + STEP + ", standard_days: -1}", "In step N-07, standard_days must be a number, zero or more."),
        (START + STEP + "}\nedges: [{from: N-07, to: N-09}]", "Passage N-07..N-09 names a step N-09 that the map does"),
        (START + STEP + "}\nedges: [{from: N-07, to: N-07}]", "Passage N-07..N-07 leads from a step to itself"),
        (START + STEP + "}\nedges: [{from: N-07}]", "Passage 1 has no to; add it."),
        (START + STEP + "}\nedges: [{from: N 07, to: N-07}]", "The key of passage 1 may hold letters, digits"),
        (
            START + STEP + "}\nedges: [{from: N-07, to: N-08, passes: [wishes]}]",
            "In passage N-07..N-08, passes must be one of: text, information, child, money.",
        ),
    ],
)
def test_a_malformed_map_is_refused_with_the_place(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_map(text)
    assert str(refused.value).startswith(sentence)


def test_a_map_of_too_many_steps_is_refused() -> None:
    steps = "".join(
        STEP.replace("N-07, number: 7", f"N-{number}, number: {number}") + "}\n" for number in range(1, 402)
    )
    with pytest.raises(Refused, match="more than 400 steps"):
        read_map(START + steps)
