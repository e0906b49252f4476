"""Every address of both applications: who may ask for it, and that nobody else learns that it is there."""

import hashlib
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import MetaData, select
from werkzeug.test import TestResponse

from ia_workbench.database import EvidenceBase, PublishedBase
from ia_workbench.kernel import utc_now
from ia_workbench.privacy import READ_RAW, Role
from ia_workbench.publication import EXPORT_BRIEF
from ia_workbench.web.access import EVERYONE, audience_of, writes_data
from tests.support import Home
from tests.support.browsing import Browser
from tests.whole.addresses import (
    COMMUNITY,
    OUTSIDERS,
    PEOPLE,
    STORES,
    TEAM,
    Address,
    addresses,
    applications,
    browser_of,
    token_of,
    with_everything,
)

ALL = {EVERYONE}
SIGNED_IN = set(Role)
THE_TEAM = {Role.LEAD, Role.ANALYST}
LEADS = {Role.LEAD}
WITH_ADMINISTRATORS = {Role.LEAD, Role.ANALYST, Role.ADMINISTRATOR}
MANAGERS = {Role.LEAD, Role.ADMINISTRATOR}
THE_BODY = {Role.REVIEWER}
SITE_LEADS = {Role.SITE_LEAD}

SIGNING = {
    ("GET", "static"): ALL,
    ("GET", "signing.sign_in"): ALL,
    ("POST", "signing.check"): ALL,
    ("POST", "signing.one_click"): ALL,
    ("POST", "signing.choose_language"): ALL,
    ("POST", "signing.sign_out"): SIGNED_IN,
}
TABLE: dict[str, dict[tuple[str, str], Any]] = {
    TEAM: {
        **SIGNING,
        ("GET", "studies.first_page"): WITH_ADMINISTRATORS,
        ("GET", "studies.choose"): WITH_ADMINISTRATORS,
        ("GET", "studies.home"): THE_TEAM,
        ("GET", "sources.every"): THE_TEAM,
        ("GET", "sources.one"): THE_TEAM,
        ("GET", "leaving.of_source"): THE_TEAM,
        ("POST", "leaving.withdraw_source"): THE_TEAM,
        ("GET", "leaving.of_participant"): THE_TEAM,
        ("POST", "leaving.withdraw_participant"): THE_TEAM,
        ("GET", "records.edit"): THE_TEAM,
        ("POST", "records.save"): THE_TEAM,
        ("GET", "records.participants"): THE_TEAM,
        ("GET", "records.cases"): THE_TEAM,
        ("GET", "noted.every"): LEADS,
        ("POST", "noted.define"): LEADS,
        ("POST", "noted.remove"): LEADS,
        ("POST", "noted.keep_terms"): LEADS,
        ("GET", "noted.of_participant"): THE_TEAM,
        ("POST", "noted.say_of_participant"): THE_TEAM,
        ("GET", "noted.of_case"): THE_TEAM,
        ("POST", "noted.say_of_case"): THE_TEAM,
        ("GET", "mask_source.one"): THE_TEAM,
        ("POST", "mask_source.propose"): THE_TEAM,
        ("POST", "mask_source.decide"): THE_TEAM,
        ("POST", "mask_source.add"): THE_TEAM,
        ("POST", "mask_source.everywhere"): THE_TEAM,
        ("POST", "mask_source.undo"): THE_TEAM,
        ("POST", "mask_source.make"): THE_TEAM,
        ("GET", "masked_text.one"): THE_TEAM,
        ("POST", "masked_text.sign"): THE_TEAM,
        ("POST", "masked_text.back"): THE_TEAM,
        ("GET", "pseudonyms.every"): THE_TEAM,
        ("POST", "pseudonyms.change"): THE_TEAM,
        ("GET", "correcting.form"): THE_TEAM,
        ("POST", "correcting.correct"): THE_TEAM,
        ("GET", "correcting.every"): THE_TEAM,
        ("GET", "correcting.one"): THE_TEAM,
        ("GET", "correcting.text"): THE_TEAM,
        ("POST", "correcting.confirm_unchanged"): THE_TEAM,
        ("POST", "correcting.settle"): THE_TEAM,
        ("GET", "speakers.every"): THE_TEAM,
        ("POST", "speakers.join"): THE_TEAM,
        ("POST", "speakers.split"): THE_TEAM,
        ("GET", "fidelity.one"): THE_TEAM,
        ("GET", "fidelity.waiting"): THE_TEAM,
        ("POST", "fidelity.take"): THE_TEAM,
        ("GET", "importing.start"): THE_TEAM,
        ("POST", "importing.upload"): THE_TEAM,
        ("GET", "importing.look"): THE_TEAM,
        ("POST", "importing.accept"): THE_TEAM,
        ("POST", "importing.discard"): THE_TEAM,
        ("POST", "importing.teach"): THE_TEAM,
        ("POST", "importing.forget"): THE_TEAM,
        ("GET", "batches.one"): THE_TEAM,
        ("POST", "batches.accept"): THE_TEAM,
        ("POST", "batches.describe"): THE_TEAM,
        ("POST", "batches.discard"): THE_TEAM,
        ("POST", "batches.cancel"): THE_TEAM,
        ("GET", "reading.code"): THE_TEAM,
        ("GET", "codings.listed"): THE_TEAM,
        ("POST", "codings.add"): THE_TEAM,
        ("POST", "codings.add_by_quote"): THE_TEAM,
        ("POST", "codings.remove"): THE_TEAM,
        ("POST", "coding_acts.link"): THE_TEAM,
        ("GET", "memo_acts.listed"): THE_TEAM,
        ("POST", "memo_acts.add"): THE_TEAM,
        ("POST", "memo_acts.change"): THE_TEAM,
        ("POST", "memo_acts.remove"): THE_TEAM,
        ("GET", "memos.every"): THE_TEAM,
        ("GET", "memos.one"): THE_TEAM,
        ("GET", "memos.titles"): THE_TEAM,
        ("POST", "memos.preview"): THE_TEAM,
        ("POST", "memos.add"): THE_TEAM,
        ("POST", "memos.change"): THE_TEAM,
        ("POST", "memos.remove"): THE_TEAM,
        ("POST", "memos.restore"): THE_TEAM,
        ("POST", "hands.sentences"): THE_TEAM,
        ("POST", "hands.keep_favourite"): THE_TEAM,
        ("GET", "keys.every"): WITH_ADMINISTRATORS,
        ("POST", "keys.choose"): WITH_ADMINISTRATORS,
        ("POST", "keys.letters"): WITH_ADMINISTRATORS,
        ("GET", "coding_acts.marks"): THE_TEAM,
        ("GET", "coding_acts.changes"): THE_TEAM,
        ("POST", "changing_coding.change"): THE_TEAM,
        ("POST", "coding_acts.several"): THE_TEAM,
        ("POST", "coding_acts.resize"): THE_TEAM,
        ("POST", "coding_acts.recode"): THE_TEAM,
        ("POST", "coding_acts.mark"): THE_TEAM,
        ("POST", "coding_acts.rate"): THE_TEAM,
        ("POST", "coding_acts.undo"): THE_TEAM,
        ("POST", "coding_acts.redo"): THE_TEAM,
        ("POST", "coding_acts.leave_standing"): THE_TEAM,
        ("GET", "autocoding.every"): THE_TEAM,
        ("POST", "autocoding.matches"): THE_TEAM,
        ("POST", "autocoding.accept"): THE_TEAM,
        ("POST", "autocoding.take_back"): THE_TEAM,
        ("POST", "autocoding.switch"): LEADS,
        ("POST", "suggesting.suggest"): THE_TEAM,
        ("POST", "code_acts.add"): THE_TEAM,
        ("POST", "code_acts.in_vivo"): THE_TEAM,
        ("POST", "code_acts.look"): THE_TEAM,
        ("POST", "code_acts.change"): THE_TEAM,
        ("POST", "code_acts.move"): THE_TEAM,
        ("POST", "code_acts.merge"): THE_TEAM,
        ("POST", "code_acts.remove"): THE_TEAM,
        ("GET", "code_forms.form"): THE_TEAM,
        ("POST", "code_forms.change"): THE_TEAM,
        ("POST", "code_forms.move"): THE_TEAM,
        ("POST", "code_forms.merge"): THE_TEAM,
        ("POST", "code_forms.remove"): THE_TEAM,
        ("GET", "code_changes.history"): THE_TEAM,
        ("GET", "code_changes.compare"): THE_TEAM,
        ("GET", "code_splits.one"): THE_TEAM,
        ("POST", "code_splits.begin"): THE_TEAM,
        ("POST", "code_splits.sort"): THE_TEAM,
        ("POST", "code_splits.end"): THE_TEAM,
        ("POST", "presence.choose"): THE_TEAM,
        ("GET", "coding_exports.choose"): THE_TEAM,
        ("GET", "coding_exports.take"): THE_TEAM,
        ("GET", "codebook.tree"): THE_TEAM,
        ("GET", "codebook.code"): THE_TEAM,
        ("GET", "codebook.new"): THE_TEAM,
        ("POST", "codebook.add"): THE_TEAM,
        ("POST", "codebook.publish"): LEADS,
        ("GET", "process_map.drawn"): THE_TEAM,
        ("GET", "process_map.listed"): THE_TEAM,
        ("GET", "process_map.place"): THE_TEAM,
        ("GET", "findings.every"): THE_TEAM,
        ("GET", "finding.one"): THE_TEAM,
        ("GET", "finding_forms.new"): THE_TEAM,
        ("POST", "finding_forms.draft"): THE_TEAM,
        ("GET", "finding_forms.edit"): THE_TEAM,
        ("POST", "finding_forms.save"): THE_TEAM,
        ("POST", "finding_forms.move"): THE_TEAM,
        ("POST", "finding_forms.record_search"): THE_TEAM,
        ("GET", "evidence.choose"): THE_TEAM,
        ("POST", "evidence.link"): THE_TEAM,
        ("GET", "evidence.one"): THE_TEAM,
        ("POST", "evidence.describe"): THE_TEAM,
        ("POST", "evidence.resolve"): THE_TEAM,
        ("POST", "evidence.remove"): THE_TEAM,
        ("GET", "masking.every"): THE_TEAM,
        ("POST", "masking.mask"): THE_TEAM,
        ("POST", "masking.confirm"): THE_TEAM,
        ("GET", "releasing.preview"): THE_TEAM,
        ("POST", "releasing.decide"): LEADS,
        ("POST", "releasing.withdraw"): LEADS,
        ("GET", "releasing.brief"): THE_TEAM,
        ("GET", "review.every"): THE_TEAM,
        ("POST", "review.answer"): LEADS,
        ("GET", "search.results"): THE_TEAM,
        ("GET", "users.every"): MANAGERS,
        ("POST", "users.add"): MANAGERS,
        ("POST", "users.password"): MANAGERS,
        ("POST", "users.disable"): MANAGERS,
        ("POST", "users.agreement"): MANAGERS,
        ("POST", "users.limit"): LEADS,
        ("GET", "audit.trail"): WITH_ADMINISTRATORS,
    },
    COMMUNITY: {
        **SIGNING,
        ("GET", "reading.first_page"): THE_BODY | SITE_LEADS,
        ("POST", "reading.choose_print"): THE_BODY | SITE_LEADS,
        ("GET", "findings.mine"): THE_BODY,
        ("GET", "findings.finding"): THE_BODY,
        ("POST", "findings.respond"): THE_BODY,
        ("GET", "findings.answers"): THE_BODY,
        ("GET", "findings.helping"): THE_BODY,
        ("GET", "briefs.all_briefs"): SITE_LEADS,
        ("GET", "briefs.brief"): SITE_LEADS,
        ("GET", "briefs.export"): SITE_LEADS,
        ("GET", "briefs.answers"): SITE_LEADS,
    },
}
# POSTs that store nothing: one sets a cookie, others are sent words, names or places that no address may hold.
STORES_NOTHING = {
    "reading.choose_print",
    "autocoding.matches",
    "code_acts.look",
    "memos.preview",
    "suggesting.suggest",
}
COMMITS_IN_PARTS = {"autocoding.accept"}  # each part of a batch in a transaction of its own

