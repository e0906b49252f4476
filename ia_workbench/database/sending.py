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
    dialect, proxied = connection.dialect, connection.connection
    cursor = proxied.cursor()
    try:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []
    except dialect.loaded_dbapi.Error as error:
        if dialect.is_disconnect(error, proxied, cursor):
            connection.invalidate(error)
        kinds = dialect.loaded_dbapi.Error
        raise DBAPIError.instance(statement, None, error, kinds, hide_parameters=True, dialect=dialect) from error
    finally:
        cursor.close()
