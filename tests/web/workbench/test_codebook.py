"""The codebook: what each code is for and how often it was given, one code with its words, versions, new codes."""

from ia_workbench import codebook
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

TREE = f"{BASE}/codebook"


def test_the_tree_shows_definitions_and_counts_parents_above_their_codes(ben: Browser) -> None:
    rows = [row.get_text(" ", strip=True) for row in ben.page(TREE).select("table.codes tbody tr")]
    assert rows[0].startswith("Family time")
    assert rows[1].startswith("Slots set by the form")
    for said in ("The list decides.", "The form.", "Rooms.", "Only eight slots.", "N-14"):
        assert said in rows[1]
    assert rows[1].endswith("2 2")
    assert rows[2].endswith("0 0")


def test_a_code_shows_its_words_by_source_with_those_of_the_codes_below(ben: Browser) -> None:
    page = ben.page(f"{TREE}/c/family-time")
    tally = page.select_one(".sum")
    assert tally is not None
    assert [span.get_text() for span in tally.find_all("span")] == ["4 codings (2 of its own)", "in 3 sources"]
    first = page.select_one(".retrieved a")
    assert first is not None
    assert first["href"] == f"{BASE}/sources/INT-001/code#turn-2"


def test_a_code_that_does_not_exist_names_the_nearest(ben: Browser) -> None:
    response = ben.get(f"{TREE}/c/family-time/slot", status=404)
    assert "family-time/slots" in response.text


def test_a_new_code_stands_below_its_parent(site: Site, ben: Browser) -> None:
    ben.send(
        f"{TREE}/new",
        {"name": "Visit moved", "parent": "family-time", "definition": "A visit at another time.", "color": "5"},
    )
    with site.reading() as session:
        code = codebook.code_at(session, site.study_id, "family-time/visit-moved")
        assert (code.definition, code.color) == ("A visit at another time.", 5)


def test_a_second_code_of_the_same_name_is_refused_with_its_input_kept(ben: Browser) -> None:
    fields = {"name": "Family time", "definition": "Kept words"}
    response = ben.send(f"{TREE}/new", fields, status=422)
    assert "There is already a code family-time here" in response.text
    assert "Kept words" in response.text


def test_a_lead_publishes_a_version_that_stays(site: Site, ana: Browser) -> None:
    ana.send(f"{TREE}/publish", {"note": "First full version"}, of=TREE)
    with site.reading() as session:
        versions = codebook.versions(session, site.study_id)
    assert [(each.number, each.note, each.published_by) for each in versions] == [(1, "First full version", "ana")]
    assert "Version 1" in ana.page(TREE).get_text()
    response = ana.send(f"{TREE}/publish", {"note": "Again"}, of=TREE, status=422)
    assert "Nothing has changed since version 1." in response.text


def test_an_analyst_finds_nothing_to_publish_with(ben: Browser) -> None:
    assert ben.page(TREE).select_one("form[action$=publish]") is None
    ben.send(f"{TREE}/publish", {"note": "x"}, of=TREE, status=404)
