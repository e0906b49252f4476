"""Masks: the quote beside what readers will see; one person masks, another confirms, nobody does both."""

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from ia_workbench import findings, release
from ia_workbench.release import Mask
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

MASKS = f"{BASE}/findings/F-01/masks"
ROW: dict[str, str | list[str]] = {"words": ["Ms. Okoro", ""], "instead": ["the worker", ""]}


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


def seen(browser: Browser, key: str = "E-0001") -> str:
    """What the page has a browser say it had before it."""
    field = browser.page(MASKS).select_one(f"#{key} input[name=seen]")
    assert field is not None
    return str(field["value"])


def mask(browser: Browser, form: dict[str, str | list[str]], key: str = "E-0001", status: int = 303) -> TestResponse:
    """Save a mask from the page as it is."""
    return browser.send(f"{MASKS}/{key}", {**form, "seen": seen(browser, key)}, of=MASKS, status=status)


def test_every_quote_waits_for_its_mask_at_first(ben: Browser) -> None:
    page = ben.page(MASKS)
    assert len(page.select(".quote-panel.open")) == 3
    assert page.select_one("form[action$=confirm]") is None


def test_a_mask_shows_both_sides_and_waits_for_a_second_person(site: Site, ana: Browser) -> None:
    mask(ana, ROW)
    raw, shown = sides(ana.page(MASKS))
    assert "Ms. Okoro turned the screen" in raw
    assert "the worker turned the screen" in shown
    made = mask_of(site)
    assert made is not None
    assert (made.by, made.confirmed_by) == ("ana", None)


def test_who_masked_sees_why_they_may_not_confirm_and_is_refused(site: Site, ana: Browser) -> None:
    mask(ana, ROW)
    panel = ana.page(MASKS).select_one("#E-0001")
    assert panel is not None
    assert "You masked this quote yourself." in panel.get_text()
    assert panel.select_one("form[action$=confirm]") is None
    response = ana.send(f"{MASKS}/E-0001/confirm", {"seen": seen(ana)}, of=MASKS, status=422)
    assert "You masked this quote yourself, ana." in response.text
    made = mask_of(site)
    assert made is not None
    assert made.confirmed_by is None


def test_another_person_confirms(site: Site, ana: Browser, ben: Browser) -> None:
    mask(ana, ROW)
    assert ben.page(MASKS).select_one('form[action$="E-0001/confirm"]') is not None
    ben.send(f"{MASKS}/E-0001/confirm", {"seen": seen(ben)}, of=MASKS)
    assert "masked by ana, confirmed by ben" in ben.page(MASKS).get_text()


def test_masking_anew_drops_the_confirmation(site: Site, ana: Browser, ben: Browser) -> None:
    mask(ana, ROW)
    ben.send(f"{MASKS}/E-0001/confirm", {"seen": seen(ben)}, of=MASKS)
    mask(ana, {"words": "Ms. Okoro", "instead": "a worker"})
    made = mask_of(site)
    assert made is not None
    assert made.confirmed_by is None


def test_a_quote_with_nothing_to_mask_is_saved_without_a_replacement(site: Site, ana: Browser) -> None:
    mask(ana, {"words": "", "instead": ""}, "E-0002")
    made = mask_of(site, "E-0002")
    assert made is not None
    assert made.replacements == []


def test_words_that_do_not_stand_in_the_quote_are_refused_and_kept_in_the_form(site: Site, ana: Browser) -> None:
    response = mask(ana, {"words": "Mr. Reed", "instead": "the worker"}, status=422)
    assert "“Mr. Reed” do not stand in this quote" in response.text
    assert 'value="Mr. Reed"' in response.text
    assert mask_of(site) is None


def test_a_half_filled_row_is_refused(site: Site, ana: Browser) -> None:
    response = mask(ana, {"words": "Ms. Okoro", "instead": ""}, status=422)
    assert "Give both the words to mask and the words readers see instead." in response.text


def test_confirming_what_nobody_masked_is_not_found(ben: Browser) -> None:
    ben.send(f"{MASKS}/E-0001/confirm", {}, of=MASKS, status=404)


def test_confirming_from_a_page_that_is_out_of_date_shows_the_new_state_and_confirms_nothing(
    site: Site, ana: Browser, ben: Browser
) -> None:
    mask(ana, ROW)
    old = seen(ben)
    mask(ana, {"words": "", "instead": ""})
    response = ben.send(f"{MASKS}/E-0001/confirm", {"seen": old}, of=MASKS, status=409)
    page = BeautifulSoup(response.text, "html.parser")
    assert "E-0001 changed after you opened it." in page.get_text()
    assert "Ms. Okoro turned the screen" in sides(page)[1]
    made = mask_of(site)
    assert made is not None
    assert made.confirmed_by is None
    assert ben.send(f"{MASKS}/E-0001/confirm", {}, of=MASKS, status=409)


def test_masking_from_a_page_that_is_out_of_date_keeps_the_mask_of_another(
    site: Site, ana: Browser, ben: Browser
) -> None:
    old = seen(ben)
    mask(ana, ROW)
    form = {"words": "Ms. Okoro", "instead": "she", "seen": old}
    response = ben.send(f"{MASKS}/E-0001", form, of=MASKS, status=409)
    assert 'value="she"' in response.text
    made = mask_of(site)
    assert made is not None
    assert made.by == "ana"


def test_the_page_shows_translation_and_speaker_and_a_change_of_them_drops_the_confirmation(
    site: Site, ana: Browser, ben: Browser
) -> None:
    mask(ana, ROW)
    ben.send(f"{MASKS}/E-0001/confirm", {"seen": seen(ben)}, of=MASKS)
    with site.writing("ben") as session:
        link = findings.link_keyed(session, site.study_id, "E-0001")
        words = {"es": "Lupita no vino."}
        findings.describe_link(
            session, site.home.actor("ben"), link=link, translation=words, speaker={"en": "The mother of Lupita"}
        )
    panel = ana.page(MASKS).select_one("#E-0001.stale")
    assert panel is not None
    assert "Lupita no vino." in panel.get_text()
    assert "The mother of Lupita" in panel.get_text()
