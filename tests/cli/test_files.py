"""Files that commands write: codebooks, codings, maps and their pictures."""

import json
import shutil
import stat
import sys
from pathlib import Path

import pytest

from ia_workbench import coding
from ia_workbench.cli.files import ending_of, write_file
from ia_workbench.kernel import Refused, parse_xml
from tests.cli.running import Workbench
from tests.study_folder import making


def test_codebook_and_map_come_back_as_they_were_written(small: Workbench, tmp_path: Path) -> None:
    for group in ("codebook", "map"):
        first, second = tmp_path / f"{group}.yaml", tmp_path / f"{group}-2.yaml"
        small(group, "export", first)
        ran = small(group, "import", first)
        assert "Added 0" in ran.out
        assert "changed 0" in ran.out
        small(group, "export", second)
        assert second.read_bytes() == first.read_bytes()


def test_codings_are_written_as_csv_and_json(small: Workbench, tmp_path: Path) -> None:
    small("coding", "export", tmp_path / "codings.csv")
    rows = coding.read_codings_csv((tmp_path / "codings.csv").read_text(encoding="utf-8"))
    assert [row.quote for _line, row in rows] == [making.QUOTE, making.SLOT]
    small("coding", "export", tmp_path / "codings.json")
    assert json.loads((tmp_path / "codings.json").read_text(encoding="utf-8")) == small.read("coding", "list")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_words_of_sources_are_written_for_their_owner_alone_past_a_link_that_waits_there(
    small: Workbench, tmp_path: Path
) -> None:
    for name in ("codings.csv", "codings.json"):
        (tmp_path / f"elsewhere-{name}").write_text("mine", encoding="utf-8")
        (tmp_path / f"{name}.half-written").symlink_to(tmp_path / f"elsewhere-{name}")
        small("coding", "export", tmp_path / name)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        assert (tmp_path / f"elsewhere-{name}").read_text(encoding="utf-8") == "mine"
        assert not (tmp_path / name).is_symlink()


def test_a_coding_that_is_there_already_is_not_said_to_be_new(small: Workbench) -> None:
    words = ("coding", "add", "TXT-001", "--code", "family-time", "--quote", "Form 214")
    assert small(*words).out == "Coded TXT-001 0 to 8 as family-time.\n"
    assert small(*words).out == "You had coded it before: TXT-001 0 to 8 as family-time.\n"
    small("user", "agreement", "ben")
    assert small.by("ben")(*words).out.startswith("Coded ")


def test_only_codings_for_spreadsheets_are_guarded_and_a_study_takes_both(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("- Two slots\n", encoding="utf-8")
    about = ("--kind", "institutional-text", "--standpoint", "text", "--title", "=1+1")
    small("source", "import", tmp_path / "list.txt", *about)
    small("coding", "add", "TXT-002", "--code", "family-time", "--quote", "- Two slots")
    small("coding", "export", tmp_path / "codings.csv")
    small("study", "export", tmp_path / "study")
    written = (tmp_path / "study" / "codings.csv").read_text(encoding="utf-8")
    guarded = (tmp_path / "codings.csv").read_text(encoding="utf-8")
    assert ",- Two slots," in written
    assert ",=1+1," in (tmp_path / "study" / "sources.csv").read_text(encoding="utf-8")
    assert guarded == written.replace(",- Two slots,", ",'- Two slots,")
    shutil.move(tmp_path / "codings.csv", tmp_path / "study" / "codings.csv")
    other = Workbench(tmp_path / "other", "ana")
    other("init")
    other("study", "load", tmp_path / "study")
    assert other.read("coding", "list")[-1]["quote"] == "- Two slots"


def test_the_map_is_drawn_with_its_colours_written_out(small: Workbench, tmp_path: Path) -> None:
    small("map", "export", tmp_path / "map.svg")
    svg = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert parse_xml(svg.encode()).tag.endswith("svg")
    assert "Visit request" in svg
    assert "var(" not in svg
    assert "fill: #" in svg
    small("map", "export", tmp_path / "map.png")
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_a_study_without_a_map_has_no_picture(workbench: Workbench, tmp_path: Path) -> None:
    workbench("study", "create", "new", "--title", "t", "--question", "q", "--site", "s")
    assert "has no map yet" in workbench.refused("map", "export", tmp_path / "map.svg")
    assert list(tmp_path.glob("*.svg")) == []


def test_a_file_that_is_there_is_replaced_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    write_file(tmp_path / "a.txt", "new\n")
    assert (tmp_path / "a.txt").read_bytes() == b"new\n"
    with pytest.raises(Refused, match="is a folder"):
        write_file(tmp_path, "x")
    with pytest.raises(Refused, match="There is no folder .*gone"):
        write_file(tmp_path / "gone" / "a.txt", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_endings_that_come_later_are_refused_as_such() -> None:
    assert ending_of(Path("A.YAML"), ".yaml") == ".yaml"
    with pytest.raises(Refused, match="cannot be used here yet"):
        ending_of(Path("a.qdc"), ".yaml", later=(".qdc",))
    with pytest.raises(Refused, match=r"must end in \.yaml or \.yml"):
        ending_of(Path("a"), ".yaml", ".yml")
