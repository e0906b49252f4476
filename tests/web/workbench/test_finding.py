"""One finding: the statement first, who speaks for and against it, and every open line with its next act."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from ia_workbench import corpus, findings
from ia_workbench.kernel import utc_now
from tests.support.browsing import Browser
from tests.support.counting import counting_statements
from tests.support.site import BASE, STATEMENT, Site

PAGE = f"{BASE}/findings/F-01"


def part(page: BeautifulSoup, name: str) -> Tag:
    """A part of the page that is renewed live."""
    found = page.select_one(f'[data-live-part="{name}"]')
    assert found is not None
    return found


def test_the_statement_stands_first_with_its_frame_taken_apart(ben: Browser) -> None:
    page = ben.page(PAGE)
    statement = page.select_one(".statement .s")
    assert statement is not None
    assert statement.get_text() == STATEMENT
    frame = [item.get_text(" ", strip=True) for item in page.select(".frame dd")]
    assert frame == [
        "Family time N-14",
        "Form 214",
        "Caseworkers, to book inside its hours",
        "Parents on shifts lose visits",
    ]


def test_units_lead_and_every_unmet_line_carries_its_next_act(ben: Browser) -> None:
    rule = part(ben.page(PAGE), "rule")
    main = rule.select_one(".counts .main b")
    assert main is not None
    assert main.get_text() == "2"
    acts = {
        str(item.select_one("b").get_text()).split(",")[0]: item.select_one(".fix a") for item in rule.select(".un")
    }  # type: ignore[union-attr]
    assert set(acts) == {
        "Independent sources",
        "Not all from one office",
        "Search for negative cases recorded",
        "Every contrary link answered",
        "Investigators",
    }
    addresses = {name: str(link["href"]) for name, link in acts.items() if link is not None}
    assert addresses["Every contrary link answered"] == f"{PAGE}#E-0003"
    assert addresses["Search for negative cases recorded"] == f"{PAGE}#searches"
    assert addresses["Independent sources"] == f"{PAGE}/evidence?near=1"


def test_evidence_stands_by_role_and_what_does_not_fit_has_cards_of_its_own(ben: Browser) -> None:
    page = ben.page(PAGE)
    cards = {card["id"]: card for card in page.select("article.card")}
    assert set(cards) == {"E-0001", "E-0002", "E-0003"}
    assert "contra" in cards["E-0003"]["class"]
    assert "No note yet on how this was weighed." in cards["E-0003"].get_text()
    link = cards["E-0001"].select_one(".meta a")
    assert link is not None
    assert link["href"] == f"{BASE}/sources/INT-001/code#turn-2"


def test_the_convergence_row_tells_silence_from_absence(ben: Browser) -> None:
    cells = {str(cell["data-label"]): cell.get_text(" ", strip=True) for cell in ben.page(PAGE).select(".conv td")}
    assert cells["Family voice"] == "supports 1 unit"
    assert cells["Worker voice"] == "dissonant 1 against"
    assert cells["Leadership"] == "not examined no source at N-14"


def test_the_strip_marks_the_step_between_its_neighbours(ben: Browser) -> None:
    steps = ben.page(PAGE).select(".strip li")
    assert [step.get_text(" ", strip=True) for step in steps] == [
        "13 Service referral",
        "14 Family time",
        "16 Review hearing",
    ]
    assert "on" in steps[1]["class"]


def test_the_page_says_whether_it_would_stand_without_one_source(ben: Browser) -> None:
    alone = part(ben.page(PAGE), "alone").get_text(" ", strip=True)
    assert "The rule is not met yet" in alone
    assert "5 lines are open." in alone


def test_the_history_names_who_did_what(ben: Browser) -> None:
    history = [item.get_text(" ", strip=True) for item in ben.page(PAGE).select(".hist li")]
    assert any("Drafted by ana" in entry for entry in history)


def test_what_happened_within_one_second_is_told_newest_first(ben: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    now = utc_now()
    monkeypatch.setattr("ia_workbench.database.base.utc_now", lambda: now)
    for stage in ("challenge", "draft"):
        ben.send(f"{PAGE}/move", {"stage": stage}, of=PAGE)
    history = [item.get_text(" ", strip=True) for item in ben.page(PAGE).select(".hist li")]
    assert ["Moved to draft" in history[0], "Moved to challenge" in history[1]] == [True, True], history


def test_a_statement_outside_the_frame_is_shown_whole_with_what_to_look_at(site: Site, ben: Browser) -> None:
    with site.writing() as session:
        site.finding(session).statement = "Most caseworkers never ask."
    page = ben.page(PAGE)
    assert page.select_one(".frame") is None
    assert "The usual frame" in page.get_text()
    wording = page.select_one(".wording")
    assert wording is not None
    assert "“caseworkers never” says what workers do wrong" in wording.get_text()


def levers_on(ben: Browser) -> str:
    """What the page says of the finding's levers."""
    lines = ben.page(PAGE).select_one(".statement .lines")
    assert lines is not None
    return " ".join(lines.get_text(" ", strip=True).split())


