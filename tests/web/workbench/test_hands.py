"""What the keys of the coding screen ask for: sentences, found once and without the writers' lock, and favourites."""

import sqlite3
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ia_workbench import codebook, coding, language
from ia_workbench.corpus import RevisionSentences
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.transcripts import KEY, TEXT, Coded
from tests.web.workbench.test_codings import EVIDENCE_AT, FIELDS, LINK, finding, refused, send

SENTENCES_AT = f"/s/cedar/sources/{KEY}/sentences"
FAVOURITES_AT = "/s/cedar/favourites"


@pytest.fixture
def ana(app: Flask, home: Home, coded: Coded) -> Browser:
    """Ana's browser."""
    return signed_in(app, home, home.actor("ana"))


def ends(answer: dict[str, Any]) -> list[int]:
    """Where sentences end, from how far each end is from the one before."""
    found, at = [], 0
    for step in answer["steps"]:
        at += step
        found.append(at)
    return found


def test_sentences_come_as_steps_and_are_kept_from_the_first_time(ana: Browser, home: Home) -> None:
    answer = send(ana, SENTENCES_AT, {}).get_json()
    words = [TEXT[before:end].strip() for before, end in zip([0, *ends(answer)], ends(answer), strict=False)]
    assert words[:2] == ["PARENT: The worker read them off the form.", "Tuesday at ten or Thursday at two."]
    assert "visits" not in str(answer)
    with home.session(home.actor("ana")) as session:
        kept = session.scalars(select(RevisionSentences)).one()
        assert kept.ends == ends(answer)
        kept.ends = [7]
    assert send(ana, SENTENCES_AT, {}).get_json()["steps"] == [7]


def test_nobody_who_writes_waits_for_sentences_to_be_found(
    ana: Browser, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, real, waited = ana.token(f"/s/cedar/sources/{KEY}/code"), language.sentences, []

    def beside_a_writer(text: str, spoken: str = "en") -> Any:
        with sqlite3.connect(home.folder / "evidence.sqlite3", timeout=0, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            waited.append(False)
            other.execute("ROLLBACK")
        return real(text, spoken)

    monkeypatch.setattr("ia_workbench.language.sentences", beside_a_writer)
    assert send(ana, SENTENCES_AT, {}, token=token).status_code == 200
    assert waited == [False]


def test_favourites_are_kept_told_to_the_page_and_let_go(ana: Browser, home: Home) -> None:
    with home.session(home.actor("ana"), writes=False) as session:
        code_id = codebook.code_at(session, home.study_id, "means/bus-timing").id
    kept = send(ana, FAVOURITES_AT, {"place": 3, "code": "means/bus-timing"}).get_json()
    assert kept == {"favourites": {"3": code_id}}
    assert f'"favourites": {{"3": {code_id}}}' in ana.get(f"/s/cedar/sources/{KEY}/code").text
    assert send(ana, FAVOURITES_AT, {"place": 3, "code": ""}).get_json() == {"favourites": {}}
    for wrong, status in (
        ({"place": 10, "code": ""}, 422),
        ({"place": 1, "code": "no-such"}, 404),
        ({"place": 1}, 422),
    ):
        refused(send(ana, FAVOURITES_AT, wrong), status)


def test_a_link_is_undone_and_redone_where_it_was_made(ana: Browser, home: Home) -> None:
    finding(home)
    made = send(ana, EVIDENCE_AT, FIELDS | LINK | {"note": "", "after": 0}).get_json()
    assert [each["key"] for each in made["links"]] == ["E-0001"]
    assert made["undo"] == "evidence"
    again = send(ana, EVIDENCE_AT, FIELDS | LINK | {"note": ""}).get_json()
    assert again["key"] == "E-0001"
    here = f"/s/cedar/sources/{KEY}"
    undone = send(ana, f"{here}/undo", {"after": made["last"]}).get_json()
    assert (undone["links"], undone["redo"], undone["did"]["kind"]) == ([], "evidence", "undo")
    redone = send(ana, f"{here}/redo", {"after": undone["last"]}).get_json()
    assert [each["key"] for each in redone["links"]] == ["E-0001"]
    assert redone["redo"] is None


def test_a_link_with_a_note_stands_and_says_why(ana: Browser, home: Home) -> None:
    finding(home)
    send(ana, EVIDENCE_AT, FIELDS | LINK)
    refused(send(ana, f"/s/cedar/sources/{KEY}/undo", {"after": 0}), 409)
    with home.session(home.actor("ana"), writes=False) as session:
        assert coding.last_act(session, home.study_id)
