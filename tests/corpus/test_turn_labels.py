"""How well turns are found in real transcripts, by labels made by hand; `make measure-turns` prints the figures."""

import json
from pathlib import Path

import pytest

from tests.support.turn_labels import LABELS, Labelled, Score, in_all, in_every_style, labelled_files, measured

OVERALL, ANY_FILE = 0.98, 0.95
FEWEST_FILES = 28
FEWEST_HELD_OUT = 4


@pytest.fixture(scope="module")
def labelled(shared_data: Path) -> list[Labelled]:
    """The labelled files that can be read here."""
    return [each for each in labelled_files(shared_data) if isinstance(each, Labelled)]


def assert_at_least(score: Score, least: float) -> None:
    """Fail naming what was measured where one of the three shares is under what is asked."""
    shares = (score.precision, score.recall, score.same_speaker)
    assert min(shares) >= least, f"{score.name}: precision, recall, speaker {shares}"


def test_turns_are_found_in_every_labelled_file(labelled: list[Labelled]) -> None:
    scores = measured(labelled)
    assert len(scores) >= FEWEST_FILES
    for score in scores:
        assert_at_least(score, ANY_FILE)
    assert_at_least(in_all(scores), OVERALL)


def test_turns_are_found_in_the_files_that_nobody_looked_at(labelled: list[Labelled]) -> None:
    held_out = measured([each for each in labelled if each.is_held_out])
    assert len(held_out) >= FEWEST_HELD_OUT
    assert_at_least(in_all(held_out), OVERALL)


def test_the_same_talks_are_found_in_whatever_way_they_are_written(labelled: list[Labelled]) -> None:
    for score in in_every_style(labelled):
        assert_at_least(score, OVERALL)


def test_the_labels_are_numbers_alone() -> None:
    keys = {"file", "file_sha256", "text_sha256", "held_out", "turns"}
    for path in LABELS.glob("*.json"):
        label = json.loads(path.read_text(encoding="utf-8"))
        assert set(label) == keys
        assert all(isinstance(number, int) for turn in label["turns"] for number in turn)
        assert all(len(turn) == 3 and turn[0] <= turn[1] for turn in label["turns"])
