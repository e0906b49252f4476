"""Records by command: registers with everything in them, changes, attributes, the terms of stewards."""

from datetime import date
from pathlib import Path

import openpyxl

from tests.cli.running import Workbench
from tests.study_folder import making

TALK = "INTERVIEWER: Who came?\nYOUTH: My aunt did.\nINTERVIEWER: And then?\nYOUTH: Nothing.\n"
HEADER = (
    "key", "file", "kind", "standpoint", "participant", "consent", "consent_on", "consent_until", "privacy_class",
    "debriefed_on", "stewardship", "attribute:Room", "attribute:Interpreter",
)  # fmt: skip
ROW = (
    "INT-009", "talk.txt", "interview", "youth", "P-09=YOUTH;P-10", "paraphrase", "2026-02-01", "2027-02-01",
    "restricted", "2026-02-03", "ST-01", "2.50", "TRUE",
)  # fmt: skip


def with_definitions(small: Workbench) -> Workbench:
    small("attribute", "define", "Room", "--scope", "source", "--type", "number")
    small("attribute", "define", "Interpreter", "--scope", "source", "--type", "yes-no")
    small("stewardship", "set", "ST-01", "--nation", "Yaqan Nation", "--uses", "paraphrase", "--approval", "R-2026-4",
          "--approved-on", "2026-01-01", "--approved-until", "2027-01-01", "--contact", "Historic office")  # fmt: skip
    return small


