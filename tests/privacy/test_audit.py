"""The audit trail: append-only in the database itself, chained, and free of content."""

import pytest
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.privacy import AuditView, Role
from ia_workbench.privacy.audit import hash_of
from ia_workbench.privacy.models import AuditEntry
from tests.support import Home


def broken_at(home: Home) -> int | None:
    """Return where the evidence store's trail is broken."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return privacy.first_broken_entry(session, Store.EVIDENCE)


def tamper(home: Home, *statements: str) -> None:
    """Change the trail as someone would who owns the file: without the triggers."""
    with home.evidence.begin() as connection:
        for act in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER audit_entry_no_{act}")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_an_honest_trail_is_whole(home: Home) -> None:
    assert broken_at(home) is None


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_remove_an_entry(home: Home, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), home.evidence.begin() as connection:
        connection.exec_driver_sql(statement)


def test_replacing_an_entry_does_not_slip_past_the_triggers(home: Home) -> None:
    replace = "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 1"
    with pytest.raises(DatabaseError, match="append-only"), home.evidence.begin() as connection:
        connection.exec_driver_sql(replace)


def test_an_edited_entry_is_detected(home: Home) -> None:
    tamper(home, "UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 2")
    assert broken_at(home) == 2


def test_a_removed_entry_is_detected(home: Home) -> None:
    tamper(home, "DELETE FROM audit_entry WHERE sequence = 2")
    assert broken_at(home) == 3


def test_an_inserted_entry_is_detected(home: Home) -> None:
    tamper(
        home,
        "INSERT INTO audit_entry SELECT 99, at, actor, act, study_key, subject, details, previous_hash, hash "
        "FROM audit_entry WHERE sequence = 3",
    )
    assert broken_at(home) == 99


def test_entries_that_changed_places_are_detected(home: Home) -> None:
    tamper(
        home,
        "UPDATE audit_entry SET sequence = 1000 WHERE sequence = 2",
        "UPDATE audit_entry SET sequence = 2 WHERE sequence = 3",
        "UPDATE audit_entry SET sequence = 3 WHERE sequence = 1000",
    )
    assert broken_at(home) == 2


def test_an_entry_whose_own_hash_was_worked_out_again_is_detected_at_the_next(home: Home) -> None:
    tamper(home)
    with home.unheld(Store.EVIDENCE) as session:
        entry = session.get_one(AuditEntry, 2)
        entry.actor = "nobody"
        entry.hash = hash_of(entry)
    assert broken_at(home) == 3


def test_a_trail_cut_short_still_follows_so_its_head_must_be_noted_elsewhere(home: Home) -> None:
    before = head_of(home)
    tamper(home, "DELETE FROM audit_entry WHERE sequence > 2")
    assert broken_at(home) is None
    assert head_of(home) != before


def head_of(home: Home) -> tuple[int, str]:
    """Return sequence and hash of the newest entry."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        last = privacy.audit_entries(session, Store.EVIDENCE)[-1]
        return last.sequence, last.hash


@pytest.mark.parametrize("free_text", ["two words", "Ms. O’Hara", "line\nbreak", "", "x" * 121, "a;b"])
def test_the_trail_takes_no_free_text(home: Home, free_text: str) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session, pytest.raises(ValueError, match="identifiers only"):
        privacy.record(session, ana, "try", subject=free_text)
    with home.session(ana) as session, pytest.raises(ValueError, match="identifiers only"):
        privacy.record(session, ana, "try", subject="ok", note=free_text)


def test_what_is_rolled_back_leaves_no_entry_and_no_gap(home: Home) -> None:
    before = head_of(home)
    with pytest.raises(RuntimeError, match="changed my mind"):
        add_and_fail(home)
    assert head_of(home) == before
    with home.session(home.actor("ana")) as session:
        add_dora(session, home)
    assert head_of(home)[0] == before[0] + 1


def add_and_fail(home: Home) -> None:
    """Add a user, then fail before the commit."""
    with home.session(home.actor("ana")) as session:
        add_dora(session, home)
        raise RuntimeError("changed my mind")


def add_dora(session: Session, home: Home) -> None:
    """Add an analyst called dora."""
    privacy.add_user(session, home.actor("ana"), username="dora", role=Role.ANALYST, study_id=home.study_id)


def test_a_page_of_the_trail_holds_what_its_reader_may_see_newest_first(home: Home) -> None:
    view = AuditView("ben", frozenset({"cedar"}), frozenset({"add-user"}))
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        every = privacy.audit_entries(session, Store.EVIDENCE)
        seen = [
            each.sequence
            for each in reversed(every)
            if each.actor == "ben" or each.study_key == "cedar" or (each.study_key is None and each.act == "add-user")
        ]
        assert 3 < len(seen) < len(every)
        first = privacy.audit_page(session, Store.EVIDENCE, view, limit=3)
        rest = privacy.audit_page(session, Store.EVIDENCE, view, offset=3, limit=100)
        assert [each.sequence for each in (*first.entries, *rest.entries)] == seen
        assert first.total == rest.total == len(seen)
        whole = privacy.audit_page(session, Store.EVIDENCE, limit=2)
        assert ([each.sequence for each in whole.entries], whole.total) == ([len(every), len(every) - 1], len(every))
        head = privacy.audit_head(session, Store.EVIDENCE)
        assert (head.entries, head.head) == (len(every), every[-1].hash)
