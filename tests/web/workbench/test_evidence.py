"""Evidence: words picked from codings or trimmed out of a turn, linked, described, weighed, taken away."""

import pytest
from bs4 import BeautifulSoup

from ia_workbench import coding, findings
from ia_workbench.findings import EvidenceLink, LinkRole, ShownAs, Stance
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

PAGE = f"{BASE}/findings/F-01"
EVIDENCE = f"{PAGE}/evidence"


def links(site: Site) -> dict[str, EvidenceLink]:
    """The finding's evidence by key."""
    with site.reading() as session:
        return {each.key: each for each in findings.links_of(session, site.finding(session))}


def coded_excerpt(site: Site, source: str) -> str:
    """The GUID of the excerpt of a source's last coding."""
    with site.reading() as session:
        made = [each for each in coding.codings(session, site.study_id) if each.excerpt.revision.source.key == source]
        return str(made[-1].excerpt.guid)


def test_codings_near_the_finding_are_offered_that_are_not_linked_yet(ben: Browser) -> None:
    offered = [item.get_text(" ", strip=True) for item in ben.page(EVIDENCE).select(".candidates li")]
    assert len(offered) == 4
    assert any("The bus does not come." in words for words in offered)


def test_the_offer_narrows_by_source_code_and_standpoint(ben: Browser) -> None:
    def offered(query: str) -> list[str]:
        return [item.get_text(" ", strip=True) for item in ben.page(f"{EVIDENCE}?{query}").select(".candidates .key")]

    assert offered("from=INT-003") == ["INT-003"]
    assert offered("code=family-time/slots") == ["INT-001", "INT-002"]
    assert offered("standpoint=family") == ["INT-001", "INT-001", "INT-003"]


def test_a_search_offers_turns_to_trim(ben: Browser) -> None:
    page = ben.page(f"{EVIDENCE}?q=flexible&role=counter")
    link = page.select_one(".candidates a")
    assert link is not None
    assert "source=INT-002" in str(link["href"])
    assert "turn=3" in str(link["href"])
    assert "role=counter" in str(link["href"])


def test_picked_words_are_linked_with_stance_role_lever_and_note(site: Site, ben: Browser) -> None:
    guid = coded_excerpt(site, "INT-002")
    fields = {"excerpt": guid, "stance": "supports", "role": "happens", "note": "Seen again"}
    response = ben.send(EVIDENCE, fields, of=f"{EVIDENCE}?excerpt={guid}")
    assert response.headers["Location"].endswith("#E-0004")
    made = links(site)["E-0004"]
    assert (made.stance, made.role, made.note, made.by) == (Stance.SUPPORTS, LinkRole.HAPPENS, "Seen again", "ben")


def test_words_trimmed_out_of_a_turn_are_cut_exactly(site: Site, ben: Browser) -> None:
    fields = {"source": "INT-001", "turn": "3", "words": "I lost the half day", "stance": "supports", "role": "impact"}
    ben.send(EVIDENCE, fields, of=f"{EVIDENCE}?source=INT-001&turn=3")
    assert links(site)["E-0004"].excerpt.quote == "I lost the half day"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": "I lost half a day"}, "The source has no such words."),
        ({"words": ""}, "Give the words to find"),
        ({"role": "because"}, "Choose one of happens, produced-by, impact, counter."),
        ({"role": "counter"}, "cannot have the role counter"),
        ({"role": "happens", "lever": "ADM"}, "Only evidence with the role produced-by anchors a lever."),
        ({"role": "produced-by", "lever": "RES"}, "F-01 does not name the lever RES."),
    ],
)
def test_a_link_that_does_not_fit_is_refused_and_nothing_is_linked(
    site: Site, ben: Browser, fields: dict[str, str], sentence: str
) -> None:
    sent = {"source": "INT-001", "turn": "3", "words": "I lost the half day", "stance": "supports", "role": "impact"}
    response = ben.send(EVIDENCE, {**sent, **fields}, of=f"{EVIDENCE}?source=INT-001&turn=3", status=422)
    assert sentence in response.text
    assert set(links(site)) == {"E-0001", "E-0002", "E-0003"}


def test_words_that_are_not_there_are_not_found(ben: Browser) -> None:
    ben.get(f"{EVIDENCE}?source=INT-001&turn=99", status=404)
    ben.get(f"{EVIDENCE}?source=INT-404&turn=1", status=404)
    ben.get(f"{EVIDENCE}?excerpt=no-guid", status=404)
    ben.get(f"{EVIDENCE}?excerpt=00000000-0000-4000-8000-000000000000", status=404)


def test_a_note_on_how_it_was_weighed_meets_the_line_and_can_be_taken_back(site: Site, ben: Browser) -> None:
    written = {"resolution": "It means another slot on the list.", "version": "1"}
    ben.send(f"{EVIDENCE}/E-0003/resolve", written, of=PAGE)
    assert links(site)["E-0003"].resolution == "It means another slot on the list."
    assert "How it was weighed:" in ben.page(PAGE).get_text()
    ben.send(f"{EVIDENCE}/E-0003/resolve", {"resolution": "kept", "reopen": "1", "version": "2"}, of=PAGE)
    assert links(site)["E-0003"].resolution is None


def test_an_empty_note_is_refused_beside_its_card(site: Site, ben: Browser) -> None:
    response = ben.send(f"{EVIDENCE}/E-0003/resolve", {"resolution": " "}, of=PAGE, status=422)
    assert "Write how it was weighed" in response.text
    assert links(site)["E-0003"].resolution is None


