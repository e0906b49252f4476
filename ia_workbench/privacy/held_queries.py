"""Queries and rows of nearly every request, compiled once for each actor and each store: a tenth of the time.

Put together and compared anew, a SELECT takes the session ten times as long as the database takes to answer it. Here
each is compiled once under the same wall that holds every other read (`guarding.wall_of`), and then sent as it stands.
Nothing here opens a way around the wall: what it compiles is a statement with the wall's conditions in it.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ia_workbench.database import DrivenSession
from ia_workbench.privacy.guarding import KEPT, Guarded, Wall, hold_row, wall_of
from ia_workbench.privacy.noting import RawWords, note_words, selects_words

Process = Callable[[Any], Any]

INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class _Compiled(NamedTuple):
    """SQL as a driver takes it, the values that are always the same, and how values go in and come out.

    `order` is None for a driver that takes its values by name; `out` has the places of the columns that are turned.
    """

    sql: str
    fixed: Mapping[str, Any]
    order: Sequence[str] | None
    into: Mapping[str, Process]
    out: Sequence[tuple[int, Process]]

    def values(self, given: dict[str, Any]) -> Any:
        """Return what the driver is handed for these values; the mapping is this method's from now on."""
        for name, process in self.into.items():
            given[name] = process(given[name])
        given.update(self.fixed)
        return given if self.order is None else tuple([given[name] for name in self.order])

    def read(self, found: Sequence[Sequence[Any]]) -> Iterable[Iterable[Any]]:
        """Return rows as the driver gave them with each value turned into what it stands for."""
        if not self.out:
            return found
        if len(found) > 1:  # a column at a time: a row at a time takes twice as long
            columns = list(zip(*found, strict=True))
            for place, turn in self.out:
                columns[place] = tuple(map(turn, columns[place]))
            return zip(*columns, strict=True)
        row = list(found[0])
        for place, turn in self.out:
            row[place] = turn(row[place])
        return [row]


def _driven(session: Session) -> DrivenSession:
    if not isinstance(session, DrivenSession):
        raise TypeError("held queries are asked in sessions of the two stores")
    return session


class HeldQuery:
    """A SELECT of named columns whose values are `bindparam`s. Rows come back as named tuples.

    One that selects raw words must say so: `words` is what the table says of its raw words. The number that leads to
    the source, which is noted as a read, is given by whoever asks (`leads_by`), or stands in each row, in the column
    that `leads_in` names. Raises RuntimeError where words are selected and it does not say so.
    """

    def __init__(
        self, statement: Select[*tuple[Any, ...]], *, words: RawWords | None = None, leads_in: str | None = None
    ) -> None:
        if selects_words(statement) and words is None:
            raise RuntimeError("a held query that selects raw words must say whose, so that the read is noted")
        names = [str(column.key) for column in statement.selected_columns]
        self._statement, self._words = statement, words
        self._leads_in = None if leads_in is None else names.index(leads_in)
        self._row: Any = namedtuple("Row", names)  # type: ignore[misc]
        self._compiled = lru_cache(maxsize=KEPT)(self._compile)

    def rows(self, session: Session, *, leads_by: int | None = None, **values: Any) -> list[Any]:
        """Return the rows that the session's actor may see."""
        driven = _driven(session)
        compiled = self._compiled(driven.dialect, wall_of(session))
        found = driven.send_to_driver(compiled.sql, compiled.values(values))
        if not found:
            return []
        if self._words is not None:
            self._note(session, self._words, found, leads_by)
        return list(map(self._row._make, compiled.read(found)))

    def _note(self, session: Session, words: RawWords, found: Sequence[Any], leads_by: int | None) -> None:
        if self._leads_in is not None:
            for number in {row[self._leads_in] for row in found}:
                note_words(session, words, number)
        elif leads_by is None:
            raise RuntimeError("whose words are these? give the number that leads to their source")
        else:
            note_words(session, words, leads_by)

    def row(self, session: Session, *, leads_by: int | None = None, **values: Any) -> Any:
        """Return the first row that the session's actor may see; None when there is none."""
        found = self.rows(session, leads_by=leads_by, **values)
        return found[0] if found else None

    def _compile(self, dialect: Dialect, wall: Wall | None) -> _Compiled:
        statement = self._statement if wall is None else self._statement.options(wall)
        compiled = statement.compile(dialect=dialect)
        asked = {name: None for name, each in compiled.binds.items() if each.required}
        expanded = compiled.construct_expanded_state(asked)
        fixed = {name: value for name, value in expanded.parameters.items() if name not in asked}
        into = {name: process for name in asked if (process := _going_in(compiled.binds[name].type, dialect))}
        ready = {name: _ready(compiled, name, value, dialect) for name, value in fixed.items()}
        out = [
            (place, turn)
            for place, column in enumerate(self._statement.selected_columns)
            if (turn := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ]
        return _Compiled(expanded.statement, ready, expanded.positiontup, into, out)


def _ready(compiled: Any, name: str, value: Any, dialect: Dialect) -> Any:
    """Turn a value that is always the same into what the driver takes; one of a list has the name of its list in it."""
    bind = compiled.binds.get(name, compiled.binds.get(name.rpartition("_")[0]))
    process = _going_in(bind.type, dialect) if bind is not None else None
    return process(value) if process else value


def _going_in(kind: Any, dialect: Dialect) -> Process | None:
    process: Process | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return process


class HeldRow:
    """An INSERT of one row with all its columns given but a number that the store counts."""

    def __init__(self, model: Any) -> None:
        self._model = model
        table = model.__table__
        self._key = table.primary_key.columns[0]
        self._names = [each.name for each in table.columns if each is not self._key or not _is_counted(each)]
        self._compiled = lru_cache(maxsize=KEPT)(self._compile)

    def store(self, session: Session, **values: Any) -> int:
        """Store a row in a study of the actor's; returns its number. Raises IntegrityError where one is in its way."""
        return int(self._store(session, values, unless_there=False)[0][0])

    def store_unless_there(self, session: Session, **values: Any) -> int | None:
        """Store a row as `store` does; None, and nothing is stored, where a row like it is there already."""
        found = self._store(session, values, unless_there=True)
        return int(found[0][0]) if found else None

    def _store(self, session: Session, values: dict[str, Any], *, unless_there: bool) -> list[Any]:
        if issubclass(self._model, Guarded):
            hold_row(session, self._model, values.get("study_id"))
        driven = _driven(session)
        compiled = self._compiled(driven.dialect, unless_there)
        return driven.send_to_driver(compiled.sql, compiled.values(values))

    def _compile(self, dialect: Dialect, unless_there: bool) -> _Compiled:
        table = self._model.__table__
        statement = INSERTS[dialect.name](table)
        statement = (statement.on_conflict_do_nothing() if unless_there else statement).returning(self._key)
        compiled = statement.compile(dialect=dialect, column_keys=self._names)
        into = {name: process for name in self._names if (process := _going_in(table.c[name].type, dialect))}
        return _Compiled(str(compiled), {}, compiled.positiontup, into, ())


def _is_counted(column: Any) -> bool:
    return column.autoincrement is not False
