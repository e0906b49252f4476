"""Changing a record on its page, the participants, and the cases."""

from dataclasses import replace
from datetime import date

from ia_workbench import corpus
from ia_workbench.corpus import (
    AttributeDefinition,
    AttributeScope,
    AttributeType,
    ConsentScope,
    StewardshipRecord,
)
from tests.support.browsing import Browser
from tests.support.counting import counting_statements
from tests.support.site import BASE, Site

PATH = f"{BASE}/sources/INT-001/record"
MOST_STATEMENTS = 20


def form_of(ben: Browser) -> dict[str, str]:
    """What stands in the form of the record."""
    form = ben.page(PATH).select_one("form.record-form")
    assert form is not None
    filled = {str(each["name"]): str(each.get("value", "")) for each in form.select("input")}
    for each in form.select("select"):
        chosen = each.select_one("option[selected]") or each.select_one("option")
        filled[str(each["name"])] = str(chosen["value"]) if chosen else ""
    filled.pop("csrf_token")
    return filled


def define(site: Site) -> None:
    ana = site.home.actor("ana")
    with site.home.session(ana) as session:
        for name, scope, kind, choices in (
            ("Interpreter", AttributeScope.SOURCE, AttributeType.YES_NO, ()),
            ("Room", AttributeScope.SOURCE, AttributeType.CHOICE, ("home", "office")),
            ("Years", AttributeScope.PARTICIPANT, AttributeType.NUMBER, ()),
            ("Opened", AttributeScope.CASE, AttributeType.DATE, ()),
        ):
            definition = AttributeDefinition(scope, name, kind, choices)
            corpus.define_attribute(session, ana, study_id=site.study_id, definition=definition)
        corpus.set_attribute(
            session, ana, study_id=site.study_id, scope=AttributeScope.PARTICIPANT, key="P-01", name="Years", value="4"
        )
        corpus.set_attribute(
            session, ana, study_id=site.study_id, scope=AttributeScope.CASE, key="C-01", name="Opened",
            value="2025-09-30",
        )  # fmt: skip
        terms = StewardshipRecord(
            "ST-01", "Yaqan Nation", ConsentScope.PARAPHRASE, approved_on=date(2020, 1, 1),
            approved_until=date(2020, 12, 31),
        )  # fmt: skip
        corpus.keep_stewardship(session, ana, study_id=site.study_id, record=terms)


def test_the_form_holds_the_record_and_saving_it_untouched_changes_nothing(site: Site, ben: Browser) -> None:
    define(site)
    filled = form_of(ben)
    assert (filled["consent"], filled["case"], filled["participant"]) == ("quote-to-body", "C-01", "P-01")
    with site.reading() as session:
        before = corpus.record_of(session, corpus.source_keyed(session, site.study_id, "INT-001"))
    ben.send(PATH, filled, of=PATH)
    with site.reading() as session:
        source = corpus.source_keyed(session, site.study_id, "INT-001")
        assert (corpus.record_of(session, source), source.version) == (before, int(filled["version"]))


def test_a_record_is_changed_and_shown_with_what_no_longer_holds(site: Site, ben: Browser) -> None:
    define(site)
    changes = {
        "consent_until": "2021-01-31", "stewardship": "ST-01", "attribute:Interpreter": "no", "attribute:Room": "home",
        "privacy_class": "restricted", "participant": "P-01=P", "debriefed_on": "2021-01-01",
    }  # fmt: skip
    ben.send(PATH, form_of(ben) | changes, of=PATH)
    with site.reading() as session:
        record = corpus.record_of(session, corpus.source_keyed(session, site.study_id, "INT-001"))
        assert record.consent_until == date(2021, 1, 31)
        assert record.attributes == (("Interpreter", "no"), ("Room", "home"))
        assert record.speakers == (("P-01", "P"),)
    shown = ben.page(f"{BASE}/sources/INT-001").get_text(" ", strip=True)
    for fact in ("The consent ended on 31 Jan 2021", "The approval does not hold today", "Yaqan Nation", "restricted"):
        assert fact in shown
    assert "today: analysis only" in ben.page(f"{BASE}/sources").get_text(" ", strip=True)


