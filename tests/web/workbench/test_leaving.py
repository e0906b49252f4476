"""Withdrawing on the pages: everything is shown first, three ways, who may, and what was done afterwards."""

import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from ia_workbench import corpus, withdrawal
from ia_workbench.coding import Coding
from ia_workbench.corpus import Source, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import utc_now
from ia_workbench.publication import Fit
from tests.support.browsing import Browser
from tests.support.site import BASE, Site
from tests.web.workbench.test_review import give
from tests.web.workbench.test_withdrawing import break_packages, standing
from tests.withdrawal.talks import take_in, talk_of

SOURCE, PERSON = f"{BASE}/sources/INT-001/withdraw", f"{BASE}/participants/P-01/withdraw"
FINDING = f"{BASE}/findings/F-01"
REASON = {"reason": "They asked on the phone."}
NEEDLE = "Nothing after four"


def words(page: BeautifulSoup) -> str:
    """What a page says in its main part."""
    main = page.select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def wait_for_the_next_second() -> None:
    """Wait until what is done is dated later than what was done so far."""
    now = utc_now()
    while utc_now() == now:
        time.sleep(0.02)


def outcome_of(site: Site, key: str = "INT-001") -> WithdrawalOutcome | None:
    """How far a source was withdrawn."""
    with site.reading() as session:
        return corpus.source_keyed(session, site.study_id, key).withdrawn_as


def codings(site: Site) -> int:
    """How many codings there are."""
    with site.home.unheld(Store.EVIDENCE, writes=False) as session:
        return session.scalar(select(func.count(Coding.id))) or 0


def test_the_page_shows_what_would_be_touched_and_does_nothing(site: Site, ana: Browser, ben: Browser) -> None:
    ben.get(f"{FINDING}/brief.docx?draft=1")
    site.release()
    give(site, "rosa", Fit.FITS)
    before = codings(site)
    said = words(ana.page(SOURCE))
    assert "2 by ana" in said
    assert "1 E-0001" in said
    assert "F-01 Visit hours set by the form" in said
    assert "Taken from readers at once" in said
    assert "1 answer of a member to F-01 stays with the team" in said
    assert "ask for their return" in said
    assert NEEDLE not in said
    assert (outcome_of(site), codings(site), standing(site)) == (None, before, ["F-01"])


def test_three_ways_are_offered_to_a_lead_and_one_to_an_analyst(ana: Browser, ben: Browser) -> None:
    def ways(browser: Browser) -> list[tuple[object, bool]]:
        found = browser.page(SOURCE).select("input[name=outcome]")
        return [(each["value"], each.has_attr("disabled")) for each in found]

    assert ways(ana) == [("stop", False), ("exclude", False), ("destroy", False)]
    assert ways(ben) == [("stop", False), ("exclude", True), ("destroy", True)]
    assert not ana.page(SOURCE).select("input[name=outcome][checked]")  # nobody's way is chosen for them


def test_an_analyst_who_sends_more_is_refused_and_nothing_is_half_done(site: Site, ben: Browser) -> None:
    refused = ben.send(SOURCE, REASON | {"outcome": "exclude"}, of=SOURCE, status=403)
    assert "may not do this" in refused.text
    assert outcome_of(site) is None
    assert not site.home.settings.ledger_file.exists()


def test_an_analyst_may_not_stop_what_readers_have(site: Site, ben: Browser) -> None:
    site.release()
    page = ben.page(SOURCE)
    assert all(each.has_attr("disabled") for each in page.select("input[name=outcome]"))
    ben.send(SOURCE, REASON | {"outcome": "stop"}, of=SOURCE, status=403)
    assert standing(site) == ["F-01"]


def test_stopping_takes_it_from_readers_and_keeps_the_codings(site: Site, ana: Browser) -> None:
    site.release()
    before = codings(site)
    sent = ana.send(SOURCE, REASON | {"outcome": "stop"}, of=SOURCE)
    said = words(ana.page(sent.headers["Location"]))
    assert "INT-001 is stopped" in said
    assert REASON["reason"] in said
    assert (outcome_of(site), codings(site), standing(site)) == (WithdrawalOutcome.STOP, before, [])
    assert "Evidence of this finding was withdrawn" in words(ana.page(FINDING))
    panel = ana.page(BASE).select_one("#w-withdrawn")
    assert panel is not None


@pytest.mark.parametrize("typed", ["", "INT-002", "int-001"])
def test_destroying_needs_the_key_once_more(site: Site, ana: Browser, typed: str) -> None:
    refused = ana.send(SOURCE, REASON | {"outcome": "destroy", "again": typed}, of=SOURCE, status=422)
    assert "Type INT-001 once more" in refused.text
    assert REASON["reason"] in refused.text  # what was written is still there
    assert outcome_of(site) is None


