"""The map: a drawing of links, the same as a list, a step and a passage with all that is known about them."""

from bs4 import BeautifulSoup

from tests.support.browsing import Browser
from tests.support.site import BASE

MAP = f"{BASE}/map"


def section(page: BeautifulSoup, heading: str) -> str:
    """The text of the section under a heading's id."""
    found = page.select_one(f"#{heading}")
    assert found is not None
    parent = found.find_parent("section")
    assert parent is not None
    return " ".join(parent.get_text(" ").split())


def test_the_drawing_is_an_ordered_list_of_links_to_the_steps(ben: Browser) -> None:
    page = ben.page(MAP)
    links = [str(link["href"]) for link in page.select("svg.map a.map-step")]
    assert links == [f"{MAP}/N-13", f"{MAP}/N-14", f"{MAP}/N-16"]
    label = str(page.select("svg.map a.map-step")[1]["aria-label"])
    assert "Family time" in label
    assert "independent units: 3" in label
    assert "findings: 1" in label


def test_blind_spots_are_counted_and_said_in_words(ben: Browser) -> None:
    page = ben.page(MAP)
    assert "2 blind spots" in page.get_text()
    assert "blind spot: no institutional text" in str(page.select("svg.map a.map-step")[0]["aria-label"])


def test_the_list_shows_the_same_steps_with_times_units_and_what_follows(ben: Browser) -> None:
    rows = [row.get_text(" ", strip=True) for row in ben.page(f"{MAP}/list").select("tbody tr")]
    assert len(rows) == 3
    assert "median 17 days" in rows[1]
    assert "F-01" in rows[1]
    assert rows[0].endswith("N-14")


def test_a_step_shows_texts_directives_and_both_times_on_one_scale(ben: Browser) -> None:
    page = ben.page(f"{MAP}/N-14")
    assert "CCFS Policy 6.3" in section(page, "directives")
    assert "17 days" in section(page, "time")
    widths = [float(str(bar["width"])) for bar in page.select(".scale rect")]
    assert widths == [round(100 * 7 / 17, 1), 100.0]
    assert "form 214" in page.get_text()


def test_a_step_counts_independent_units_by_who_speaks_and_lists_their_sources(ben: Browser) -> None:
    page = ben.page(f"{MAP}/N-14")
    assert "3 units, 4 sources" in section(page, "sources-here")
    rows = {row.find("th").get_text(): row.find("td").get_text() for row in page.select(".mx tbody tr")}  # type: ignore[union-attr]
    assert rows["Family"] == "1"
    assert rows["Worker"] == "1"
    assert "INT-003" in section(page, "sources-here")


def test_a_step_leads_to_its_codes_findings_and_a_new_finding_there(ben: Browser) -> None:
    page = ben.page(f"{MAP}/N-14")
    assert "Slots set by the form" in section(page, "codes-here")
    assert "Visit hours set by the form" in section(page, "findings-here")
    links = {str(link["href"]) for link in page.select("main a")}
    assert f"{BASE}/findings/new?node=N-14" in links


def test_a_passage_shows_its_delay_its_gap_and_both_its_steps(ben: Browser) -> None:
    page = ben.page(f"{MAP}/N-13..N-14")
    assert "23 days" in section(page, "time")
    assert "Sent twice." in section(page, "gap")
    links = {str(link["href"]) for link in page.select("main a")}
    assert {f"{MAP}/N-13", f"{MAP}/N-14", f"{BASE}/findings/new?edge=N-13..N-14"} <= links


def test_a_place_that_is_not_on_the_map_is_not_found(ben: Browser) -> None:
    assert "no step N-99" in ben.get(f"{MAP}/N-99", status=404).text
    assert "no passage N-14..N-13" in ben.get(f"{MAP}/N-14..N-13", status=404).text
