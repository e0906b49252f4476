"""Searching: hits in context that lead to their turn, narrowed, and nothing of withdrawn or other studies."""

import shutil

from bs4 import BeautifulSoup

from ia_workbench.kernel import Refused
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

SEARCH = f"{BASE}/search"


def hits(page: BeautifulSoup) -> list[str]:
    """Where the hits lead."""
    return [str(link["href"]) for link in page.select(".hit a.hit-turn")]


def test_a_hit_shows_its_words_in_context_and_leads_to_its_turn(ben: Browser) -> None:
    page = ben.page(f"{SEARCH}?q=saturday")
    assert hits(page) == [f"{BASE}/sources/INT-001/code#turn-2"]
    mark = page.select_one(".hit mark")
    assert mark is not None
    assert mark.get_text() == "Saturday"
    assert "nothing on Saturday" in page.get_text()


def test_a_search_is_narrowed_by_kind_standpoint_code_and_step(ben: Browser) -> None:
    assert len(hits(ben.page(f"{SEARCH}?q=form+OR+slots+OR+bus"))) == 3
    assert len(hits(ben.page(f"{SEARCH}?q=form+OR+slots+OR+bus&kind=institutional-text"))) == 1
    assert len(hits(ben.page(f"{SEARCH}?q=form+OR+slots+OR+bus&standpoint=kin"))) == 1
    assert len(hits(ben.page(f"{SEARCH}?q=form+OR+slots+OR+bus&code=family-time/slots"))) == 1
    assert len(hits(ben.page(f"{SEARCH}?q=form+OR+slots+OR+bus&node=N-13"))) == 1


def test_nothing_found_says_what_to_try(ben: Browser) -> None:
    assert "No turn holds these words." in ben.page(f"{SEARCH}?q=zebra").get_text()


def test_a_lost_index_is_told_and_not_made_by_looking(site: Site, ben: Browser) -> None:
    folder = site.home.folder / "search-index"
    shutil.rmtree(folder)
    answer = ben.client.get(f"{SEARCH}?q=saturday")
    assert answer.status_code == Refused("").status
    assert "search-index rebuild" in answer.text
    assert not folder.exists()


def test_an_empty_search_explains_itself(ben: Browser) -> None:
    assert "Type words, a phrase in quotes" in ben.page(f"{SEARCH}?q=").get_text()


def test_words_without_anything_to_look_for_are_refused(ben: Browser) -> None:
    assert "Type at least one word to look for." in ben.page(f"{SEARCH}?q=%22%22", status=422).get_text()


def test_what_was_searched_for_is_shown_as_text_never_as_markup(ben: Browser) -> None:
    page = ben.page(f"{SEARCH}?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert not [script for script in page.find_all("script") if "alert" in script.get_text()]


def test_the_words_of_a_withdrawn_source_are_not_found(ben: Browser) -> None:
    ben.send(f"{BASE}/sources/INT-001/withdraw", {"reason": "Asked", "outcome": "stop"}, of=f"{BASE}/sources/INT-001")
    assert hits(ben.page(f"{SEARCH}?q=saturday")) == []


def test_another_study_finds_nothing_of_this_one(site: Site) -> None:
    assert hits(site.browser("omar").page("/s/other/search?q=saturday")) == []
