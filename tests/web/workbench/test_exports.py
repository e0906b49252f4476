"""Briefs that the team takes away are in its trail, drafts as drafts, and the release page tells of them."""

from ia_workbench import privacy, release
from ia_workbench.database import Store
from ia_workbench.release import ExportedBrief
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

FINDING = f"{BASE}/findings/F-01"


def taken(site: Site) -> list[ExportedBrief]:
    """The briefs of the study that were taken away."""
    with site.reading() as session, site.home.unheld(Store.PUBLISHED, writes=False) as published:
        return release.exported_briefs(session, published, privacy.study_keyed(session, "cedar"))


def test_a_draft_and_a_brief_are_entered_with_the_evidence_in_them(site: Site, ana: Browser, ben: Browser) -> None:
    ben.get(f"{FINDING}/brief.docx?draft=1")
    site.release()
    ana.get(f"{FINDING}/brief.docx")
    assert [(each.by, each.is_draft, each.side) for each in taken(site)] == [
        ("ben", True, Store.EVIDENCE),
        ("ana", False, Store.EVIDENCE),
    ]
    assert all(each.evidence == ("E-0001", "E-0002", "E-0003") for each in taken(site))


def test_a_brief_that_is_not_there_is_not_entered(site: Site, ben: Browser) -> None:
    ben.get(f"{FINDING}/brief.docx", status=404)
    assert taken(site) == []


def test_the_release_page_tells_who_took_the_brief_away(site: Site, ben: Browser) -> None:
    assert ben.page(f"{FINDING}/release").select_one("#taken-away") is None
    ben.get(f"{FINDING}/brief.docx?draft=1")
    panel = ben.page(f"{FINDING}/release").select_one("#taken-away")
    assert panel is not None
    section = panel.find_parent("section")
    assert section is not None
    assert "ben" in section.get_text()
    assert "draft" in section.get_text()
