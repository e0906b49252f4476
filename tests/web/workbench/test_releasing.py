"""Releasing: what readers would get, what is in the way with the link that mends it, and the decision of a lead."""

import zipfile
from io import BytesIO

from ia_workbench import findings, privacy, publication, release, review
from ia_workbench.database import Store
from ia_workbench.findings import Stage
from ia_workbench.publication import Audience, Fit, PackageContent
from tests.support.browsing import Browser
from tests.support.site import BASE, Site, seen_on

FINDING = f"{BASE}/findings/F-01"
RELEASE = f"{FINDING}/release"


def published(site: Site) -> PackageContent | None:
    """What stands in the published store for the finding."""
    with site.home.unheld(Store.PUBLISHED, writes=False) as session:
        study = privacy.published_study_keyed(session, "cedar")
        packages = publication.packages(session, study.id)
        return publication.content_of(packages[0]) if packages else None


def stage(site: Site) -> Stage:
    """The finding's stage."""
    with site.reading() as session:
        return site.finding(session).stage


def test_everything_in_the_way_is_listed_with_the_link_that_mends_it(ben: Browser) -> None:
    items = ben.page(RELEASE).select(".in-the-way li")
    said = [item.get_text(" ", strip=True) for item in items]
    assert len(said) == 3
    assert "Nobody has masked the quote of E-0001 yet." in said[0]
    link = items[0].find("a")
    assert link is not None
    assert link["href"] == f"{FINDING}/masks#E-0001"  # type: ignore[index]


def test_a_quote_that_is_not_cleared_is_not_shown_in_the_preview(ben: Browser) -> None:
    text = ben.page(RELEASE).get_text()
    assert "[quote not cleared]" in text
    assert "Okoro" not in text
    assert "nothing on Saturday" not in text


def test_the_preview_is_the_page_as_readers_get_it_in_either_language(site: Site, ben: Browser) -> None:
    site.mask_all()
    english = ben.page(RELEASE)
    assert "Nothing stands in the way" in english.get_text()
    assert "the worker turned the screen" in english.get_text()
    assert "The form lists daytime hours only." in english.get_text()
    assert "Visits with your children" in english.get_text()
    spanish = ben.page(f"{RELEASE}?in=es").select_one(".reader-page")
    assert spanish is not None
    assert "El formulario solo tiene horas de día." in spanish.get_text()
    assert "Visitas con sus hijos" in spanish.get_text()


def test_a_lead_releases_to_the_body_and_the_package_crosses(site: Site, ana: Browser) -> None:
    site.mask_all()
    ana.send(RELEASE, seen_on(ana, "body"))
    content = published(site)
    assert content is not None
    assert content.audience is Audience.BODY
    assert stage(site) is Stage.BODY_REVIEW
    with site.reading() as session:
        assert all(each.copied_at for each in release.releases(session, site.study_id))


def test_releasing_what_is_not_cleared_is_refused_and_changes_nothing(site: Site, ana: Browser) -> None:
    response = ana.send(RELEASE, {"to": "body"}, status=422)
    assert "Nobody has masked the quote of E-0001 yet." in response.text
    assert stage(site) is Stage.DRAFT
    with site.reading() as session:
        assert not release.releases(session, site.study_id)


def test_an_analyst_prepares_and_may_not_release(site: Site, ben: Browser) -> None:
    site.mask_all()
    page = ben.page(RELEASE)
    assert "Only a lead of the study releases a finding." in page.get_text()
    assert page.select_one('form[action$="/release"]') is None
    ben.send(RELEASE, {"to": "body"}, of=FINDING, status=404)
    assert stage(site) is Stage.DRAFT


def test_an_unanswered_concern_stands_in_the_way_of_the_public(site: Site, ana: Browser) -> None:
    site.release()
    rosa = site.home.member("rosa")
    with site.home.session(rosa) as session:
        study = privacy.published_study_keyed(session, "cedar")
        package = publication.package_for(session, study.id, "F-01")
        review.give_position(session, rosa, package=package, fit=Fit.PARTLY, comment="Not all of it.")
    page = ana.page(f"{RELEASE}?to=public")
    way = page.select_one(".in-the-way li")
    assert way is not None
    assert "one concern" in way.get_text()
    link = way.find("a")
    assert link is not None
    assert link["href"] == f"{BASE}/review#F-01"  # type: ignore[index]
    ana.send(RELEASE, {"to": "public"}, status=422)
    assert stage(site) is Stage.BODY_REVIEW


