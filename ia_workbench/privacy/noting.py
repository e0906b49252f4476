"""Noting whose raw words a session read, so that the edge can write it into the audit trail (`privacy.record_reads`).

It holds by construction: a table says which of its columns carry words (`Guarded.raw_words`), and whatever loads or
selects one of them in a session held to somebody is noted, whoever asked and however. See decision 022.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, event, inspect, select
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql import visitors

NOTED = "read_words"  # in `session.info`: pairs of a table's RawWords and a number that leads to a source
COMPANION = "asks_whose_words"


@dataclass(frozen=True, eq=False)
class RawWords:
    """Which columns of a table carry raw words, and how a row leads to its source.

    `by` names the column with the number that leads there; `keys` makes of such numbers (or bound
    values of them) a SELECT of (study number, key
    of the source). A file that is no source yet has a key of its own (`import-7`).
    """

    columns: tuple[str, ...]
    by: str
    keys: Callable[[Collection[Any]], Select[int, str]]


_COLUMNS: dict[Any, tuple[Any, RawWords]] = {}  # filled when the tables are mapped


def note_loads_of(model: type, words: RawWords) -> None:
    """Have every loaded row of a table noted that comes with its words, at once or when they are touched."""

    def loaded(row: Any, context: Any, _names: object = None) -> None:
        info, held = context.session.info, row.__dict__
        if "unheld" not in info and any(name in held for name in words.columns):
            number = held[words.by] if words.by in held else _stored(row, context.session, words.by)
            info.setdefault(NOTED, set()).add((words, number))

    def mapped(mapper: Any, each: Any) -> None:
        _COLUMNS.update({mapper.local_table.c[name]: (each, words) for name in words.columns})

    event.listen(model, "load", loaded, propagate=True)
    event.listen(model, "refresh", loaded, propagate=True)
    event.listen(model, "mapper_configured", mapped, propagate=True)


def _stored(row: Any, session: Any, name: str) -> int:
    """Read one column of a row whose words came without it: after `expire`, or by `load_only`.

    It goes by the connection: a session may not load while it is loading.
    """
    state = inspect(row)
    table = state.mapper.local_table
    same = [column == part for column, part in zip(state.mapper.primary_key, state.identity, strict=True)]
    number: int = session.connection().execute(select(table.c[name]).where(*same)).scalar_one()
    return number


def note_selected(state: ORMExecuteState) -> None:
    """Note the sources whose words a statement selects as bare columns, whole or cut: a second question asks whose.

    Raises RuntimeError where that cannot be asked: for words selected by way of an alias or a subquery.
    """
    if not state.is_select or state.is_column_load or state.execution_options.get(COMPANION):
        return
    for model, words in dict(_selected(state.statement)).items():
        statement: Any = state.statement
        whose = statement.with_only_columns(getattr(model, words.by), maintain_column_froms=True)
        whose = whose.order_by(None).limit(None).offset(None).distinct()
        numbers = state.session.scalars(whose, execution_options={COMPANION: True}).all()
        state.session.info.setdefault(NOTED, set()).update((words, number) for number in numbers)


def note_words(session: Any, words: RawWords, number: int) -> None:
    """Note that a session read words of the source to which a number leads; nothing for an unheld one."""
    if "unheld" not in session.info:
        session.info.setdefault(NOTED, set()).add((words, number))


def selects_words(statement: Any) -> bool:
    """Say whether a statement selects raw words as bare columns."""
    return any(True for _each in _selected(statement))


def _selected(statement: Any) -> Iterator[tuple[Any, RawWords]]:
    """Yield each table, with what it says of its words, of which a statement selects words as bare columns."""
    for described in statement.column_descriptions if isinstance(statement, Select) else ():
        expression = getattr(described["expr"], "expression", described["expr"])
        if isinstance(expression, ColumnElement):
            for element in visitors.iterate(expression):
                yield from _raw(element)


def _raw(element: Any) -> Iterator[tuple[Any, RawWords]]:
    for base in getattr(element, "base_columns", ()):
        if base in _COLUMNS:
            if not isinstance(element.table, Table):
                raise RuntimeError("raw words are selected where nobody can tell whose: select them from their table")
            yield _COLUMNS[base]
