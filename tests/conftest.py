"""Real stores for every test: migrated once a run, copied for each test."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Browser

from ia_workbench.cli import program
from ia_workbench.database import Store, bring_up_to_date, open_engine
from tests.support import Home, make_home, open_demo
from tests.support.serving import real_browser

# What hypothesis remembers between runs stays out of the repository; how long an example takes depends on the machine.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "ia-workbench-hypothesis")
settings.register_profile("here", deadline=None)
settings.load_profile("here")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def migrated_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both stores, empty, at their newest migration."""
    folder = tmp_path_factory.mktemp("migrated")
    for store in Store:
        engine = open_engine(f"sqlite:///{folder / f'{store}.sqlite3'}")
        bring_up_to_date(engine, store)
        engine.dispose()
    return folder


@pytest.fixture
def home(migrated_stores: Path, tmp_path: Path) -> Iterator[Home]:
    """Offer a home with both stores, the study `cedar` and its people (see tests/support/homes.py)."""
    folder = tmp_path / "home"
    shutil.copytree(migrated_stores, folder)
    made = make_home(folder, clock=lambda: datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files by other people, which is not part of this repository."""
    if not SHARED_DATA.is_dir():
        pytest.skip("there is no folder shared/data beside the checkout")
    return SHARED_DATA


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that `ia-workbench demo` makes, made once a run. Copy it before changing anything: see `demo`."""
    folder = tmp_path_factory.mktemp("made") / "demo"
    made = CliRunner().invoke(program, ["--home", str(folder), "demo", "--no-serve"])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def demo(demo_folder: Path, tmp_path: Path) -> Iterator[Home]:
    """Offer a copy of the demo: the study of Cedar County with its people, findings, releases and answers."""
    folder = tmp_path / "demo"
    shutil.copytree(demo_folder, folder)
    opened = open_demo(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; skipped with a reason where there is none, failed there if CI=true."""
    with real_browser() as started:
        yield started
