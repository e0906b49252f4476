"""Turns that are kept written in memory are given to nobody who may not read the text at that moment."""

import pytest
from flask import Flask

from ia_workbench import corpus, privacy
from ia_workbench.web import create_team_app
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.transcripts import KEY, TEXT, add_transcript

PAGE = f"/s/cedar/sources/{KEY}/code"
WORDS = "five of nine visits"


@pytest.fixture
def app(home: Home) -> Flask:
    """The team application over a transcript."""
    add_transcript(home)
    return create_team_app(home.settings, home.evidence, home.published)


@pytest.fixture
def ana(app: Flask, home: Home) -> Browser:
    """Ana, for whom the turns were written a moment ago."""
    return reader(app, home, "ana")


def reader(app: Flask, home: Home, who: str) -> Browser:
    """A browser with scripts of somebody who has just read the transcript."""
    browser = signed_in(app, home, home.actor(who))
    browser.client.set_cookie("ia_scripts", "1")
    assert WORDS in browser.get(PAGE).text
    return browser


def written(app: Flask) -> int:
    """How many texts are kept."""
    return len(app.extensions["ia_kept_turns"]._kept)


def test_one_text_is_written_once_for_all_who_read_it(app: Flask, home: Home, ana: Browser) -> None:
    reader(app, home, "ben")
    assert written(app) == 1


def test_who_is_limited_to_other_sources_meanwhile_gets_none(app: Flask, home: Home, ana: Browser) -> None:
    ben = reader(app, home, "ben")
    with home.session(home.actor("ana")) as session:
        privacy.limit_member(session, home.actor("ana"), study_id=home.study_id, username="ben", sources={})
    answer = ben.client.get(PAGE)
    assert (answer.status_code, WORDS in answer.text) == (404, False)
    assert WORDS in ana.get(PAGE).text


def test_whose_agreement_ended_meanwhile_gets_none(app: Flask, home: Home, ana: Browser) -> None:
    ben = reader(app, home, "ben")
    with home.session(home.actor("ana")) as session:
        privacy.end_agreement(session, home.actor("ana"), username="ben")
    assert WORDS not in ben.client.get(PAGE, follow_redirects=True).text
    for address in ("marks.json", "changes.json?after=0&codes=1"):
        assert ben.client.get(f"/s/cedar/sources/{KEY}/{address}").status_code != 200
    assert WORDS in ana.get(PAGE).text


def test_a_text_that_was_withdrawn_meanwhile_is_given_to_nobody(app: Flask, home: Home, ana: Browser) -> None:
    with home.session(home.actor("ana")) as session:
        source = corpus.source_keyed(session, home.study_id, KEY)
        corpus.withdraw_source(session, home.actor("ana"), source=source, reason="Asked to.")
    assert WORDS not in ana.client.get(PAGE, follow_redirects=True).text


def test_a_text_that_was_corrected_meanwhile_is_the_new_one(app: Flask, home: Home, ana: Browser) -> None:
    with home.session(home.actor("ana")) as session:
        source = corpus.source_keyed(session, home.study_id, KEY)
        corpus.correct_source(session, home.actor("ana"), source=source, text=TEXT.replace(WORDS, "six of nine visits"))
    page = ana.get(PAGE).text
    assert (WORDS in page, "six of nine visits" in page) == (False, True)
