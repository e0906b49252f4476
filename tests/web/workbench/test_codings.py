"""Codings as scripts and forms send them: what is right is stored once, what is wrong is refused in one sentence."""

import json

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from ia_workbench import codebook, coding, corpus, findings
from ia_workbench.coding import Coding
from ia_workbench.database import Store
from ia_workbench.findings import FindingRecord, LeverNamed
from ia_workbench.privacy import audit_entries
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.counting import counting_statements
from tests.support.site import BASE, Site
from tests.support.sources import add_source
from tests.support.transcripts import CODES, KEY, TEXT, Coded, span_of

PAGE = f"/s/cedar/sources/{KEY}/code"
CODINGS_AT = f"/s/cedar/sources/{KEY}/codings"
EVIDENCE_AT = f"/s/cedar/sources/{KEY}/evidence"
WORDS = "five of nine visits"
START = TEXT.index(WORDS)
FIELDS: dict[str, object] = {
    "revision": 1,
    "start": START,
    "end": START + len(WORDS),
    "code": "court-reports/reason-left-out",
    "request": "act-1",
    "quote": WORDS,
}
WRONG: list[tuple[dict[str, object], int]] = [
    ({"quote": "four of nine visits"}, 422),
    ({"start": START + 1}, 422),
    ({"end": len(TEXT) + 1}, 422),
    ({"end": 10**30}, 422),
    ({"start": -1}, 422),
    ({"start": START + len(WORDS)}, 422),
    ({"start": "12"}, 422),
    ({"start": True}, 422),
    ({"start": 1.5}, 422),
    ({"start": None}, 422),
    ({"code": "court-reports/none-such"}, 404),
    ({"code": ["court-reports"]}, 422),
    ({"code": "half a pair \ud800"}, 422),
    ({"revision": 2}, 404),
    ({"revision": 0}, 404),
    ({"revision": 10**30}, 404),
    ({"request": ""}, 422),
    ({"request": "x" * 81}, 422),
    ({"request": "zero \0"}, 422),
    ({"quote": None}, 422),
]
WRONG_FORMS = [
    ({"quote": "never said"}, 422),
    ({"quote": ""}, 422),
    ({"turn": "99"}, 404),
    ({"turn": "seven"}, 404),
    ({"code": "none/such"}, 404),
]
WRONG_LINKS: list[tuple[dict[str, object], int]] = [
    ({"finding": "F-99"}, 404),
    ({"stance": "agrees"}, 422),
    ({"role": "cause"}, 422),
    ({"role": "produced-by", "lever": "CON"}, 422),
    ({"lever": 3}, 422),
    ({"quote": "other words"}, 422),
    ({"end": len(TEXT) + 5}, 422),
]
LINK: dict[str, object] = {"finding": "F-01", "stance": "supports", "role": "happens", "lever": "", "note": "Seen."}


@pytest.fixture
def ana(app: Flask, home: Home, coded: Coded) -> Browser:
    """Ana's browser."""
    return signed_in(app, home, home.actor("ana"))


def send(browser: Browser, address: str, fields: object, *, token: str | None = None) -> TestResponse:
    """Send JSON as the page's scripts do."""
    headers = {"Accept": "application/json", "X-CSRF-Token": browser.token(PAGE) if token is None else token}
    return browser.client.post(address, data=json.dumps(fields), content_type="application/json", headers=headers)


def codings_of(home: Home) -> list[Coding]:
    """All codings of the study."""
    with home.session(home.actor("ana"), writes=False) as session:
        return coding.codings(session, home.study_id)


def refused(answer: TestResponse, status: int) -> str:
    """The one sentence of a refusal."""
    assert answer.status_code == status, answer.text
    sentence = answer.get_json()["error"]
    assert isinstance(sentence, str)
    assert "\n" not in sentence
    return sentence


def test_words_are_given_a_code(ana: Browser, home: Home) -> None:
    answer = send(ana, CODINGS_AT, FIELDS)
    assert answer.status_code == 201
    made = answer.get_json()
    assert (made["start"], made["end"], made["quote"]) == (START, START + len(WORDS), WORDS)
    assert (made["code"], made["coder"]) == ("court-reports/reason-left-out", "ana")
    assert made["guid"] in [str(each.guid) for each in codings_of(home)]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_coding_takes_few_questions_and_none_about_people_and_cases(ana: Browser, home: Home) -> None:
    token = ana.token(PAGE)
    with counting_statements(home.evidence) as statements:
        assert send(ana, CODINGS_AT, FIELDS, token=token).status_code == 201
    asked = [each for each in statements.sent if not each.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]
    assert len(asked) < 19, statements  # two put the read of these words into the trail, two write the journal
    assert not any("participant" in each or "case_cluster" in each for each in asked)


