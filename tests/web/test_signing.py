"""Signing in: what a closed door says, when it opens again, and that nobody waits for a guess at a password."""

import sqlite3
import threading
from contextlib import ExitStack

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from ia_workbench.privacy.passwords import MOST_AT_ONCE
from ia_workbench.web import create_team_app
from ia_workbench.web.throttle import Throttle
from tests.support import Home
from tests.support.browsing import Browser, checked

PATIENCE = 20.0  # seconds for a thread to come so far


class Seconds:
    """A clock that goes on only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    """The clock of the door."""
    return Seconds()


@pytest.fixture
def team(home: Home, seconds: Seconds) -> Flask:
    """The team application with that clock."""
    app = create_team_app(home.settings, home.evidence, home.published)
    app.extensions["ia_throttle"] = Throttle(seconds)
    return app


def tries(app: Flask, password: str, status: int, username: str = "ben") -> TestResponse:
    """Try to sign in, and expect a status."""
    return Browser(app).send("/sign-in", {"username": username, "password": password}, status=status)


def test_after_five_failures_the_door_is_closed_for_a_minute_and_says_for_how_long(
    team: Flask, home: Home, seconds: Seconds
) -> None:
    password = home.give_password(home.actor("ben"))
    for _ in range(5):
        tries(team, "wrong", 403)
        seconds.now += 2
    answer = tries(team, password, 429)
    assert answer.headers["Retry-After"] == "50"
    page = checked(answer.text, "/sign-in")
    assert "Too many tries. Wait a minute" in page.get_text()
    assert page.find("input", attrs={"name": "password"}) is not None
    seconds.now += 49.5
    assert tries(team, password, 429).headers["Retry-After"] == "1"
    seconds.now += 0.5
    tries(team, password, 303)


def test_tries_at_a_closed_door_do_not_keep_it_closed(team: Flask, home: Home, seconds: Seconds) -> None:
    password = home.give_password(home.actor("ben"))
    for _ in range(5):
        tries(team, "wrong", 403)
    for _ in range(5):
        seconds.now += 10
        tries(team, "wrong", 429)
    seconds.now += 10
    tries(team, password, 303)


def test_a_door_is_closed_for_a_name_wherever_the_tries_come_from(team: Flask, home: Home) -> None:
    home.give_password(home.actor("ben"))
    for number in range(6):
        client = team.test_client()
        elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
        page = BeautifulSoup(client.get("/sign-in", environ_overrides=elsewhere).text, "html5lib")
        token = page.select("form.fields input[name=csrf_token]")[0]["value"]
        fields = {"csrf_token": token, "username": "ben", "password": "wrong"}
        answer = client.post("/sign-in", data=fields, environ_overrides=elsewhere)
        assert answer.status_code == (403 if number < 5 else 429)


def test_by_https_the_cookie_is_this_hosts_alone_and_is_taken_away_again(team: Flask, home: Home) -> None:
    client = team.test_client()
    secure = {"wsgi.url_scheme": "https"}

    def token() -> str:
        page = client.get("/sign-in", environ_overrides=secure, follow_redirects=True)
        return str(BeautifulSoup(page.text, "html5lib").select("input[name=csrf_token]")[0]["value"])

    fields = {"username": "ana", "password": home.give_password(home.actor("ana")), "csrf_token": token()}
    client.post("/sign-in", data=fields, environ_overrides=secure)
    assert client.get_cookie("__Host-ia_evidence") is not None
    out = client.post("/sign-out", data={"csrf_token": token()}, environ_overrides=secure)
    taken = next(each for each in out.headers.getlist("Set-Cookie") if each.startswith("__Host-ia_evidence="))
    assert "Secure" in taken
    assert "Max-Age=0" in taken
    assert client.get_cookie("__Host-ia_evidence") is None


@pytest.mark.parametrize("username", ["ben", "nobody"])
def test_while_a_password_is_checked_others_may_write(team: Flask, home: Home, username: str) -> None:
    home.give_password(home.actor("ben"))
    looked_up = threading.Event()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM account" in statement:
            looked_up.set()

    trying = threading.Thread(target=tries, args=(team, "wrong", 403, username))
    with ExitStack() as checks:
        for _ in range(2):  # all that may be checked at once: the guess has to wait
            checks.enter_context(MOST_AT_ONCE)
        event.listen(home.evidence, "after_cursor_execute", note)
        trying.start()
        assert looked_up.wait(PATIENCE)
        writer = sqlite3.connect(home.folder / "evidence.sqlite3", timeout=PATIENCE / 2, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        writer.close()
        assert trying.is_alive()
    trying.join(PATIENCE)
    assert not trying.is_alive()


@pytest.mark.parametrize("address", ["/users", "/users/password"])
def test_while_a_password_is_hashed_others_may_write(team: Flask, home: Home, address: str) -> None:
    browser = Browser(team)
    browser.send("/sign-in", {"username": "ana", "password": home.give_password(home.actor("ana"))})
    began = threading.Event()
    fields: dict[str, object] = {"username": "ben", "role": "analyst", "study": "cedar", "csrf_token": ""}
    token = browser.token("/users")

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM sign_in" in statement:  # read by every request, before its view begins
            began.set()

    def send() -> None:
        browser.client.post(address, data={**fields, "csrf_token": token})

    sending = threading.Thread(target=send)
    with ExitStack() as checks:
        for _ in range(2):
            checks.enter_context(MOST_AT_ONCE)
        event.listen(home.evidence, "after_cursor_execute", note)
        sending.start()
        assert began.wait(PATIENCE)
        sending.join(1)  # as far as it comes without hashing
        writer = sqlite3.connect(home.folder / "evidence.sqlite3", timeout=PATIENCE / 2, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        writer.close()
        assert sending.is_alive()
    sending.join(PATIENCE)
    assert not sending.is_alive()
