"""Withdrawing on the command line, and that no older copy brings back what was withdrawn."""

import shutil
from pathlib import Path

import pytest

from ia_workbench.withdrawal import Ledger
from tests.cli.running import Workbench
from tests.study_folder import making

SOURCE = ("source", "withdraw", "INT-001", "--reason", "Asked to")


def ledger_of(workbench: Workbench) -> Ledger:
    return Ledger(workbench.home / "withdrawals.jsonl")


def holding(folder: Path, words: str) -> list[str]:
    """Return the files below a folder that hold these words, in the ways a store or an index writes them."""
    wanted = [words.encode(), words.encode("utf-16-le"), words.encode("unicode_escape")]
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(each in path.read_bytes() for each in wanted)]


def test_stop_exclude_and_destroy_say_what_they_took(small: Workbench) -> None:
    assert "Stopped the use of INT-001." in small(*SOURCE).out
    excluded = small(*SOURCE, "--exclude")
    assert "1  codings" in excluded.out
    assert "Look at the statements of F-01" in excluded.err
    assert "1  texts" in small(*SOURCE, "--destroy", "--yes").out
    assert "is withdrawn already" in small.refused(*SOURCE, "--destroy", "--yes")
    assert small.read("doctor")["ok"] is True
    assert [each["withdrawn"] for each in small.read("source", "list")] == [True, False]
    assert [each["outcome"] for each in ledger_of(small).lines()] == ["stop", "exclude", "destroy"]


def test_destroying_asks_for_the_key_and_goes_no_further_without_it(small: Workbench) -> None:
    assert "Nothing was destroyed." in small.refused(*SOURCE, "--destroy", given="int-001\n")
    assert ledger_of(small).lines() == []
    assert "Destroyed INT-001." in small(*SOURCE, "--destroy", given="INT-001\n").out


def test_both_outcomes_at_once_are_a_mistake(small: Workbench) -> None:
    small(*SOURCE, "--destroy", "--exclude", status=2)
    assert ledger_of(small).lines() == []


def test_a_participant_goes_with_the_source_in_which_they_speak_alone(small: Workbench) -> None:
    ran = small("participant", "withdraw", "P-01", "--reason", "Asked to", "--destroy", "--yes")
    assert "Destroyed INT-001." in ran.out
    assert "Withdrew P-01, and 1 source with them." in ran.out
    assert [each["kind"] for each in ledger_of(small).lines()] == ["source", "participant"]
    assert "no participant P-07" in small.refused("participant", "withdraw", "P-07", "--reason", "x")
    assert holding(small.home, "both are in my shift") == []


@pytest.fixture
def saved(small: Workbench, tmp_path: Path) -> Path:
    """A backup from before anything was withdrawn."""
    small("backup", tmp_path / "before.zip")
    return tmp_path / "before.zip"


def without_stores(workbench: Workbench) -> None:
    for each in workbench.home.glob("*.sqlite3*"):
        each.unlink()
    shutil.rmtree(workbench.home / "search-index")


def test_an_older_backup_does_not_bring_back_what_was_destroyed(small: Workbench, saved: Path) -> None:
    small(*SOURCE, "--destroy", "--yes")
    without_stores(small)
    before = ledger_of(small).path.read_bytes()
    assert "Withdrew INT-001 again." in small("restore", saved).err
    assert ledger_of(small).path.read_bytes().startswith(before), "lines of the home's ledger stay"
    assert holding(small.home, "both are in my shift") == []
    assert small.read("search", "shift")["total"] == 0
    assert small.read("doctor")["ok"] is True
    small("doctor", "--apply-withdrawals")
    assert len(small.read("source", "list")) == 2


def test_a_new_home_learns_it_from_a_later_backup_or_from_the_ledger_that_was_kept(
    small: Workbench, saved: Path, tmp_path: Path
) -> None:
    small(*SOURCE, "--exclude")
    small("backup", tmp_path / "after.zip")
    learned = Workbench(tmp_path / "from-ledger")
    assert "Withdrew INT-001 again." in learned("restore", saved, "--ledger", ledger_of(small).path).err
    assert [each["kind"] for each in ledger_of(learned).lines()] == ["backup", "source", "backup"]
    later = Workbench(tmp_path / "from-backup")
    assert "again" not in later("restore", tmp_path / "after.zip").err
    for each in (learned, later):
        assert each.read("coding", "list") == small.read("coding", "list")
        assert [line["outcome"] for line in ledger_of(each).lines() if line["kind"] == "source"] == ["exclude"]
    assert "There is no ledger" in Workbench(tmp_path / "none").refused("restore", saved, "--ledger", tmp_path / "no")


def test_a_store_that_came_back_behind_the_program_is_not_served(small: Workbench, tmp_path: Path) -> None:
    shutil.copytree(small.home, tmp_path / "kept")
    small(*SOURCE, "--destroy", "--yes")
    for each in ("evidence.sqlite3", "published.sqlite3"):
        shutil.copy(tmp_path / "kept" / each, small.home / each)
    for command in (("source", "list"), ("search", "shift"), ("serve",), ("backup", tmp_path / "no.zip")):
        assert "What was withdrawn is back in this store: INT-001." in small.refused(*command)
    assert "Withdrew INT-001 again." in small("doctor", "--apply-withdrawals").err
    assert holding(small.home, "both are in my shift") == []
    small("source", "list")


def test_a_machine_that_stopped_between_ledger_and_store_finishes_it(
    small: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):  # noqa: N818 - the power went
        """Ends the command where a machine might."""

    def stop(ledger: Ledger, entries: object) -> None:
        append(ledger, entries)  # type: ignore[arg-type]
        raise Stopped

    append = Ledger.append
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "append", stop)
        with pytest.raises(Stopped):
            small(*SOURCE, "--exclude")
    assert "INT-001" in small.refused("source", "list")
    small("doctor", "--apply-withdrawals")
    assert small.read("coding", "list")[0]["source"] == "TXT-001"
    assert small.read("doctor")["ok"] is True


