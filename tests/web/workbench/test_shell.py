"""What stands around every page: the study's tabs, one's own pages, and nothing for those who may not enter."""

import pytest

from tests.support.browsing import Browser
from tests.support.site import BASE, Site

PAGES = (
    "", "/sources", "/sources/INT-001", "/sources/import", "/codebook", "/codebook/c/family-time/slots",
    "/codebook/new", "/map", "/map/list", "/map/N-14", "/map/N-13..N-14", "/findings", "/findings/new",
    "/findings/F-01", "/findings/F-01/edit", "/findings/F-01/evidence", "/findings/F-01/evidence/E-0001",
    "/findings/F-01/masks", "/findings/F-01/release", "/review", "/search", "/search?q=form",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_keeps_the_rules_of_pages_for_an_analyst(ben: Browser, path: str) -> None:
    page = ben.page(BASE + path)
    assert [link.get_text() for link in page.select(".bar nav a")] == [
        "Sources",
        "Codebook",
        "Map",
        "Findings",
        "Memos",
        "Review",
    ]


@pytest.mark.parametrize("who", ["omar", "ada"])
def test_a_study_of_others_answers_as_if_it_did_not_exist(site: Site, who: str) -> None:
    browser = site.browser(who)
    for path in PAGES:
        browser.get(BASE + path, status=404)


def test_nobody_enters_without_signing_in(site: Site) -> None:
    for path in (*(BASE + path for path in PAGES), "/users", "/audit", "/studies", "/"):
        response = Browser(site.app).get(path, status=302)
        assert response.headers["Location"].startswith("/sign-in")


def test_the_tab_of_a_page_is_marked_as_the_current_one(ana: Browser) -> None:
    current = ana.page(f"{BASE}/findings/F-01").select_one(".bar nav a[aria-current]")
    assert current is not None
    assert current.get_text() == "Findings"


def test_the_menu_offers_only_pages_that_one_may_open(site: Site) -> None:
    def offered(who: str, path: str) -> list[str]:
        return [link.get_text() for link in site.browser(who).page(path).select(".me li a")]

    assert offered("ana", BASE) == ["Studies", "Keys", "Users", "Audit trail"]
    assert offered("ben", BASE) == ["Studies", "Keys", "Audit trail"]
    assert offered("ada", "/users") == ["Studies", "Keys", "Users", "Audit trail"]


def test_the_search_field_stands_in_the_bar_and_leads_to_the_search_page(ana: Browser) -> None:
    form = ana.page(BASE).select_one("form[role=search]")
    assert form is not None
    assert form["action"] == f"{BASE}/search"


def test_a_form_without_its_token_is_refused_and_changes_nothing(site: Site, ana: Browser) -> None:
    for path in ("/codebook/new", "/findings/new", "/findings/F-01/edit", "/findings/F-01/move", "/users"):
        base = "" if path == "/users" else BASE
        response = ana.client.post(base + path, data={"name": "X", "title": "X", "username": "x"})
        assert response.status_code == 403
        assert "no longer valid" in response.text


def test_pages_say_everything_in_spanish_to_who_reads_spanish(site: Site, ana: Browser) -> None:
    ana.send("/language", {"language": "es", "next": BASE}, of=BASE)
    page = ana.page(f"{BASE}/findings/F-01")
    assert page.html is not None
    assert page.html["lang"] == "es"
