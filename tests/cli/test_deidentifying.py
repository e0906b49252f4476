"""`deidentify`: from the first proposal to the signature of a second person, and decisions that come in files."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from ia_workbench.cli.deidentifying import read_decisions
from ia_workbench.kernel import Refused
from tests.cli.running import Workbench

KEY = "INT-001"


def proposed(workbench: Workbench) -> list[dict[str, Any]]:
    """Look for identifiers, as a reading command would."""
    found = workbench("deidentify", KEY, "--propose", "--json").document
    assert isinstance(found, list)
    return found


def accepted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Accept every mark, with words for readers where none are proposed; what only a reporter would be is a person."""
    return [
        {**row, "state": "accepted", "class": "person" if row["class"] == "reporter" else row["class"]} for row in rows
    ]


def give(workbench: Workbench, path: Path, rows: object, **expected: int) -> str:
    path.write_text(json.dumps(rows), encoding="utf-8")
    return workbench("deidentify", KEY, "--accept", path, **expected).out


def test_a_source_goes_from_its_proposals_to_the_signature_of_a_second_person(demo: Workbench, tmp_path: Path) -> None:
    ana, ben = demo.by("ana"), demo.by("ben")
    assert ana.read("deidentify", KEY)["state"] == "none"
    rows = proposed(ana)
    assert {row["state"] for row in rows} == {"proposed"}
    text = ana.read("source", "text", KEY)["text"]
    assert all(text[row["start"] : row["end"]] == row["words"] for row in rows)
    assert "are not decided yet" in ana.refused("deidentify", KEY, "--make")
    assert "0 are left" in give(ana, tmp_path / "decided.json", accepted(rows))
    assert give(ana, tmp_path / "again.json", accepted(rows)).startswith("Decided 0 marks")
    ana("deidentify", KEY, "--make")
    state = ben.read("deidentify", KEY)
    assert (state["state"], state["by"], state["signed_by"]) == ("made", "ana", None)
    names = [row["words"] for row in rows if row["class"] == "person"]
    assert names
    assert not [name for name in names if name in state["text"]]
    assert "yourself, ana" in ana.refused("deidentify", KEY, "--sign", "--seen", state["seen"])
    ben("deidentify", KEY, "--sign", "--seen", state["seen"])
    assert ana.read("deidentify", KEY)["signed_by"] == "ben"
    assert "signed by ben" in ana("deidentify", KEY).out


def test_a_second_person_sends_a_text_back(demo: Workbench, tmp_path: Path) -> None:
    ana, ben = demo.by("ana"), demo.by("ben")
    give(ana, tmp_path / "decided.json", accepted(proposed(ana)))
    ana("deidentify", KEY, "--make")
    assert (
        "Sent the masked text"
        in ben("deidentify", KEY, "--send-back", "--seen", ben.read("deidentify", KEY)["seen"]).out
    )
    assert ana.read("deidentify", KEY)["state"] == "sent-back"


def test_being_thorough_is_asked_for_with_looking_and_kept_for_the_study(demo: Workbench) -> None:
    usual = {(row["start"], row["end"]) for row in proposed(demo)}
    thorough = demo("deidentify", KEY, "--propose", "--thorough", "--json").document
    rules = {row["rule"] for row in thorough if (row["start"], row["end"]) not in usual}
    assert {"length of time", "count"} & rules
    assert len(proposed(demo)) == len(thorough) > len(usual)
    assert len(demo("deidentify", KEY, "--propose", "--usual", "--json").document) == len(usual)
    demo("deidentify", KEY, "--make", "--thorough", status=2)


def test_decisions_come_as_csv_and_add_what_was_missed(demo: Workbench, tmp_path: Path) -> None:
    rows = proposed(demo)
    text = demo.read("source", "text", KEY)["text"]
    taken = {place for row in rows for place in range(row["start"], row["end"])}
    words = "the"
    start = next(at for at in range(len(text)) if text.startswith(f" {words} ", at) and at + 1 not in taken) + 1
    missed = {
        "start": start,
        "end": start + 3,
        "words": words,
        "class": "rare-fact",
        "instead": "a",
        "state": "accepted",
    }
    path = tmp_path / "decided.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["start", "end", "words", "class", "instead", "state"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(accepted([*rows, missed]))
    assert f"Decided {len(rows) + 1} marks" in demo("deidentify", KEY, "--accept", path).out
    state = {(row["start"], row["state"], row["found_by"]) for row in proposed(demo)}
    assert (start, "accepted", "person") in state


def test_a_reporter_in_a_file_of_decisions_is_withheld_from_everyone(demo: Workbench, tmp_path: Path) -> None:
    rows = proposed(demo)
    row = next(each for each in rows if each["class"] == "person")
    give(demo, tmp_path / "decided.json", [{**row, "class": "reporter", "state": "accepted"}])
    assert row["words"] not in demo.read("source", "text", KEY)["text"]
    assert "[reporter]" in demo.read("source", "text", KEY)["text"]
    assert "is closed" in demo.refused("source", "text", KEY, "--revision", "1")
    assert row["words"] not in json.dumps([each["words"] for each in proposed(demo)])
    assert all(each["problems"] == 0 for each in demo.read("doctor")["checks"])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"start": 1}, "must hold a list"),
        ([{"start": 1, "end": 2, "words": "x"}], "mark 1: state is missing"),
        ([{"start": "x", "end": 2, "words": "x", "state": "accepted"}], "start must be a whole number"),
        ([{"start": 0, "end": 2, "words": "x", "state": "done"}], "state must be one of proposed, asked"),
        ([{"start": 0, "end": 2, "words": "x", "class": "name", "state": "asked"}], "class must be one of reporter"),
    ],
)
def test_what_is_wrong_in_a_file_of_decisions_is_told_with_its_place(tmp_path: Path, rows: object, why: str) -> None:
    path = tmp_path / "decided.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(Refused, match=why):
        read_decisions(path)


def test_one_decision_about_other_words_changes_nothing(demo: Workbench, tmp_path: Path) -> None:
    before = proposed(demo)
    path = tmp_path / "decided.json"
    wrong = {"start": 0, "end": 2, "words": "Quillfeather", "state": "accepted"}
    path.write_text(json.dumps([*accepted(before), wrong]), encoding="utf-8")
    assert "other words stand at 0 to 2" in demo.refused("deidentify", KEY, "--accept", path)
    assert proposed(demo) == before


def test_options_that_do_not_go_together_are_a_usage_error(demo: Workbench) -> None:
    demo("deidentify", KEY, "--propose", "--make", status=2)
    demo("deidentify", KEY, "--sign", status=2)
    demo("deidentify", KEY, "--seen", "x", status=2)


def test_a_brief_is_not_written_to_a_file_that_is_named_after_somebody(demo: Workbench, tmp_path: Path) -> None:
    refused = demo.by("ana").refused("brief", "export", "F-01", "--out", tmp_path / "brennick brief.docx")
    assert "stands in the name of the file" in refused
    assert not list(tmp_path.glob("*.docx"))
    demo.by("ana")("brief", "export", "F-01", "--out", tmp_path / "F-01.docx")