def test_what_cannot_be_kept_is_refused_in_one_sentence_and_given_back(site: Site, ben: Browser) -> None:
    define(site)
    sent = form_of(ben) | {"title": "My own title", "attribute:Room": "garden"}
    response = ben.send(PATH, sent, of=PATH, status=422)
    assert "garden cannot be the attribute Room, which takes one of home, office." in response.text
    assert 'value="My own title"' in response.text
    assert "Stored by now" not in response.text


def test_whoever_saves_second_sees_both_versions_and_can_save_then(site: Site, ben: Browser) -> None:
    mine = form_of(ben) | {"title": "Mine", "consent": "paraphrase"}
    ana = site.home.actor("ana")
    with site.home.session(ana) as session:
        source = corpus.source_keyed(session, site.study_id, "INT-001")
        record = replace(corpus.record_of(session, source), title="Theirs", consent=ConsentScope.ANALYSIS_ONLY)
        corpus.change_record(session, ana, source=source, record=record)
    response = ben.send(PATH, mine, of=PATH, status=409)
    assert "changed INT-001 after you opened it" in response.text
    assert 'value="Mine"' in response.text
    assert "Theirs" in response.text
    assert response.text.count("Stored by now") == 2
    assert "Stored by now:</b> <span>analysis only" in response.text  # in the words of the field, not as it is stored
    with site.reading() as session:
        source = corpus.source_keyed(session, site.study_id, "INT-001")
        assert source.title == "Theirs"
        newest = source.version
    ben.send(PATH, mine | {"version": str(newest)}, of=PATH)
    with site.reading() as session:
        assert corpus.source_keyed(session, site.study_id, "INT-001").title == "Mine"


def test_a_form_that_says_no_version_that_is_one_overwrites_nothing(site: Site, ben: Browser) -> None:
    for version in ("", "x", "-1", "9" * 5_000):
        ben.send(PATH, form_of(ben) | {"title": "Mine", "version": version}, of=PATH, status=409)
    with site.reading() as session:
        assert corpus.source_keyed(session, site.study_id, "INT-001").title != "Mine"


def test_a_withdrawn_source_has_no_form(site: Site, ben: Browser) -> None:
    ana = site.home.actor("ana")
    with site.home.session(ana) as session:
        source = corpus.source_keyed(session, site.study_id, "INT-001")
        corpus.withdraw_source(session, ana, source=source, reason="asked")
    ben.get(PATH, status=422)
    assert not ben.page(f"{BASE}/sources/INT-001").select(f'a[href="{PATH}"]')


def test_participants_are_shown_with_sources_standpoints_consent_and_attributes(site: Site, ben: Browser) -> None:
    define(site)
    with counting_statements(site.home.evidence) as statements:
        page = ben.page(f"{BASE}/participants")
    assert len(statements) <= MOST_STATEMENTS, statements
    rows = {row.select("th")[0].get_text(strip=True): row for row in page.select("tbody tr")}
    first = rows["P-01"].get_text(" ", strip=True)
    for fact in ("INT-001", "parent", "quote to body", "Years", "4"):
        assert fact in first
    assert rows["P-02"].select(f'a[href="{BASE}/sources/INT-002"]')


def test_cases_are_shown_with_their_sources_by_kind(site: Site, ben: Browser) -> None:
    define(site)
    page = ben.page(f"{BASE}/cases")
    (row,) = [each for each in page.select("tbody tr") if "C-01" in each.get_text()]
    cells = {str(cell["data-label"]): cell.get_text(" ", strip=True) for cell in row.select("td")}
    assert cells["Interview"] == "INT-001 INT-003"
    assert "parent" in cells["Standpoint"]
    assert cells["Attributes"] == "Opened 2025-09-30 change C-01"


def test_the_sources_lead_to_participants_cases_and_pseudonyms(ben: Browser) -> None:
    links = {str(link["href"]) for link in ben.page(f"{BASE}/sources").select(".sum a")}
    assert links == {f"{BASE}/participants", f"{BASE}/cases", f"{BASE}/pseudonyms"}