def test_the_same_request_sent_twice_codes_once(ana: Browser, home: Home) -> None:
    before = len(codings_of(home))
    first, second = send(ana, CODINGS_AT, FIELDS), send(ana, CODINGS_AT, FIELDS)
    assert first.get_json() == second.get_json()
    assert len(codings_of(home)) == before + 1


def test_the_codings_of_a_source_are_listed(ana: Browser, coded: Coded) -> None:
    answer = ana.get(f"{CODINGS_AT}.json").get_json()
    assert (answer["source"], answer["revision"]) == (KEY, 1)
    assert {each["guid"] for each in answer["codings"]} == {str(each.guid) for each in coded.codings}


def test_words_beyond_the_first_plane_keep_their_offsets(ana: Browser) -> None:
    span = span_of("\U0001f469", "under it.")
    sent = FIELDS | {"start": span.start, "end": span.end, "quote": span.of(TEXT)}
    assert send(ana, CODINGS_AT, sent).get_json()["quote"] == span.of(TEXT)


def test_what_does_not_fit_is_refused_in_one_sentence_and_nothing_is_stored(ana: Browser, home: Home) -> None:
    before, token = [str(each.guid) for each in codings_of(home)], ana.token(PAGE)
    for changed, status in WRONG:
        refused(send(ana, CODINGS_AT, FIELDS | changed, token=token), status)
    assert [str(each.guid) for each in codings_of(home)] == before


def test_what_is_no_set_of_fields_is_refused(ana: Browser) -> None:
    headers = {"Accept": "application/json", "X-CSRF-Token": ana.token(PAGE)}
    for body in ("", "[]", "null", "{", '"words"'):
        answer = ana.client.post(CODINGS_AT, data=body, content_type="application/json", headers=headers)
        assert "could not be understood" in refused(answer, 422)


def test_a_request_without_this_browsers_token_is_refused(ana: Browser, home: Home) -> None:
    before = len(codings_of(home))
    refused(send(ana, CODINGS_AT, FIELDS, token="forged"), 403)  # noqa: S106 - not a password
    refused(send(ana, CODINGS_AT, FIELDS, token=""), 403)
    assert len(codings_of(home)) == before


def test_a_source_of_another_study_is_not_there(app: Flask, home: Home, coded: Coded) -> None:
    omar = signed_in(app, home, home.actor("omar"))
    headers = {"Accept": "application/json", "X-CSRF-Token": omar.token("/studies")}
    for address in (CODINGS_AT, EVIDENCE_AT, f"{CODINGS_AT}/{coded.codings[0].guid}/remove"):
        answer = omar.client.post(address, data=json.dumps(FIELDS), content_type="application/json", headers=headers)
        refused(answer, 404)
    assert len(codings_of(home)) == len(coded.codings)


def test_a_code_of_another_study_is_not_there(ana: Browser, home: Home) -> None:
    omar = home.actor("omar")
    with home.session(omar) as session:
        codebook.import_codebook(session, omar, study_id=min(omar.study_ids), file=CODES)
    with home.unheld(Store.EVIDENCE) as session:
        session.delete(codebook.code_at(session, home.study_id, "court-reports/reason-left-out"))
    refused(send(ana, CODINGS_AT, FIELDS), 404)


def test_a_coding_is_removed_and_its_words_may_be_coded_again(ana: Browser, home: Home) -> None:
    guid = send(ana, CODINGS_AT, FIELDS).get_json()["guid"]
    answer = send(ana, f"{CODINGS_AT}/{guid}/remove", {})
    assert (answer.status_code, answer.text) == (204, "")
    assert guid not in [str(each.guid) for each in codings_of(home)]
    assert send(ana, CODINGS_AT, FIELDS | {"request": "act-2"}).status_code == 201


def test_what_is_removed_already_or_stands_elsewhere_is_not_there(ana: Browser, home: Home, coded: Coded) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-002", text="PARENT: Yes.")
    guid = coded.codings[0].guid
    refused(send(ana, f"/s/cedar/sources/INT-002/codings/{guid}/remove", {}), 404)
    refused(send(ana, f"{CODINGS_AT}/not-a-guid/remove", {}), 404)
    send(ana, f"{CODINGS_AT}/{guid}/remove", {})
    refused(send(ana, f"{CODINGS_AT}/{guid}/remove", {}), 404)


