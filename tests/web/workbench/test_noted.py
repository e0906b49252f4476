"""Attributes and terms of stewards on a page for leads; what is said of one participant or case, for the team."""

from ia_workbench import corpus
from ia_workbench.corpus import AttributeScope
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

PAGE = f"{BASE}/noted"
SHIFTS = {"name": "Shift work", "scope": "participant", "type": "choice", "choices": "days\nnights\n"}


def test_a_lead_adds_an_attribute_and_further_choices_and_the_team_says_its_value(
    site: Site, ana: Browser, ben: Browser
) -> None:
    assert "No attributes yet." in ana.page(PAGE).text
    ana.send(f"{PAGE}/attributes", SHIFTS, of=PAGE)
    ana.send(f"{PAGE}/attributes", SHIFTS | {"choices": "rotating"}, of=PAGE)
    assert "days, nights, rotating" in ana.page(PAGE).text
    said_of = f"{PAGE}/participants/P-01"
    answer = ben.send(said_of, {"attribute:Shift work": "rotating"})
    assert answer.location.endswith("/participants?said=saved#P-01")
    row = ben.page(f"{BASE}/participants").select_one("#P-01")
    assert row is not None
    assert "Shift work rotating" in row.get_text(" ", strip=True)
    with site.home.session(site.home.actor("ana"), writes=False) as session:
        person = corpus.participant_keyed(session, site.study_id, "P-01")
        assert corpus.values_of(session, AttributeScope.PARTICIPANT, person.id) == (("Shift work", "rotating"),)


def test_a_value_that_does_not_fit_is_refused_and_stays_in_the_form(site: Site, ana: Browser) -> None:
    form = {"name": "Years", "scope": "case", "type": "number", "choices": ""}
    ana.send(f"{PAGE}/attributes", dict(form), of=PAGE)
    answer = ana.send(f"{PAGE}/cases/C-01", {"attribute:Years": "many"}, status=422)
    assert "takes a number such as 12 or 3.5" in answer.text
    assert 'value="many"' in answer.text
    ana.send(f"{PAGE}/cases/C-01", {"attribute:Years": "4"})
    ana.send(f"{PAGE}/cases/C-01", {"attribute:Years": ""})
    assert 'value="4"' not in ana.page(f"{PAGE}/cases/C-01").prettify()


def test_an_attribute_goes_with_its_values_after_they_are_counted(site: Site, ana: Browser) -> None:
    ana.send(f"{PAGE}/attributes", dict(SHIFTS), of=PAGE)
    ana.send(f"{PAGE}/participants/P-01", {"attribute:Shift work": "days"})
    page = ana.page(PAGE)
    assert "1 value goes with it." in page.text
    (form,) = page.select('form[action$="/remove"]')
    ana.send(str(form["action"]), {}, of=PAGE)
    assert "No attributes yet." in ana.page(PAGE).text


def test_terms_are_noted_changed_and_refused_beside_their_own_form(site: Site, ana: Browser) -> None:
    terms = {"key": "st-01", "nation": "Yaqan Nation", "uses": "paraphrase", "approved_on": "2026-01-05"}
    answer = ana.send(f"{PAGE}/terms", dict(terms), of=PAGE)
    assert answer.location.endswith("#terms-ST-01")
    ana.send(f"{PAGE}/terms", terms | {"uses": "quote-in-report"}, of=PAGE)
    with site.home.session(site.home.actor("ana"), writes=False) as session:
        (kept,) = corpus.stewardships(session, site.study_id)
        assert (kept.key, kept.nation, kept.uses.value) == ("ST-01", "Yaqan Nation", "quote-in-report")
    for wrong, sentence in (
        ({"approved_until": "2025-01-05"}, "ends before it was given"),
        ({"approved_on": "soon"}, "soon is not a date"),
        ({"key": "terms"}, "write a key such as ST-01"),
    ):
        answer = ana.send(f"{PAGE}/terms", terms | wrong, of=PAGE, status=422)
        assert sentence in answer.text
        assert "Yaqan Nation" in answer.text


def test_an_analyst_has_neither_the_page_nor_a_link_to_it(site: Site, ana: Browser, ben: Browser) -> None:
    assert ben.client.get(PAGE).status_code == 404
    assert "Attributes and terms" not in ben.page(f"{BASE}/participants").text
    assert "A lead can add them." in ben.page(f"{PAGE}/participants/P-01").text
    assert "Attributes and terms" in ana.page(f"{BASE}/participants").text
