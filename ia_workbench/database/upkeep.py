"""Looking after a store as a whole: dangling references, emptying the log of SQLite, copying a store in use."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect, make_url

PATIENCE = 10.0  # seconds to wait for others who use the store
PAGES_AT_ONCE = 2_000  # pages copied before other users of the store get their turn


def dangling_references(engine: Engine) -> tuple[int, int]:
    """Return how many tables with references were looked at and how many rows refer to something that is not there.

    Only SQLite lets such rows come about, when it was opened without our pragmas; other systems give 0.
    """
    tables = [name for name in inspect(engine).get_table_names() if inspect(engine).get_foreign_keys(name)]
    if engine.dialect.name != "sqlite":
        return len(tables), 0
    with engine.connect() as connection:
        return len(tables), len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def is_sound(engine: Engine) -> bool:
    """Say whether SQLite finds its own file whole; other database systems look after that themselves."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA quick_check").all() == [("ok",)]


def settle(engine: Engine) -> None:
    """Move everything from SQLite's log into the store and empty the log, so that erased words stay in neither."""
    if engine.dialect.name != "sqlite":
        return
    engine.dispose()
    with closing(sqlite3.connect(_file_of(engine))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rewrite(engine: Engine) -> bool:
    """Write a SQLite store anew without what was deleted, and empty its log; says whether both came about.

    They do not while somebody reads there, or where the store is out of reach. Other database systems look after that
    themselves, by means of their own: False.
    """
    if engine.dialect.name != "sqlite":
        return False
    engine.dispose()
    try:
        with closing(sqlite3.connect(_file_of(engine), timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("VACUUM")
            (busy, _log, _moved) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except sqlite3.Error:
        return False


def copy_store(engine: Engine, target: Path) -> None:
    """Copy a SQLite store into a new file as it stands at one moment, while others may go on using it.

    Raises ValueError for another database system, which has its own means.
    """
    if engine.dialect.name != "sqlite":
        raise ValueError("only a SQLite store is copied as a file")
    with closing(sqlite3.connect(_file_of(engine))) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=PAGES_AT_ONCE)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def _file_of(engine: Engine) -> str:
    file: Any = make_url(str(engine.url)).database
    return str(file)