def test_an_analyst_may_not_remove_what_another_coded(app: Flask, home: Home, coded: Coded) -> None:
    ben = signed_in(app, home, home.actor("ben"))
    sentence = refused(send(ben, f"{CODINGS_AT}/{coded.codings[0].guid}/remove", {}), 403)
    assert "another coder" in sentence
    assert len(codings_of(home)) == len(coded.codings)


def test_a_form_removes_a_coding_and_comes_back_to_its_turn(ana: Browser, coded: Coded) -> None:
    made = coded.codings[4]
    answer = ana.send(f"{CODINGS_AT}/{made.guid}/remove", {}, of=f"{PAGE}?coding={made.guid}")
    assert answer.headers["Location"] == f"{PAGE}?said=uncoded#turn-3"
    assert "The coding was removed." in ana.page(f"{PAGE}?said=uncoded").get_text()


def test_a_form_codes_words_that_are_typed(ana: Browser, home: Home) -> None:
    before = len(codings_of(home))
    answer = ana.send(PAGE, {"quote": f" {WORDS}\r\n", "turn": "", "code": "court-reports/reason-left-out"})
    assert answer.headers["Location"] == f"{PAGE}?said=coded#turn-7"
    assert len(codings_of(home)) == before + 1


def test_words_that_occur_twice_are_found_in_the_turn_named(ana: Browser, home: Home) -> None:
    typed = {"quote": "the plant", "code": "means/shift-work"}
    assert "occur 2 times" in ana.send(PAGE, typed, status=422).text
    ana.send(PAGE, typed | {"turn": "7"})
    assert TEXT.rindex("the plant") in [each.excerpt.start for each in codings_of(home)]


def test_a_form_that_is_refused_keeps_what_was_typed(ana: Browser, home: Home) -> None:
    before = len(codings_of(home))
    for typed, status in WRONG_FORMS:
        sent = {"quote": WORDS, "turn": "", "code": "means/shift-work"} | typed
        answer = ana.send(PAGE, dict(sent), status=status)
        assert 'role="alert"' in answer.text
        assert sent["quote"] in answer.text
    assert len(codings_of(home)) == before


def finding(home: Home) -> None:
    """Draft finding F-01 with one lever."""
    actor = home.actor("ana")
    record = FindingRecord(
        title="Court reports count missed visits",
        statement="At the review hearing, the report organizes workers to count visits, so that reasons are lost.",
        plain={"en": "Reports count missed visits and leave out why."},
        levers=(LeverNamed("ADM", "The report template has two number boxes."),),
        nodes=(),
        edges=(),
    )
    with home.session(actor) as session:
        findings.draft_finding(session, actor, study_id=home.study_id, record=record)


def test_words_are_linked_to_a_finding_as_evidence(ana: Browser, home: Home) -> None:
    finding(home)
    answer = send(ana, EVIDENCE_AT, FIELDS | LINK)
    assert answer.status_code == 201, answer.text
    link = answer.get_json()
    assert (link["key"], link["finding"], link["says"]) == ("E-0001", "F-01", "supports, what happens")
    with home.session(home.actor("ana"), writes=False) as session:
        stored = findings.links_on(session, corpus.source_keyed(session, home.study_id, KEY))
        assert [(each.excerpt.quote, each.note) for each in stored] == [(WORDS, "Seen.")]
    assert ana.get(link["address"]).status_code == 200


def test_evidence_that_does_not_fit_is_refused_and_nothing_is_stored(ana: Browser, home: Home) -> None:
    finding(home)
    token = ana.token(PAGE)
    with home.session(home.actor("ana"), writes=False) as session:
        before = len(audit_entries(session, Store.EVIDENCE))
    for changed, status in WRONG_LINKS:
        refused(send(ana, EVIDENCE_AT, FIELDS | LINK | changed, token=token), status)
    with home.session(home.actor("ana"), writes=False) as session:
        assert findings.links_on(session, corpus.source_keyed(session, home.study_id, KEY)) == []
        assert len(audit_entries(session, Store.EVIDENCE)) == before


def test_brackets_without_end_are_a_request_that_cannot_be_read(site: Site) -> None:
    ana = site.browser("ana")
    headers = {"X-CSRF-Token": ana.token(BASE), "Content-Type": "application/json", "Accept": "application/json"}
    for body in ("[" * 100_000, '{"a":' * 50_000):
        answer = ana.client.post(f"{BASE}/sources/INT-001/codings", data=body, headers=headers)
        assert answer.status_code == 422
        assert "error" in answer.get_json()
