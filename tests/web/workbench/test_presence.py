"""Who is at a source: seen by the others who are, for some seconds, unless they hide; kept nowhere."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.web import create_team_app
from ia_workbench.web.workbench.presence import HERE_FOR, Present
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.transcripts import KEY, add_transcript
from tests.web.workbench.test_codings import send

HERE = f"/s/cedar/sources/{KEY}"


@pytest.fixture
def app(home: Home) -> Flask:
    """The team application, with a transcript."""
    add_transcript(home)
    return create_team_app(home.settings, home.evidence, home.published)


@pytest.fixture
def ana(app: Flask, home: Home) -> Browser:
    """Ana's browser."""
    return signed_in(app, home, home.actor("ana"))


@pytest.fixture
def ben(app: Flask, home: Home) -> Browser:
    """Ben's browser."""
    return signed_in(app, home, home.actor("ben"))


def others(browser: Browser, *, here: int = 1) -> list[str]:
    """Ask as a page that is in sight, or is not; return who else is here."""
    answer: dict[str, Any] = browser.get(f"{HERE}/changes.json?after=0&here={here}").get_json()
    names: list[str] = answer["others"]
    return names


def test_those_who_look_at_a_source_see_each_other_for_some_seconds() -> None:
    now = [100.0]
    present = Present(lambda: now[0])
    present.note(1, "ben")
    present.note(2, "carla")
    assert present.others(1, "ana") == ["ben"]
    assert present.others(1, "ben") == []
    now[0] += HERE_FOR + 0.1
    assert present.others(1, "ana") == []


def test_a_page_that_nobody_looks_at_is_nobody(ana: Browser, ben: Browser) -> None:
    assert others(ana, here=0) == []
    assert others(ben) == []
    assert others(ana) == ["ben"]
    assert others(ben) == ["ana"]


def test_who_hides_is_gone_at_once_whatever_their_pages_say(ana: Browser, ben: Browser) -> None:
    others(ana)
    assert send(ana, "/presence", {"shown": 0}).get_json() == {"shown": False}
    assert others(ben) == []
    others(ana)  # a page that was opened before
    assert others(ben) == []
    send(ana, "/presence", {"shown": 1})
    others(ana)
    assert others(ben) == ["ana"]


def test_where_somebody_is_stands_in_no_table_and_no_trail(ana: Browser, ben: Browser, home: Home) -> None:
    others(ana)
    others(ben)
    before = trail(home)
    for _ in range(3):
        others(ana)
    assert trail(home) == before
    assert not [name for name in inspect(home.evidence).get_table_names() if "presen" in name]


def trail(home: Home) -> int:
    """How many entries the audit trail has."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return privacy.audit_head(session, Store.EVIDENCE).entries
