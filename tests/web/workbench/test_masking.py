"""Masks: the quote beside what readers will see; one person masks, another confirms, nobody does both."""

from bs4 import BeautifulSoup

from ia_workbench import findings, release
from ia_workbench.release import Mask
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

MASKS = f"{BASE}/findings/F-01/masks"
ROW = {"words": ["Ms. Okoro", ""], "instead": ["the worker", ""]}


def mask_of(site: Site, key: str = "E-0001") -> Mask | None:
    """The mask of a link."""
    with site.reading() as session:
        return release.mask_of(session, findings.link_keyed(session, site.study_id, key))


def sides(page: BeautifulSoup, key: str = "E-0001") -> tuple[str, str]:
    """A quote in the text, and as readers will see it."""
    raw, shown = page.select_one(f"#{key} [data-quote]"), page.select_one(f"#{key} [data-shown]")
    assert raw is not None
    assert shown is not None
    return raw.get_text(), shown.get_text()


def test_every_quote_waits_for_its_mask_at_first(ben: Browser) -> None:
    page = ben.page(MASKS)
    assert len(page.select(".quote-panel.open")) == 3
    assert page.select_one("form[action$=confirm]") is None


def test_a_mask_shows_both_sides_and_waits_for_a_second_person(site: Site, ana: Browser) -> None:
    ana.send(f"{MASKS}/E-0001", ROW, of=MASKS)
    raw, shown = sides(ana.page(MASKS))
    assert "Ms. Okoro turned the screen" in raw
    assert "the worker turned the screen" in shown
    made = mask_of(site)
    assert made is not None
    assert (made.by, made.confirmed_by) == ("ana", None)


def test_who_masked_sees_why_they_may_not_confirm_and_is_refused(site: Site, ana: Browser) -> None:
    ana.send(f"{MASKS}/E-0001", ROW, of=MASKS)
    panel = ana.page(MASKS).select_one("#E-0001")
    assert panel is not None
    assert "You masked this quote yourself." in panel.get_text()
    assert panel.select_one("form[action$=confirm]") is None
    response = ana.send(f"{MASKS}/E-0001/confirm", {}, of=MASKS, status=422)
    assert "You masked this quote yourself, ana." in response.text
    made = mask_of(site)
    assert made is not None
    assert made.confirmed_by is None


def test_another_person_confirms(site: Site, ana: Browser, ben: Browser) -> None:
    ana.send(f"{MASKS}/E-0001", ROW, of=MASKS)
    assert ben.page(MASKS).select_one('form[action$="E-0001/confirm"]') is not None
    ben.send(f"{MASKS}/E-0001/confirm", {}, of=MASKS)
    assert "masked by ana, confirmed by ben" in ben.page(MASKS).get_text()


def test_masking_anew_drops_the_confirmation(site: Site, ana: Browser, ben: Browser) -> None:
    ana.send(f"{MASKS}/E-0001", ROW, of=MASKS)
    ben.send(f"{MASKS}/E-0001/confirm", {}, of=MASKS)
    ana.send(f"{MASKS}/E-0001", {"words": "Ms. Okoro", "instead": "a worker"}, of=MASKS)
    made = mask_of(site)
    assert made is not None
    assert made.confirmed_by is None


def test_a_quote_with_nothing_to_mask_is_saved_without_a_replacement(site: Site, ana: Browser) -> None:
    ana.send(f"{MASKS}/E-0002", {"words": "", "instead": ""}, of=MASKS)
    made = mask_of(site, "E-0002")
    assert made is not None
    assert made.replacements == []


def test_words_that_do_not_stand_in_the_quote_are_refused_and_kept_in_the_form(site: Site, ana: Browser) -> None:
    response = ana.send(f"{MASKS}/E-0001", {"words": "Mr. Reed", "instead": "the worker"}, of=MASKS, status=422)
    assert "“Mr. Reed” do not stand in this quote" in response.text
    assert 'value="Mr. Reed"' in response.text
    assert mask_of(site) is None


def test_a_half_filled_row_is_refused(site: Site, ana: Browser) -> None:
    response = ana.send(f"{MASKS}/E-0001", {"words": "Ms. Okoro", "instead": ""}, of=MASKS, status=422)
    assert "Give both the words to mask and the words readers see instead." in response.text


def test_confirming_what_nobody_masked_is_not_found(ben: Browser) -> None:
    ben.send(f"{MASKS}/E-0001/confirm", {}, of=MASKS, status=404)