def test_evidence_that_names_none_of_several_levers_is_shown_with_the_way_to_name_one(site: Site, ben: Browser) -> None:
    with site.writing() as session:
        (link,) = [each for each in findings.links_of(session, site.finding(session)) if each.lever]
        key, link.lever = link.key, None
    assert "not yet anchored" not in levers_on(ben)  # it stands for the only lever there is
    assert "No lever named" not in levers_on(ben)
    with site.writing() as session:
        found, ana = site.finding(session), site.home.actor("ana")
        record = findings.record_of(found)
        levers = (*record.levers, findings.LeverNamed("RES"))
        findings.edit_finding(session, ana, finding=found, record=replace(record, levers=levers))
    assert f"No lever named: TXT-001 {key}" in levers_on(ben)
    assert levers_on(ben).count("not yet anchored") == 2
    page = ben.page(f"{PAGE}/evidence/{key}")
    assert "No lever named" in page.get_text()
    assert "To change stance, role or lever, remove the link" in page.get_text()


def test_the_page_asks_the_stores_few_questions(site: Site, ben: Browser) -> None:
    ben.get(PAGE)  # renews the sign-in's idle time and enters the read, once a minute each
    with counting_statements(site.home.evidence) as statements:
        ben.get(PAGE)
    assert len(statements) <= 28, statements


def test_an_absent_finding_is_not_found(ben: Browser) -> None:
    assert "There is no finding F-99 in this study." in ben.get(f"{BASE}/findings/F-99", status=404).text


def test_a_released_finding_shows_what_waits_with_the_body(site: Site, ben: Browser) -> None:
    site.release()
    panel = ben.page(PAGE).select_one("#readers")
    assert panel is not None
    section = panel.find_parent("section")
    assert section is not None
    assert "Released to the body" in section.get_text()
    assert section.select_one(f'a[href="{PAGE}/brief.docx"]') is not None


def test_a_card_cites_the_page_and_the_moment_and_no_page_of_a_reader_does(site: Site, ben: Browser) -> None:
    ana = site.home.actor("ana")
    with site.home.session(ana) as session:
        source = corpus.source_keyed(session, site.home.study_id, "INT-001")
        anchors = [{"at": 0, "kind": "page", "label": "3"}, {"at": 0, "kind": "time", "label": "00:14:05"}]
        corpus.newest_revision(session, source).anchors = anchors
    card = ben.page(PAGE).select_one("#E-0001")
    assert card is not None
    assert "p. 3, 00:14:05" in card.get_text()
    assert "p. 3, 00:14:05" in ben.page(f"{PAGE}/evidence/E-0001").text
    assert "00:14:05" not in ben.page(f"{PAGE}/release").text
