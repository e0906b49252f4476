"""The table of sources, and one source: what it is, whom it counts with, what rests on it."""

from bs4 import BeautifulSoup

from ia_workbench import corpus
from tests.support.browsing import Browser
from tests.support.counting import counting_statements
from tests.support.site import BASE, Site

MOST_STATEMENTS = 30


def shown(page: BeautifulSoup) -> list[str]:
    """The keys of the rows of the table."""
    return [cell.get_text() for cell in page.select("table tbody tr td:first-child")]


def test_the_table_lists_every_source_with_people_case_and_turns(ben: Browser) -> None:
    page = ben.page(f"{BASE}/sources")
    assert shown(page) == ["INT-001", "INT-002", "INT-003", "TXT-001"]
    first = page.select("table tbody tr")[0].get_text(" ", strip=True)
    for fact in ("Parent interview", "parent", "P-01", "C-01", "North", "quote to body", "F-01", "N-14"):
        assert fact in first


def test_the_table_narrows_by_kind_standpoint_office_step_and_words(ben: Browser) -> None:
    for query, keys in {
        "kind=institutional-text": ["TXT-001"],
        "standpoint=kin": ["INT-003"],
        "office=South": ["INT-002", "INT-003"],
        "node=N-13": ["INT-003"],
        "words=p-02": ["INT-002"],
        "words=C-01+parent": ["INT-001"],
        "standpoint=parent&office=South": [],
    }.items():
        page = ben.page(f"{BASE}/sources?{query}")
        assert [key for key in shown(page) if key.count("-")] == keys or (not keys and "No source fits" in page.text)


def test_the_steps_that_nobody_looked_at_are_named_with_what_is_missing(ben: Browser) -> None:
    blind = ben.page(f"{BASE}/sources").select_one(".blind-steps")
    assert blind is not None
    assert "N-13" in blind.get_text()
    assert "no institutional text" in blind.get_text()
    assert "N-16" in blind.get_text()
    assert "N-14" not in blind.get_text()


def test_the_table_asks_the_store_a_fixed_number_of_questions(site: Site, ben: Browser) -> None:
    with counting_statements(site.home.evidence) as statements:
        ben.get(f"{BASE}/sources")
    assert len(statements) <= MOST_STATEMENTS, statements


def test_a_source_shows_record_people_and_who_it_shares_them_with(ben: Browser) -> None:
    page = ben.page(f"{BASE}/sources/INT-001")
    together = page.select_one("#together")
    assert together is not None
    panel = together.find_parent("section")
    assert panel is not None
    assert "INT-003" in panel.get_text()
    assert "C-01" in panel.get_text()
    assert "INT-002" not in panel.get_text()


def test_a_source_leads_to_reading_and_to_the_evidence_made_of_it(ben: Browser) -> None:
    page = ben.page(f"{BASE}/sources/INT-001")
    links = {str(link["href"]) for link in page.select("main a")}
    assert f"{BASE}/sources/INT-001/code" in links
    assert f"{BASE}/findings/F-01/evidence/E-0001" in links
    assert f"{BASE}/codebook/c/family-time/slots" in links


def test_an_absent_source_is_not_found(ben: Browser) -> None:
    ben.get(f"{BASE}/sources/INT-999", status=404)


def test_a_withdrawn_source_shows_its_key_and_reason_and_none_of_its_words(site: Site, ben: Browser) -> None:
    path = f"{BASE}/sources/INT-001"
    ben.send(f"{path}/withdraw", {"reason": "The parent asked", "outcome": "stop"}, of=path)
    with site.reading() as session:
        source = corpus.source_keyed(session, site.study_id, "INT-001")
        assert source.is_withdrawn
        assert source.withdrawal_reason == "The parent asked"
    page = ben.page(path)
    assert "The parent asked" in page.get_text()
    for where in (
        path,
        f"{BASE}/findings/F-01",
        f"{BASE}/findings/F-01/evidence/E-0001",
        f"{BASE}/findings/F-01/masks",
    ):
        assert "nothing on Saturday" not in ben.page(where).get_text()


def test_withdrawing_without_a_reason_is_refused_in_one_sentence(site: Site, ben: Browser) -> None:
    path = f"{BASE}/sources/INT-001"
    response = ben.send(f"{path}/withdraw", {"reason": " ", "outcome": "stop"}, of=path, status=422)
    assert "Say why INT-001 is withdrawn." in response.text
    with site.reading() as session:
        assert not corpus.source_keyed(session, site.study_id, "INT-001").is_withdrawn
