"""Choosing a study, and its first page: everything that waits, each with the link that does it."""

from ia_workbench import corpus, findings, privacy, publication, release, review
from ia_workbench.publication import Fit
from tests.support.browsing import Browser
from tests.support.counting import counting_statements
from tests.support.masking import decide_all, make, sign
from tests.support.releasing import mask_as
from tests.support.site import BASE, Site


def test_whoever_has_one_study_begins_there_and_an_administrator_with_the_users(site: Site) -> None:
    assert site.browser("ben").get("/", status=302).headers["Location"] == BASE
    assert site.browser("ada").get("/", status=302).headers["Location"] == "/users"


def test_the_choice_shows_only_ones_own_studies(site: Site) -> None:
    page = site.browser("omar").page("/studies")
    assert [link["href"] for link in page.select(".study-card a")] == ["/s/other"]
    assert "No study is yours yet." in site.browser("ada").page("/studies").get_text()


def test_the_question_stands_on_the_first_page(ben: Browser) -> None:
    assert "How does it come about that children wait longer to go home?" in ben.page(BASE).get_text()


def test_open_findings_wait_with_their_next_act(ben: Browser) -> None:
    row = ben.page(BASE).select_one(".open-findings li")
    assert row is not None
    assert "5 open lines" in row.get_text()
    act = row.select("a")[-1]
    assert act["href"] == f"{BASE}/findings/F-01/evidence?near=1"


def test_a_mask_waits_for_another_person_only(site: Site, ana: Browser, ben: Browser) -> None:
    with site.writing("ana") as session:
        mask_as(session, site.home.actor("ana"), findings.link_keyed(session, site.study_id, "E-0002"))
    link = f'a[href="{BASE}/findings/F-01/masks#E-0002"]'
    assert ben.page(BASE).select_one(link) is not None
    assert ana.page(BASE).select_one(link) is None
    with site.reading() as session:
        assert len(release.masks_to_confirm(session, site.study_id, "ben")) == 1


def test_however_many_masks_wait_the_page_asks_the_store_as_often(site: Site, ben: Browser) -> None:
    def mask(key: str) -> None:
        with site.writing() as session:
            link = findings.link_keyed(session, site.study_id, key)
            mask_as(session, site.home.actor("ana"), link)

    mask("E-0001")
    ben.get(BASE)  # renews the idle time of the sign-in, once in a while
    with counting_statements(site.home.evidence) as one:
        ben.get(BASE)
    mask("E-0002")
    mask("E-0003")
    ben.get(BASE)  # of these sources for the first time: that goes into the trail
    with counting_statements(site.home.evidence) as three:
        assert len(ben.page(BASE).select("section[aria-labelledby=w-masks] li")) == 3
    assert len(three) == len(one), three


def test_a_concern_waits_with_its_day(site: Site, ben: Browser) -> None:
    site.release()
    rosa = site.home.member("rosa")
    with site.home.session(rosa) as session:
        study = privacy.published_study_keyed(session, "cedar")
        package = publication.package_for(session, study.id, "F-01")
        review.give_position(session, rosa, package=package, fit=Fit.DOES_NOT_FIT, comment="No.")
    panel = ben.page(BASE).select_one("#w-concerns")
    assert panel is not None
    section = panel.find_parent("section")
    assert section is not None
    assert "Does not fit" in section.get_text()
    assert "due" in section.get_text()


def test_nothing_waiting_is_said_plainly(site: Site) -> None:
    text = site.browser("omar").page("/s/other").get_text()
    for sentence in (
        "No concern waits for an answer.",
        "No mask of another waits for you.",
        "No file waits to be looked at.",
        "Every line of every finding in work is met.",
    ):
        assert sentence in text


def test_a_masked_text_waits_for_another_person_and_leads_to_where_it_is_signed(site: Site, ana: Browser) -> None:
    ben = site.browser("ben")
    actor = site.home.actor("ana")
    with site.home.session(actor) as session:
        source = corpus.source_keyed(session, site.study_id, "INT-001")
        decide_all(session, actor, source)
        make(session, actor, source)
    link = f'section[aria-labelledby=w-texts] a[href="{BASE}/sources/INT-001/mask/text"]'
    assert ben.page(BASE).select_one(link) is not None
    assert ana.page(BASE).select_one(link) is None
    with site.home.session(site.home.actor("ben")) as session:
        sign(session, site.home.actor("ben"), corpus.source_keyed(session, site.study_id, "INT-001"))
    assert ben.page(BASE).select_one(link) is None
