"""Style and scripts: kept by browsers under an address that changes with the files; pages are kept by nobody."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from ia_workbench.web import create_community_app, create_team_app, static_files
from ia_workbench.web.static_files import StaticFiles
from tests.support import Home
from tests.support.browsing import Browser

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(params=["team", "community"])
def app(home: Home, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """Each application."""
    if request.param == "team":
        yield create_team_app(home.settings, home.evidence, home.published)
    else:
        yield create_community_app(home.settings, home.published)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a style that names a font, another style and a script."""
    for name, words in {
        "design/tokens.css": '@font-face { src: url("fonts/a.woff2"); }',
        "design/fonts/a.woff2": "font",
        "reading/reading.css": ".turn { color: red; }",
        "reading/reading.js": 'import "./page.js";',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words)
    return tmp_path


def styles_of(browser: Browser) -> str:
    """Return the address of the styles of the page that everyone may open."""
    page = browser.get("/sign-in").text
    (found,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    return unescape(found)


def test_a_page_has_one_style_that_a_browser_keeps_for_ever_and_is_kept_by_nobody_itself(app: Flask) -> None:
    browser = Browser(app)
    assert browser.get("/sign-in").headers["Cache-Control"] == "no-store"
    answer = browser.get(styles_of(browser))
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.mimetype == "text/css"
    assert "Set-Cookie" not in answer.headers
    design = [app.root_path + f"/static/design/{each}.css" for each in ("tokens", "components", "pages")]
    places = [answer.text.index(Path(each).read_text().splitlines()[-1]) for each in design]
    assert places == sorted(places)


def test_fonts_that_a_joined_style_names_are_found_beside_it(app: Flask) -> None:
    browser = Browser(app)
    address = styles_of(browser)
    fonts = re.findall(r'url\("([^"]+)"\)', browser.get(address).text)
    assert len(fonts) >= 3
    for each in fonts:
        answer = browser.get(f"{address.partition('joined.css')[0]}{each}")
        assert answer.mimetype == "font/woff2"
        assert answer.headers["Cache-Control"] == FOR_EVER


@pytest.mark.parametrize("before", ["/static/", "/static/v-0123456789abcdef/"])
def test_a_file_without_todays_digest_in_its_address_is_asked_for_again(app: Flask, before: str) -> None:
    browser = Browser(app)
    answer = browser.get(f"{before}reading/reading.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert browser.get(f"{before}reading/reading.js", status=304, headers=known).data == b""


@pytest.mark.parametrize(
    "path", ["../application.py", "design", "joined.css", "joined.css?file=../application.py", "joined.css?file=a.css"]
)
def test_nothing_but_the_files_is_served(app: Flask, path: str) -> None:
    answer = Browser(app).get(f"/static/{path}", status=404)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_changed_file_has_another_address_and_its_new_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static_files, "LOOKED_EVERY", 0.0)
    held = StaticFiles(folder)
    before = held.now
    assert held.now is before
    (folder / "reading/reading.css").write_text(".turn { color: black; }")
    assert held.now.digest != before.digest
    assert held.now.content["reading/reading.css"] == b".turn { color: black; }"
    (folder / "reading/reading.css").write_text(".turn { color: red; }")
    assert held.now.digest == before.digest


def test_styles_are_joined_in_their_order_and_name_what_stands_beside_them_from_the_top(folder: Path) -> None:
    files = StaticFiles(folder).now
    joined = files.joined(["reading/reading.css", "design/tokens.css"])
    assert joined == b'.turn { color: red; }\n@font-face { src: url("design/fonts/a.woff2"); }'
    assert files.joined(["reading/reading.js"]) is None
