"""Base classes of the mapped tables and the column types that both database systems agree on."""

import enum
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, DateTime, Dialect, Enum, Integer, MetaData, Text, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from ia_workbench.kernel import new_guid, utc_now

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite drops the zone, so it is put back on reading; a naive moment is refused on writing."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Return what reads a stored moment, None for as it comes; SQLite's text is read in one step, not four."""
        return _moment_in_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _moment_in_text(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored + "+00:00")


def _values_of(vocabulary: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in vocabulary]


TYPES: dict[Any, Any] = {
    enum.Enum: Enum(enum.Enum, native_enum=False, create_constraint=False, length=64, values_callable=_values_of),
    datetime: UtcDateTime(),
    date: Date(),
    str: Text(),
    uuid.UUID: Uuid(),
    dict[str, Any]: JSON(),
    list[str]: JSON(),
    list[int]: JSON(),
    list[dict[str, Any]]: JSON(),
}


class EvidenceBase(DeclarativeBase):
    """Every table of the evidence store: confidential, opened by the team application only."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = TYPES


class PublishedBase(DeclarativeBase):
    """Every table of the published store: cleared packages and what the community body says of them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = TYPES


class Identified:
    """A row with an internal number, never reused, and a public GUID."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    guid: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_guid)

    @declared_attr.directive
    def __table_args__(cls) -> Any:  # noqa: N805 - SQLAlchemy passes the class
        return {"sqlite_autoincrement": True}


class Versioned:
    """A row that two people may edit at once: the second to save is told, never overwritten."""

    version: Mapped[int] = mapped_column(Integer)

    @declared_attr.directive
    def __mapper_args__(cls) -> Any:  # noqa: N805 - SQLAlchemy passes the class
        return {"version_id_col": cls.version}


def moment_of(session: Session) -> datetime:
    """Return the present moment by the session's clock (`session.info["clock"]`, else the machine's)."""
    moment: datetime = session.info.get("clock", utc_now)()
    return moment
