"""Making a home, and what every command does without one."""

import stat
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ia_workbench.cli import program
from ia_workbench.database import Store
from ia_workbench.privacy import Role
from tests.cli.running import Workbench, bytes_of


def test_init_makes_both_stores_an_index_and_a_lead_with_a_password(tmp_path: Path) -> None:
    workbench = Workbench(tmp_path / "home")
    ran = workbench("init")
    assert "Lead:     lead" in ran.out
    assert {path.name for path in (tmp_path / "home").iterdir()} == {
        "evidence.sqlite3",
        "published.sqlite3",
        "search-index",
    }
    (lead,) = workbench.read("user", "list")
    agreement = lead.pop("agreement")
    assert lead == {"username": "lead", "role": "lead", "side": "team", "has_password": True, "disabled_at": None}
    assert agreement["holds"], "whoever makes a home records their own"
    assert workbench.read("doctor")["ok"] is True


def test_the_lead_may_be_named(tmp_path: Path) -> None:
    workbench = Workbench(tmp_path / "home", "ana")
    workbench("init")
    assert [each["username"] for each in Workbench(tmp_path / "home").read("user", "list")] == ["ana"]


def test_a_home_is_for_its_owner_alone(empty_home: Path) -> None:
    assert stat.S_IMODE(empty_home.stat().st_mode) == 0o700
    for store in Store:
        assert stat.S_IMODE((empty_home / f"{store}.sqlite3").stat().st_mode) == 0o600


def test_init_again_says_that_the_home_is_up_to_date_and_changes_nothing(workbench: Workbench) -> None:
    before = bytes_of(workbench.home)
    ran = workbench("init")
    assert ran.out == f"The home {workbench.home} is up to date already.\n"
    assert bytes_of(workbench.home) == before


def test_init_brings_a_home_up_to_date_and_says_so(workbench: Workbench) -> None:
    (workbench.home / "published.sqlite3").unlink()
    ran = workbench("init")
    assert ran.out == f"Brought the home {workbench.home} up to date.\n"
    assert workbench.read("doctor")["ok"] is True


def test_a_refused_init_leaves_nothing_behind(tmp_path: Path) -> None:
    assert "A username has" in Workbench(tmp_path / "home", "a b").refused("init")
    assert not (tmp_path / "home").exists()
    Workbench(tmp_path / "home", "ab")("init")


def test_an_init_whose_store_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    deep = Workbench(tmp_path / "not" / "yet")
    nowhere = f"sqlite:///{tmp_path}/nowhere/none.db"
    assert "could not be used" in deep.refused("--database", nowhere, "init")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "kept.txt").write_text("mine", encoding="utf-8")
    Workbench(tmp_path / "there").refused("--database", nowhere, "init")
    assert {path.name for path in (tmp_path / "there").iterdir()} == {"kept.txt"}


@pytest.mark.parametrize(
    "command",
    [
        ("study", "list"),
        ("doctor",),
        ("search", "x"),
        ("serve",),
        ("backup", "b.zip"),
        ("release", "F-01", "--to", "body"),
    ],
)
def test_without_a_home_a_command_says_how_to_make_one_and_makes_nothing(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    assert "Make one with `ia-workbench --home" in Workbench(tmp_path / "none").refused(*command)
    assert not (tmp_path / "none").exists()


def test_a_home_without_a_study_says_how_to_load_one(workbench: Workbench) -> None:
    assert "Load one with" in workbench.refused("finding", "list")


def test_a_store_of_another_version_is_refused(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ia_workbench.cli.home.head_of", lambda _store: "999")
    assert "this program needs 999" in workbench.refused("study", "list")


def test_a_file_that_is_no_database_is_refused_in_words(workbench: Workbench) -> None:
    (workbench.home / "evidence.sqlite3").write_bytes(b"not a database, only words" * 100)
    assert "not a database" in workbench.refused("study", "list")


def test_the_environment_names_home_and_stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbench = Workbench(tmp_path / "home")
    elsewhere = f"sqlite:///{tmp_path / 'published-elsewhere.sqlite3'}"
    with monkeypatch.context() as environment:
        environment.setenv("IA_WORKBENCH_PUBLISHED", elsewhere)
        workbench("init")
        assert workbench.read("user", "list")[0]["username"] == "lead"
    assert (tmp_path / "published-elsewhere.sqlite3").is_file()
    assert not (tmp_path / "home" / "published.sqlite3").exists()
    assert "published" in workbench.refused("user", "list")
    monkeypatch.setenv("IA_WORKBENCH_HOME", str(tmp_path / "none"))
    assert "Make one with" in CliRunner().invoke(program, ["study", "list"]).stderr


def test_the_real_program_says_one_sentence_and_ends_with_1(tmp_path: Path) -> None:
    ran = Workbench(tmp_path / "none").real("study", "list", "--json", status=1)
    assert (ran.out, ran.err.count("\n")) == ("", 1)


@pytest.mark.parametrize("command", [("study", "list"), ("init",)], ids=["study list", "init"])
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense", "is not the address of a database"),
        ("sqlite://", "is not the address of a database"),
        ("nonsense://x/y", "nonsense is no database system that is known here"),
        ("nothing+sqlite://x/y", "is no database system that is known here"),
        ("postgresql://me:secret@localhost/cedar", "postgresql store cannot be opened"),
        ("mysql://localhost/cedar", "MySQLdb is not installed"),
        ("sqlite+aiosqlite:///{folder}/x.db", "."),
    ],
)
def test_an_address_that_is_none_or_of_another_system_is_refused_and_makes_nothing(
    tmp_path: Path, address: str, words: str, command: tuple[str, ...]
) -> None:
    home = Workbench(tmp_path / "home")
    sentence = home.refused("--database", address.replace("{folder}", str(tmp_path)), *command)
    assert words in sentence
    assert "secret" not in sentence
    assert list(tmp_path.iterdir()) == []


def test_wrong_usage_is_exit_status_2(workbench: Workbench) -> None:
    for words in (("nonsense",), ("study", "nonsense"), ("user", "add", "x"), ("user", "add", "x", "--role", "king")):
        assert "Usage:" in workbench(*words, status=2).err


def test_every_command_explains_itself(workbench: Workbench) -> None:
    for name, command in program.commands.items():
        assert command.help, name
        assert workbench(name, "--help").out.startswith("Usage:")
        for inner, under in getattr(command, "commands", {}).items():
            assert under.help, (name, inner)
            assert workbench(name, inner, "--help").out.startswith("Usage:")


@pytest.mark.parametrize("path", ["user add", "user disable", "user password", "backup", "restore", "audit list"])
def test_what_a_command_takes_is_told_in_its_help(path: str) -> None:
    command: click.Command = program
    for name in path.split():
        command = command.commands[name]  # type: ignore[attr-defined]
    for each in command.params:
        if isinstance(each, click.Option):
            assert each.help, each.name
        else:
            assert str(each.name).upper() in (command.help or ""), each.name


def test_what_each_role_may_is_told_where_it_is_given(workbench: Workbench) -> None:
    told = " ".join(workbench("user", "add", "--help").out.split())
    assert [role for role in Role if told.count(role.value) < 2] == []
