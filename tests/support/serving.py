"""Real servers and a real browser: both applications over one home, each on a port of its own."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ia_workbench.database import Store
from ia_workbench.web import create_community_app, create_team_app
from ia_workbench.web.workbench.batch_reader import reader_of
from tests.support.homes import Home

DESKTOP = (1440, 900)
PHONE = (390, 844)
KNOWN_BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")


class QuietHandler(WSGIRequestHandler):
    """Serves without writing a line for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of this machine while the block runs; gives its address."""
    server: BaseWSGIServer = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def real_browser() -> Iterator[Browser]:
    """Start Chromium: from IA_WORKBENCH_BROWSER, else where Debian puts it, else Playwright's own.

    Without one the test is skipped with the reason, or fails where CI=true.
    """
    with sync_playwright() as playwright:
        found = browser_path(playwright.chromium.executable_path)
        if found is None:
            missing = "no Chromium found: install it, or name it in IA_WORKBENCH_BROWSER"
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def browser_path(playwrights_own: str) -> str | None:
    """Return the path of a Chromium on this machine, None when there is none."""
    named = os.environ.get("IA_WORKBENCH_BROWSER")
    wanted = (named,) if named else (*KNOWN_BROWSERS, playwrights_own)
    return next((found for each in wanted if (found := shutil.which(each))), None)


@dataclass
class Served:
    """Both applications over a home, and a browser to look at them.

    `open_page` gives a page of a fresh visitor, `sign_in` signs a visitor in on the application that is theirs. Every
    page notes what its scripts complain of in `complaints`, which the fixture expects to be empty.
    """

    home: Home
    team: str
    community: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def address_of(self, username: str) -> str:
        """Return the address of the application that someone signs in to."""
        return self.community if self.home_store(username) is Store.PUBLISHED else self.team

    def home_store(self, username: str) -> Store:
        """Return the store that someone's account is in."""
        return Store.PUBLISHED if username in {"rosa", "marcus", "lee"} else Store.EVIDENCE

    def open_page(self, size: tuple[int, int] = DESKTOP, **options: object) -> Page:
        """Open a page of a visitor without cookies; `options` go to the browser context (`color_scheme`, …)."""
        viewport = {"width": size[0], "height": size[1]}
        context = self.browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if "Security Policy" in said.text else None)
        return page

    def sign_in(self, page: Page, username: str) -> Page:
        """Sign someone in by the form, and stay on the page that follows."""
        password = self.home.give_password(self.home.actor(username, self.home_store(username)))
        page.goto(f"{self.address_of(username)}/sign-in")
        form = page.locator("form:has([name=password])")  # by what it sends: the page may be in Spanish
        form.locator("[name=username]").fill(username)
        form.locator("[name=password]").fill(password)
        form.get_by_role("button").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page


@contextmanager
def served_over(home: Home, browser: Browser) -> Iterator[Served]:
    """Serve both applications over a home while the block runs, then close every page and expect no complaints."""
    team = create_team_app(home.settings, home.evidence, home.published)
    community = create_community_app(home.settings, home.published)
    with serving(team) as team_address, serving(community) as community_address:
        served = Served(home, team_address, community_address, browser)
        reader_of(team).start()
        try:
            yield served
        finally:
            reader_of(team).stop()
            for context in browser.contexts:
                context.close()
    assert not served.complaints, served.complaints


def axe_findings(page: Page, context: str | None = None) -> list[str]:
    """Run axe on a page and return what it finds, one line each; empty when all is well.

    The script is handed to the page from outside: the page's own policy lets in none but ours.
    """
    import axe_playwright_python

    script = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}}
    found = page.evaluate("([context, options]) => axe.run(context || document, options)", [context, options])
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:160]} — {node.get('failureSummary', '')[:300]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
