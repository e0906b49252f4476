"""Migrations: the head is what the models say, and every one goes up, down, and up again with data in it."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

import ia_workbench.masking
import ia_workbench.release
import ia_workbench.review
import ia_workbench.study_folder  # noqa: F401 - every room's tables are known once the highest is imported
from ia_workbench.database import (
    EvidenceBase,
    PublishedBase,
    Store,
    bring_up_to_date,
    head_of,
    open_engine,
    revision_of,
    take_down_to,
)
from tests.support import Home
from tests.whole.source_files import PACKAGE

BASES = {Store.EVIDENCE: EvidenceBase, Store.PUBLISHED: PublishedBase}
FOLDER = PACKAGE / "database" / "migrations"


def migration_files(store: Store) -> list[Path]:
    """Return the migrations of a store, in order."""
    return sorted((FOLDER / store / "versions").glob("*.py"))


def engine_of(home: Home, store: Store) -> Engine:
    """Return the engine of one of the home's stores."""
    return home.evidence if store is Store.EVIDENCE else home.published


@pytest.mark.parametrize("store", list(Store))
def test_the_head_is_what_the_models_say(home: Home, store: Store) -> None:
    with engine_of(home, store).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), BASES[store].metadata) == []
    assert revision_of(engine_of(home, store)) == head_of(store)


@pytest.mark.parametrize("store", list(Store))
def test_a_store_with_people_and_a_trail_in_it_goes_down_to_nothing_and_up_again(home: Home, store: Store) -> None:
    engine = engine_of(home, store)
    take_down_to(engine, store, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    bring_up_to_date(engine, store)
    assert set(BASES[store].metadata.tables) <= set(inspect(engine).get_table_names())


@pytest.mark.parametrize("store", list(Store))
def test_bringing_a_store_up_to_date_twice_changes_nothing(tmp_path: Path, store: Store) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'twice.sqlite3'}")
    bring_up_to_date(engine, store)
    bring_up_to_date(engine, store)
    assert revision_of(engine) == head_of(store)
    engine.dispose()


@pytest.mark.parametrize("store", list(Store))
def test_migrations_are_numbered_without_gaps_and_the_head_is_the_last(store: Store) -> None:
    numbers = [path.name[:3] for path in migration_files(store)]
    assert numbers == [f"{number:03d}" for number in range(1, len(numbers) + 1)]
    assert head_of(store) == numbers[-1]


@pytest.mark.parametrize("store", list(Store))
def test_no_migration_imports_a_model(store: Store) -> None:
    for path in migration_files(store):
        assert not re.search(r"^\s*(from|import) ia_workbench", path.read_text(), re.MULTILINE), path.name


@pytest.mark.parametrize("store", list(Store))
def test_every_table_can_be_made_in_postgresql_too(store: Store) -> None:
    dialect = postgresql.dialect()
    for table in BASES[store].metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith("CREATE TABLE")


def test_the_two_stores_share_no_table() -> None:
    assert not set(EvidenceBase.metadata.tables) & set(PublishedBase.metadata.tables)


def test_every_table_of_evidence_is_guarded_or_holds_no_evidence() -> None:
    from ia_workbench.privacy import Guarded

    free = {
        mapper.class_.__tablename__
        for mapper in EvidenceBase.registry.mappers
        if not issubclass(mapper.class_, Guarded)
    }
    assert free == {
        "account",
        "agreement",
        "sign_in",
        "membership",
        "source_grant",
        "key_counter",
        "audit_entry",
        "key_choice",
    }
