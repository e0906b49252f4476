"""Autocoding by forms and by scripts, and suggestions: looked at, accepted once, taken back; no words in an address."""

from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from ia_workbench import coding, corpus, privacy
from ia_workbench.coding import Autocoding, Coding
from ia_workbench.database import Store
from ia_workbench.privacy import READ_RAW, AuditEntry
from ia_workbench.web import create_team_app
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.sources import add_source
from tests.support.transcripts import KEY, TEXT, add_transcript

AT = "/s/cedar/autocoding"
SUGGESTIONS_AT = f"/s/cedar/sources/{KEY}/suggestions"
CODE = "family-time/missed-visit"
RULE = {"kind": "phrase", "words": "the form", "unit": "found", "code": CODE, "scope": "study", "place": ""}


@pytest.fixture
def app(home: Home) -> Flask:
    """The team application over two sources, one of them coded."""
    add_transcript(home)
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_source(session, home, key="INT-020", text="WORKER: The form again.\nWORKER: The FORM, and forms.")
    return create_team_app(home.settings, home.evidence, home.published)


@pytest.fixture
def ben(app: Flask, home: Home) -> Browser:
    """Ben's browser."""
    return signed_in(app, home, home.actor("ben"))


def fields_of(page: str) -> dict[str, list[str]]:
    """The fields of the form of matches as a browser without scripts sends them."""
    found: dict[str, list[str]] = {}
    for each in BeautifulSoup(page, "html5lib").select("#matches input[name]"):
        if each.get("type") != "checkbox" or (each.has_attr("checked") and not each.has_attr("disabled")):
            found.setdefault(str(each["name"]), []).append(str(each["value"]))
    return found


def made(home: Home) -> list[str]:
    """What the batches coded, by source and words."""
    with home.session(home.actor("ana"), writes=False) as session:
        guids = [part.guid for act in session.scalars(select(coding.CodingAct)) for part in coding.parts_of(act)
                 if act.kind is coding.ActKind.AUTOCODE]  # fmt: skip
        found = session.scalars(select(Coding).where(Coding.guid.in_(guids))).all()
        return sorted(f"{each.excerpt.revision.source.key} {each.excerpt.quote}" for each in found)


def look(browser: Browser, **more: object) -> str:
    """Look at what a rule finds."""
    return browser.send(f"{AT}/matches", {**RULE, **more}, of=AT, status=200).get_data(as_text=True)


def test_a_rule_is_looked_at_and_accepted_without_scripts_and_sending_it_twice_codes_once(
    ben: Browser, home: Home
) -> None:
    fields = fields_of(look(ben))
    assert made(home) == [], "looking stores nothing"
    assert len(fields["keep"]) == 4
    fields["keep"] = fields["keep"][:1] + fields["keep"][2:]
    for _twice in range(2):
        answer = ben.client.post(f"{AT}/accept", data=fields)
        assert answer.status_code == 303
        assert "form" not in answer.location.replace("said=autocoded", "")
        assert made(home) == [f"{KEY} the form", "INT-020 The FORM", "INT-020 The form"]


def test_matches_come_in_pages_and_what_was_left_out_on_one_stays_left_out(
    ben: Browser, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("ia_workbench.web.workbench.autocoding"), "ON_A_PAGE", 2)
    first = fields_of(look(ben))
    assert len(first["keep"]) == 2
    left_out = first["keep"].pop(0)
    answer = ben.client.post(f"{AT}/matches", data={**first, "first": "2"})
    second = fields_of(answer.get_data(as_text=True))
    assert second["without"] == [left_out]
    assert len(second["keep"]) == 2
    ben.client.post(f"{AT}/accept", data=second)
    assert len(made(home)) == 3


def test_what_is_coded_already_is_shown_as_such_and_not_coded_again(ben: Browser, home: Home) -> None:
    ben.client.post(f"{AT}/accept", data=fields_of(look(ben)))
    page = BeautifulSoup(look(ben), "html5lib")
    assert len(page.select(".is-coded input[disabled]")) == 4
    assert "coded by you already" in page.get_text()
    answer = ben.client.post(f"{AT}/accept", data=fields_of(str(page)))
    assert answer.status_code == 422
    assert len(made(home)) == 4


def test_a_batch_is_listed_and_taken_back_with_what_was_kept(ben: Browser, home: Home) -> None:
    ben.client.post(f"{AT}/accept", data=fields_of(look(ben)))
    with home.session(home.actor("ben")) as session:
        changed = session.scalars(select(Coding).order_by(Coding.id.desc())).first()
        coding.mark_important(session, home.actor("ben"), coding=changed, is_important=True)
        guid = session.scalars(select(Autocoding.guid)).one()
    assert "3 stand unchanged, 1 changed since" in ben.page(AT).get_text()
    ben.send(f"{AT}/batches/{guid}/take-back", {}, of=AT)
    assert len(made(home)) == 1
    assert "1 changed since, and kept, 3 gone" in ben.page(AT).get_text()