def register(folder: Path, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> Path:
    path = folder / "register.csv"
    path.write_text(making.table(header, rows), encoding="utf-8")
    return path


def test_a_register_fills_the_whole_record_and_takes_in_nothing_twice(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    path = register(tmp_path, ROW)
    with_definitions(small)("source", "import", "--manifest", path)
    shown = small.read("source", "show", "INT-009")
    assert shown["participants"] == ["P-09", "P-10"]
    assert (shown["consent_on"], shown["consent_until"], shown["privacy_class"]) == (
        "2026-02-01", "2027-02-01", "restricted",
    )  # fmt: skip
    assert (shown["stewardship"], shown["attributes"]) == ("ST-01", {"Room": "2.5", "Interpreter": "yes"})
    again = small("source", "import", "--manifest", path)
    assert again.out.splitlines()[1].split() == ["talk.txt", "there", "already", "INT-009"]
    assert len(small.read("source", "list")) == 3
    register(tmp_path, (*ROW[:5], "quote-to-body", *ROW[6:]))
    refused = small.refused("source", "import", "--manifest", path, "--all-or-none")
    assert "as INT-009" in refused
    assert "with another record: consent." in refused


def test_the_same_files_again_are_there_already(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    command = ("source", "import", tmp_path, "--standpoint", "youth", "--consent", "paraphrase")
    first, again = small.read(*command), small.read(*command)
    assert (first["taken"], first["same"], first["refused"]) == (1, 0, 0)
    assert (again["taken"], again["same"], again["refused"]) == (0, 1, 0)
    assert [(each["file"], each["key"]) for each in again["files"]] == [("talk.txt", "INT-002")]
    assert small(*command, "--all-or-none").out == "INT-002  talk.txt  is there already\n"


def test_the_same_words_in_another_file_are_offered_as_the_same_source(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "talk.md").write_text(TALK.replace("\n", "\n\n").upper(), encoding="utf-8")
    small("source", "import", tmp_path / "talk.txt", "--standpoint", "youth")
    second = small("source", "import", tmp_path / "talk.md", "--standpoint", "youth")
    assert second.out.startswith("INT-003  talk.md")
    assert "INT-003: It has the same words as INT-002" in second.err


def test_everything_wrong_with_a_register_is_told_with_its_line_and_nothing_is_taken_in(
    small: Workbench, tmp_path: Path
) -> None:
    with_definitions(small)
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "broken.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "parent.txt").write_text(making.PARENT, encoding="utf-8")
    (tmp_path / "copy.txt").write_text(TALK, encoding="utf-8")
    blank = ("", "", "", "", "", "", "", "", "")
    path = register(
        tmp_path,
        ROW,
        ("INT-010", "broken.txt", "interview", "youth", *blank),
        ("INT-011", "parent.txt", "interview", "youth", *blank),
        ("INT-012", "copy.txt", "interview", "youth", *blank[:-2], "north", ""),
    )
    ran = small("source", "import", "--manifest", path, "--all-or-none", status=1)
    assert ran.out == ""
    lines = ran.err.strip().splitlines()
    assert lines[0].startswith("Line 4: parent.txt is in the study already, as INT-001")
    assert lines[1].startswith("Line 5: north cannot be the attribute Room, which takes a number")
    assert lines[2] == "register.csv: Line 3: broken.txt holds no words. 2 more problems were found."
    assert len(small.read("source", "list")) == 2
    path = register(tmp_path, ("", "gone.txt", "chat", "youth"), ("", "a.txt", "interview", "youth"),
                    ("", "a.txt", "interview", ""), header=HEADER[:4])  # fmt: skip
    lines = small("source", "import", "--manifest", path, status=1).err.strip().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Line 4", "register.csv"]
    path = register(tmp_path, ("", "gone.txt", "interview", "youth"), ("", "lost.txt", "interview", "youth"),
                    header=HEADER[:4])  # fmt: skip
    lines = small("source", "import", "--manifest", path, status=1).err.strip().splitlines()
    assert lines[0].startswith("Line 3: lost.txt is neither beside the register")
    assert lines[1].startswith("register.csv: Line 2: gone.txt is neither")


def test_a_workbook_is_a_register_too(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append((*ROW[:6], date(2026, 2, 1), date(2027, 2, 1), *ROW[8:11], 2.5, True))
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "register.xlsx")
    ran = with_definitions(small)("source", "import", "--manifest", tmp_path / "register.xlsx")
    assert "register.xlsx: Row 2 is hidden and was read." in ran.err
    shown = small.read("source", "show", "INT-009")
    assert (shown["consent_until"], shown["attributes"]) == ("2027-02-01", {"Room": "2.5", "Interpreter": "yes"})


def test_a_record_is_changed_field_by_field(small: Workbench) -> None:
    with_definitions(small)
    changed = small("source", "record", "INT-001", "--consent", "paraphrase", "--consent-until", "2027-01-31",
                    "--attribute", "Room=4", "--participant", "P-01=P")  # fmt: skip
    assert changed.out == "Changed consent, speakers, consent_until, attributes of INT-001.\n"
    shown = small.read("source", "show", "INT-001")
    assert (shown["consent"], shown["consent_until"], shown["attributes"]) == (
        "paraphrase", "2027-01-31", {"Room": "4"},
    )  # fmt: skip
    assert (shown["case"], shown["office"]) == ("C-01", "North"), "what no option names stays"
    assert small("source", "record", "INT-001", "--attribute", "Room=4.0").out == "INT-001 says so already.\n"
    small("source", "record", "INT-001", "--attribute", "Room=", "--consent-until", "")
    shown = small.read("source", "show", "INT-001")
    assert (shown["consent_until"], shown["attributes"]) == (None, {})
    assert "which takes yes or no" in small.refused("source", "record", "INT-001", "--attribute", "Interpreter=2")
    assert "perhaps Room was meant" in small.refused("source", "record", "INT-001", "--attribute", "Rom=2")
    assert "no stewardship ST-02" in small.refused("source", "record", "INT-001", "--stewardship", "ST-02")


def test_attributes_are_defined_said_listed_and_removed(small: Workbench) -> None:
    small("attribute", "define", "Tie", "--scope", "participant", "--type", "choice", "--choice", "mother")
    assert "takes one of mother" in small.refused("attribute", "set", "P-01", "Tie", "aunt", "--scope", "participant")
    small("attribute", "define", "Tie", "--scope", "participant", "--type", "choice",
          "--choice", "mother", "--choice", "aunt")  # fmt: skip
    small("attribute", "set", "P-01", "Tie", "aunt", "--scope", "participant")
    listed = small.read("attribute", "list")
    assert listed == [{"scope": "participant", "name": "Tie", "type": "choice", "choices": ["mother", "aunt"]}]
    assert "no participant P-99" in small.refused("attribute", "set", "P-99", "Tie", "aunt", "--scope", "participant")
    assert small("attribute", "remove", "Tie", "--scope", "participant").out == "Removed Tie with 1 value.\n"
    assert small.read("attribute", "list") == []


def test_terms_are_noted_changed_and_listed(small: Workbench) -> None:
    with_definitions(small)
    small("stewardship", "set", "ST-01", "--approved-until", "2028-01-01")
    (terms,) = small.read("stewardship", "list")
    assert (terms["nation"], terms["approved_on"], terms["approved_until"]) == (
        "Yaqan Nation", "2026-01-01", "2028-01-01",
    )  # fmt: skip
    assert "ends before" in small.refused("stewardship", "set", "ST-01", "--approved-until", "2025-01-01")
    assert "which nation" in small.refused("stewardship", "set", "ST-02", "--approval", "R-1")
