"""The audit trail: identifiers only, newest first, whether both chains hold, and no one else's study."""

import importlib

import pytest

from ia_workbench import corpus, privacy
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

audit_pages = importlib.import_module("ia_workbench.web.workbench.audit")  # the package's own `audit` is a blueprint


def test_chains_are_verified_when_asked_and_not_before(ana: Browser) -> None:
    page = ana.page("/audit")
    assert "the chain holds" not in page.get_text()
    link = page.select_one('main a[href*="verify="]')
    assert link is not None
    assert ana.page(str(link["href"])).get_text().count("the chain holds") == 2


def test_the_newest_entry_stands_first(ana: Browser) -> None:
    ana.send(f"{BASE}/codebook/new", {"name": "One more"})
    page = ana.page("/audit")
    first = page.select_one("tbody tr")
    assert first is not None
    assert "add-code" in first.get_text()
    assert "One more" not in page.get_text()


def test_a_changed_entry_is_pointed_at(site: Site, ana: Browser) -> None:
    with site.home.evidence.begin() as connection:  # as someone would who owns the file
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql("UPDATE audit_entry SET actor = 'someone' WHERE sequence = 3")
    assert "broken at entry 3" in ana.page("/audit?verify=1").get_text()


def test_the_other_store_has_its_own_trail(site: Site, ana: Browser) -> None:
    site.release()
    text = ana.page("/audit?store=published").get_text()
    assert "receive-package" in text
    assert "link-evidence" not in text


def test_an_analyst_sees_the_acts_of_their_own_study_and_their_own(site: Site, ben: Browser) -> None:
    text = ben.page("/audit").get_text()
    assert "link-evidence" in text
    assert "add-user" not in text
    assert "cedar" not in site.browser("omar").page("/audit").get_text()


def test_an_administrator_sees_every_act_and_no_content(site: Site) -> None:
    text = site.browser("ada").page("/audit").get_text()
    assert "add-user" in text
    assert "Okoro" not in text
    assert "Visit hours" not in text


def test_a_page_past_the_last_holds_no_entries(ana: Browser) -> None:
    page = ana.page("/audit?page=99")
    assert "No entries." in page.get_text()


def test_a_long_trail_comes_in_pages(ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_pages, "ON_A_PAGE", 10)
    page = ana.page("/audit?page=2")
    assert len(page.select("tbody tr")) == 10
    assert page.select_one('a[rel=prev][href$="page=1"]') is not None
    assert page.select_one('a[rel=next][href$="page=3"]') is not None


def test_who_is_limited_to_some_sources_sees_the_acts_on_those_and_their_own(site: Site, ben: Browser) -> None:
    ben.send(f"{BASE}/codebook/new", {"name": "One of mine"})
    ana = site.home.actor("ana")
    with site.home.session(ana) as session:
        first, second = corpus.sources(session, site.study_id)[:2]
        numbers = {first.id: first.key}
        privacy.record_reads(session, ana, {site.study_id: frozenset({first.key, second.key})}, where="both")
        privacy.record_reads(session, ana, {site.study_id: frozenset({first.key})}, where="mine")
        privacy.record(
            session, ana, "apply-to-all", subject=first.key, study_id=site.study_id, sources=[first.key, second.key]
        )
        privacy.limit_member(session, ana, study_id=site.study_id, username="ben", sources=numbers)
    assert second.key in ana_sees(site)
    for address in ("/audit", "/audit?act=read-raw", f"/audit?on={second.key}", "/audit?act=apply-to-all"):
        text = ben.page(address).select_one("main")
        assert text is not None
        assert second.key not in "".join(each.get_text() for each in text.select("tbody"))
    assert "import-source" in ben.page(f"/audit?on={first.key}").get_text()
    assert "add-code" in ben.page("/audit").get_text()
    assert "where=mine" in ben.page("/audit?act=read-raw").get_text()


def ana_sees(site: Site) -> str:
    """The rows of the trail as a lead sees them."""
    page = site.browser("ana").page("/audit")
    return "".join(each.get_text() for each in page.select("tbody"))