def test_an_older_export_is_not_loaded_again(small: Workbench, tmp_path: Path) -> None:
    small("study", "export", tmp_path / "older")
    small(*SOURCE, "--destroy", "--yes")
    small("study", "erase", "by-hand", "--yes")
    refusal = small.refused("study", "load", tmp_path / "older")
    assert "sources.csv line 2" in refusal
    assert "holds what INT-001 held, which was withdrawn from this study" in refusal
    assert small.read("study", "list") == []


def test_the_same_bytes_do_not_come_back_as_a_source(small: Workbench, tmp_path: Path) -> None:
    small(*SOURCE, "--destroy", "--yes")
    (tmp_path / "again.txt").write_text(making.PARENT, encoding="utf-8")
    refusal = small.refused("source", "import", tmp_path / "again.txt", "--standpoint", "parent", "--yes")
    assert "holds what INT-001 held, which was withdrawn" in refusal


def test_nothing_is_written_into_the_home_where_destroying_could_not_find_it(small: Workbench) -> None:
    for command in (("backup", small.home / "b.zip"), ("study", "export", small.home / "files")):
        assert "lies in the home" in small.refused(*command)
    (small.home / ".backup-left").mkdir()
    (small.home / ".backup-left" / "evidence.sqlite3").write_bytes(making.PARENT.encode())
    (small.home / "notes.txt").write_text("mine", encoding="utf-8")
    assert "notes.txt" in small(*SOURCE, "--destroy", "--yes").err
    assert not (small.home / ".backup-left").exists()


# ------------------------------------------------------------------ one speaker of several

GROUP = "ROSE: The list had eight quimblesome times.\nLUZ: Mine was after four.\nROSE: So I said yes to one.\n"
LEAVING = ("participant", "withdraw", "P-21", "--reason", "Asked to")


@pytest.fixture
def group(small: Workbench, tmp_path: Path) -> Workbench:
    """A study with a focus group of two, of whom nobody noted the labels."""
    file = tmp_path / "group.txt"
    file.write_text(GROUP, encoding="utf-8")
    people = ("--participant", "P-21", "--participant", "P-22")
    small("source", "import", file, "--kind", "focus-group", "--standpoint", "parent", *people, "--yes")
    return small


def test_the_label_of_who_leaves_is_asked_for_and_then_their_turns_alone_go(group: Workbench) -> None:
    looked = group(*LEAVING[:3], "--exclude", "--preview").out
    assert "It has ROSE (2 turns), LUZ (1 turn)." in looked
    assert "--speaker GRP-01=LABEL" in looked
    found = group.read(*LEAVING[:3], "--exclude", "--preview", "--speaker", "ROSE")
    assert [(each["goes"], each["label"]) for each in found["sources"]] == [("turns", "ROSE")]
    assert [(each["turns"], each["of"]) for each in found["turns_of_theirs"]] == [(2, 3)]
    ran = group(*LEAVING, "--destroy", "--yes", "--speaker", "GRP-01=rose")
    assert "Destroyed the turns of P-21 in GRP-01." in ran.out
    assert "What others say in GRP-01 stays in use" in ran.out
    text = group("source", "text", "GRP-01").out
    assert "Mine was after four." in text
    assert holding(group.home, "quimblesome") == []
    assert group.read("doctor")["ok"] is True


def test_without_a_label_the_source_is_stopped_whole_and_it_says_how_to_give_one(group: Workbench) -> None:
    ran = group(*LEAVING, "--exclude")
    assert "Stopped the use of GRP-01." in ran.out
    assert "say it: --speaker GRP-01=LABEL" in ran.err


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("--speaker", "MARA"), "No turn of GRP-01"),
        (("--speaker", "INT-001=PARENT"), "No turn of GRP-01"),
        (("--speaker", "ROSE", "--speaker", "GRP-01=LUZ"), "Give one label for GRP-01"),
    ],
)
def test_a_label_that_fits_nothing_is_refused_and_nothing_happens(
    group: Workbench, given: tuple[str, ...], sentence: str
) -> None:
    assert sentence in group.refused(*LEAVING, "--exclude", *given)
    assert ledger_of(group).lines() == []


def test_restoring_an_older_backup_takes_the_same_turns_out_again(group: Workbench, tmp_path: Path) -> None:
    saved = tmp_path / "before.zip"
    group("backup", saved)
    group(*LEAVING, "--destroy", "--yes", "--speaker", "ROSE")
    text = group("source", "text", "GRP-01").out
    without_stores(group)
    assert "Withdrew GRP-01 again." in group("restore", saved).err
    assert group("source", "text", "GRP-01").out == text
    assert holding(group.home, "quimblesome") == []


def test_an_export_holds_the_text_without_them_and_an_older_one_is_not_loaded_again(
    group: Workbench, tmp_path: Path
) -> None:
    group("study", "export", tmp_path / "older")
    group(*LEAVING, "--exclude", "--speaker", "ROSE")
    group("study", "export", tmp_path / "newer")
    assert holding(tmp_path / "newer", "quimblesome") == []
    assert holding(tmp_path / "newer", "Mine was after four") != []
    learned = Workbench(tmp_path / "elsewhere")
    learned("init")
    learned("study", "load", tmp_path / "newer")
    assert "[withdrawn]" in learned("source", "text", "GRP-01").out
    group("study", "erase", "by-hand", "--yes")
    assert "holds what GRP-01 held" in group.refused("study", "load", tmp_path / "older")