def test_how_readers_see_a_link_can_be_changed(site: Site, ben: Browser) -> None:
    one = f"{EVIDENCE}/E-0001"
    fields = {
        "shown_as": "paraphrase",
        "paraphrase-en": "A parent was shown the list.",
        "speaker-en": "A parent",
        "speaker-es": "Una madre",
        "note": "For the team",
        "version": "1",
    }
    ben.send(one, fields, of=one)
    made = links(site)["E-0001"]
    assert made.shown_as is ShownAs.PARAPHRASE
    assert made.paraphrase == {"en": "A parent was shown the list."}
    assert made.speaker == {"en": "A parent", "es": "Una madre"}
    card = ben.page(PAGE).select_one("#E-0001")
    assert card is not None
    assert card.select_one("blockquote") is None
    assert "A parent was shown the list." in card.get_text()


def test_showing_more_than_consent_allows_is_refused(site: Site, ben: Browser) -> None:
    guid = coded_excerpt(site, "INT-003")
    ben.send(EVIDENCE, {"excerpt": guid, "stance": "supports", "role": "impact"}, of=f"{EVIDENCE}?excerpt={guid}")
    one = f"{EVIDENCE}/E-0004"
    response = ben.send(one, {"shown_as": "quote", "version": "1"}, of=one, status=422)
    assert "The consent for INT-003 is paraphrase" in response.text
    assert links(site)["E-0004"].shown_as is ShownAs.PARAPHRASE


def test_removing_a_link_leaves_the_words_and_their_codings(site: Site, ben: Browser) -> None:
    with site.reading() as session:
        before = coding.count_of_excerpts(session, site.study_id)
    ben.send(f"{EVIDENCE}/E-0002/remove", {"version": "1"}, of=f"{EVIDENCE}/E-0002")
    assert "E-0002" not in links(site)
    with site.reading() as session:
        assert coding.count_of_excerpts(session, site.study_id) == before


def test_a_link_that_someone_saved_meanwhile_is_not_removed_unread(site: Site, ben: Browser) -> None:
    ben.send(f"{EVIDENCE}/E-0003/resolve", {"resolution": "It means another slot.", "version": "1"}, of=PAGE)
    for sent in ({"version": "1"}, {}):
        ben.send(f"{EVIDENCE}/E-0003/remove", dict[str, object](sent), of=f"{EVIDENCE}/E-0003", status=409)
    assert links(site)["E-0003"].resolution == "It means another slot."


def test_a_link_is_found_under_its_own_finding_only(site: Site, ben: Browser) -> None:
    ben.send(f"{BASE}/findings/new", {"title": "Another", "release_level": "private"})
    ben.get(f"{BASE}/findings/F-02/evidence/E-0001", status=404)
    response = ben.send(f"{BASE}/findings/F-02/evidence/E-0001/remove", {}, of=PAGE, status=404)
    assert response.status_code == 404
    assert "E-0001" in links(site)


TYPED = {
    "speaker-en": "A parent",
    "speaker-es": "Una madre",
    "translation-es": "La lista, el sábado",
    "paraphrase-en": "A parent was shown the list.",
}


def typed_in(html: str) -> dict[str, str]:
    """What stands in the fields of a page's form, by name."""
    fields = BeautifulSoup(html, "html5lib").select("textarea")
    return {str(each["name"]): each.get_text() for each in fields}


def test_a_refused_description_keeps_what_was_typed_in_both_languages(ben: Browser) -> None:
    one = f"{EVIDENCE}/E-0001"
    answer = ben.send(one, {**TYPED, "shown_as": "nonsense", "note": ""}, of=one, status=422)
    typed = typed_in(answer.text)
    assert {name: typed[name] for name in TYPED} == TYPED
    assert "Stored by now" not in answer.text


def test_the_second_to_describe_a_link_is_told_and_sees_both(site: Site, ana: Browser, ben: Browser) -> None:
    one = f"{EVIDENCE}/E-0001"
    version = ben.page(one).select_one("input[name=version]")
    assert version is not None
    ana.send(one, {"shown_as": "quote", "translation-es": "La de Ana", "version": version["value"]}, of=one)
    late = {**TYPED, "shown_as": "paraphrase", "note": "Ben's", "version": version["value"]}
    answer = ben.send(one, late, of=one, status=409)
    assert "ana changed E-0001 after you opened it." in answer.text
    assert links(site)["E-0001"].translation == {"es": "La de Ana"}
    typed = typed_in(answer.text)
    assert {name: typed[name] for name in TYPED} == TYPED
    shown = BeautifulSoup(answer.text, "html5lib").select(".by-now")
    assert "La de Ana" in " ".join(each.get_text() for each in shown)
    described = BeautifulSoup(answer.text, "html5lib").select_one("#translation-es")
    assert described is not None
    assert described["aria-describedby"] in {each["id"] for each in shown}
    again = BeautifulSoup(answer.text, "html5lib").select_one("input[name=version]")
    assert again is not None
    ben.send(one, {**late, "version": again["value"]}, of=one)
    assert links(site)["E-0001"].translation == {"es": "La lista, el sábado"}


def test_the_second_to_weigh_a_link_is_told_and_keeps_what_was_typed(site: Site, ana: Browser, ben: Browser) -> None:
    version = ben.page(PAGE).select_one("#E-0003 input[name=version]")
    assert version is not None
    ana.send(f"{EVIDENCE}/E-0003/resolve", {"resolution": "Ana's", "version": version["value"]}, of=PAGE)
    late = {"resolution": "Ben's", "version": version["value"]}
    answer = ben.send(f"{EVIDENCE}/E-0003/resolve", late, of=PAGE, status=409)
    assert "ana changed E-0003 after you opened it." in answer.text
    assert typed_in(answer.text)["resolution"] == "Ben's"
    assert links(site)["E-0003"].resolution == "Ana's"