def test_a_released_finding_goes_on_to_the_public(site: Site, ana: Browser) -> None:
    site.release()
    ana.send(RELEASE, seen_on(ana, "public"))
    content = published(site)
    assert content is not None
    assert content.audience is Audience.PUBLIC
    assert stage(site) is Stage.RELEASED


def test_readers_that_do_not_exist_are_refused(site: Site, ana: Browser) -> None:
    site.mask_all()
    assert "Choose one of body, public." in ana.send(RELEASE, {"to": "everyone"}, status=422).text


def test_the_brief_of_a_released_finding_is_a_word_document_without_raw_words(site: Site, ben: Browser) -> None:
    site.release()
    response = ben.get(f"{FINDING}/brief.docx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="F-01-brief.docx"'
    with zipfile.ZipFile(BytesIO(response.data)) as document:
        text = document.read("word/document.xml").decode()
    assert "the worker turned the screen" in text
    assert "Okoro" not in text


def test_a_draft_can_be_taken_before_any_release_and_a_brief_cannot(site: Site, ben: Browser) -> None:
    draft = ben.get(f"{FINDING}/brief.docx?draft=1")
    assert "F-01-draft.docx" in draft.headers["Content-Disposition"]
    assert "F-01 is not released yet." in ben.get(f"{FINDING}/brief.docx", status=404).text


def words_of(document: bytes) -> str:
    """The markup of a Word document's body."""
    with zipfile.ZipFile(BytesIO(document)) as packed:
        return packed.read("word/document.xml").decode()


def test_a_draft_tells_what_the_body_said_on_the_page_as_from_the_command_line(site: Site, ben: Browser) -> None:
    before = words_of(ben.get(f"{FINDING}/brief.docx?draft=1").data)
    assert "has not taken a position yet" in before
    site.release()
    rosa = site.home.member("rosa")
    with site.home.session(rosa) as session:
        study = privacy.published_study_keyed(session, "cedar")
        package = publication.package_for(session, study.id, "F-01")
        review.give_position(session, rosa, package=package, fit=Fit.PARTLY, comment="Not all of it.")
    assert "Not all of it." in words_of(ben.get(f"{FINDING}/brief.docx?draft=1").data)
    with site.reading() as session, site.home.unheld(Store.PUBLISHED, writes=False) as community:
        drafted = release.draft_of(session, community, site.finding(session))
    assert drafted.content.audience is Audience.PUBLIC, "the one it goes to next"
    assert drafted.body is not None
    assert [each.text for each in drafted.body.concerns] == ["Not all of it."]


def test_a_finding_that_was_loaded_as_released_goes_to_the_body_first(site: Site, ana: Browser) -> None:
    site.mask_all()
    with site.writing() as session:
        site.finding(session).stage = Stage.RELEASED
    assert "Nothing stands in the way" in ana.page(RELEASE).get_text()
    way = ana.page(f"{RELEASE}?to=public").select_one(".in-the-way li")
    assert way is not None
    assert "Release it to the body first." in way.get_text()
    link = way.find("a")
    assert link is not None
    assert link["href"] == f"{RELEASE}?to=body"  # type: ignore[index]
    ana.send(RELEASE, seen_on(ana, "body"))
    assert stage(site) is Stage.BODY_REVIEW


def test_a_withdrawn_source_is_mended_at_its_evidence(site: Site, ben: Browser) -> None:
    site.mask_all()
    ben.send(f"{BASE}/sources/INT-001/withdraw", {"reason": "Asked", "outcome": "stop"}, of=f"{BASE}/sources/INT-001")
    way = ben.page(RELEASE).select_one(".in-the-way li a")
    assert way is not None
    assert way["href"] == f"{FINDING}/evidence/E-0001"
    with site.reading() as session:
        assert len(findings.links_of(session, site.finding(session))) == 3