@pytest.mark.parametrize("sent", [{}, {"outcome": ""}, {"outcome": "burn"}])
def test_without_a_way_nothing_is_withdrawn(site: Site, ana: Browser, sent: dict[str, str]) -> None:
    ana.send(SOURCE, REASON | sent, of=SOURCE, status=422)
    assert outcome_of(site) is None


def test_destroying_gives_a_certificate_without_content(site: Site, ana: Browser, ben: Browser) -> None:
    ben.get(f"{FINDING}/brief.docx?draft=1")
    site.release()
    ana.get(f"{FINDING}/brief.docx")
    sent = ana.send(SOURCE, REASON | {"outcome": "destroy", "again": "INT-001"}, of=SOURCE)
    page = ana.page(sent.headers["Location"])
    said = words(page)
    assert "Certificate of destruction: INT-001" in said
    assert "files as they came 1" in said
    assert "codings 2" in said
    assert len(page.select("#briefs-INT-001 ~ .tag, [aria-labelledby=briefs-INT-001] li")) >= 2
    assert not page.select("input[name=outcome]")
    for secret in (NEEDLE, "Okoro", "Parent interview", "int-001_raw"):
        assert secret not in page.get_text()
    assert "Evidence of this finding was withdrawn" in words(ana.page(FINDING))
    for address in ("/review", "/findings", "/sources", "/participants", "/sources/INT-001", "/search?q=four"):
        assert NEEDLE not in ana.page(f"{BASE}{address}").get_text()


def test_nothing_of_the_words_is_left_in_the_home(site: Site, ana: Browser) -> None:
    site.release()
    ana.send(SOURCE, REASON | {"outcome": "destroy", "again": "INT-001"}, of=SOURCE)
    assert hits(site.home.folder, b"Nothing after four") == []
    assert hits(site.home.folder, b"turned the screen around") == []
    assert hits(site.home.folder, b"We drive an hour each way"), "the grandmother's words are as they were"


