"""Briefs from the command line: each that is written is entered first, and all that were taken away can be listed."""

from pathlib import Path

from tests.cli.running import Workbench


def test_every_brief_that_is_written_is_listed_with_who_took_it(demo: Workbench, tmp_path: Path) -> None:
    demo("brief", "export", "F-01", "--out", tmp_path / "one.docx")
    demo.by("lee")("brief", "export", "F-01", "--out", tmp_path / "two.html")
    demo.by("ben")("brief", "export", "F-04", "--draft", "--out", tmp_path / "three.html")
    rows = demo.read("brief", "list")
    told = [(each["finding"], each["by"], each["side"], each["format"], each["draft"]) for each in rows]
    assert {
        ("F-01", "ana", "team", "docx", False),
        ("F-01", "lee", "community", "html", False),
        ("F-04", "ben", "team", "html", True),
    } <= set(told)
    assert all(each["evidence"] and len(each["sha256"]) == 64 for each in rows)
    assert {each["finding"] for each in demo.read("brief", "list", "F-04")} == {"F-04"}
    assert "draft" in demo("brief", "list", "F-04").out


def test_what_may_not_be_taken_away_is_not_listed(demo: Workbench, tmp_path: Path) -> None:
    before = demo.read("brief", "list")
    demo.refused("brief", "export", "F-04", "--out", tmp_path / "one.docx")
    demo.by("rosa").refused("brief", "export", "F-01", "--out", tmp_path / "one.docx")
    assert demo.read("brief", "list") == before
    assert "There is no finding F-99" in demo.refused("brief", "list", "F-99")