ABSENT, SPANISH = "/there-is-no-such-page", "/es"
ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", "\\\\no",
)  # fmt: skip
VISITORS = [(name, who) for name in (TEAM, COMMUNITY) for who in [*PEOPLE[name], None]]
MOST_PAGES = 600
LINKS = re.compile(r'(?:href|action)="(/[^"#]*)')
EVERY_TABLE: tuple[MetaData, ...] = (EvidenceBase.metadata, PublishedBase.metadata)
TRAILS = {"audit_entry", "community_audit_entry"}
NOTED_WHEN_READ = {READ_RAW, EXPORT_BRIEF}


@pytest.fixture
def full(demo: Home) -> Home:
    """Offer the demo with a file that waits, and a second study with people of its own."""
    return with_everything(demo)


@pytest.fixture
def present(home: Home) -> None:
    """Let the small home's clock be the machine's, as the pages' is: who signs in there stays signed in."""
    home.clock = utc_now


# ------------------------------------------------------------------ the table


@pytest.mark.parametrize("name", [TEAM, COMMUNITY])
def test_every_address_is_in_the_table_and_open_to_exactly_those(home: Home, name: str) -> None:
    app = applications(home)[name]
    found = {
        (method, rule.endpoint): set(audience_of(app, rule.endpoint))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    }
    assert found == TABLE[name]


