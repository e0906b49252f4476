"""Statements by the driver itself, for what every request asks: what SQLAlchemy puts around each takes longer.

Who may see what is not asked here: a statement is sent as it stands. `privacy.HeldQuery` puts the wall into those it
sends; nobody else but the engines may send any (`tests/whole/test_source.py`).
"""

from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError


def is_listened_to(where: Connection | Engine) -> bool:
    """Say whether somebody listens to what is sent here, such as a test that counts: it must hear of everything."""
    hooks = where.dispatch
    return bool(hooks.before_cursor_execute or hooks.after_cursor_execute)


def send_to_driver(connection: Connection, statement: str, values: Any = ()) -> list[tuple[Any, ...]]:
    """Send a statement with its values as the driver takes them; return its rows as the driver gives them.

    Raises what SQLAlchemy would raise, without the values: they may be people's words.
    """
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_known(connection, statement, error, cursor) from error
    finally:
        cursor.close()


def commit_by_driver(connection: Connection) -> None:
    """Commit the transaction that the driver has. Raises what SQLAlchemy would raise; then it is still to be undone."""
    proxied = connection.connection
    try:
        proxied.commit()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_known(connection, "COMMIT", error, None) from error


def _as_known(connection: Connection, statement: str, error: Exception, cursor: Any) -> DBAPIError | Exception:
    """Return a driver's error as the one that SQLAlchemy makes of it, without values."""
    dialect = connection.dialect
    if dialect.is_disconnect(error, connection.connection, cursor):  # type: ignore[arg-type]
        connection.invalidate(error)
    kinds = dialect.loaded_dbapi.Error
    return DBAPIError.instance(statement, None, error, kinds, hide_parameters=True, dialect=dialect)
