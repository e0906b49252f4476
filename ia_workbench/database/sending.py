"""Statements by the driver itself, for what every request asks: what SQLAlchemy puts around each takes longer.

Who may see what is not asked here: a statement is sent as it stands. `privacy.HeldQuery` puts the wall into those it
sends; nobody else but the engines may send any (`tests/whole/test_source.py`).
"""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Engine, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError


class DriverConnection(NamedTuple):
    """A connection as the pool gives it, the driver's own under it, and what is known of its database system."""

    proxied: PoolProxiedConnection
    raw: Any
    dialect: Dialect


def take_connection(engine: Engine) -> DriverConnection:
    """Take a connection out of an engine's pool; whoever takes it closes it. Raises what SQLAlchemy would raise."""
    dialect = engine.dialect
    try:
        proxied = engine.raw_connection()
    except dialect.loaded_dbapi.Error as error:
        raise _as_known(dialect, "", error) from error
    return DriverConnection(proxied, proxied.driver_connection, dialect)


def driver_under(connection: Connection) -> DriverConnection:
    """Return the driver under one of SQLAlchemy's connections."""
    proxied = connection.connection
    return DriverConnection(proxied, proxied.driver_connection, connection.dialect)


def is_listened_to(where: Connection | Engine) -> bool:
    """Say whether somebody listens to what is sent here, such as a test that counts: it must hear of everything."""
    hooks = where.dispatch
    return bool(hooks.before_cursor_execute or hooks.after_cursor_execute)


def send_to_driver(driver: DriverConnection, statement: str, values: Any = ()) -> list[tuple[Any, ...]]:
    """Send a statement with its values as the driver takes them; return its rows as the driver gives them.

    Raises what SQLAlchemy would raise, without the values: they may be people's words.
    """
    try:
        cursor = driver.raw.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []
    except driver.dialect.loaded_dbapi.Error as error:
        _let_go_of_a_broken(driver, error)
        raise _as_known(driver.dialect, statement, error) from error


def commit_by_driver(driver: DriverConnection) -> None:
    """Commit the transaction that the driver has. Raises what SQLAlchemy would raise; then it is still to be undone."""
    try:
        driver.raw.commit()
    except driver.dialect.loaded_dbapi.Error as error:
        _let_go_of_a_broken(driver, error)
        raise _as_known(driver.dialect, "COMMIT", error) from error


def _let_go_of_a_broken(driver: DriverConnection, error: Any) -> None:
    if driver.dialect.is_disconnect(error, driver.proxied, None):
        driver.proxied.invalidate(error)


def _as_known(dialect: Dialect, statement: str, error: Exception) -> BaseException:
    """Return a driver's error as the one that SQLAlchemy makes of it, without values."""
    kinds = dialect.loaded_dbapi.Error
    return DBAPIError.instance(statement, None, error, kinds, hide_parameters=True, dialect=dialect)
