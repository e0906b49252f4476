"""Taking a finding from its readers on the page, what waits after a source was withdrawn, and copies that fail."""

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from ia_workbench import corpus, privacy, publication
from ia_workbench.database import Store
from ia_workbench.findings import Stage
from ia_workbench.publication import Fit
from tests.support.browsing import Browser
from tests.support.counting import counting_statements
from tests.support.site import BASE, Site, seen_on
from tests.web.workbench.test_review import give

FINDING = f"{BASE}/findings/F-01"
RELEASE, WITHDRAW = f"{FINDING}/release", f"{FINDING}/withdraw"
REASON = "It could harm a family."


def standing(site: Site) -> list[str]:
    """The findings that readers have now."""
    with site.home.unheld(Store.PUBLISHED, writes=False) as session:
        study = privacy.published_study_keyed(session, "cedar")
        return [each.finding_key for each in publication.packages(session, study.id)]


def stage(site: Site) -> Stage:
    """The finding's stage."""
    with site.reading() as session:
        return site.finding(session).stage


def break_packages(site: Site, name: str = "package", new: str = "package_away") -> None:
    """Make the published store unable to take a package, or able again."""
    with site.home.unheld(Store.PUBLISHED) as session:
        session.execute(text(f"ALTER TABLE {name} RENAME TO {new}"))


def test_a_lead_takes_a_finding_from_its_readers_with_a_reason(site: Site, ana: Browser) -> None:
    site.release()
    sent = ana.send(WITHDRAW, {"reason": REASON}, of=RELEASE)
    assert (standing(site), stage(site)) == ([], Stage.WITHDRAWN)
    page = ana.page(sent.headers["Location"])
    assert "The finding was taken from its readers." in page.get_text()
    readers = page.select_one("#readers")
    assert readers is not None
    assert readers.find_parent("section") is not None
    assert REASON in page.get_text()
    assert "Taken from readers by ana" in page.get_text()
    assert page.select_one(f'a[href="{FINDING}/brief.docx"]') is None
    assert "is not released" in ana.get(f"{FINDING}/brief.docx", status=404).text


def test_taking_a_finding_from_its_readers_needs_a_reason(site: Site, ana: Browser) -> None:
    site.release()
    response = ana.send(WITHDRAW, {"reason": " "}, of=RELEASE, status=422)
    assert "a withdrawal needs a reason" in response.text
    assert (standing(site), stage(site)) == (["F-01"], Stage.BODY_REVIEW)


def test_an_analyst_is_not_offered_to_take_a_finding_from_its_readers(site: Site, ben: Browser) -> None:
    site.release()
    assert ben.page(RELEASE).select_one("#withdraw") is None
    ben.send(WITHDRAW, {"reason": REASON}, of=FINDING, status=404)
    assert standing(site) == ["F-01"]


def test_a_finding_that_nobody_has_cannot_be_taken_from_readers(site: Site, ana: Browser) -> None:
    assert ana.page(RELEASE).select_one("#withdraw") is None
    assert "was never released" in ana.send(WITHDRAW, {"reason": REASON}, of=FINDING, status=422).text
    page = ana.page(FINDING)
    assert page.select_one('#stage option[value="withdrawn"]') is not None


def test_what_readers_have_is_withdrawn_on_its_release_page_alone(site: Site, ana: Browser) -> None:
    site.release()
    assert ana.page(FINDING).select_one('#stage option[value="withdrawn"]') is None
    refused = ana.send(f"{FINDING}/move", {"stage": "withdrawn"}, of=FINDING, status=422)
    assert "Take it from them on its release page" in refused.text
    assert "by a release alone" in ana.send(f"{FINDING}/move", {"stage": "released"}, of=FINDING, status=422).text
    assert (standing(site), stage(site)) == (["F-01"], Stage.BODY_REVIEW)


def test_a_source_that_only_the_register_says_is_withdrawn_is_said_until_it_is_taken_back(
    site: Site, ana: Browser
) -> None:
    site.release()
    assert ana.page(BASE).select_one("#w-taken-back") is None
    with site.writing() as session:  # as a store had it that knew no other way
        corpus.withdraw_source(
            session,
            site.home.actor("ana"),
            source=corpus.source_keyed(session, site.study_id, "INT-001"),
            reason="Asked",
        )
    home = ana.page(BASE)
    heading = home.select_one("#w-taken-back")
    assert heading is not None
    panel = heading.find_parent("section")
    assert panel is not None
    assert "E-0001" in panel.get_text()
    assert panel.select_one(f'a[href="{RELEASE}"]') is not None
    assert "Readers still have E-0001" in ana.page(FINDING).get_text()
    ana.send(WITHDRAW, {"reason": "Asked"}, of=RELEASE)
    assert ana.page(BASE).select_one("#w-taken-back") is None
    assert "Readers still have" not in ana.page(FINDING).get_text()


def test_what_the_body_said_of_a_withdrawn_finding_stays_with_the_team(site: Site, ana: Browser) -> None:
    site.release()
    give(site, "rosa", Fit.PARTLY, "El autobús.")
    ana.send(WITHDRAW, {"reason": REASON}, of=RELEASE)
    review = ana.page(f"{BASE}/review").get_text()
    assert "El autobús." in review
    assert "taken from readers" in review


def test_a_release_whose_copy_fails_is_said_to_be_released_and_not_yet_copied(site: Site, ana: Browser) -> None:
    site.mask_all()
    break_packages(site)
    sent = ana.send(RELEASE, seen_on(ana, "body"))
    assert "readers do not have it yet" in ana.page(sent.headers["Location"]).get_text()
    assert stage(site) is Stage.BODY_REVIEW
    break_packages(site, "package_away", "package")
    assert standing(site) == []
    assert "said=released" in ana.send(RELEASE, seen_on(ana, "body")).headers["Location"]
    assert standing(site) == ["F-01"]


def test_a_withdrawal_whose_copy_fails_is_taken_up_again_on_the_same_page(site: Site, ana: Browser) -> None:
    site.release()
    break_packages(site)
    sent = ana.send(WITHDRAW, {"reason": REASON}, of=FINDING)
    assert "its readers still have it" in ana.page(sent.headers["Location"]).get_text()
    break_packages(site, "package_away", "package")
    assert standing(site) == ["F-01"]
    assert ana.page(RELEASE).select_one("#withdraw") is not None
    ana.send(WITHDRAW, {"reason": REASON}, of=RELEASE)
    assert standing(site) == []
    assert ana.page(RELEASE).select_one("#withdraw") is None


def test_the_log_of_a_failed_copy_holds_no_words(site: Site, ana: Browser, caplog: object) -> None:
    site.mask_all()
    break_packages(site)
    ana.send(RELEASE, seen_on(ana, "body"))
    said = caplog.text  # type: ignore[attr-defined]
    assert f"releasing.decide: stored, and what follows failed with {OperationalError.__name__}" in said
    assert "Visit hours" not in said


def test_the_review_page_asks_the_published_store_as_much_of_one_member_as_of_two(site: Site, ana: Browser) -> None:
    site.release()
    give(site, "rosa", Fit.PARTLY, "Uno.")
    with counting_statements(site.home.published) as one:
        ana.get(f"{BASE}/review")
    give(site, "marcus", Fit.PARTLY, "Dos.")
    with counting_statements(site.home.published) as two:
        ana.get(f"{BASE}/review")
    assert len(two) == len(one), two
