"""The fixtures of journeys: a browser for the run, and both applications served over a fresh home for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ia_workbench import search
from tests.support import Home
from tests.support.serving import Served, served_over

JOURNEYS = Path(__file__).parent

expect.set_options(timeout=15_000)  # ms; as long as an act may take, for machines that do other things as well


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a journey."""
    for item in items:
        if item.path.is_relative_to(JOURNEYS):
            item.add_marker("journey")


@pytest.fixture
def served(home: Home, browser: Browser) -> Iterator[Served]:
    """Serve both applications over the test's home; `served.sign_in(served.open_page(), "ana")` gives Ana's page."""
    with served_over(home, browser) as serving:
        yield serving


@pytest.fixture
def served_demo(demo: Home, browser: Browser) -> Iterator[Served]:
    """Serve both applications over a copy of the demo, with its index in step, as the program does."""
    search.follow(demo.evidence, search.SearchIndex(demo.settings.index_folder))
    with served_over(demo, browser) as serving:
        yield serving
