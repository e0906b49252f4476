"""Sessions that may begin, ask and commit by the driver itself: a small act loads no rows, and needs no more.

What SQLAlchemy's session puts around a transaction takes longer than the statements of such an act. Both ways are on
one connection and in one transaction: once rows are loaded or stored by the session itself, it joins what was begun.
"""

from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, SessionTransaction

from ia_workbench.database.engines import begin_anew_to_write, begin_by_driver
from ia_workbench.database.sending import (
    DriverConnection,
    commit_by_driver,
    driver_under,
    is_listened_to,
    send_to_driver,
    take_connection,
)


class DrivenSession(Session):
    """A session on one connection, which it takes when it is first needed and lets go of when its transaction ends.

    One that `begins_late` asks by the driver without a transaction until that is set to False: each question is then
    answered as of its own moment, and who goes on to write has read nothing that must be ended first.

    Listeners to its commits (`before_commit`, `after_commit`) are told of what it flushed itself; of a transaction that
    the driver alone had they hear nothing.
    """

    def __init__(self, engine: Engine, *, begins_late: bool = False, **given: Any) -> None:
        super().__init__(bind=engine, **given)
        self.begins_late = begins_late
        self.dialect = engine.dialect
        self._engine = engine
        self._driver: DriverConnection | None = None
        self._own: Connection | None = None  # on the same, once the session itself needs one
        self._is_driven = False  # the driver has begun

    def get_bind(self, *_arguments: Any, **_given: Any) -> Connection:
        """Return the session's own connection, on the one on which the driver may have begun."""
        if self._own is None:
            self._own = Connection(self._engine, self._taken().proxied)
        return self._own

    def driven(self) -> DriverConnection:
        """Return the driver's connection in a transaction (but see `begins_late`): the driver's alone as long as the
        session itself has none.

        Where somebody listens to what is sent, the session itself begins: they must hear of everything.
        """
        if self.get_transaction() is not None or is_listened_to(self._engine):
            return driver_under(self.connection())
        if not self._is_driven and not self.begins_late:
            self._begin_by_driver(writes=self._engine.get_execution_options().get("writes", False))
        return self._taken()

    def begin_writing(self) -> None:
        """Hold the store for writing from now on, and read anew from here.

        Raises RuntimeError where rows were loaded already: somebody may have changed them since.
        """
        if self.identity_map.keys():
            raise RuntimeError("rows were loaded before this session began to write: they may have changed since")
        self.begins_late = False
        if self._is_driven or self.get_transaction() is not None or is_listened_to(self._engine):
            begin_anew_to_write(self.driven())
        else:
            self._begin_by_driver(writes=True)

    def _begin_by_driver(self, *, writes: bool) -> None:
        begin_by_driver(self._taken(), writes=writes)
        self._is_driven = True

    def send_to_driver(self, statement: str, values: Any) -> list[tuple[Any, ...]]:
        """Send a statement with its values as the driver takes them, once what waits is stored; return its rows.

        Raises what SQLAlchemy would raise, without the values: they may be people's words.
        """
        if self._is_driven and self._driver is not None and self.get_transaction() is None:
            return send_to_driver(self._driver, statement, values)
        driver = self.driven()
        if self.get_transaction() is not None:
            self.flush()
            connection = self.connection()
            if is_listened_to(connection):
                return [tuple(row) for row in connection.exec_driver_sql(statement, values)]
        return send_to_driver(driver, statement, values)

    def _taken(self) -> DriverConnection:
        if self._driver is None:
            self._driver = take_connection(self._engine)
        return self._driver

    def begin(self, nested: bool = False) -> SessionTransaction:
        """Begin a transaction as any session does; refuses one that the driver has begun already."""
        if self._is_driven and not nested:
            raise InvalidRequestError("A transaction is already begun on this Session.")
        return super().begin(nested)

    def commit(self) -> None:
        """Store what was done by the driver and by the session itself."""
        if not self._is_driven:
            super().commit()
        elif self.get_transaction() is None and not (self.new or self.dirty or self.deleted):
            commit_by_driver(self._taken())
        else:
            self.connection()  # joins what the driver began
            super().commit()
        self._let_go()

    def rollback(self) -> None:
        """Undo what was done by the driver and by the session itself."""
        super().rollback()
        self._let_go()

    def close(self) -> None:
        """Undo what was not committed, and let go of every row and of the connection."""
        if self.get_transaction() is not None or self.identity_map.keys():
            super().close()
        self._let_go()

    def _let_go(self) -> None:
        taken = self._own or (self._driver and self._driver.proxied)
        self._driver, self._own, self._is_driven = None, None, False
        if taken is not None:
            taken.close()  # the pool rolls back whatever was left
