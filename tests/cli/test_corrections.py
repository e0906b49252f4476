"""`source correct` and `source revisions`: what stood there stays, and what changed is told."""

from pathlib import Path

from tests.cli.running import Workbench
from tests.study_folder import making


def edited(small: Workbench, path: Path, old: str, new: str) -> Path:
    text = small("source", "text", "INT-001").out
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_text_that_was_taken_edited_and_given_back_is_the_next_revision(small: Workbench, tmp_path: Path) -> None:
    seen = small.read("source", "text", "INT-001")["sha256"]
    path = edited(small, tmp_path / "better.txt", "two times", "three times")
    ran = small("source", "correct", "INT-001", "--file", path, "--note", "Heard again.", "--seen", seen)
    assert "revision 2" in ran.out
    assert "two times" in ran.out
    assert "three times" in ran.out
    assert "three times" in small("source", "text", "INT-001").out
    assert small("source", "text", "INT-001", "--revision", "1").out == making.PARENT
    listed = small.read("source", "revisions", "INT-001")
    assert [(each["number"], each["kind"], each["note"]) for each in listed] == [
        (1, "original", ""), (2, "corrected", "Heard again."),
    ]  # fmt: skip
    assert listed[1]["to_settle"] == 1
    assert "Heard again." in small("source", "revisions", "INT-001").out
    assert "PROBLEMS" in small("doctor").out


def test_a_text_that_was_corrected_meanwhile_is_not_written_over(small: Workbench, tmp_path: Path) -> None:
    seen = small.read("source", "text", "INT-001")["sha256"]
    path = edited(small, tmp_path / "better.txt", "two times", "three times")
    small("source", "correct", "INT-001", "--file", path, "--seen", seen)
    other = edited(small, tmp_path / "other.txt", "three times", "four times")
    refused = small("source", "correct", "INT-001", "--file", other, "--seen", seen, status=1)
    assert "corrected by someone else meanwhile" in refused.err


def test_labels_of_one_speaker_are_joined_and_split(small: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "two labels.txt"
    text = f"{making.PARENT}INT.: And then?\nP: I lost the half day.\n"
    path.write_text(text, encoding="utf-8")
    small("source", "correct", "INT-001", "--file", path)
    joined = small("source", "join", "INT-001", "--label", "INT.", "--label", "INTERVIEWER", "--into", "INTERVIEWER")
    assert "revision 3" in joined.out
    assert small("source", "text", "INT-001").out == text.replace("INT.:", "INTERVIEWER:")
    small("source", "join", "INT-001", "--split", "3")
    assert small("source", "text", "INT-001").out == text
    for wrong, sentence in (
        (("--label", "P"), "Give --label, twice or more, and --into"),
        (("--label", "Nobody", "--into", "P"), "Nobody speaks as Nobody"),
        (("--split", "2"), "joined no labels"),
    ):
        assert sentence in small("source", "join", "INT-001", *wrong, status=1).err
