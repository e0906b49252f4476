"""The door of the confidentiality agreement, the forms that record one, and limiting an analyst, as pages."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.kernel import utc_now
from ia_workbench.privacy import Agreement
from tests.support.browsing import Browser
from tests.support.site import BASE, PARENT, Site

WORDS = "Nothing after four"


@pytest.fixture
def ana(site: Site) -> Browser:
    return site.browser("ana")


@pytest.fixture
def ben(site: Site) -> Browser:
    return site.browser("ben")


def forget(site: Site, who: str) -> None:
    """Take away what agreements someone has."""
    with site.home.unheld(Store.EVIDENCE) as session:
        account = privacy.account_named(session, Store.EVIDENCE, who)
        session.execute(delete(Agreement).where(Agreement.account_id == account.id))


def test_without_an_agreement_every_page_with_evidence_says_what_is_missing_and_whom_to_ask(
    site: Site, ben: Browser
) -> None:
    assert WORDS in PARENT
    ben.get(f"{BASE}/sources/INT-001/code")
    forget(site, "ben")
    for path in (BASE, f"{BASE}/sources", f"{BASE}/sources/INT-001/code", f"{BASE}/search?q=four", "/s/nowhere"):
        page = ben.page(path, status=403)
        assert "No confidentiality agreement of yours is recorded here" in page.text
        assert "Cedar County reunification" in page.text
        assert "ada, ana, ines" in page.text
        assert WORDS not in page.text
    assert "Cedar County" in ben.page("/studies").text
    ben.get("/audit")


def test_without_an_agreement_nothing_is_changed_either(site: Site, ben: Browser) -> None:
    token = ben.token("/studies")
    forget(site, "ben")
    answer = ben.client.post(f"{BASE}/codebook/new", data={"csrf_token": token, "name": "New"})
    assert answer.status_code == 403
    sent = ben.client.post(f"{BASE}/sources/INT-001/codings", json={}, headers={"X-CSRF-Token": token})
    assert sent.status_code in (403, 404)


def test_ending_an_agreement_closes_the_very_next_page_and_recording_one_opens_it(ana: Browser, ben: Browser) -> None:
    ben.get(f"{BASE}/sources/INT-001/code")
    ana.send("/users/agreement", {"username": "ben", "act": "end"}, of="/users")
    assert "was ended on" in ben.page(f"{BASE}/sources/INT-001/code", status=403).text
    today = utc_now().date().isoformat()
    ana.send("/users/agreement", {"username": "ben", "signed_on": today}, of="/users")
    assert WORDS in ben.page(f"{BASE}/sources/INT-001/code").text


def test_the_end_of_an_agreement_is_told_on_the_first_page_two_weeks_ahead(
    site: Site, ana: Browser, ben: Browser
) -> None:
    assert "agreement ends on" not in ben.page(BASE).text
    forget(site, "ben")
    today = utc_now().date()
    for days, is_told in ((15, False), (14, True)):
        until = today + timedelta(days=days)
        ana.send("/users/agreement", {"username": "ben", "signed_on": today.isoformat(), "until": until.isoformat()},
                 of="/users")  # fmt: skip
        assert ("agreement ends on" in ben.page(BASE).text) == is_told
        ana.send("/users/agreement", {"username": "ben", "act": "end"}, of="/users")


def test_a_new_analyst_reads_nothing_unless_the_day_of_signing_was_given(site: Site, ana: Browser) -> None:
    assert not ana.page("/users").select_one("#signed_on")["value"]  # type: ignore[index]
    today = utc_now().date().isoformat()
    for username, day in (("neu", ""), ("dora", today)):
        fields = {"username": username, "role": "analyst", "study": "cedar", "signed_on": day}
        ana.send("/users", fields, of="/users", status=200)
        assert site.home.actor(username).is_cleared == bool(day)
    row = next(each for each in ana.page("/users").select("tr") if each.th and each.th.text == "neu")
    assert "none: no raw text" in row.text


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"username": "ana", "signed_on": "2026-01-01"}, "Nobody records their own"),
        ({"username": "ben", "signed_on": ""}, "Give the day"),
        ({"username": "ben", "signed_on": "last week"}, "year, month and day"),
        ({"username": "ben", "signed_on": "2999-01-01"}, "yet"),
        ({"username": "ben", "signed_on": "9999-12-31"}, "yet"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_one_sentence(ana: Browser, fields: dict[str, object], word: str) -> None:
    status = 403 if fields["username"] == "ana" else 422
    assert word in ana.send("/users/agreement", fields, of="/users", status=status).text


def test_a_lead_limits_an_analyst_to_some_sources_who_then_meets_no_other(ana: Browser, ben: Browser) -> None:
    ana.send("/users/limit", {"username": "ben", "study": "cedar", "reads": "some", "source": "INT-002"}, of="/users")
    assert "1 source only" in ana.page("/users").text
    listed = ben.page(f"{BASE}/sources").text
    assert "INT-002" in listed
    assert "INT-001" not in listed
    foreign, absent = (ben.get(f"{BASE}/sources/{key}/code", status=404).text for key in ("INT-001", "INT-999"))
    assert foreign.replace("INT-001", "") == absent.replace("INT-999", "")
    finding = ben.page(f"{BASE}/findings/F-01").text
    assert "2 pieces of evidence lie in sources that are not yours to read" in finding
    assert WORDS not in finding
    assert "INT-001" not in finding
    assert "Readers still have" not in finding  # nothing was taken back: they only cannot see it
    assert "not-yours" not in finding
    assert "Import sources" not in ben.page(f"{BASE}/sources").text
    assert "Nothing" not in ben.page(f"{BASE}/search?q=saturday").select_one("main").text  # type: ignore[union-attr]
    ana.send("/users/limit", {"username": "ben", "study": "cedar", "reads": "all"}, of="/users")
    assert "INT-001" in ben.page(f"{BASE}/sources").text


def test_a_lead_of_another_study_limits_nobody_here(site: Site) -> None:
    omar = site.browser("omar")
    omar.send("/users/limit", {"username": "ben", "study": "cedar", "reads": "some"}, of="/users", status=404)


def test_the_trail_shows_reads_when_asked_and_of_one_source(ana: Browser, ben: Browser) -> None:
    ben.get(f"{BASE}/sources/INT-001/code")
    ben.get(f"{BASE}/sources/INT-002/code")
    usual = ana.page("/audit")
    assert "read-raw" not in usual.select_one("tbody").text  # type: ignore[union-attr]
    assert "reads of raw text are left out here" in usual.text
    assert len(ana.page("/audit?act=read-raw").select("tbody tr")) == 2
    (row,) = ana.page("/audit?act=read-raw&on=INT-001").select("tbody tr")
    assert "reading.code" in row.text
