"""Everything that the community application says to someone: every address it has, and those its pages lead to."""

import html
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from ia_workbench.web import create_community_app
from tests.support import Home
from tests.support.browsing import Browser, signed_in

MOST_PAGES = 400
NONCES = re.compile(r'((?:name="csrf_token" value|data-leave)=")[^"]*')  # tokens against forged requests
LINKS = re.compile(r'<a [^>]*href="(/[^"#]*)')
FINDINGS = ("F-01", "F-02", "F-03", "F-04", "F-07", "F-99")


def addresses(app: Flask) -> Iterator[str]:
    """Yield every address of the application that can be opened, filled with every value that might exist."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            path = rule.rule.replace("<any(en, es):tongue>", "es")
            if "<int:number>" in path:
                yield from (path.replace("<int:number>", str(number)) for number in range(5))
            elif "<key>" in path:
                yield from (path.replace("<key>", key) for key in FINDINGS)
            else:
                assert "<" not in path, f"{path}: say here which values to try"
                yield path


def everything_said_to(home: Home, who: str | None) -> dict[str, tuple[int, bytes, str]]:
    """Open all there is as someone (None: signed out); returns status, body and headers by address, nonces blanked."""
    app = create_community_app(home.settings, home.published)
    browser = signed_in(app, home, home.member(who)) if who else Browser(app)
    said: dict[str, tuple[int, bytes, str]] = {}
    waiting = sorted(set(addresses(app)))
    while waiting:
        path = waiting.pop()
        response = browser.client.get(path, headers={"Accept": "text/html"})
        headers = sorted((name, value) for name, value in response.headers if name not in {"Set-Cookie", "Date"})
        said[path] = (response.status_code, NONCES.sub(r"\1", response.get_data().decode("latin-1")).encode("latin-1"),
                      repr(headers))  # fmt: skip
        assert len(said) < MOST_PAGES
        if response.mimetype == "text/html":
            links = {html.unescape(link) for link in LINKS.findall(response.text)}
            waiting += sorted(links - set(said) - set(waiting))
    return said


def freeze(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Stop the clock that every session and every page reads."""
    for module in ("ia_workbench.database.base", "ia_workbench.web.sessions", "ia_workbench.kernel.clock"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: moment)
