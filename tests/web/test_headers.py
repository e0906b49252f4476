"""What is added to every answer, whatever made it."""

from typing import Any

import pytest

from ia_workbench.web.headers import HEADERS, with_headers


def sent(path: str, headers: list[tuple[str, str]], scheme: str = "http") -> list[tuple[str, str]]:
    """Return the headers with which an answer of that address goes out."""
    out: list[tuple[str, str]] = []

    def start_response(_status: str, given: list[tuple[str, str]], *_error: Any) -> Any:
        out.extend(given)

    with_headers({"PATH_INFO": path, "wsgi.url_scheme": scheme}, start_response)("200 OK", headers)
    assert set(HEADERS) <= set(out)
    return [each for each in out if each not in HEADERS]


@pytest.mark.parametrize("said", [[], [("cache-control", "no-cache")], [("Cache-Control", "public, max-age=60")]])
def test_a_page_is_kept_by_nobody_whatever_it_says(said: list[tuple[str, str]]) -> None:
    assert sent("/s/cedar/static/", said) == [("Cache-Control", "no-store")]


def test_style_scripts_and_fonts_are_kept_as_they_say_and_only_if_they_say_so() -> None:
    how_long = ("Cache-Control", "public, max-age=31536000, immutable")
    assert sent("/static/design/tokens.css", [how_long]) == [how_long]
    assert sent("/static/none.css", []) == [("Cache-Control", "no-store")]


def test_by_https_a_browser_is_told_to_come_by_https_alone() -> None:
    assert sent("/", [], "https") == [("Cache-Control", "no-store"), ("Strict-Transport-Security", "max-age=31536000")]
