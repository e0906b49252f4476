"""What the reading page's scripts ask for: columns of codings, what changed since, changes in place, undo and redo."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from ia_workbench import corpus
from ia_workbench.database import Store
from ia_workbench.kernel import digest_of, utc_now
from ia_workbench.privacy.models import SignIn
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.counting import counting_statements
from tests.support.transcripts import KEY, TEXT, Coded
from tests.web.workbench.test_codings import CODINGS_AT, FIELDS, START, WORDS, refused, send

HERE = f"/s/cedar/sources/{KEY}"


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


def test_words_that_are_coded_after_an_undo_end_what_could_be_redone(ana: Browser) -> None:
    send(ana, CODINGS_AT, FIELDS)
    assert send(ana, f"{HERE}/undo", {"after": 0}).get_json()["redo"] == "apply"
    other = {"start": START + 5, "request": "other", "quote": TEXT[START + 5 : START + len(WORDS)]}
    assert send(ana, CODINGS_AT, FIELDS | other).status_code == 201
    assert "nothing to redo" in refused(send(ana, f"{HERE}/redo", {"after": 0}), 404)


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


def test_what_nothing_happened_to_is_told_in_one_query_that_reads_no_coding(ana: Browser, home: Home) -> None:
    last = ana.get(f"{HERE}/marks.json").get_json()["last"]
    with counting_statements(home.evidence) as statements:
        answer = ana.get(f"{HERE}/changes.json?after={last}")
    asked = [each for each in statements.sent if "coding_act" in each or " coding" in each]
    assert len(asked) == 1
    assert not [each for each in statements.sent if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (answer.get_json()["last"], answer.get_json()["me"]) == (last, "ana")


def test_who_did_what_is_told(ana: Browser, ben: Browser) -> None:
    last = ana.get(f"{HERE}/marks.json").get_json()["last"]
    made = send(ben, CODINGS_AT, FIELDS).get_json()
    assert changes(ana, last)["doings"] == [{"who": "ben", "kind": "apply", "things": [made["guid"]]}]


def test_the_hash_of_the_words_does_for_the_words(ana: Browser) -> None:
    hashed = {name: value for name, value in FIELDS.items() if name != "quote"}
    refused(send(ana, CODINGS_AT, hashed | {"quote_sha256": digest_of("four of nine visits")}), 422)
    assert send(ana, CODINGS_AT, hashed | {"quote_sha256": digest_of(WORDS)}).status_code == 201


def test_an_undo_sent_twice_undoes_once(ana: Browser) -> None:
    first = send(ana, CODINGS_AT, FIELDS).get_json()
    second = send(ana, CODINGS_AT, FIELDS | {"code": "family-time", "request": "act-2"}).get_json()
    answers = [send(ana, f"{HERE}/undo", {"after": 0, "request": "undo-1"}).get_json() for _ in range(2)]
    assert [each["did"]["guid"] for each in answers] == [second["guid"]] * 2
    there = {each["guid"] for each in rows(ana.get(f"{HERE}/marks.json").get_json()["marks"])}
    assert first["guid"] in there
    assert second["guid"] not in there
    assert "already used" in refused(send(ana, f"{HERE}/redo", {"after": 0, "request": "undo-1"}), 409)


def test_leaving_an_act_twice_leaves_one(ana: Browser) -> None:
    made = [send(ana, CODINGS_AT, FIELDS | {"code": each, "request": each}) for each in ("family-time", "means")]
    assert {each.status_code for each in made} == {201}
    act = changes(ana, 0)["next"]["act"]
    left = [send(ana, f"{HERE}/leave-standing", {"after": 0, "act": act}).get_json() for _ in range(2)]
    assert left[0]["next"] == left[1]["next"]
    assert left[0]["next"]["act"] != act
    undone = send(ana, f"{HERE}/undo", {"after": 0}).get_json()
    assert undone["did"]["guid"] == made[0].get_json()["guid"]


def test_a_removal_of_what_was_changed_since_is_a_conflict_and_one_sent_again_is_none(
    ana: Browser, ben: Browser
) -> None:
    made = send(ben, CODINGS_AT, FIELDS).get_json()
    at = f"{CODINGS_AT}/{made['guid']}"
    send(ana, f"{at}/mark", {"important": 1, "request": "mark-1", "after": 0})
    assert "changed by someone else" in refused(send(ben, f"{at}/remove", {"version": 1, "request": "r-1"}), 409)
    assert send(ben, f"{at}/remove", {"version": 2, "request": "r-2"}).status_code == 204
    undone = send(ben, f"{HERE}/undo", {"after": 0}).get_json()
    assert made["guid"] in {each["guid"] for each in rows(undone["marks"])}
    assert send(ben, f"{at}/remove", {"version": 2, "request": "r-2"}).status_code == 204  # its answer was lost
    assert made["guid"] in {each["guid"] for each in rows(ben.get(f"{HERE}/marks.json").get_json()["marks"])}


def test_an_act_sent_again_does_not_hand_out_a_version_that_somebody_else_made(ana: Browser, ben: Browser) -> None:
    made = send(ben, CODINGS_AT, FIELDS).get_json()
    at = f"{CODINGS_AT}/{made['guid']}"
    mark = {"important": 1, "version": 1, "request": "mark-1", "after": 0}
    assert send(ben, f"{at}/mark", mark).get_json()["seen"] == 2
    assert send(ben, f"{at}/mark", mark).get_json()["seen"] == 2
    send(ana, f"{at}/mark", {"important": 0, "request": "mark-2", "after": 0})
    assert send(ben, f"{at}/mark", mark).get_json()["seen"] == 0


def test_what_others_changed_since_a_lost_answer_is_not_removed_in_passing(ana: Browser, ben: Browser) -> None:
    made = send(ben, CODINGS_AT, FIELDS).get_json()
    at = f"{CODINGS_AT}/{made['guid']}"
    send(ana, f"{at}/mark", {"important": 1, "request": "mark-1", "after": 0})
    seen = send(ben, CODINGS_AT, FIELDS).get_json()["seen"]
    assert "changed by someone else" in refused(send(ben, f"{at}/remove", {"version": seen, "request": "r-1"}), 409)


def test_several_codes_sent_again_name_their_codings_by_the_paths_that_were_sent(ana: Browser, ben: Browser) -> None:
    sent = {name: value for name, value in FIELDS.items() if name != "code"}
    sent |= {"codes": ["family-time", "means"], "request": "several-1", "after": 0}
    named = send(ben, f"{CODINGS_AT}/several", sent).get_json()["several"]
    recode = {"code": "staff-goodwill", "version": 1, "request": "recode-1", "after": 0}
    send(ana, f"{CODINGS_AT}/{named['means']}/recode", recode)
    again = send(ben, f"{CODINGS_AT}/several", sent).get_json()
    assert (again["several"], again["seen"]) == (named, 0)


def test_asking_in_passing_does_not_keep_an_abandoned_screen_signed_in(ana: Browser, home: Home) -> None:
    def seen() -> datetime:
        with home.unheld(Store.EVIDENCE, writes=False) as session:
            return session.scalars(select(SignIn.seen_at).order_by(SignIn.id.desc())).first() or pytest.fail("nobody")

    with home.unheld(Store.EVIDENCE) as session:
        session.execute(update(SignIn).values(seen_at=utc_now() - timedelta(minutes=5)))
    before = seen()
    ana.get(f"{HERE}/changes.json?after=0&here=1")
    assert seen() == before
    ana.get(f"{HERE}/marks.json")
    assert seen() > before


def test_a_script_that_is_signed_out_is_told_so(app: Flask, coded: Coded) -> None:
    browser = Browser(app)
    for answer in (
        browser.client.get(f"{HERE}/changes.json?after=0", headers={"Accept": "application/json"}),
        browser.client.post(f"{HERE}/undo", json={"after": 0}, headers={"Accept": "application/json"}),
    ):
        assert "signed out" in refused(answer, 401)


def test_a_page_that_is_open_is_told_that_its_source_was_withdrawn(ana: Browser, home: Home, coded: Coded) -> None:
    assert changes(ana, 0)["withdrawn"] is False
    lead = home.actor("ana")
    with home.session(lead) as session:
        source = corpus.source_keyed(session, home.study_id, KEY)
        corpus.withdraw_source(session, lead, source=source, reason="asked for")
    told = changes(ana, 0)
    assert told["withdrawn"] is True
    assert told["marks"]["guid"] == []
