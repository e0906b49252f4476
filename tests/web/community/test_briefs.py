"""A site lead reads and exports the briefs of public findings, and never learns who spoke."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from ia_workbench.publication import Audience, Provenance, Words
from tests.briefs.bodies import SECTIONS
from tests.support import Home
from tests.support.browsing import Browser
from tests.support.packages import FORM, package_content, receive
from tests.web.community.conftest import ANSWER, BUS, DISSENT

Enter = Callable[[str], Browser]


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def test_a_site_lead_sees_public_findings_only(enter: Enter) -> None:
    page = enter("lee").page("/briefs")
    assert [each["href"] for each in page.select("li.card h2 a")] == ["/briefs/F-01"]
    assert "Court reports count visits" not in words(page)
    assert "Established" in words(page)


def test_the_list_says_when_the_team_owes_an_answer(enter: Enter) -> None:
    assert "The team still owes the community body an answer." in words(enter("lee").page("/briefs"))


def test_a_site_without_public_findings_is_told_so(enter: Enter, home: Home) -> None:
    assert "No finding is public yet." not in words(enter("lee").page("/answers"))


def test_a_brief_has_all_its_sections_in_order(enter: Enter) -> None:
    page = enter("lee").page("/briefs/F-01")
    assert [each.get_text() for each in page.select("article h2")] == SECTIONS
    shown = words(page)
    assert "Finding brief 1 of 1, Cedar County reunification" in shown
    assert (
        "5 independent units , from 6 sources in support, of 4 kinds, at 2 offices, January 2026 – March 2026" in shown
    )
    assert "9 of 9 lines of the default rule, version 1" in shown
    assert "Not examined at this step: Leadership." in shown
    assert "The form does not list those rooms, so no request reaches them." in shown
    assert "Counted, not shown." in shown


def test_the_family_excerpt_comes_before_any_number(enter: Enter) -> None:
    html = enter("lee").get("/briefs/F-01").text
    assert html.index("Nothing after four") < html.index("independent units")


def test_a_brief_without_contrary_evidence_numbers_or_advice_says_so_or_leaves_it_out(enter: Enter, home: Home) -> None:
    bare = package_content(
        audience=Audience.PUBLIC,
        evidence=(FORM,),
        strip=(),
        levers=(),
        strengths="",
        recommendations=(),
        confidence=None,
        agency_response=None,
        counts=replace(package_content().counts, offices=0, first_month=None, last_month=None),
        rule=replace(package_content().rule, fragile_units=2, office_waiver="One office.", override="By the lead."),
    )
    receive(home, bare)
    shown = words(enter("lee").page("/briefs/F-01"))
    assert "Nothing that contradicts or complicates the finding is linked." in shown
    assert "No numbers are linked to this finding." in shown
    assert "It hangs on each of 2 units" in shown
    assert "Override: By the lead." in shown
    assert "The team has not proposed any yet." in shown
    assert "No agency response is recorded." in shown


def test_the_body_speaks_in_words_with_answers_and_dissent_in_full_and_nobody_is_named(enter: Enter) -> None:
    for path in ("/briefs/F-01", "/answers"):
        shown = words(enter("lee").page(path))
        assert "A few members said that part of it fits. A few members said that it does not fit." in shown
        assert f"Concern: {BUS}" in shown
        assert ANSWER in shown
        assert f"Dissent, printed in full: {DISSENT}" in shown
        assert "Not answered yet." in shown
        assert "due" not in shown.split("Not answered yet.")[1], "the day would tell on which day the member spoke"
        assert "rosa" not in shown.lower()
        assert "marcus" not in shown.lower()
        assert "%" not in shown


def test_dissent_keeps_its_language(enter: Enter) -> None:
    quotes = enter("lee").page("/answers").select("q")
    assert {(each["lang"], each.get_text()) for each in quotes} == {("en", BUS), ("es", DISSENT)}


def test_what_members_say_of_findings_that_are_not_public_stays_away_from_the_site(enter: Enter) -> None:
    enter("rosa").send("/c/2", {"fit": "partly", "comment": "Only between us and the team."})
    lee = enter("lee")
    for path in ("/briefs", "/briefs/F-01", "/answers"):
        assert "Only between us" not in lee.get(path).text


OTHER = "Members answered another version of this finding; what they said is with the team."
PLACES = ("/briefs/F-01", "/answers", "/briefs/F-01/export?as=html", "/briefs/F-01/export")


def told(browser: Browser, path: str) -> str:
    """The words of a page or of an exported brief."""
    data = browser.get(path).data
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as document:
            data = re.sub(rb"<[^>]+>", b"", document.read("word/document.xml"))
    return words(BeautifulSoup(data.decode(), "html5lib"))


@pytest.mark.parametrize("path", PLACES)
def test_what_was_said_of_other_words_is_not_printed_as_a_judgement_of_these(
    enter: Enter, home: Home, path: str
) -> None:
    receive(home, package_content(audience=Audience.PUBLIC, plain=Words("The form lists every hour there is.")))
    lee = enter("lee")
    shown = told(lee, path)
    assert OTHER in shown
    for gone in ("few members said", "A few said", "taken a position yet", BUS, DISSENT, ANSWER):
        assert gone not in shown
    enter("marcus").send("/c/1", {"fit": "fits", "comment": "Now it is so."})
    shown = told(lee, path)
    assert "A few members said" in shown
    assert "Now it is so." in shown
    assert OTHER in shown
    assert BUS not in shown
    assert DISSENT not in shown


@pytest.mark.parametrize("path", PLACES)
def test_what_was_said_of_an_edition_for_the_body_alone_stays_away_from_the_site(
    enter: Enter, home: Home, path: str
) -> None:
    receive(home, package_content(audience=Audience.BODY, plain=Words("The form and the bus take the visits.")))
    enter("rosa").send("/c/1", {"fit": "partly", "comment": "The bus is not in our street."})
    shown = told(enter("lee"), path)
    assert "in our street" not in shown
    assert DISSENT in shown, "what stands on the public words is still told"
    assert OTHER in shown


@pytest.mark.parametrize("path", PLACES)
def test_what_was_said_to_the_body_stands_when_the_same_words_become_public(
    enter: Enter, home: Home, path: str
) -> None:
    enter("rosa").send("/c/2", {"fit": "partly", "comment": "Some courts count."})
    told_to_body = package_content(
        finding_key="F-02", plain=Words("Court reports count visits.", "Los informes cuentan.")
    )
    receive(home, replace(told_to_body, audience=Audience.PUBLIC, stage="released", provenance=Provenance("0.2.0", 9)))
    shown = told(enter("lee"), path.replace("F-01", "F-02"))
    assert "Some courts count." in shown
    assert OTHER not in shown


def test_that_another_version_was_answered_is_told_in_spanish(enter: Enter, home: Home) -> None:
    receive(home, package_content(audience=Audience.PUBLIC, plain=Words("The form lists every hour there is.")))
    assert "respondieron a otra versión de este hallazgo" in words(enter("lee").page("/es/answers"))


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_brief_is_handed_over_as_a_word_document(enter: Enter, prefix: str) -> None:
    response = enter("lee").get(f"{prefix}/briefs/F-01/export")
    assert response.headers["Content-Disposition"] == 'attachment; filename="F-01-brief.docx"'
    assert response.headers["Cache-Control"] == "no-store"
    with ZipFile(BytesIO(response.data)) as document:
        text = document.read("word/document.xml").decode()
    assert "Nothing after four, nothing on Saturday." in text
    assert "rosa" not in text


def test_a_brief_is_handed_over_as_a_page_that_stands_alone(enter: Enter) -> None:
    response = enter("lee").get("/briefs/F-01/export?as=html")
    assert response.headers["Content-Disposition"] == 'attachment; filename="F-01-brief.html"'
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    page = BeautifulSoup(response.text, "html5lib")
    assert DISSENT in words(page)
    assert "rosa" not in response.text
    assert not page.select("script, link, img")


def test_a_spanish_brief_marks_what_is_only_in_english(enter: Enter) -> None:
    page = enter("lee").page("/es/briefs/F-01")
    heading = page.h1
    assert heading is not None
    assert heading["lang"] == "en"
    assert "Se cumplen 9 de 9 líneas" in words(page)
    assert "enero de 2026 – marzo de 2026" in words(page)
