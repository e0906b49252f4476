"""Every page of both applications in a real browser: nothing that axe finds, nothing that runs out of the window."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser as RealBrowser
from playwright.sync_api import Page

from ia_workbench.web.access import EVERYONE, audience_of
from tests.support import Home
from tests.support.crawling import pages_from
from tests.support.serving import DESKTOP, PHONE, axe_findings, served_over
from tests.whole.addresses import COMMUNITY, PEOPLE, TEAM, addresses, applications, browser_of, with_everything

NARROWEST = 320  # CSS pixels: a small phone, or a desktop at 400 % (WCAG 2.2, 1.4.10)
NO_PAGES = {
    "static",
    "codings.listed",
    "coding_acts.marks",
    "coding_acts.changes",
    "memo_acts.listed",
    "memos.titles",
    "coding_exports.take",
    "releasing.brief",
    "briefs.export",
}  # files and answers to scripts
LEADING_ON = {"studies.first_page", "reading.first_page"}  # to the page that is someone's first
NOTHING_HERE = "/nothing-here"


@dataclass(frozen=True)
class Look:
    """One way to look at pages."""

    size: tuple[int, int]
    theme: str
    locale: str


LOOKS = (Look(DESKTOP, "light", "en-US"), Look(PHONE, "dark", "es-MX"))
VISITORS = [(name, who) for name in (TEAM, COMMUNITY) for who in (None, *PEOPLE[name]) if who != "ben"]


def pages_for(name: str, who: str | None, home: Home) -> dict[str, list[str]]:
    """Return the addresses of pages that someone may open, a few of each endpoint; Ben's are Ana's."""
    app = applications(home)[name]
    role = PEOPLE[name].get(who) if who else None
    open_to_them = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and audience_of(app, rule.endpoint) & {role, EVERYONE}
    } - NO_PAGES
    asked = [each for each in addresses(name, app, home) if each.method == "GET" and each.endpoint in open_to_them]
    found: dict[str, list[str]] = {}
    for endpoint, address, _ in pages_from(app, browser_of(name, app, home, who), [each.path for each in asked]):
        if endpoint not in NO_PAGES:
            found.setdefault(endpoint, []).append(address)
    leading_on = LEADING_ON if who is None else LEADING_ON | {"signing.sign_in"}
    assert open_to_them - leading_on == set(found), "a page that nobody looks at here"
    return found


@pytest.mark.parametrize(("name", "who"), VISITORS)
def test_no_page_breaks_a_rule_of_accessibility_or_scrolls_sideways(
    demo: Home, browser: RealBrowser, name: str, who: str | None
) -> None:
    paths = [path for found in pages_for(name, who, with_everything(demo)).values() for path in found]
    troubles: list[str] = []
    with served_over(demo, browser) as served:
        for look in LOOKS:
            page = served.open_page(look.size, color_scheme=look.theme, locale=look.locale)
            if who:
                served.sign_in(page, who)
            for path in (*paths, NOTHING_HERE):
                page.goto((served.team if name == TEAM else served.community) + path)
                found = axe_findings(page) + what_sticks_out(page, look.size)
                troubles += [f"{path} at {look.size[0]}: {each}" for each in found]
    assert not troubles, "\n".join(troubles)


def what_sticks_out(page: Page, size: tuple[int, int]) -> list[str]:
    """Say where a page is wider than its window, and than the narrowest window; the window is then as it was."""
    found = []
    for width in (NARROWEST, size[0]):
        page.set_viewport_size({"width": width, "height": size[1]})
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        found += [f"{wide} pixels in {seen}"] if wide > seen else []
    return found