@pytest.mark.parametrize("name", [TEAM, COMMUNITY])
def test_what_changes_data_is_sent_and_what_is_sent_changes_data(home: Home, name: str) -> None:
    app = applications(home)[name]
    for method, endpoint in TABLE[name]:
        assert writes_data(app, endpoint) == (method == "POST" and endpoint not in STORES_NOTHING | COMMITS_IN_PARTS), (
            endpoint
        )


@pytest.mark.parametrize("name", [TEAM, COMMUNITY])
@pytest.mark.usefixtures("present")
def test_a_view_without_a_mark_is_closed_to_everyone(home: Home, name: str) -> None:
    app = applications(home)[name]
    app.add_url_rule("/forgotten", "forgotten", lambda: "everything")
    for who in [*PEOPLE[name], None]:
        browser = browser_of(name, app, home, who)
        assert browser.client.get("/forgotten").status_code == (404 if who else 302)


# ------------------------------------------------------------------ who gets in


@pytest.mark.parametrize(("name", "who"), VISITORS)
def test_everyone_gets_in_where_the_table_says_and_nowhere_else(full: Home, name: str, who: str | None) -> None:
    app = applications(full)[name]
    browser = browser_of(name, app, full, who)
    absent = {
        (method, start): ask(browser, Address(name, method, start + ABSENT, ""), name, who)
        for method in ("GET", "POST")
        for start in ("", SPANISH)
    }
    for each in addresses(name, app, full):
        audience = TABLE[name][each.method, each.endpoint]
        if EVERYONE in audience or (who is not None and PEOPLE[name][who] in audience):
            if each.method == "GET":
                assert read(browser, each.path).status_code in {200, 302}, str(each)
            continue
        answer = ask(browser, each, name, who)
        if who is None and each.method == "GET":
            assert answer.status_code == 302, str(each)
            assert answer.headers["Location"].startswith("/sign-in?next="), str(each)
        else:
            assert answer.status_code == 404, str(each)
            start = SPANISH if each.path.startswith(f"{SPANISH}/") else ""
            assert said(answer) == said(absent[each.method, start]), f"{each} can be told from what is not there"


