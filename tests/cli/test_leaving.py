"""`source withdraw --preview` and `participant withdraw --preview`: all that it would touch, and nothing is done."""

import hashlib
from pathlib import Path

import pytest

from tests.cli.running import Workbench


def digests(home: Path) -> dict[str, str]:
    """What stands in the files of a home, but for the audit trail's own growth: the ledger, and the sources' list."""
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in home.glob("*.jsonl")}


def test_the_preview_tells_what_it_touches_and_does_nothing(demo: Workbench, tmp_path: Path) -> None:
    demo("brief", "export", "F-01", "--out", tmp_path / "f01.docx")
    demo("coding", "export", tmp_path / "codings.csv")
    sources, findings = demo.read("source", "list"), demo.read("finding", "list")
    found = demo.read("source", "withdraw", "INT-001", "--destroy", "--preview")
    assert (found["key"], found["outcome"]) == ("INT-001", "destroy")
    assert found["codings"] == len(demo.read("coding", "list", "--source", "INT-001"))
    assert {each["finding"] for each in found["evidence"]} == {each["key"] for each in found["findings"]}
    assert all(each["source"] == "INT-001" for each in found["evidence"])
    assert {"F-01"} <= {each["finding"] for each in found["releases"]}
    assert [(each["finding"], each["by"]) for each in found["briefs"]][-1:] == [("F-01", "ana")]
    assert [(each["command"], each["by"]) for each in found["written_out"]] == [("coding.export", "ana")]
    assert found["knows_readers"] is True
    assert (demo.read("source", "list"), demo.read("finding", "list")) == (sources, findings)
    assert digests(demo.home) == {}


def test_each_finding_is_weighed_as_it_is_once_it_was_done(demo: Workbench) -> None:
    before = {each["key"]: each for each in demo.read("source", "withdraw", "INT-001", "--preview")["findings"]}
    demo("source", "withdraw", "INT-001", "--reason", "They asked.", "--yes")
    now = {each["finding"]: each["strength"] for each in demo.read("finding", "list")}
    assert before
    assert {key: each["after"] for key, each in before.items()} == {key: now[key] for key in before}


def test_it_is_said_in_lines_for_people(demo: Workbench, tmp_path: Path) -> None:
    demo("brief", "export", "F-01", "--draft", "--out", tmp_path / "draft.docx")
    said = demo("participant", "withdraw", "P-01", "--exclude", "--preview").out
    assert "Nothing was done." in said
    assert "INT-001: exclude" in said
    assert "Readers lose F-01" in said
    assert "Ask for the return of the draft of the brief of F-01 that ana took" in said


@pytest.mark.parametrize("options", [(), ("--reason", "x", "--json"), ("--exclude", "--destroy", "--preview")])
def test_what_does_not_go_together_is_wrong_usage(shown: Workbench, options: tuple[str, ...]) -> None:
    shown("source", "withdraw", "INT-001", *options, status=2)


def test_what_is_not_there_is_said(shown: Workbench) -> None:
    shown.refused("source", "withdraw", "INT-999", "--preview")
    assert "P-99" in shown.refused("participant", "withdraw", "P-99", "--preview")