def hits(folder: Path, needle: bytes) -> list[str]:
    """The files of a home that hold some bytes, in UTF-8 or UTF-16."""
    spelled = (needle, needle.decode().encode("utf-16-le"), needle.decode().encode("utf-16-be"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(each in path.read_bytes() for each in spelled)]


def test_what_was_stopped_may_go_further_and_never_back(site: Site, ana: Browser) -> None:
    ana.send(SOURCE, REASON | {"outcome": "stop"}, of=SOURCE)
    assert [each["value"] for each in ana.page(SOURCE).select("input[name=outcome]")] == ["exclude", "destroy"]
    assert "withdrawn already" in ana.send(SOURCE, REASON | {"outcome": "stop"}, of=SOURCE, status=422).text
    ana.send(SOURCE, REASON | {"outcome": "exclude"}, of=SOURCE)
    assert outcome_of(site) is WithdrawalOutcome.EXCLUDE


def test_two_leads_at_once_do_it_once(site: Site, ana: Browser) -> None:
    ines = site.browser("ines")
    sent = REASON | {"outcome": "exclude"}
    ana.send(SOURCE, sent, of=SOURCE)
    assert "withdrawn already" in ines.send(SOURCE, sent, of=SOURCE, status=422).text
    assert len(withdrawal.Ledger(site.home.settings.ledger_file).withdrawals()) == 1


def test_a_reason_is_asked_for(site: Site, ana: Browser) -> None:
    refused = ana.send(SOURCE, {"reason": " ", "outcome": "stop"}, of=SOURCE, status=422)
    assert "Say why INT-001 is withdrawn." in refused.text
    assert outcome_of(site) is None


def test_where_the_ledger_cannot_be_written_nothing_is_withdrawn(site: Site, ana: Browser) -> None:
    site.home.settings.ledger_file.symlink_to(site.home.folder / "no-such-folder" / "ledger")
    refused = ana.send(SOURCE, REASON | {"outcome": "exclude"}, of=SOURCE, status=422)
    assert "ledger of withdrawals could not be written" in refused.text
    assert outcome_of(site) is None


def test_a_published_store_out_of_reach_keeps_nothing_here_and_is_said(site: Site, ana: Browser) -> None:
    site.release()
    break_packages(site)
    sent = ana.send(SOURCE, REASON | {"outcome": "exclude"}, of=SOURCE)
    assert "their store could not be reached" in ana.page(sent.headers["Location"]).get_text()
    assert outcome_of(site) is WithdrawalOutcome.EXCLUDE
    break_packages(site, "package_away", "package")
    assert "was not told yet" in words(ana.page(SOURCE))
    ana.send(f"{BASE}/sources/INT-003/withdraw", REASON | {"outcome": "stop"}, of=SOURCE)
    assert standing(site) == []
    assert "was not told yet" not in words(ana.page(SOURCE))


def test_a_notice_goes_once_somebody_saved_the_finding(site: Site, ana: Browser) -> None:
    ana.send(SOURCE, REASON | {"outcome": "exclude"}, of=SOURCE)
    assert "Evidence of this finding was withdrawn" in words(ana.page(FINDING))
    wait_for_the_next_second()  # moments are whole seconds, and in doubt the notice stays
    ana.send(f"{FINDING}/move", {"stage": "challenge"}, of=FINDING)
    assert "Evidence of this finding was withdrawn" not in words(ana.page(FINDING))


def test_a_participant_goes_with_the_sources_they_speak_in_alone(site: Site, ana: Browser) -> None:
    page = ana.page(PERSON)
    assert "INT-001 Parent interview as chosen" in words(page)
    sent = ana.send(PERSON, REASON | {"outcome": "destroy", "again": "P-01"}, of=PERSON)
    assert "The participant is withdrawn" in ana.page(sent.headers["Location"]).get_text()
    with site.home.unheld(Store.EVIDENCE, writes=False) as session:
        assert session.scalars(select(Source).where(Source.key == "INT-001")).one().is_destroyed
    assert hits(site.home.folder, b"Nothing after four") == []
    page = ana.page(PERSON)
    assert "has its certificate on its own page" in words(page)
    assert not page.select("input[name=outcome]")


def test_the_lists_lead_to_the_page(ana: Browser) -> None:
    assert ana.page(f"{BASE}/sources/INT-001").select_one(f'a[href="{SOURCE}"]') is not None
    assert ana.page(f"{BASE}/participants").select_one(f'a[href="{PERSON}"]') is not None


def test_what_is_of_no_study_of_mine_has_no_page(site: Site, ana: Browser) -> None:
    site.browser("omar").get(SOURCE, status=404)
    ana.get(f"{BASE}/sources/INT-999/withdraw", status=404)
    ana.get(f"{BASE}/participants/P-99/withdraw", status=404)


# ------------------------------------------------------------------ one speaker of several

GROUP = f"{BASE}/participants/P-22/withdraw"


def add_group(site: Site) -> None:
    """Add a talk of three, of whom the register tells no labels."""
    with site.home.unheld(Store.EVIDENCE) as session:
        talk = talk_of([("ROSE", 4), ("LUZ", 3), ("ROSE", 2), ("MARA", 5)])
        take_in(session, site.home.actor("ana"), site.study_id, talk.text, labelled=False)


def test_the_label_is_asked_for_and_then_the_turns_of_one_go(site: Site, ana: Browser) -> None:
    add_group(site)
    asking = ana.page(GROUP)
    assert "Nobody said under which label this person speaks, so it is only stopped, as a whole" in words(asking)
    offered = [each.get_text() for each in asking.select("select option")]
    assert offered == ["not known", "ROSE (2 turns)", "LUZ (1 turn)", "MARA (1 turn)"]
    looking = ana.page(f"{GROUP}?speaker-GRP-01=LUZ")
    assert "takes out 1 of 4 turns, spoken as LUZ" in words(looking)
    assert "Stopping touches more, since it stops whole sources" in words(looking)
    (carried,) = looking.select('form[method=post] input[name="speaker-GRP-01"]')
    sent = {"outcome": "exclude", "speaker-GRP-01": str(carried["value"])}
    ana.send(GROUP, sent | REASON, of=f"{GROUP}?speaker-GRP-01=LUZ")
    assert outcome_of(site, "GRP-01") is None
    done = words(ana.page(GROUP))
    assert "the turns of P-22 in GRP-01 are excluded" in done
    assert REASON["reason"] in done
    assert "Their turns were taken out of the text that is read." in done
    page = words(ana.page(f"{BASE}/sources/GRP-01"))
    assert "P-22 withdrew: their turns were taken out of this text." in page
    assert "luz1" not in page
    assert "rose1" in page
    assert "the turns of P-22 in GRP-01 are excluded" in words(ana.page(f"{BASE}/sources/GRP-01/withdraw"))


def test_without_a_label_it_is_stopped_whole(site: Site, ana: Browser) -> None:
    add_group(site)
    ana.send(GROUP, {"outcome": "exclude"} | REASON, of=GROUP)
    assert outcome_of(site, "GRP-01") is WithdrawalOutcome.STOP


def test_a_label_that_the_text_does_not_have_is_said_on_the_page(site: Site, ana: Browser) -> None:
    add_group(site)
    assert "No turn of GRP-01 is spoken under that label" in words(ana.page(f"{GROUP}?speaker-GRP-01=NOBODY"))
    sent = {"outcome": "exclude", "speaker-GRP-01": "NOBODY"}
    answer = ana.send(GROUP, sent | REASON, of=GROUP, status=422)
    assert "No turn of GRP-01" in answer.text
    assert outcome_of(site, "GRP-01") is None
