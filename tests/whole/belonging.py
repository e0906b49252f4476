"""Which rows of the evidence store belong to a source: found by walking every reference between its tables."""

from typing import Any

from sqlalchemy import Connection, Row, Table, select

from ia_workbench.database import EvidenceBase, PublishedBase, Store

Rows = dict[str, dict[Any, Row[Any]]]
BASES = {Store.EVIDENCE: EvidenceBase, Store.PUBLISHED: PublishedBase}


def every_row(connection: Connection, store: Store) -> Rows:
    """Return every row of a store by table and primary key."""
    tables = BASES[store].metadata.sorted_tables
    return {table.name: {_key(table, row): row for row in connection.execute(select(*table.c))} for table in tables}


def tables_below_source() -> set[str]:
    """Return every table from which references lead to the sources, however far."""
    found = {"source"}
    while True:
        more = {
            table.name
            for table in EvidenceBase.metadata.sorted_tables
            if any(each.column.table.name in found for each in table.foreign_keys)
        }
        if more <= found:
            return found - {"source"}
        found |= more


def belonging_to(rows: Rows, source_id: int) -> dict[str, set[Any]]:
    """Return the primary keys of the rows that lead to a source, by table."""
    owned: dict[str, set[Any]] = {"source": {(source_id,)}}
    numbers: dict[str, set[int]] = {"source": {source_id}}
    changed = True
    while changed:
        changed = False
        for table in EvidenceBase.metadata.sorted_tables:
            for key, row in rows[table.name].items():
                if key not in owned.get(table.name, set()) and _leads(table, row, numbers):
                    owned.setdefault(table.name, set()).add(key)
                    if "id" in table.c:
                        numbers.setdefault(table.name, set()).add(row._mapping["id"])
                    changed = True
    return owned


def _leads(table: Table, row: Row[Any], numbers: dict[str, set[int]]) -> bool:
    return any(
        row._mapping[each.parent.name] in numbers.get(each.column.table.name, set()) for each in table.foreign_keys
    )


def _key(table: Table, row: Row[Any]) -> tuple[Any, ...]:
    return tuple(row._mapping[column.name] for column in table.primary_key.columns)
