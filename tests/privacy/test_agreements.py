"""Confidentiality agreements: who may record one, how long it holds, and what it opens."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from ia_workbench.privacy import Act, Actor, Agreement, Role, ends_soon, latest_end
from tests.support import Home

TODAY = date(2026, 3, 2)  # of the home's clock
A_YEAR_ON = date(2027, 3, 2)


def as_of(home: Home, username: str, day: date) -> Actor:
    """Return someone as an actor on a day."""
    moment = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
    with privacy.unheld_session(home.evidence, reason="a test", clock=lambda: moment) as session:
        return privacy.actor_for(session, Store.EVIDENCE, username)


def forget_agreements(home: Home, username: str) -> None:
    """Take all agreements of someone away, as if none had been recorded."""
    with home.unheld(Store.EVIDENCE) as session:
        account = privacy.account_named(session, Store.EVIDENCE, username)
        session.execute(delete(Agreement).where(Agreement.account_id == account.id))


def record(home: Home, by: str, username: str, signed_on: date, until: date | None = None) -> None:
    actor = home.actor(by)
    with home.session(actor) as session:
        privacy.record_agreement(session, actor, username=username, signed_on=signed_on, until=until)


def test_an_agreement_opens_evidence_from_its_day_to_its_last_and_not_after(home: Home) -> None:
    forget_agreements(home, "ben")
    assert not as_of(home, "ben", TODAY).is_cleared
    record(home, "ana", "ben", TODAY)
    assert not as_of(home, "ben", TODAY - timedelta(days=1)).is_cleared
    assert as_of(home, "ben", TODAY).agreement_until == A_YEAR_ON
    assert as_of(home, "ben", A_YEAR_ON).is_cleared
    assert not as_of(home, "ben", A_YEAR_ON + timedelta(days=1)).is_cleared


def test_an_ended_agreement_opens_nothing_from_then_on(home: Home) -> None:
    ana = home.actor("ana")
    assert as_of(home, "ben", TODAY).is_cleared
    with home.session(ana) as session:
        privacy.end_agreement(session, ana, username="ben")
    assert not as_of(home, "ben", TODAY).is_cleared
    with pytest.raises(Refused), home.session(ana) as session:
        privacy.end_agreement(session, ana, username="ben")
    with home.session(ana, writes=False) as session:
        state = privacy.agreement_states(session)[privacy.account_named(session, Store.EVIDENCE, "ben").id]
    assert (state.holds, state.ended_on) == (False, TODAY)


def test_a_renewal_counts_beside_the_one_before(home: Home) -> None:
    forget_agreements(home, "ben")
    record(home, "ana", "ben", TODAY - timedelta(days=300))
    record(home, "ines", "ben", TODAY)
    assert as_of(home, "ben", TODAY).agreement_until == A_YEAR_ON


@pytest.mark.parametrize("by", ["ben", "omar"])
def test_only_who_looks_after_an_account_records_or_ends_an_agreement(home: Home, by: str) -> None:
    actor = home.actor(by)
    with pytest.raises(NotAllowed):
        record(home, by, "carla", TODAY)
    with pytest.raises(NotAllowed), home.session(actor) as session:
        privacy.end_agreement(session, actor, username="carla")


def test_an_administrator_records_for_everyone_and_a_lead_for_another_lead(home: Home) -> None:
    for name in ("ana", "ben", "omar"):
        record(home, "ada", name, TODAY)
    record(home, "ines", "ana", TODAY)


def test_nobody_records_their_own_while_anybody_else_could(home: Home) -> None:
    with pytest.raises(NotAllowed):
        record(home, "ana", "ana", TODAY)


def test_the_only_one_of_a_home_records_their_own(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        privacy.disable_user(session, ana, username="ines")
    ada = home.actor("ada")
    with home.session(ada) as session:
        privacy.disable_user(session, ada, username="omar")
    with home.unheld(Store.EVIDENCE) as session:
        privacy.account_named(session, Store.EVIDENCE, "ada").disabled_at = home.clock()
    record(home, "ana", "ana", TODAY)


def test_the_first_lead_of_a_home_has_signed_for_a_year(home: Home) -> None:
    with home.unheld(Store.EVIDENCE) as session:
        lead = privacy.account_named(session, Store.EVIDENCE, "ana")
        days = {(each.signed_on, each.until) for each in session.query(Agreement).filter_by(account_id=lead.id)}
    assert (TODAY, A_YEAR_ON) in days


@pytest.mark.parametrize(
    ("signed_on", "until", "word"),
    [
        (TODAY + timedelta(days=1), None, "yet"),
        (TODAY, A_YEAR_ON + timedelta(days=1), "a year at most"),
        (TODAY - timedelta(days=400), None, "ended on"),
        (TODAY, TODAY - timedelta(days=1), "ended on"),
    ],
)
def test_days_that_do_not_fit_are_refused(home: Home, signed_on: date, until: date | None, word: str) -> None:
    with pytest.raises(Refused, match=word):
        record(home, "ana", "ben", signed_on, until)


def test_who_reads_no_evidence_needs_none(home: Home) -> None:
    with pytest.raises(Refused, match="no agreement is needed"):
        record(home, "ada", "ada", TODAY)


def test_without_one_only_accounts_and_the_trail_are_left(home: Home) -> None:
    lead = replace(home.actor("ana"), agreement_until=None)
    analyst = replace(home.actor("ben"), agreement_until=None)
    assert {act for act in Act if lead.may(act)} == {Act.MANAGE_ACCOUNTS, Act.READ_AUDIT}
    assert {act for act in Act if analyst.may(act)} == {Act.READ_AUDIT}
    with pytest.raises(NotAllowed, match="No confidentiality agreement of ana"):
        privacy.require(lead, Act.RELEASE, study_id=home.study_id)
    with pytest.raises(NotFound):  # a study of others is told to nobody, agreement or none
        privacy.require(lead, Act.RELEASE, study_id=999)


def test_the_community_needs_none(home: Home) -> None:
    assert home.member("rosa").may(Act.RESPOND)
    assert home.actor("ada").may(Act.MANAGE_ACCOUNTS)
    assert not Role.ADMINISTRATOR.reads_evidence


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2200, 1, 1)))
def test_a_year_is_never_longer_than_a_year(signed_on: date) -> None:
    assert timedelta(days=364) < latest_end(signed_on) - signed_on <= timedelta(days=366)


@given(st.integers(min_value=0, max_value=60))
def test_the_end_is_told_from_fourteen_days_before(days: int) -> None:
    assert ends_soon(TODAY + timedelta(days=days), TODAY) == (days <= 14)
