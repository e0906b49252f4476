"""Fidelity in a real browser: changes are walked by keys or links alone, and comments become memos."""

import re

from playwright.sync_api import expect

from ia_workbench import coding, corpus
from tests.support.commented_files import commented_file, take_in
from tests.support.serving import PHONE, Served, axe_findings

PAGE = "/s/cedar/sources/INT-001/fidelity"
COMMENTS = [number for number, each in enumerate(commented_file().changes, 1) if each.what == "comment"]


def accepted(served: Served) -> None:
    """Take the commented file in."""
    with served.home.session(served.home.actor("ana")) as session:
        take_in(served.home, session)


def memos(served: Served) -> list[str]:
    """The words that memos stand beside."""
    with served.home.session(served.home.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, served.home.study_id, "INT-001")
        return [each.excerpt.quote for each in coding.memos_of(session, source) if each.excerpt]


def test_changes_are_walked_and_comments_become_memos_by_keys_alone(served: Served) -> None:
    accepted(served)
    page = served.sign_in(served.open_page(), "ana")
    page.goto(served.team + PAGE)
    assert not axe_findings(page)
    page.keyboard.press("j")
    expect(page.locator("#change-1")).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("#at-1")).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("#change-1")).to_be_focused()
    for number in COMMENTS:
        for _step in range(len(commented_file().changes)):
            page.keyboard.press("k")
        for _step in range(number - 1):
            page.keyboard.press("j")
        expect(page.locator(f"#change-{number}")).to_be_focused()
        page.keyboard.press("m")
        page.wait_for_url(re.compile(rf"said=memos-made.*#change-{number}$"))
        expect(page.locator(f"#change-{number}")).to_be_focused()
        expect(page.locator(f"#change-{number}")).to_contain_text("is a memo")
    assert memos(served) == ["the court", "then"]
    page.evaluate("window.scrollTo(0, 0)")  # what the bar at the top half covers is no target
    assert not axe_findings(page)


def test_without_scripts_links_lead_both_ways_and_a_button_makes_memos(served: Served) -> None:
    accepted(served)
    page = served.sign_in(served.open_page(PHONE, java_script_enabled=False), "ana")
    page.goto(served.team + PAGE)
    page.locator("#at-2").click()
    expect(page).to_have_url(re.compile(r"#change-2$"))
    page.locator("#change-2 a.no").click()
    expect(page).to_have_url(re.compile(r"#at-2$"))
    page.get_by_role("button", name="Make memos of all").click()
    expect(page.locator(".memos > li")).to_have_count(2)
    assert memos(served) == ["the court", "then"]
