"""What pages say when a store cannot be used, or a request makes no sense: a sentence, and nobody's words are lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event, update

from ia_workbench.database import Store
from ia_workbench.kernel import utc_now
from ia_workbench.privacy.models import SIGN_INS
from ia_workbench.publication import Audience
from ia_workbench.web import create_community_app, create_team_app
from tests.support import Home
from tests.support.browsing import Browser, checked, signed_in
from tests.support.packages import package_content, receive

COMMENT = "It is the bus as much as the hours.\nAnd the walk from the stop."


@contextmanager
def held(engine: Engine) -> Iterator[None]:
    """Hold a store as another program would that writes; whoever waits for it gives up at once."""
    event.listen(engine, "checkout", lambda raw, *_: raw.execute("PRAGMA busy_timeout=20"))
    with closing(sqlite3.connect(str(engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


@pytest.fixture
def community(home: Home) -> Flask:
    """The community application with one finding."""
    receive(home, package_content(audience=Audience.BODY))
    return create_community_app(home.settings, home.published)


def test_a_member_gets_their_words_back_when_they_cannot_be_stored(community: Flask, home: Home) -> None:
    rosa = signed_in(community, home, home.member("rosa"))
    token = rosa.token("/c/1")
    with held(home.published):
        sent = {"csrf_token": token, "fit": "partly", "comment": COMMENT, "package": package_content().words_sha256}
        answer = rosa.client.post("/c/1", data=sent)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    page = checked(answer.text, "/c/1")
    assert "the disk is full. Nothing was changed." in page.get_text()
    assert [each.get_text() for each in page.select(".kept-words")] == [COMMENT]
    assert token not in page.select_one("main").get_text()  # type: ignore[union-attr]
    assert rosa.client.post("/c/1", data=sent).status_code == 303


@pytest.mark.parametrize("comment", ["Miedo", "Tengo miedo"])
def test_not_even_a_word_is_lost(community: Flask, home: Home, comment: str) -> None:
    rosa = signed_in(community, home, home.member("rosa"))
    token = rosa.token("/c/1")
    with held(home.published):
        answer = rosa.client.post("/c/1", data={"csrf_token": token, "fit": "partly", "comment": comment})
    assert [each.get_text() for each in checked(answer.text, "/c/1").select(".kept-words")] == [comment]


def test_a_password_is_never_shown_again(home: Home) -> None:
    app = create_team_app(home.settings, home.evidence, home.published)
    password = "four words that fit"
    browser = Browser(app)
    token = browser.token("/sign-in")
    home.passwords.clear()
    with held(home.evidence):
        answer = browser.client.post("/sign-in", data={"csrf_token": token, "username": "ana", "password": password})
    assert answer.status_code in {403, 503}
    assert password not in answer.text


@pytest.mark.parametrize(("store", "path"), [(Store.EVIDENCE, "/s/cedar"), (Store.PUBLISHED, "/c/1")])
def test_reading_goes_on_while_nothing_can_be_written(community: Flask, home: Home, store: Store, path: str) -> None:
    team = create_team_app(home.settings, home.evidence, home.published)
    app, who = (team, home.actor("ana")) if store is Store.EVIDENCE else (community, home.member("rosa"))
    browser = signed_in(app, home, who)
    with home.unheld(store) as session:
        session.execute(update(SIGN_INS[store]).values(seen_at=utc_now() - timedelta(minutes=5)))
    with held(app.extensions["ia_engine"]):
        browser.get(path)


def test_an_origin_that_is_no_address_is_not_from_here(community: Flask, home: Home) -> None:
    rosa = signed_in(community, home, home.member("rosa"))
    sent = {"csrf_token": rosa.token("/c/1"), "fit": "fits"}
    for origin in ("http://[", "https://", "//", "localhost"):
        assert rosa.client.post("/c/1", data=sent, headers={"Origin": origin}).status_code == 403, origin
