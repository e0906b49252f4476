"""Opening a store, with the promises that SQLite makes only when asked on every connection."""

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from ia_workbench.database.sending import DriverConnection, driver_under, send_to_driver
from ia_workbench.kernel import Refused

# busy_timeout in milliseconds: ten seconds lets fifty coders queue for one write lock.
# recursive_triggers: without it INSERT OR REPLACE slips past the triggers that keep the audit trail append-only.
PRAGMAS = {
    "foreign_keys": "ON",
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "secure_delete": "ON",
    "busy_timeout": "10000",
    "recursive_triggers": "ON",
}


def open_engine(url: str) -> Engine:
    """Return an engine for a store's address; SQLite connections get their pragmas and explicit transactions.

    A session whose engine carries the execution option `writes=True` begins with BEGIN IMMEDIATE, so that two
    writers queue instead of one failing at its first write. Refuses an address whose database system is not known, or
    whose driver is not installed.
    """
    engine = _engine_of(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def _engine_of(url: str) -> Engine:
    system = url.partition(":")[0]  # the rest may hold a password
    try:
        # the connection that was used last comes first: what it keeps of the store is still right
        return create_engine(url, hide_parameters=True, pool_use_lifo=True)  # hidden, or logs would hold people's words
    except ImportError as error:
        raise Refused(
            "A {system} store cannot be opened: {package} is not installed. Stores are SQLite files so far.",
            system=system,
            package=error.name or "its driver",
        ) from None
    except ArgumentError:
        raise Refused(
            "{system} is no database system that is known here. Name a file, such as sqlite:////path/to/file.",
            system=system,
        ) from None


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    raw: Any = connection
    raw.isolation_level = None  # the driver must not begin transactions behind SQLAlchemy's back
    cursor = raw.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin(connection: Connection) -> None:
    driver = driver_under(connection)
    if not driver.raw.in_transaction:  # else the driver has begun already, and what comes now joins it
        begin_by_driver(driver, writes=connection.get_execution_options().get("writes", False))


def begin_by_driver(driver: DriverConnection, *, writes: bool) -> None:
    """Begin a transaction without SQLAlchemy's knowing; other drivers than SQLite's do so unasked."""
    if driver.dialect.name == "sqlite":
        send_to_driver(driver, "BEGIN IMMEDIATE" if writes else "BEGIN")


def begin_anew_to_write(driver: DriverConnection) -> None:
    """End what a transaction has read and begin it once more, holding the store as a writer does.

    Elsewhere than in SQLite, rows are held one by one and nothing needs to begin anew.
    """
    if driver.dialect.name == "sqlite":
        send_to_driver(driver, "ROLLBACK")
        send_to_driver(driver, "BEGIN IMMEDIATE")
