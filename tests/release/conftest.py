"""Homes with a finding that may be released; built once a run and copied for each test."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ia_workbench.database import open_engine
from tests.support import Home, make_home
from tests.support.releasing import add_finding, mask_all


def now() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def homes_with_finding(migrated_stores: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two homes: `unmasked`, whose finding F-01 nobody has masked, and `ready`, with masks confirmed."""
    folder = tmp_path_factory.mktemp("releasing")
    home = make_home(Path(shutil.copytree(migrated_stores, folder / "unmasked")), clock=now)
    with home.session(home.actor("ana")) as session:
        add_finding(session, home.actor("ana"), home)
    home.close()
    ready = opened(Path(shutil.copytree(folder / "unmasked", folder / "ready")), home.study_id)
    mask_all(ready)
    ready.close()
    return folder


def opened(folder: Path, study_id: int) -> Home:
    evidence, published = (open_engine(f"sqlite:///{folder / f'{name}.sqlite3'}") for name in ("evidence", "published"))
    return Home(folder, evidence, published, now, study_id)


@pytest.fixture
def unmasked(homes_with_finding: Path, tmp_path: Path) -> Iterator[Home]:
    """A home whose finding F-01 has evidence that nobody has masked."""
    home = opened(Path(shutil.copytree(homes_with_finding / "unmasked", tmp_path / "unmasked")), 1)
    yield home
    home.close()


@pytest.fixture
def ready(homes_with_finding: Path, tmp_path: Path) -> Iterator[Home]:
    """A home whose finding F-01 has nothing in the way of a release to anyone."""
    home = opened(Path(shutil.copytree(homes_with_finding / "ready", tmp_path / "ready")), 1)
    yield home
    home.close()
