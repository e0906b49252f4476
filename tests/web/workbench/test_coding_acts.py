"""What the reading page's scripts ask for: columns of codings, what changed since, changes in place, undo and redo."""

from typing import Any

import pytest
from flask import Flask

from ia_workbench.web import create_team_app
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.counting import counting_statements
from tests.support.transcripts import KEY, TEXT, Coded, add_transcript
from tests.web.workbench.test_codings import CODINGS_AT, FIELDS, START, WORDS, refused, send

HERE = f"/s/cedar/sources/{KEY}"


@pytest.fixture
def coded(home: Home) -> Coded:
    """The transcript, coded by three people."""
    return add_transcript(home)


@pytest.fixture
def app(home: Home) -> Flask:
    """The team application."""
    return create_team_app(home.settings, home.evidence, home.published)


@pytest.fixture
def ana(app: Flask, home: Home, coded: Coded) -> Browser:
    """Ana's browser."""
    return signed_in(app, home, home.actor("ana"))


@pytest.fixture
def ben(app: Flask, home: Home, coded: Coded) -> Browser:
    """Ben's browser."""
    return signed_in(app, home, home.actor("ben"))


def changes(browser: Browser, after: int) -> dict[str, Any]:
    answer: dict[str, Any] = browser.get(f"{HERE}/changes.json?after={after}").get_json()
    return answer


def rows(columns: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns as one dictionary a coding."""
    coders = columns["coders"]
    names = [each for each in columns if each != "coders"]
    found = [dict(zip(names, row, strict=True)) for row in zip(*(columns[each] for each in names), strict=True)]
    return [row | {"coder": coders[row["coder"]]} for row in found]


def test_all_codings_come_as_columns_and_none_of_their_words(ana: Browser, coded: Coded) -> None:
    answer = ana.get(f"{HERE}/marks.json")
    made = rows(answer.get_json()["marks"])
    assert {each["guid"] for each in made} == {str(each.guid) for each in coded.codings}
    assert {each["coder"] for each in made} == {"ana", "ben", "carla"}
    assert "visits" not in answer.text


def test_the_number_of_questions_does_not_grow_with_the_codings(ana: Browser, home: Home) -> None:
    asked = []
    for each in range(2):
        with counting_statements(home.evidence) as statements:
            ana.get(f"{HERE}/marks.json")
        asked.append(len(statements.sent))
        send(
            ana,
            CODINGS_AT,
            FIELDS
            | {"start": START + 5 * each, "request": f"r{each}", "quote": TEXT[START + 5 * each : START + len(WORDS)]},
        )
    assert asked[0] == asked[1]


def test_what_another_person_codes_is_a_change_and_what_one_knows_is_none(ana: Browser, ben: Browser) -> None:
    last = ana.get(f"{HERE}/marks.json").get_json()["last"]
    assert rows(changes(ana, last)["marks"]) == []
    made = send(ben, CODINGS_AT, FIELDS).get_json()
    found = changes(ana, last)
    assert [each["guid"] for each in rows(found["marks"])] == [made["guid"]]
    assert rows(changes(ana, found["last"])["marks"]) == []


def test_a_coding_is_undone_and_redone(ana: Browser) -> None:
    last = ana.get(f"{HERE}/marks.json").get_json()["last"]
    made = send(ana, CODINGS_AT, FIELDS).get_json()
    undone = send(ana, f"{HERE}/undo", {"after": last}).get_json()
    assert (undone["gone"], undone["did"]["kind"], undone["redo"]) == ([made["guid"]], "undo", "apply")
    redone = send(ana, f"{HERE}/redo", {"after": undone["last"]}).get_json()
    assert [each["guid"] for each in rows(redone["marks"])] == [made["guid"]]
    assert (redone["did"]["kind"], redone["undo"], redone["redo"]) == ("redo", "apply", None)


def test_nothing_to_undo_or_redo_is_said(ana: Browser) -> None:
    assert "nothing to redo" in refused(send(ana, f"{HERE}/redo", {"after": 0}), 404)
    while send(ana, f"{HERE}/undo", {"after": 0}).get_json().get("undo"):
        pass
    assert "nothing to undo" in refused(send(ana, f"{HERE}/undo", {"after": 0}), 404)


def test_a_coding_is_put_on_other_words_once_and_nobody_overwrites_it(ana: Browser) -> None:
    made = send(ana, CODINGS_AT, FIELDS).get_json()
    longer = {"revision": 1, "start": START, "end": START + 14, "quote": TEXT[START : START + 14], "after": 0}
    address = f"{CODINGS_AT}/{made['guid']}/resize"
    answer = send(ana, address, longer | {"version": made["version"], "request": "resize-1"})
    (moved,) = [each for each in rows(answer.get_json()["marks"]) if each["guid"] == made["guid"]]
    assert (moved["end"], moved["version"]) == (START + 14, made["version"] + 1)
    assert send(ana, address, longer | {"version": made["version"], "request": "resize-1"}).status_code == 200
    overtaken = send(ana, address, longer | {"version": made["version"], "request": "resize-2"})
    assert "changed by someone else" in refused(overtaken, 409)


def test_a_coding_is_marked_and_given_another_code(ana: Browser) -> None:
    made = send(ana, CODINGS_AT, FIELDS).get_json()
    at = f"{CODINGS_AT}/{made['guid']}"
    marked = send(ana, f"{at}/mark", {"important": 1, "request": "mark-1", "after": 0}).get_json()
    (now,) = [each for each in rows(marked["marks"]) if each["guid"] == made["guid"]]
    assert now["important"] == 1
    sent = {"code": "family-time", "version": now["version"], "request": "recode-1", "after": 0}
    again = send(ana, f"{at}/recode", sent).get_json()
    (now,) = [each for each in rows(again["marks"]) if each["guid"] == made["guid"]]
    assert now["version"] > made["version"]
    sent = {"rating": 2, "version": now["version"], "request": "rate-1", "after": 0}
    assert "no rating" in refused(send(ana, f"{at}/rate", sent), 422)


def test_several_codes_are_given_at_once_and_undone_at_once(ana: Browser) -> None:
    last = ana.get(f"{HERE}/marks.json").get_json()["last"]
    sent = {name: value for name, value in FIELDS.items() if name != "code"}
    sent |= {"codes": ["family-time", "means"], "request": "several-1", "after": last}
    made = rows(send(ana, f"{CODINGS_AT}/several", sent).get_json()["marks"])
    assert len({each["code"] for each in made}) == 2
    again = rows(send(ana, f"{CODINGS_AT}/several", sent).get_json()["marks"])
    assert {each["guid"] for each in again} == {each["guid"] for each in made}
    undone = send(ana, f"{HERE}/undo", {"after": last}).get_json()
    assert set(undone["gone"]) == {each["guid"] for each in made}
    assert "at least one code" in refused(send(ana, f"{CODINGS_AT}/several", sent | {"codes": [], "request": "x"}), 422)
    assert "list of texts" in refused(send(ana, f"{CODINGS_AT}/several", sent | {"codes": "means"}), 422)


def test_an_analyst_changes_no_coding_of_another(ana: Browser, ben: Browser) -> None:
    made = send(ana, CODINGS_AT, FIELDS).get_json()
    at = f"{CODINGS_AT}/{made['guid']}"
    refused(send(ben, f"{at}/mark", {"important": 1, "request": "mark-1", "after": 0}), 403)
    refused(send(ben, f"{at}/recode", {"code": "family-time", "version": 1, "request": "x", "after": 0}), 403)
