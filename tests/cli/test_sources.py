"""Taking files in: turns are shown, folders and registers are read, nothing is guessed in silence."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.cli.running import Workbench
from tests.study_folder import making
from tests.support.hostile_files import archive

TALK = "INTERVIEWER: When?\nP: At noon.\nINTERVIEWER: Why?\nP: The form.\n"
REGISTER = ("key", "file", "kind", "standpoint", "participant", "case", "office", "collector", "date", "consent")


def test_a_preview_shows_the_turns_and_takes_nothing_in(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    before = small.read("source", "list")
    ran = small("source", "import", tmp_path / "talk.txt", "--standpoint", "parent", "--preview")
    assert "talk.txt: 4 turns" in ran.out
    assert "Speakers: INTERVIEWER, P" in ran.out
    assert "2  P: At noon." in ran.out
    assert small.read("source", "list") == before


def test_without_a_standpoint_a_source_speaks_for_nobody_and_says_so(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    ran = small("source", "import", tmp_path / "talk.txt")
    assert "the standpoint of nobody" in ran.err
    source = small.read("source", "show", "INT-002")
    assert (source["kind"], source["standpoint"], source["consent"]) == ("interview", "text", "analysis-only")
    assert (source["collectors"], source["turns"], source["speakers"]) == (["ana"], 4, ["INTERVIEWER", "P"])


def test_a_refusal_is_one_sentence_whatever_was_left_out_or_taken_before_it(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "talk.pdf").write_bytes(b"%PDF-1.7")
    refused = small("source", "import", tmp_path / "talk.pdf", status=1)
    assert (refused.out, len(refused.err.splitlines())) == ("", 1)
    (tmp_path / "more.txt").write_text(making.PARENT, encoding="utf-8")  # what INT-001 holds, with another record
    both = ("source", "import", tmp_path / "talk.txt", tmp_path / "more.txt")
    refused = small(*both, "--all-or-none", status=1)
    assert (refused.out, len(refused.err.splitlines())) == ("", 1)


def test_a_step_must_be_on_the_map_where_the_study_has_one(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    words = ("source", "import", tmp_path / "talk.txt", "--standpoint", "parent", "--node")
    assert "There is no step N-99 on the map" in small.refused(*words, "N-99")
    small(*words, "N-02")
    assert small.read("source", "show", "INT-002")["nodes"] == ["N-02"]
    small("study", "create", "new", "--title", "t", "--question", "q", "--site", "s")
    elsewhere = ("--study", "new", *words, "intake")
    small(*elsewhere)
    assert small.read("--study", "new", "source", "list")[0]["nodes"] == ["intake"]


def test_words_of_options_are_kept_composed(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    about = ("--standpoint", "parent", "--title", "Pen\u0303asco", "--participant", "P-7", "--participant", "P-8")
    small("source", "import", tmp_path / "talk.txt", *about)
    source = small.read("source", "show", "INT-002")
    assert (source["title"], source["participants"]) == ("Pe\u00f1asco", ["P-7", "P-8"])


def test_the_same_file_twice_is_refused_with_the_source_that_has_it(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "again.txt").write_text(making.PARENT, encoding="utf-8")
    assert "INT-001" in small.refused("source", "import", tmp_path / "again.txt", "--standpoint", "parent")


def test_a_register_takes_in_every_file_it_names(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "b.md").write_text("# Notes\n\nThe desk opens at nine.\n", encoding="utf-8")
    rows = [
        ("INT-007", "a.txt", "interview", "youth", "P-09", "C-02", "North", "ben", "2026-02-12", "paraphrase"),
        ("OBS-01", "b.md", "observation", "frontline", "", "", "", "ana;ben", "", ""),
    ]
    register = tmp_path / "register.csv"
    register.write_text(making.table(REGISTER, rows), encoding="utf-8")
    small("source", "import", "--manifest", register)
    taken = {each["key"]: each for each in small.read("source", "list")}
    assert taken["INT-007"]["participants"] == ["P-09"]
    assert taken["OBS-01"]["collectors"] == ["ana", "ben"]
    rows[1] = ("OBS-02", "../b.md", *rows[1][2:])
    register.write_text(making.table(REGISTER, rows), encoding="utf-8")
    assert "register.csv: Line 3" in small.refused("source", "import", "--manifest", register)


def test_a_register_does_not_follow_links_out_of_its_folder(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("P: Secret.\n", encoding="utf-8")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    register = tmp_path / "in" / "register.csv"
    register.write_text(making.table(("file", "kind", "standpoint"), [("link.txt", "interview", "youth")]), "utf-8")
    assert "leads out of the folder" in small.refused("source", "import", "--manifest", register)


def test_a_folder_is_taken_in_with_its_folders_and_its_archives(small: Workbench, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    (folder / "north" / "march").mkdir(parents=True)
    (folder / "north" / "march" / "a.txt").write_text(TALK, encoding="utf-8")
    (folder / "b.zip").write_bytes(archive({"in/c.txt": b"P: Other words.\n", "d.exe": b"MZ", "Thumbs.db": b"x"}))
    (folder / "north" / "secret.txt").symlink_to("/etc/passwd")
    (folder / "e.exe").write_bytes(b"MZ")
    ran = small("source", "import", folder, "--standpoint", "parent")
    assert [line.split()[0] for line in ran.out.splitlines()] == ["FILE", "c.txt", "a.txt"]
    told = ran.err.splitlines()
    assert any("Passed over north/secret.txt: links are not followed." in line for line in told)
    assert any("b.zip: Passed over Thumbs.db: hidden files" in line for line in told)
    assert any("Passed over e.exe: only " in line for line in told)
    assert any("Passed over d.exe in b.zip: only " in line for line in told)


def test_one_bad_file_in_an_archive_keeps_all_of_it_out(small: Workbench, tmp_path: Path) -> None:
    before = small.read("source", "list")
    (tmp_path / "b.zip").write_bytes(archive({"a.txt": TALK.encode(), "z.txt": b""}))
    words = ("source", "import", tmp_path / "b.zip", "--standpoint", "parent")
    assert "z.txt is empty." in small.refused(*words, "--all-or-none")
    (tmp_path / "c.zip").write_bytes(archive({"a.exe": b"MZ"}))
    assert "no file among these" in small.refused("source", "import", tmp_path / "c.zip", "--standpoint", "parent")
    assert small.read("source", "list") == before


def test_several_files_go_in_past_a_bad_one_and_the_table_says_why(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(archive({"c.txt": b"P: Other words.\n", "empty.txt": b""}))
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04 no document")
    (tmp_path / "e.txt").write_text(making.PARENT, encoding="utf-8")  # what INT-001 holds, with another record
    (tmp_path / "f.txt").write_text(TALK + "P: More.\n", encoding="utf-8")
    ran = small("source", "import", tmp_path, "--standpoint", "youth", status=1)
    assert ran.err.splitlines()[-1] == ("3 of 6 files were refused; the table says why. The others are in the study.")
    table, _blank, why = ran.out.partition("\n\nRefused:\n")
    assert [line.split()[0] for line in table.splitlines()[1:]] == [
        "a.txt", "c.txt", "empty.txt", "d.docx", "e.txt", "f.txt",
    ]  # fmt: skip
    assert [line.partition(":")[0].strip() for line in why.splitlines()] == ["empty.txt", "d.docx", "e.txt"]
    assert "as INT-001" in why
    assert len(small.read("source", "list")) == 5


def test_the_rows_of_a_register_go_in_past_those_that_are_refused_and_again_there_is_no_harm(
    small: Workbench, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "b.txt").write_text(" ", encoding="utf-8")
    register = tmp_path / "register.csv"
    rows = [("a.txt", "interview", "youth"), ("b.txt", "interview", "youth")]
    register.write_text(making.table(("file", "kind", "standpoint"), rows), encoding="utf-8")
    for state in ("taken", "same"):
        answer = small("source", "import", "--manifest", register, "--json", status=1).document
        assert [(each["file"], each["line"], each["state"]) for each in answer["files"]] == [
            ("a.txt", 2, state),
            ("b.txt", 3, "refused"),
        ]
    assert len(small.read("source", "list")) == 3


def sources_in(small: Workbench) -> int:
    """How many sources the store has by now, asked without a program of its own, which would take too long."""
    with closing(sqlite3.connect(small.home / "evidence.sqlite3")) as store:
        number: int = store.execute("SELECT count(*) FROM source").fetchone()[0]
        return number


def test_a_command_that_is_killed_half_way_leaves_whole_files_and_goes_on_when_given_again(
    small: Workbench, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"{TALK}P: It was day {number}.\n", encoding="utf-8")
    words = [sys.executable, "-m", "ia_workbench", "--home", str(small.home), "source", "import", str(folder)]
    running = subprocess.Popen([*words, "--standpoint", "youth"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while sources_in(small) < 5:
        assert running.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    running.kill()
    running.wait()
    before = len(small.read("source", "list"))
    assert 5 <= before < 42
    small("search-index", "rebuild")  # killed after a file was stored and before it was indexed, it is behind
    small("doctor")
    again = small.read("source", "import", folder, "--standpoint", "youth")
    assert (again["same"], again["taken"]) == (before - 2, 42 - before)


def test_files_or_a_register_and_not_both(small: Workbench) -> None:
    assert "Usage:" in small("source", "import", status=2).err
    assert "Usage:" in small("source", "import", "x.txt", "--manifest", "y.csv", status=2).err


def test_a_withdrawn_source_is_listed_and_its_words_are_not_given(small: Workbench) -> None:
    small("source", "withdraw", "INT-001", "--reason", "asked to")
    listed = {each["key"]: each["withdrawn"] for each in small.read("source", "list")}
    assert listed == {"INT-001": True, "TXT-001": False}
    assert "withdrawn" in small.refused("source", "text", "INT-001")
    assert small.read("search", "shift")["total"] == 0
    evidence = small.read("evidence", "list", "F-01")
    assert [(row["withdrawn"], row["quote"]) for row in evidence] == [(True, None), (False, making.SLOT)]
    assert making.QUOTE not in small("evidence", "list", "F-01").out
    assert [row["source"] for row in small.read("coding", "list")] == ["TXT-001"]


def test_one_line_teaches_how_turns_are_written(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("§ Ana // Yes.\n§ Ben // No.\n§ Ana // So.\n", encoding="utf-8")
    words = ("source", "import", tmp_path / "talk.txt", "--standpoint", "parent")
    like = ("--turns-like", "§ Ana // Yes", "--speaker", "Ana")
    assert "read as paragraphs" in small(*words, "--preview").out
    assert "3 turns, read as taught-1" in small(*words, *like, "--preview").out
    assert "read as paragraphs" in small(*words, "--preview").out
    assert "3 turns, read as taught-1" in small(*words, *like).out
    (tmp_path / "talk.txt").write_text("§ Eva // Yes.\n§ Ben // No.\n§ Eva // So.\n", encoding="utf-8")
    assert "Speakers: Ben, Eva" in small(*words, "--preview").out
    assert "read as taught-1" in small(*words, *like, "--preview").out
    assert "does not stand in the example" in small.refused(*words, "--turns-like", "§ Ana // Yes", "--speaker", "Zoe")
    assert "together" in small(*words, "--speaker", "Ana", status=2).err
