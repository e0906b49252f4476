"""The doctor sees each thing that can be wrong: every check is made to fail once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.cli.running import Workbench


def change(workbench: Workbench, store: str, *statements: str) -> None:
    """Change a store behind the program's back."""
    with closing(sqlite3.connect(workbench.home / f"{store}.sqlite3")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def evidence(*statements: str) -> Callable[[Workbench], None]:
    """Return what changes the evidence store."""
    return lambda workbench: change(workbench, "evidence", *statements)


def published(*statements: str) -> Callable[[Workbench], None]:
    """Return what changes the published store."""
    return lambda workbench: change(workbench, "published", *statements)


def lose_the_index(workbench: Workbench) -> None:
    """Throw the search index away."""
    for file in (workbench.home / "search-index").iterdir():
        file.unlink()


BROKEN: dict[str, Callable[[Workbench], None]] = {
    "quotes-match-text": evidence("UPDATE excerpt SET quote = 'other words' WHERE id = 1"),
    "journal-equals-codings": evidence(  # an act that says of a coding that is there that it is gone
        "INSERT INTO coding_act (guid, study_id, account_id, kind, parts, together, standing, at) "
        "SELECT guid, study_id, coder_id, 'remove', json_array(json_object('kind', 'coding', 'guid', guid, "
        "'before', NULL, 'after', NULL)), guid, 'done', at FROM coding WHERE id = 1"
    ),
    "revision-digests": evidence("UPDATE revision SET sha256 = 'x' WHERE id = 1"),
    "file-digests": evidence("UPDATE source_file SET content = x'00' WHERE source_id = 1"),
    "foreign-keys": evidence(
        "PRAGMA foreign_keys=OFF", "DELETE FROM code WHERE path = 'family-time/slots-set-by-form'"
    ),
    "masks-current": evidence("UPDATE mask SET quote_sha256 = 'x' WHERE id = 1"),
    "packages-match-their-hashes": published("UPDATE package SET sha256 = 'x' WHERE id = 1"),
    "releases-copied": published("DELETE FROM package WHERE id = (SELECT max(id) FROM package)"),
    "readers-have-nothing-taken-back": evidence(
        "UPDATE source SET withdrawn_at = '2026-01-01 00:00:00.000000' WHERE key = 'INT-001'"
    ),
    "audit-chain": evidence(
        "DROP TRIGGER IF EXISTS audit_entry_no_update",
        "DROP TRIGGER IF EXISTS audit_entry_no_delete",
        "DROP TRIGGER IF EXISTS audit_entry_no_change",
        "UPDATE audit_entry SET actor = 'ben' WHERE sequence = 5",
    ),
    "index-equals-database": lose_the_index,
    "stores-at-head": evidence("UPDATE alembic_version SET version_num = '000'"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_doctor_finds_it_and_says_so(demo: Workbench, name: str) -> None:
    BROKEN[name](demo)
    ran = demo("doctor", "--json", status=1)
    problems = {each["name"]: each["problems"] for each in ran.document["checks"]}
    assert ran.document["ok"] is False
    assert problems[name] > 0
    assert name in ran.err
    assert ran.err.count("\n") == 1


def test_every_check_is_made_to_fail_here_but_the_one_of_the_database_system(shown: Workbench) -> None:
    checks = {each["name"] for each in shown.read("doctor")["checks"]}
    assert checks - set(BROKEN) == {"stores-sound"}


def test_a_withdrawal_that_readers_never_learned_of_is_found(demo: Workbench) -> None:
    change(demo, "evidence", "UPDATE release SET withdrawn_at = '2026-01-01 00:00:00.000000' WHERE id = 1")
    problems = {each["name"]: each["problems"] for each in demo("doctor", "--json", status=1).document["checks"]}
    assert problems["releases-copied"] == 1


def test_a_broken_trail_is_named_by_its_entry(demo: Workbench) -> None:
    BROKEN["audit-chain"](demo)
    ran = demo("audit", "verify", "--json", status=1)
    assert ran.document["trails"][0]["first_broken"] == 5
    assert "broken at entry 5" in ran.err


def test_a_lost_index_is_found_and_made_anew(demo: Workbench) -> None:
    lose_the_index(demo)
    assert "Run `ia-workbench search-index rebuild`" in demo.refused("search", "visit*")
    assert "Run `ia-workbench search-index rebuild`" in demo("search-index", "check", status=1).err
    demo("search-index", "rebuild")
    assert demo.read("search-index", "check") == {"ok": True, "differences": []}
    assert demo.read("search", "visit*")["total"] > 10
