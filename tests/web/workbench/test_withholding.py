"""What pages show of a source in which who made a report is withheld: the words are on none of them."""

from ia_workbench import coding, corpus, masking
from ia_workbench.kernel import Span
from tests.support.browsing import Browser
from tests.support.site import BASE, Site

SOURCE = f"{BASE}/sources/INT-001"
NAME = "Ms. Okoro"


def withhold(site: Site) -> None:
    """Withhold a name of INT-001."""
    ana = site.home.actor("ana")
    with site.home.session(ana) as session:
        source = corpus.source_keyed(session, site.home.study_id, "INT-001")
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        start = text.index(NAME)
        masking.withhold_reporter(session, ana, source=source, spans=[Span(start, start + len(NAME))])


def test_no_page_of_the_source_says_who_made_the_report(site: Site) -> None:
    ana = site.browser("ana")
    pages = ["", "/code", "/correct?whole=1", "/revisions", "/revisions/2", "/revisions/2/text"]
    assert "Okoro" in ana.page(f"{SOURCE}/code").text
    withhold(site)
    for page in pages:
        assert "Okoro" not in ana.page(f"{SOURCE}{page}").text, page
    assert "[reporter] turned the screen around" in ana.page(f"{SOURCE}/code").text
    assert "The file is closed" in ana.page(SOURCE).text
    assert "withheld here from everyone" in ana.page(f"{SOURCE}/revisions/2").text


def test_the_text_before_is_refused_with_a_sentence_and_no_link_leads_there(site: Site, ana: Browser) -> None:
    withhold(site)
    answer = ana.client.get(f"{SOURCE}/revisions/1/text")
    assert 400 <= answer.status_code < 500
    assert "is closed: words in it are withheld or withdrawn" in answer.text
    assert "Okoro" not in answer.text
    rows = ana.page(f"{SOURCE}/revisions").select("tbody tr")
    assert ["closed" in row.get_text() for row in rows] == [False, True]
    assert not ana.page(f"{SOURCE}/revisions").select('a[href$="/revisions/1/text"]')


def test_a_correction_made_before_shows_its_excerpts_without_the_words_and_no_edits(site: Site, ana: Browser) -> None:
    actor = site.home.actor("ana")
    with site.home.session(actor) as session:
        source = corpus.source_keyed(session, site.home.study_id, "INT-001")
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        coding.correct_source(session, actor, source=source, text=text.replace("screen", "monitor"))
    assert "Okoro" in ana.page(f"{SOURCE}/revisions/2").text
    withhold(site)
    assert "Okoro" not in ana.page(f"{SOURCE}/revisions/2").text
    assert "Okoro" not in ana.page(f"{SOURCE}/revisions/3").text