@pytest.mark.parametrize("name", [TEAM, COMMUNITY])
def test_a_study_of_others_answers_like_a_study_that_does_not_exist(full: Home, name: str) -> None:
    app, who = applications(full)[name], OUTSIDERS[name]
    browser = browser_of(name, app, full, who)
    asked = 0
    for each in addresses(name, app, full):
        elsewhere = _elsewhere(each)
        if elsewhere is not None:
            asked += 1
            mine, nobodys = ask(browser, each, name, who), ask(browser, elsewhere, name, who)
            assert mine.status_code in {404, 422}, str(each)
            assert said(mine) == said(nobodys), f"{who} can tell that {each} is there"
    assert asked > 3


def _elsewhere(address: Address) -> Address | None:
    """Return the same address in a study, or of a finding, that does not exist; None where it names neither."""
    path = address.path.replace("/s/cedar-county", "/s/cedar-valley")
    path = re.sub(r"/c/1$", "/c/99", path)
    return None if path == address.path else Address(address.application, address.method, path, address.endpoint)


def ask(browser: Browser, address: Address, name: str, who: str | None) -> TestResponse:
    """Ask for an address; what is sent carries a token that is valid and nothing else."""
    if address.method == "GET":
        return read(browser, address.path)
    return checked(browser.client.post(address.path, data={"csrf_token": token_of(name, who, browser)}))


def read(browser: Browser, path: str) -> TestResponse:
    """Open an address and take its answer in whole: a file that is handed out stays open until then."""
    answer = browser.client.get(path)
    answer.get_data()
    answer.close()
    return checked(answer)


def checked(answer: TestResponse) -> TestResponse:
    """Check the headers that every answer carries, whatever it is."""
    headers, where = answer.headers, answer.request.path
    assert "default-src 'none'" in headers["Content-Security-Policy"], where
    assert "unsafe" not in headers["Content-Security-Policy"], where
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["Referrer-Policy"] == "no-referrer", where
    assert headers["Cache-Control"] == "no-store" or (where.startswith("/static/") and answer.status_code < 400), where
    assert "Server" not in headers, where
    return answer


