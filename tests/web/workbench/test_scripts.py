"""What scripts add to the team's pages, in a real browser; every page works without them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from ia_workbench import findings, release
from tests.support.serving import serving
from tests.support.site import BASE, Site

pytestmark = pytest.mark.journey

FINDING = f"{BASE}/findings/F-01"


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A page of Ana's, signed in."""
    with serving(site.app) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "ia_evidence", "value": site.cookies["ana"], "url": address}])
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        yield page
        context.close()
        assert not [each for each in complaints if "422" not in each], complaints


def test_the_rule_is_seen_to_fill_without_leaving_the_page(site: Site, page: Page) -> None:
    page.goto(FINDING)
    page.evaluate("window.stayed = true")
    expect(page.locator(".rule .un")).to_have_count(5)
    card = page.locator("#E-0003")
    card.get_by_text("Write the note").click()
    card.get_by_label("How E-0003 was weighed").fill("It means another slot on the list.")
    card.get_by_role("button", name="Save the note").click()
    expect(page.locator(".rule .un")).to_have_count(4)
    expect(page.locator("#E-0003")).to_contain_text("It means another slot on the list.")
    expect(page.locator("#E-0003")).to_be_focused()
    expect(page.locator("#spoken")).to_contain_text("The note on how it was weighed is saved.")
    assert page.evaluate("window.stayed")
    with site.reading() as session:
        assert findings.link_keyed(session, site.study_id, "E-0003").resolution


def test_a_form_that_cannot_stay_on_the_page_is_sent_by_the_button_that_was_pressed(site: Site, page: Page) -> None:
    ana = site.home.actor("ana")
    with site.writing() as session:
        link = findings.link_keyed(session, site.study_id, "E-0003")
        findings.resolve_link(session, ana, link=link, resolution="It means another slot.")
    page.route("**/resolve", _without_live_parts)
    page.goto(FINDING)
    card = page.locator("#E-0003")
    card.get_by_text("Change the note").click()
    card.get_by_role("button", name="Open it again").click()
    page.wait_for_url("**said=resolved*")
    with site.reading() as session:
        assert findings.link_keyed(session, site.study_id, "E-0003").resolution is None


def _without_live_parts(route: Route) -> None:
    """Answer the script with a page that has nothing to replace; let the browser's own request through."""
    if route.request.resource_type == "fetch":
        route.fulfill(status=200, content_type="text/html", body="<p>Something else.</p>")
    else:
        route.continue_()


def test_a_refused_form_says_why_beside_itself_and_keeps_what_was_typed(page: Page) -> None:
    page.goto(FINDING)
    page.get_by_text("Record a search").last.click()
    page.get_by_label("What you looked for").fill("   ")
    page.get_by_label("What you found").fill("Nothing")
    page.get_by_role("button", name="Record the search").click()
    expect(page.locator('[data-live-part="searches"] [role="alert"]')).to_contain_text("Say how you searched")
    expect(page.locator('[data-live-part="searches"] [role="alert"]')).to_be_visible()


def test_selected_words_become_a_row_and_both_sides_show_at_once(site: Site, page: Page) -> None:
    page.goto(f"{FINDING}/masks")
    panel = page.locator("#E-0001")
    panel.locator("[data-quote]").evaluate(
        """quote => {
            const text = quote.firstChild, start = quote.textContent.indexOf("Ms. Okoro"), range = new Range();
            range.setStart(text, start); range.setEnd(text, start + 9);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    panel.get_by_role("button", name="Mask the selected words").click()
    page.keyboard.type("the worker")
    expect(panel.locator("[data-shown]")).to_contain_text("Saturday. the worker turned the screen")
    expect(panel.locator("[data-quote] mark")).to_have_text("Ms. Okoro")
    panel.get_by_role("button", name="Save the mask").click()
    page.wait_for_url("**said=masked*")
    with site.reading() as session:
        mask = release.mask_of(session, findings.link_keyed(session, site.study_id, "E-0001"))
        assert mask is not None
        assert [each["with"] for each in mask.replacements] == ["the worker"]


def test_keys_search_go_to_pages_and_walk_rows_but_never_in_a_field(page: Page) -> None:
    page.goto(BASE)
    page.keyboard.press("/")
    expect(page.locator(".bar #q")).to_be_focused()
    page.keyboard.type("gs")
    expect(page.locator(".bar #q")).to_have_value("gs")
    page.locator("main").focus()
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/sources")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Worker interview")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/INT-002")


def test_escape_closes_the_menu_and_gives_the_focus_back(page: Page) -> None:
    page.goto(BASE)
    summary = page.locator(".me summary")
    summary.click()
    expect(page.get_by_role("link", name="Audit trail")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Audit trail")).to_be_hidden()
    expect(summary).to_be_focused()


def test_arrows_walk_the_drawn_map_along_the_case_and_between_lanes(page: Page) -> None:
    page.goto(f"{BASE}/map")
    steps = page.locator("svg.map a.map-step")
    steps.nth(0).focus()
    page.keyboard.press("ArrowRight")
    expect(steps.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(steps.nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/map/N-16")
