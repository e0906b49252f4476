"""Bringing a store's tables up to date. Each store has its own numbered migrations and its own pinned head."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from ia_workbench.database.base import EvidenceBase, PublishedBase

MIGRATIONS = Path(__file__).with_name("migrations")


class Store(StrEnum):
    """The two stores."""

    EVIDENCE = "evidence"
    PUBLISHED = "published"


BASES: dict[Store, type[EvidenceBase] | type[PublishedBase]] = {
    Store.EVIDENCE: EvidenceBase,
    Store.PUBLISHED: PublishedBase,
}


def head_of(store: Store) -> str:
    """Return the number of the newest migration of a store, as pinned in its HEAD file."""
    return (MIGRATIONS / store / "HEAD").read_text().strip()


def revision_of(engine: Engine) -> str | None:
    """Return the number of the migration a store stands at; None for an empty store."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def bring_up_to_date(engine: Engine, store: Store, to: str | None = None) -> None:
    """Run the migrations of a store up to its head, or up to the number given."""
    command.upgrade(_config(engine, store), to or head_of(store))


def take_down_to(engine: Engine, store: Store, revision: str) -> None:
    """Undo migrations down to the number given; `base` leaves an empty store."""
    command.downgrade(_config(engine, store), revision)


def _config(engine: Engine, store: Store) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS / store).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engine
    return config