def said(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return everything an answer tells, cookies and dates aside."""
    headers = sorted((name, value) for name, value in response.headers if name not in {"Date", "Set-Cookie"})
    return response.status_code, response.data, headers


# ------------------------------------------------------------------ forged requests


@pytest.mark.parametrize(("name", "who"), VISITORS)
def test_nothing_is_taken_without_this_browsers_token_or_from_another_site(
    full: Home, name: str, who: str | None
) -> None:
    app = applications(full)[name]
    browser = browser_of(name, app, full, who)
    token = token_of(name, who, browser)
    before = digests(full)
    ways: dict[str, Callable[[str], TestResponse]] = {
        "no token": lambda path: browser.client.post(path),
        "another token": lambda path: browser.client.post(path, data={"csrf_token": token[:-1] + "!"}),
        "a token in the address": lambda path: browser.client.post(path, query_string={"csrf_token": token}),
        "another site": lambda path: browser.client.post(
            path, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"}
        ),
        "another origin": lambda path: browser.client.post(
            path, data={"csrf_token": token}, headers={"Origin": "https://example.org"}
        ),
        "scripts without a token": lambda path: browser.client.post(path, json={"code": "x"}),
    }
    for each in addresses(name, app, full):
        audience = TABLE[name][each.method, each.endpoint]
        if each.method == "POST" and (EVERYONE in audience or (who and PEOPLE[name][who] in audience)):
            for way, send in ways.items():
                answer = send(each.path)
                answer.get_data()
                assert checked(answer).status_code == 403, f"{each}, {way}: {answer.status_code}"
    assert digests(full) == before


# ------------------------------------------------------------------ reading


@pytest.mark.parametrize(("name", "who"), [each for each in VISITORS if each[1] != "ben"])  # he sees what ana sees
def test_reading_changes_nothing(full: Home, name: str, who: str | None) -> None:
    app = applications(full)[name]
    browser = browser_of(name, app, full, who)
    before = digests(full)
    paths = crawl(app, browser, [each.path for each in addresses(name, app, full) if each.method == "GET"])
    assert len(paths) > 5
    assert digests(full) == before


def crawl(app: Flask, browser: Browser, waiting: list[str]) -> set[str]:
    """Open these addresses and all that their pages lead to; returns those opened. None may fail."""
    seen: set[str] = set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop()
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        answer = read(browser, path)
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html":
            waiting += [html.unescape(link) for link in LINKS.findall(answer.text)]
    return seen


def digests(home: Home) -> tuple[str, ...]:
    """Return a digest of each store as it stands; when a browser was last seen, and what was read, does not count.

    A brief taken away by GET is noted in the trail on purpose, as a read of raw words is.
    """
    return tuple(
        _digest(engine, metadata) for engine, metadata in zip((home.evidence, home.published), EVERY_TABLE, strict=True)
    )


def _digest(engine: Any, metadata: MetaData) -> str:
    digest = hashlib.sha256()
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if column.name != "seen_at"]
            for row in connection.execute(select(*columns).order_by(*table.primary_key.columns)):
                if table.name in TRAILS and row.act in NOTED_WHEN_READ:
                    continue
                digest.update(repr((table.name, tuple(row))).encode())
    return digest.hexdigest()


# ------------------------------------------------------------------ cookies, hosts, addresses to go to


@pytest.mark.parametrize("name", [TEAM, COMMUNITY])
def test_cookies_are_kept_from_scripts_and_from_other_sites(full: Home, name: str) -> None:
    app = applications(full)[name]
    for who in PEOPLE[name]:
        browser = browser_of(name, app, full, who)
        browser.client.post("/language", data={"csrf_token": token_of(name, who, browser), "language": "es"})
        for cookie in browser.client._cookies.values():
            assert cookie.http_only, cookie.key
            assert cookie.same_site in {"Lax", "Strict"}, cookie.key


@pytest.mark.parametrize("name", [TEAM, COMMUNITY])
def test_a_foreign_host_name_is_not_answered(full: Home, name: str) -> None:
    browser = browser_of(name, applications(full)[name], full, None)
    assert browser.client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(("name", "who"), [(TEAM, "ana"), (COMMUNITY, "rosa")])
@pytest.mark.usefixtures("present")
def test_nobody_is_led_elsewhere_after_signing_in(home: Home, name: str, who: str) -> None:
    app = applications(home)[name]
    password = home.give_password(home.actor(who, STORES[name]))
    for wanted in ELSEWHERE:
        answer = Browser(app).send("/sign-in", {"username": who, "password": password, "next": wanted})
        assert answer.headers["Location"] == "/", wanted
