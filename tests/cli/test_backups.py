"""A backup holds everything, and comes back only whole and only into an empty home."""

import itertools
import shutil
import stat
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from ia_workbench.kernel import utc_now
from ia_workbench.withdrawal import Ledger
from tests.cli.running import Workbench


@pytest.fixture
def saved(small: Workbench, tmp_path: Path) -> Path:
    """A backup of the small study."""
    small("backup", tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_a_restored_home_is_the_one_that_was_backed_up(small: Workbench, saved: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    other = Workbench(tmp_path / "other")
    other("restore", saved)
    # The trail first: listing codings adds to it, in each home at a moment of its own.
    for command in (("audit", "list"), ("source", "list"), ("coding", "list"), ("user", "list")):
        assert other.read(*command) == small.read(*command)
    assert other.read("doctor")["ok"] is True
    assert other.read("search", "shift")["total"] == 1
    assert {path.name for path in other.home.iterdir()} == {"evidence.sqlite3", "published.sqlite3", "search-index"}


def test_neither_a_file_nor_a_home_is_overwritten(small: Workbench, saved: Path) -> None:
    before = saved.read_bytes()
    assert "is there already" in small.refused("backup", saved)
    assert saved.read_bytes() == before
    assert "Restore into a new home" in small.refused("restore", saved)


def repacked(saved: Path, target: Path, **changes: bytes | None) -> Path:
    """Return a copy of a backup with some of its parts changed or left out."""
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as packed:
        for each in source.infolist():
            content = changes.get(each.filename.split(".")[0], source.read(each))
            if content is not None:
                packed.writestr(each.filename, content)
    return target


def test_what_is_no_backup_is_refused_and_leaves_nothing(saved: Path, tmp_path: Path) -> None:
    other = Workbench(tmp_path / "other")
    (tmp_path / "no.zip").write_bytes(b"no zip")
    (tmp_path / "cut.zip").write_bytes(saved.read_bytes()[:5000])
    bad = [
        tmp_path / "no.zip",
        tmp_path / "cut.zip",
        repacked(saved, tmp_path / "changed.zip", evidence=b"SQLite format 3\0 but not the one"),
        repacked(saved, tmp_path / "less.zip", published=None),
        repacked(saved, tmp_path / "odd.zip", manifest=b"[]"),
    ]
    for file in bad:
        assert "is not a backup" in other.refused("restore", file)
        assert not other.home.exists()
    assert "No such file" in other.refused("restore", tmp_path / "gone.zip")
    assert not other.home.exists()


def test_a_restore_that_cannot_put_every_store_in_its_place_puts_none(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IA_WORKBENCH_PUBLISHED", f"sqlite:///{tmp_path}/nowhere/published.sqlite3")
    other = Workbench(tmp_path / "other")
    assert "No such file" in other.refused("restore", saved)
    assert not other.home.exists()


def test_a_backup_is_taken_while_the_home_is_in_use(small: Workbench, tmp_path: Path) -> None:
    small("user", "add", "eva", "--role", "analyst")
    small("backup", tmp_path / "b.zip")
    shutil.rmtree(small.home)
    small("restore", tmp_path / "b.zip")
    assert "eva" in {each["username"] for each in small.read("user", "list")}


def test_a_backup_is_in_the_trail_as_a_read_of_every_source_before_it_is_made(small: Workbench, tmp_path: Path) -> None:
    keys = sorted(each["key"] for each in small.read("source", "list"))
    assert keys
    small("backup", tmp_path / "b.zip")
    entries = small.read("audit", "list", "--act", "read-raw")
    entry = entries[-1]
    assert (entry["details"]["sources"], entry["details"]["where"]) == (keys, "backup")
    other = Workbench(tmp_path / "other")
    other("restore", tmp_path / "b.zip")  # it is in the copy too: it was stored before
    assert other.read("audit", "list", "--act", "read-raw") == entries


def test_a_backup_that_cannot_be_entered_is_not_made(small: Workbench, tmp_path: Path) -> None:
    assert "no user called zoe" in small.refused("--as", "zoe", "backup", tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_a_home_without_sources_is_backed_up_and_no_read_is_entered(workbench: Workbench, tmp_path: Path) -> None:
    workbench("backup", tmp_path / "b.zip")
    assert (tmp_path / "b.zip").exists()
    assert workbench.read("audit", "list", "--act", "read-raw") == []


def test_a_backup_is_noted_at_the_moment_before_the_first_word_was_copied(
    small: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is withdrawn while it is made may be in it. Every look at this clock is a second later than the last."""
    looks, began = itertools.count(), utc_now()
    for module in ("ia_workbench.cli.backups", "ia_workbench.database.base"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: began + timedelta(seconds=next(looks)))
    small("backup", tmp_path / "b.zip")
    [noted] = Ledger(small.home / "withdrawals.jsonl").backups()
    assert noted < small.read("audit", "list", "--act", "read-raw")[-1]["at"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_backup_goes_through_no_link_that_waits_there(small: Workbench, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"mine")
    (tmp_path / "b.zip.half-written").symlink_to(tmp_path / "elsewhere")
    small("backup", tmp_path / "b.zip")
    assert (tmp_path / "elsewhere").read_bytes() == b"mine"
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
