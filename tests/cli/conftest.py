"""Homes for commands: an empty one, one with a study by hand, and the demo's."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import Workbench
from tests.study_folder import making


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of tests take no home and no stores from the environment."""
    for name in ("IA_WORKBENCH_HOME", "IA_WORKBENCH_DATABASE", "IA_WORKBENCH_PUBLISHED"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as `init` makes it, with ana as its lead."""
    folder = tmp_path_factory.mktemp("made") / "home"
    Workbench(folder, "ana")("init")
    return folder


@pytest.fixture
def workbench(empty_home: Path, tmp_path: Path) -> Workbench:
    """The program with a fresh home."""
    shutil.copytree(empty_home, tmp_path / "home")
    return Workbench(tmp_path / "home")


@pytest.fixture(scope="session")
def small_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small study by hand."""
    folder = tmp_path_factory.mktemp("small") / "home"
    shutil.copytree(empty_home, folder)
    Workbench(folder)("study", "load", making.by_hand(folder.parent / "study"))
    return folder


@pytest.fixture
def small(small_home: Path, tmp_path: Path) -> Workbench:
    """The program with a home of its own that holds the small study."""
    shutil.copytree(small_home, tmp_path / "home")
    return Workbench(tmp_path / "home")


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's home, complete, to be read only."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    Workbench(folder)("demo", "--no-serve")
    return folder


@pytest.fixture
def shown(demo_made: Path) -> Workbench:
    """The program with the demo's home, for commands that only read."""
    return Workbench(demo_made)


@pytest.fixture
def demo(demo_made: Path, tmp_path: Path) -> Workbench:
    """The program with a demo's home of its own."""
    shutil.copytree(demo_made, tmp_path / "demo")
    return Workbench(tmp_path / "demo")
