"""The fixtures of journeys: a browser for the run, and both applications served over a fresh home for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import Home
from tests.support.serving import Served, served_over

JOURNEYS = Path(__file__).parent


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
