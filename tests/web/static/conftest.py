"""The scripts of the pages, run by a real browser on a page of the team application, as they are served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ia_workbench.config import load_settings
from ia_workbench.database import open_engine
from ia_workbench.web import create_team_app
from tests.support.serving import serving


@pytest.fixture(scope="session")
def script_page(browser: Browser, migrated_stores: Path) -> Iterator[Page]:
    """A page of the application's own address, so that its policy holds and its modules can be imported."""
    settings = load_settings({}, home=migrated_stores)
    evidence, published = (
        open_engine(f"sqlite:///{migrated_stores / name}.sqlite3") for name in ("evidence", "published")
    )
    with serving(create_team_app(settings, evidence, published)) as address:
        page = browser.new_page()
        page.goto(f"{address}/sign-in")
        yield page
        page.close()
    evidence.dispose()
    published.dispose()
