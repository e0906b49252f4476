"""The table of findings: by number, step or change, never by strength; units lead, gaps are said."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from ia_workbench import findings
from ia_workbench.findings import FindingRecord, Stage
from tests.support.browsing import Browser
from tests.support.counting import counting_statements
from tests.support.site import BASE, Site

TABLE = f"{BASE}/findings"


@pytest.fixture
def three(site: Site) -> Site:
    """Two more findings: F-02 at an earlier step and older, F-03 at no step."""
    ana = site.home.actor("ana")
    with site.writing() as session:
        early = FindingRecord(title="Referral sent twice", statement="At the referral …", nodes=("N-13",))
        findings.draft_finding(session, ana, study_id=site.study_id, record=early)
        theme = FindingRecord(title="A theme")
        findings.draft_finding(session, ana, study_id=site.study_id, record=theme, stage=Stage.THEME)
    with site.writing() as session:
        site.finding(session, "F-02").changed_at = datetime(2026, 2, 1, tzinfo=UTC)
    return site


def keys(page: BeautifulSoup) -> list[str]:
    """The keys of the rows, in their order."""
    return [cell.get_text() for cell in page.select("tbody td:first-child")]


def test_the_order_is_by_number_by_map_step_or_by_change(three: Site) -> None:
    ben = three.browser("ben")
    assert keys(ben.page(TABLE)) == ["F-01", "F-02", "F-03"]
    assert keys(ben.page(f"{TABLE}?order=step")) == ["F-02", "F-01", "F-03"]
    assert keys(ben.page(f"{TABLE}?order=change"))[-1] == "F-02"
    assert keys(ben.page(f"{TABLE}?order=strength")) == ["F-01", "F-02", "F-03"]


def test_the_table_narrows_by_words_strength_stage_and_lever(three: Site) -> None:
    ben = three.browser("ben")
    assert keys(ben.page(f"{TABLE}?words=n-13")) == ["F-02"]
    assert keys(ben.page(f"{TABLE}?strength=emerging")) == ["F-01"]
    assert keys(ben.page(f"{TABLE}?stage=theme")) == ["F-03"]
    assert keys(ben.page(f"{TABLE}?lever=ADM")) == ["F-01"]
    assert "No finding fits" in ben.page(f"{TABLE}?words=nowhere").get_text()


def test_a_row_shows_units_first_and_says_what_is_open(ben: Browser) -> None:
    page = ben.page(TABLE)
    row = page.select_one("tbody tr")
    assert row is not None
    strong = row.select_one(".strongly")
    assert strong is not None
    assert strong.get_text() == "2"
    said = row.get_text(" ", strip=True)
    assert "1 open" in said
    assert "Rule not met" in said
    assert [cell.get_text(strip=True) for cell in row.select("td.cv")][:2] == ["supports", "dissonant"]


def test_the_table_asks_the_store_a_fixed_number_of_questions(three: Site) -> None:
    ben = three.browser("ben")
    with counting_statements(three.home.evidence) as statements:
        ben.get(TABLE)
    assert len(statements) <= 20, statements


def test_a_study_without_findings_offers_to_draft_one(site: Site) -> None:
    page = site.browser("omar").page("/s/other/findings")
    assert "No findings yet." in page.get_text()
    assert page.select_one('a[href="/s/other/findings/new"]') is not None