def test_texts_that_changed_after_somebody_looked_are_not_coded(ben: Browser, home: Home) -> None:
    fields = fields_of(look(ben))
    with home.session(home.actor("ana")) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-020")
        coding.correct_source(session, home.actor("ana"), source=source, text="WORKER: Long. The form again.")
    answer = ben.client.post(f"{AT}/accept", data=fields)
    assert answer.status_code == 409
    assert made(home) == []


@pytest.mark.parametrize(
    "wrong",
    [{"words": ""}, {"code": ""}, {"kind": "magic"}, {"scope": "chosen"}, {"kind": "pattern", "words": "(a"}],
)
def test_a_rule_that_cannot_be_used_is_refused_in_one_sentence_and_stays_in_the_form(
    ben: Browser, wrong: dict[str, object]
) -> None:
    answer = ben.send(f"{AT}/matches", {**RULE, **wrong}, of=AT, status=422)
    page = BeautifulSoup(answer.text, "html5lib")
    assert page.select_one("[role=alert]").get_text()  # type: ignore[union-attr]
    assert page.select_one("#words")["value"] == {**RULE, **wrong}["words"]  # type: ignore[index]


def test_scripts_look_and_accept_in_one_source_and_hear_what_changed(ben: Browser, home: Home) -> None:
    headers = {"X-CSRF-Token": ben.token(AT), "Accept": "application/json"}
    rule = {**RULE, "scope": "here", "place": KEY}
    found = ben.client.post(f"{AT}/matches", json=rule, headers=headers).get_json()
    names = [each["name"] for source in found["sources"] for each in source["matches"]]
    assert (found["count"], len(names)) == (2, 2)
    sent = {**rule, "seen": found["seen"], "request": "one", "without": names[0], "after": 0}
    answer = ben.client.post(f"{AT}/accept", json=sent, headers=headers).get_json()
    assert answer["undo"] == "autocode"
    assert made(home) == [f"{KEY} the form"]
    assert ben.client.post(f"/s/cedar/sources/{KEY}/undo", json={"after": 0}, headers=headers).status_code == 200
    assert made(home) == []


def reads(home: Home) -> list[list[str]]:
    """The sources of each entry of a read."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.act == READ_RAW).order_by(AuditEntry.sequence))
        return [each.details["sources"] for each in found]


def test_only_sources_whose_words_are_shown_are_noted_as_read(ben: Browser, home: Home) -> None:
    before = len(reads(home))
    look(ben, words="again")
    assert reads(home)[before:] == [["INT-020"]]


def test_suggestions_are_of_similar_words_and_noted_as_read(ben: Browser, home: Home) -> None:
    headers = {"X-CSRF-Token": ben.token(AT), "Accept": "application/json"}
    start = TEXT.index("there is no box for why")
    place = {"revision": 1, "start": start, "end": start + 23}
    before = len(reads(home))
    answer = ben.client.post(SUGGESTIONS_AT, json=place, headers=headers).get_json()
    assert 1 <= len(answer["suggestions"]) <= 3
    assert all(1 <= len(each["seen"]) <= 2 for each in answer["suggestions"])
    assert {seen["source"] for each in answer["suggestions"] for seen in each["seen"]} == {KEY}
    assert reads(home)[before:] == [[KEY]]
    assert ben.client.post(SUGGESTIONS_AT, json={"revision": 1}, headers=headers).status_code == 422


def test_a_lead_switches_suggestions_off_for_everyone(app: Flask, ben: Browser, home: Home) -> None:
    ana = signed_in(app, home, home.actor("ana"))
    ana.send(f"{AT}/suggestions", {"on": "0"}, of=AT)
    headers = {"X-CSRF-Token": ben.token(AT), "Accept": "application/json"}
    place = {"revision": 1, "start": 8, "end": 30}
    assert ben.client.post(SUGGESTIONS_AT, json=place, headers=headers).get_json() == {"suggestions": []}
    assert '"suggestions": ""' in ben.get(f"/s/cedar/sources/{KEY}/code").text
    assert ben.client.post(f"{AT}/suggestions", data={"on": "1", "csrf_token": ben.token(AT)}).status_code == 404


def test_a_limited_analyst_neither_finds_nor_lists_what_others_have(app: Flask, ben: Browser, home: Home) -> None:
    ben.client.post(f"{AT}/accept", data=fields_of(look(ben)))
    with home.session(home.actor("ana")) as session:
        privacy.limit_member(session, home.actor("ana"), study_id=home.study_id, username="carla", sources={})
    carla = signed_in(app, home, home.actor("carla"))
    assert "the form" not in carla.page(AT).get_text()
    assert "No source that you may read" in look(carla)
    refused = carla.client.post(
        f"{AT}/matches", data={**RULE, "scope": "chosen", "source": KEY, "csrf_token": carla.token(AT)}
    )
    assert refused.status_code == 404
