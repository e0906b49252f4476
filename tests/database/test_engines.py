"""The promises that SQLite keeps only when asked, asked on every connection."""

import contextlib
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from ia_workbench import privacy
from ia_workbench.database import Store, open_engine
from ia_workbench.privacy import Account, HeldSession
from tests.support import Home

PROMISES = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "recursive_triggers": 1}


@pytest.mark.parametrize(("pragma", "value"), PROMISES.items())
def test_a_second_connection_keeps_the_promise_too(home: Home, pragma: str, value: object) -> None:
    with home.evidence.connect() as first, home.evidence.connect() as second:
        assert first.connection.dbapi_connection is not second.connection.dbapi_connection
        assert second.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_second_connection_waits_ten_seconds_for_a_writer(home: Home) -> None:
    with home.evidence.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_a_writing_session_takes_the_write_lock_at_its_beginning_and_a_reading_one_does_not(home: Home) -> None:
    ana = home.actor("ana")
    for writes in (True, False):
        for begun in (HeldSession.connection, HeldSession.driven):
            with privacy.session_for(home.evidence, ana, writes=writes) as session:
                begun(session)
                assert may_write(home) is not writes
            assert may_write(home), "let go of at its end"


def may_write(home: Home) -> bool:
    """Say whether anybody else can take the write lock of the evidence store now."""
    with contextlib.closing(sqlite3.connect(str(home.evidence.url.database), timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True


def test_two_writers_queue_and_neither_loses(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'two.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE tally (n INTEGER)")
        connection.exec_driver_sql("INSERT INTO tally VALUES (0)")
    workers = [threading.Thread(target=add_twenty, args=(engine,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT n FROM tally").scalar() == 40
    engine.dispose()


def add_twenty(engine: Engine) -> None:
    """Read and write twenty times, holding the lock in between."""
    for _ in range(20):
        with engine.execution_options(writes=True).begin() as connection:
            seen = connection.exec_driver_sql("SELECT n FROM tally").scalar()
            time.sleep(0.001)
            connection.exec_driver_sql("UPDATE tally SET n = ?", (int(seen or 0) + 1,))


@pytest.mark.parametrize(
    "moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(2026, 3, 2, 19, 28, 1, 5, timezone(timedelta(hours=5))), None]
)
def test_a_moment_comes_back_in_utc_as_it_was_stored(home: Home, moment: datetime | None) -> None:
    with home.unheld(Store.EVIDENCE) as session:
        session.execute(update(Account).values(disabled_at=moment))
        found = set(session.scalars(select(Account.disabled_at)))
    assert found == {moment}
    assert {each.tzinfo for each in found if each} <= {UTC}
