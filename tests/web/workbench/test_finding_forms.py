"""Writing findings: what is stored, what is refused, and that nobody's words are lost."""

import pytest

from ia_workbench import findings
from ia_workbench.findings import ConfidenceLevel, ReleaseLevel, Stage
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

NEW = f"{BASE}/findings/new"
PAGE = f"{BASE}/findings/F-01"
EDIT = f"{PAGE}/edit"
WRITTEN: dict[str, object] = {
    "title": "Referrals are sent twice",
    "statement": "At the referral, form 118 organizes staff to begin again, so that parents wait.",
    "plain-en": "A returned form starts the wait again.",
    "plain-es": "Un formulario devuelto reinicia la espera.",
    "release_level": "private",
    "lever": ["ADM", "RES"],
    "explanation-ADM": "Form 118",
    "node": ["N-13"],
    "edge": ["N-13..N-14"],
    "strengths": "Intake calls parents.",
    "rec-action": ["Keep the first date", ""],
    "rec-lever": ["ADM", "ADM"],
    "rec-owner": ["Agency", ""],
    "rec-horizon": ["Q2", ""],
    "rec-sign": ["One wait, not two", ""],
    "confidence": "low",
    "confidence_note": "One office.",
}


def test_a_finding_is_drafted_with_everything_that_was_written(site: Site, ben: Browser) -> None:
    response = ben.send(NEW, WRITTEN)
    assert response.headers["Location"] == f"{BASE}/findings/F-02?said=drafted"
    with site.reading() as session:
        record = findings.record_of(site.finding(session, "F-02"))
    assert record.title == "Referrals are sent twice"
    assert record.plain == {
        "en": "A returned form starts the wait again.",
        "es": "Un formulario devuelto reinicia la espera.",
    }
    assert [(each.key, each.explanation) for each in record.levers] == [("ADM", "Form 118"), ("RES", "")]
    assert (record.nodes, record.edges) == (("N-13",), ("N-13..N-14",))
    assert [each.action for each in record.recommendations] == ["Keep the first date"]
    assert record.confidence is not None
    assert (record.confidence.level, record.confidence.by) == (ConfidenceLevel.LOW, "ben")


def test_without_a_statement_it_begins_as_a_theme(site: Site, ben: Browser) -> None:
    ben.send(NEW, {"title": "Something about travel", "release_level": "private"})
    with site.reading() as session:
        assert site.finding(session, "F-02").stage is Stage.THEME


def test_the_form_opens_at_the_step_it_was_asked_for_at(ben: Browser) -> None:
    page = ben.page(f"{NEW}?node=N-16")
    assert [box["value"] for box in page.select('input[name="node"][checked]')] == ["N-16"]


def test_a_draft_without_a_title_is_refused_and_keeps_what_was_typed(ben: Browser) -> None:
    response = ben.send(NEW, {**WRITTEN, "title": ""}, status=422)
    assert "Give the finding a title." in response.text
    assert "At the referral, form 118" in response.text
    assert "Keep the first date" in response.text


def test_editing_replaces_what_was_written_and_keeps_the_confidence_of_another(site: Site, ana: Browser) -> None:
    ana.send(EDIT, {**WRITTEN, "version": "1"}, of=EDIT)
    ben = site.browser("ben")
    with site.reading() as session:
        version = site.finding(session).version
    ben.send(EDIT, {**WRITTEN, "version": str(version), "title": "Better title"}, of=EDIT)
    with site.reading() as session:
        record = findings.record_of(site.finding(session))
    assert record.title == "Better title"
    assert record.confidence is not None
    assert record.confidence.by == "ana"


def test_who_saves_second_is_told_and_loses_nothing(site: Site, ana: Browser, ben: Browser) -> None:
    with site.reading() as session:
        version = str(site.finding(session).version)
    ana.send(EDIT, {**WRITTEN, "version": version, "title": "Ana's title"}, of=EDIT)
    response = ben.send(EDIT, {**WRITTEN, "version": version, "title": "Ben's title"}, of=EDIT, status=409)
    assert "ana changed F-01 after you opened it." in response.text
    assert "Ben&#39;s title" in response.text
    with site.reading() as session:
        assert site.finding(session).title == "Ana's title"


def test_a_step_that_is_not_on_the_map_is_refused(site: Site, ben: Browser) -> None:
    response = ben.send(EDIT, {**WRITTEN, "version": "1", "node": ["N-99"]}, of=EDIT, status=422)
    assert "There is no step N-99 on the map." in response.text
    with site.reading() as session:
        assert site.finding(session).nodes == ["N-14"]


def test_an_unknown_release_level_is_refused_in_one_sentence(site: Site, ben: Browser) -> None:
    response = ben.send(EDIT, {**WRITTEN, "release_level": "everyone"}, of=EDIT, status=422)
    assert "Choose one of public, private, blended." in response.text
    with site.reading() as session:
        assert site.finding(session).release_level is ReleaseLevel.PUBLIC


def test_moving_along_keeps_a_snapshot(site: Site, ben: Browser) -> None:
    ben.send(f"{PAGE}/move", {"stage": "challenge"}, of=PAGE)
    with site.reading() as session:
        finding = site.finding(session)
        assert finding.stage is Stage.CHALLENGE
        assert findings.snapshots_of(session, finding)[-1].stage is Stage.CHALLENGE


def test_moving_before_readers_is_refused_to_an_analyst(site: Site, ben: Browser) -> None:
    response = ben.send(f"{PAGE}/move", {"stage": "released"}, of=PAGE, status=403)
    assert "Your role, analyst, may not do this." in response.text
    with site.reading() as session:
        assert site.finding(session).stage is Stage.DRAFT


def test_a_stage_that_does_not_exist_is_refused(ben: Browser) -> None:
    assert "Choose one of" in ben.send(f"{PAGE}/move", {"stage": "done"}, of=PAGE, status=422).text


def test_recording_a_search_meets_its_line_of_the_rule(site: Site, ben: Browser) -> None:
    ben.send(f"{PAGE}/searches", {"query": "evening, Saturday", "note": "Two excerpts."}, of=PAGE)
    with site.reading() as session:
        searches = findings.searches_of(session, site.finding(session))
    assert [(each.by, each.query, each.note) for each in searches] == [("ben", "evening, Saturday", "Two excerpts.")]
    met = [item.get_text(" ", strip=True) for item in ben.page(PAGE).select(".rule .met")]
    assert any(line.startswith("Search for negative cases recorded") for line in met)


def test_a_search_that_does_not_say_how_is_refused_beside_its_form(ben: Browser) -> None:
    response = ben.send(f"{PAGE}/searches", {"query": " ", "note": "What I found."}, of=PAGE, status=422)
    assert "What I found.</textarea>" in response.text
    assert "Say how you searched" in response.text


@pytest.mark.parametrize("version", [None, "", "abc", "99999999999999999999"])
def test_a_finding_is_not_written_over_by_a_form_that_does_not_say_what_it_saw(
    site: Site, ana: Browser, version: str | None
) -> None:
    sent = WRITTEN if version is None else {**WRITTEN, "version": version}
    ana.send(EDIT, sent, status=409)
    with site.reading() as session:
        assert site.finding(session).title != WRITTEN["title"]
