"""Who may see what: every address for everyone, and nothing told about what is not theirs."""

from collections.abc import Callable

import pytest
from flask import Flask

from ia_workbench import privacy
from ia_workbench.privacy import Actor, Role
from ia_workbench.web.access import EVERYONE, audience_of
from tests.support import Home
from tests.support.browsing import Browser, checked
from tests.support.counting import counting_statements
from tests.support.packages import host

Enter = Callable[[str], Browser]

# for nobody, the reviewer, the site lead, a reviewer of another study
MATRIX = {
    "/": (302, 302, 302, 302),
    "/sign-in": (200, 302, 302, 302),
    "/c": (302, 200, 404, 200),
    "/c/1": (302, 200, 404, 404),
    "/c/2": (302, 200, 404, 404),
    "/c/99": (302, 404, 404, 404),
    "/c/answers": (302, 200, 404, 200),
    "/c/help": (302, 200, 404, 200),
    "/es/c/1": (302, 200, 404, 404),
    "/briefs": (302, 404, 200, 404),
    "/briefs/F-01": (302, 404, 200, 404),
    "/briefs/F-02": (302, 404, 404, 404),
    "/briefs/F-99": (302, 404, 404, 404),
    "/briefs/F-01/export": (302, 404, 200, 404),
    "/briefs/F-02/export": (302, 404, 404, 404),
    "/answers": (302, 404, 200, 404),
    "/s/cedar": (404, 404, 404, 404),
    "/studies": (404, 404, 404, 404),
    "/nothing": (404, 404, 404, 404),
}
WHO = (None, "rosa", "lee", "olga")
ENDPOINTS = {
    "static": {EVERYONE},
    "signing.sign_in": {EVERYONE},
    "signing.check": {EVERYONE},
    "signing.one_click": {EVERYONE},
    "signing.sign_out": set(Role),
    "signing.choose_language": {EVERYONE},
    "reading.first_page": {Role.REVIEWER, Role.SITE_LEAD},
    "reading.choose_print": {Role.REVIEWER, Role.SITE_LEAD},
    "findings.mine": {Role.REVIEWER},
    "findings.answers": {Role.REVIEWER},
    "findings.helping": {Role.REVIEWER},
    "findings.finding": {Role.REVIEWER},
    "findings.respond": {Role.REVIEWER},
    "briefs.all_briefs": {Role.SITE_LEAD},
    "briefs.brief": {Role.SITE_LEAD},
    "briefs.export": {Role.SITE_LEAD},
    "briefs.answers": {Role.SITE_LEAD},
}


def test_every_endpoint_is_in_the_table_and_open_to_exactly_those(community: Flask) -> None:
    found = {rule.endpoint: set(audience_of(community, rule.endpoint)) for rule in community.url_map.iter_rules()}
    assert found == ENDPOINTS


@pytest.mark.parametrize("place", range(4), ids=[str(name) for name in WHO])
def test_everyone_gets_what_the_matrix_says(community: Flask, enter: Enter, outsider: Actor, place: int) -> None:
    name = WHO[place]
    browser = enter(name) if name is not None else Browser(community)
    found = {path: browser.client.get(path).status_code for path in MATRIX}
    assert found == {path: statuses[place] for path, statuses in MATRIX.items()}


@pytest.mark.parametrize(
    ("who", "absent", "not_theirs"),
    [
        ("lee", "/briefs/F-99", "/briefs/F-02"),
        ("lee", "/briefs/F-99/export", "/briefs/F-02/export"),
        ("lee", "/nothing", "/c/1"),
        ("rosa", "/nothing", "/briefs/F-01"),
        ("olga", "/c/99", "/c/1"),
    ],
)
def test_what_is_not_yours_answers_like_what_does_not_exist(
    enter: Enter, outsider: Actor, who: str, absent: str, not_theirs: str
) -> None:
    browser = enter(who)
    first, second = browser.get(absent, status=404), browser.get(not_theirs, status=404)
    assert first.data == second.data
    assert dict(first.headers) == dict(second.headers)
    assert "There is nothing here" in checked(first.text, absent).get_text()


def test_nothing_may_be_kept_by_the_browser_and_nothing_comes_from_elsewhere(community: Flask, enter: Enter) -> None:
    visits = [(enter("rosa"), path) for path in ("/c", "/c/1", "/c/answers", "/c/help", "/c/99", "/briefs")]
    visits += [(enter("lee"), path) for path in ("/briefs", "/briefs/F-01", "/briefs/F-01/export", "/answers")]
    visits.append((Browser(community), "/sign-in"))
    for browser, path in visits:
        headers = browser.client.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        assert "ETag" not in headers, path


def test_every_page_keeps_the_rules_of_all_pages_in_both_languages(enter: Enter) -> None:
    for who, paths in {
        "rosa": ("/c", "/c/1", "/c/2", "/c/3", "/c/answers", "/c/help"),
        "marcus": ("/c/1", "/c/answers"),
        "lee": ("/briefs", "/briefs/F-01", "/answers"),
    }.items():
        browser = enter(who)
        for path in paths:
            for prefix in ("", "/es"):
                browser.page(prefix + path)


def test_a_member_whose_account_was_closed_is_out_at_once(enter: Enter, home: Home) -> None:
    rosa = enter("rosa")
    rosa.get("/c")
    ana = host(home)
    with home.session(ana) as session:
        privacy.disable_user(session, ana, username="rosa")
    rosa.get("/c", status=302)


def test_reading_needs_few_queries(community: Flask, enter: Enter, home: Home) -> None:
    rosa, lee = enter("rosa"), enter("lee")
    for browser, path in ((rosa, "/c"), (rosa, "/c/1"), (rosa, "/c/answers"), (lee, "/briefs"), (lee, "/briefs/F-01")):
        with counting_statements(home.published) as statements:
            browser.get(path)
        assert len(statements) <= 15, path
