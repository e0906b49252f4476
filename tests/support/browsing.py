"""A client that signs in for real and checks every page it visits against the rules that all pages keep."""

from collections import Counter

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ia_workbench.privacy import Actor
from tests.support.homes import Home

INPUTS_WITHOUT_LABEL = {"hidden", "submit", "button"}


class Browser:
    """Someone's browser on one application. Forms are sent with the token of the page they stand on."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, *, status: int = 200, **options: object) -> TestResponse:
        """Open an address and expect a status; follows no redirect."""
        response = self.client.get(path, **options)  # type: ignore[arg-type]
        assert response.status_code == status, f"{path} answered {response.status_code}: {response.text[:600]}"
        return response

    def page(self, path: str, *, status: int = 200) -> BeautifulSoup:
        """Open a page, check it against the rules of all pages, and return it parsed."""
        response = self.get(path, status=status)
        return checked(response.text, path)

    def token(self, path: str) -> str:
        """Return the token that the forms of a page carry."""
        field = BeautifulSoup(self.client.get(path).text, "html5lib").find("input", attrs={"name": "csrf_token"})
        assert isinstance(field, Tag), f"{path} has no form"
        return str(field["value"])

    def send(self, path: str, fields: dict[str, object], *, of: str | None = None, status: int = 303) -> TestResponse:
        """Send a form to `path` with the token of the page `of` (default: the same address); expect a status.

        A form of a finding also says which words it was read with, unless `fields` holds others.
        """
        page = BeautifulSoup(self.client.get(of or path).text, "html5lib")
        sent = {str(each["name"]): str(each["value"]) for each in page.select("[name=csrf_token], [name=package]")}
        assert "csrf_token" in sent, f"{of or path} has no form"
        data = {**sent, **fields}
        response = self.client.post(path, data=data, content_type="multipart/form-data")
        assert response.status_code == status, f"{path} answered {response.status_code}: {response.text[:600]}"
        return response


def signed_in(app: Flask, home: Home, who: Actor) -> Browser:
    """Return the browser of someone who has just signed in with their password."""
    browser = Browser(app)
    password = home.give_password(who)
    browser.send("/sign-in", {"username": who.username, "password": password})
    return browser


def checked(html: str, where: str) -> BeautifulSoup:
    """Check a page: one h1 that begins the title, unique ids, labelled inputs, no inline style or script."""
    page = BeautifulSoup(html, "html5lib")
    headings = page.find_all("h1")
    assert len(headings) == 1, f"{where} has {len(headings)} h1"
    heading = " ".join(headings[0].get_text().split())
    title = " ".join(page.title.get_text().split()) if page.title else ""
    assert title.startswith(heading) or heading.startswith(title.split(" · ")[0]), f"{where}: {title!r} / {heading!r}"
    counted = Counter(str(tag["id"]) for tag in page.find_all(id=True))
    assert not [each for each, number in counted.items() if number > 1], f"{where} repeats ids: {counted}"
    _check_labels(page, where)
    assert not page.find_all(style=True), f"{where} has inline style, which our policy blocks"
    for script in page.find_all("script"):
        assert script.get("src") or script.get("type") == "application/json", f"{where} has an inline script"
    return page


def _check_labels(page: BeautifulSoup, where: str) -> None:
    labelled = {str(label["for"]) for label in page.find_all("label", attrs={"for": True})}
    for field in page.find_all(["input", "select", "textarea"]):
        if field.get("type") in INPUTS_WITHOUT_LABEL:
            continue
        named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
        assert named or field.find_parent("label"), f"{where}: an input without a label: {field}"
