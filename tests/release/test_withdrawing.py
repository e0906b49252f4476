"""Taking a finding from its readers: decided in one store, told to the other, safe in any order and against crashes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ia_workbench import corpus, findings, privacy, publication, release
from ia_workbench.corpus import ConsentScope, Source, StewardshipRecord
from ia_workbench.database import Store
from ia_workbench.findings import Stage
from ia_workbench.kernel import NotAllowed, Refused
from ia_workbench.publication import Audience, Package
from ia_workbench.release import NotCleared, Outlived, Release
from tests.release.test_operations import acts, copy, decide, edit, move, published, stored, waiting
from tests.support import Home

REASON = "A member says that it could harm a family."


def withdraw(home: Home, username: str = "ana", reason: str = REASON) -> list[Release]:
    actor = home.actor(username)
    with home.session(actor) as session:
        finding = findings.finding_keyed(session, home.study_id, "F-01")
        return release.decide_withdrawal(session, actor, finding=finding, reason=reason)


def outlived(home: Home) -> list[Outlived]:
    with home.session(home.actor("ana")) as session:
        return release.outlived_releases(session, home.study_id)


def withdraw_source(home: Home, key: str) -> None:
    with home.session(home.actor("ana")) as session:
        source = session.scalars(select(Source).where(Source.key == key)).one()
        source.withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)


def published_acts(home: Home) -> list[str]:
    with home.unheld(Store.PUBLISHED) as session:
        return [each.act for each in privacy.audit_entries(session, Store.PUBLISHED)]


def test_a_withdrawn_finding_is_gone_for_every_reader_and_kept_for_the_team(ready: Home) -> None:
    decide(ready)
    copy(ready)
    decide(ready, Audience.PUBLIC)
    copy(ready)
    assert [each.withdrawal_reason for each in withdraw(ready)] == [REASON, REASON]
    assert stored(ready).stage is Stage.WITHDRAWN
    assert acts(ready)[-2:] == ["move-stage", "withdraw-finding"]
    assert len(published(ready)) == 1, "readers have it until it is copied"
    assert len(copy(ready)) == 2
    assert published(ready) == []
    with ready.unheld(Store.PUBLISHED) as session:
        study = privacy.published_study_keyed(session, "cedar")
        (last,) = publication.last_packages(session, study.id)
        assert (last.number, last.withdrawn_at is not None) == (1, True)


def test_withdrawing_again_takes_back_nothing_more_and_tells_readers_once(ready: Home) -> None:
    decide(ready)
    copy(ready)
    withdraw(ready)
    assert withdraw(ready) == []
    assert (len(copy(ready)), copy(ready), waiting(ready)) == (1, [], 0)
    assert published_acts(ready).count("withdraw-package") == 1
    assert acts(ready).count("copy-withdrawal") == 1


def test_a_release_that_was_never_copied_is_withdrawn_before_anyone_sees_it(ready: Home) -> None:
    decide(ready)
    withdraw(ready)
    assert len(copy(ready)) == 1
    with ready.unheld(Store.PUBLISHED) as session:
        assert session.scalars(select(Package)).all() == [], "its words have never been there"


def test_what_waits_does_not_cross_once_a_source_of_it_was_withdrawn(ready: Home) -> None:
    decide(ready)
    withdraw_source(ready, "INT-001")
    assert (copy(ready), published(ready), waiting(ready)) == ([], [], 1)
    assert [each.finding_key for each in outlived(ready)] == ["F-01"], "the team is told"
    withdraw(ready)
    assert (len(copy(ready)), published(ready), waiting(ready)) == (1, [], 0)


def test_the_same_words_released_again_after_a_withdrawal_are_a_package_of_their_own(ready: Home) -> None:
    first = decide(ready)
    copy(ready)
    decide(ready, Audience.PUBLIC)
    withdraw(ready)
    move(ready, Stage.DRAFT)
    with pytest.raises(NotCleared, match="body first"):  # what was taken from the body is not what it has
        decide(ready, Audience.PUBLIC)
    again = decide(ready)
    assert stored(ready).stage is Stage.BODY_REVIEW
    assert again.sha256 != first.sha256
    copy(ready)
    assert [(each.sha256, each.number) for each in published(ready)] == [(again.sha256, 1)]


def test_the_public_gets_nothing_that_never_reached_the_body(ready: Home) -> None:
    decide(ready)
    with pytest.raises(NotCleared, match="body first"):
        decide(ready, Audience.PUBLIC)
    copy(ready)
    decide(ready, Audience.PUBLIC)


def test_a_withdrawal_needs_a_lead_a_reason_and_a_release(ready: Home) -> None:
    with pytest.raises(Refused, match="was never released"):
        withdraw(ready)
    decide(ready)
    for nothing in (" \n", " \u200b "):
        with pytest.raises(Refused, match="needs a reason"):
            withdraw(ready, reason=nothing)
    with pytest.raises(NotAllowed):
        withdraw(ready, "ben")
    assert (stored(ready).stage, acts(ready).count("withdraw-finding")) == (Stage.BODY_REVIEW, 0)


def test_a_finding_that_readers_have_is_not_withdrawn_by_moving_it(ready: Home) -> None:
    decide(ready)
    move(ready, Stage.TEAM_DECISION)
    with pytest.raises(Refused, match="Take it from them on its release page"):
        move(ready, Stage.WITHDRAWN)
    withdraw(ready)
    move(ready, Stage.DRAFT, Stage.WITHDRAWN)


def test_a_crash_between_the_two_commits_of_a_withdrawal_loses_and_doubles_nothing(ready: Home) -> None:
    decide(ready)
    copy(ready)
    withdraw(ready)
    ana = ready.actor("ana")
    with pytest.raises(KeyboardInterrupt), ready.session(ana) as session:  # noqa: PT012 - the crash is the point
        with ready.unheld(Store.PUBLISHED) as other:
            release.copy_releases(session, other, ana)
        raise KeyboardInterrupt
    assert (published(ready), waiting(ready)) == ([], 1)
    assert len(copy(ready)) == 1
    assert published_acts(ready).count("withdraw-package") == 1


STEPS = st.lists(st.sampled_from(["body", "public", "withdraw", "edit", "reopen", "copy", "crash"]), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_history_readers_have_what_stands_and_nothing_else(ready: Home, steps: list[str]) -> None:
    for number, step in enumerate(steps):
        _perform(ready, step, number)
    copy(ready)
    with ready.session(ready.actor("ana")) as session:
        standing = {each.sha256 for each in release.standing_releases(session, ready.study_id)}
    with ready.unheld(Store.PUBLISHED) as session:
        rows = session.scalars(select(publication.Package)).all()
        assert {each.sha256 for each in rows if not each.replaced_at and not each.withdrawn_at} == standing


def _perform(home: Home, step: str, number: int) -> None:
    try:
        if step in ("body", "public"):
            decide(home, Audience(step))
        elif step == "withdraw":
            withdraw(home)
        elif step == "edit":
            edit(home, strengths=f"Something else works, {number}.")
        elif step == "reopen":
            move(home, Stage.DRAFT if stored(home).stage is Stage.WITHDRAWN else Stage.TEAM_DECISION)
        elif step == "copy":
            copy(home)
        else:
            _copy_and_lose_the_mark(home)
    except (NotCleared, Refused):
        pass  # what is refused changes nothing


def _copy_and_lose_the_mark(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        with home.unheld(Store.PUBLISHED) as other:
            release.copy_releases(session, other, ana)
        session.rollback()


def test_what_readers_have_from_a_withdrawn_source_is_known_until_it_is_taken_back(ready: Home) -> None:
    decide(ready)
    assert outlived(ready) == []
    withdraw_source(ready, "INT-001")
    (found,) = outlived(ready)
    assert (found.finding_key, found.evidence) == ("F-01", ("E-0001",))
    with ready.session(ready.actor("ana")) as session:  # unlinking mends the finding, and not what readers have
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        findings.unlink_evidence(session, ready.actor("ana"), link=findings.links_of(session, finding)[0])
    assert [each.evidence for each in outlived(ready)] == [("E-0001",)]
    decide(ready)  # readers get the finding as it stands now
    assert outlived(ready) == []


def test_what_was_withdrawn_waits_for_nobody(ready: Home) -> None:
    decide(ready)
    withdraw_source(ready, "INT-001")
    withdraw(ready)
    assert outlived(ready) == []


def narrow(home: Home, **fields: object) -> None:
    """Change the record of INT-001, as its page does."""
    ben = home.actor("ben")
    with home.session(ben) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        record = replace(corpus.record_of(session, source), **fields)  # type: ignore[arg-type]
        corpus.change_record(session, ben, source=source, record=record)


def evidence_of_int_001(home: Home) -> set[str]:
    with home.session(home.actor("ana")) as session:
        links = findings.links_of(session, findings.finding_keyed(session, home.study_id, "F-01"))
        return {each.key for each in links if each.excerpt.revision.source.key == "INT-001"}


def test_a_consent_that_was_narrowed_tells_what_readers_have_and_a_wider_one_takes_it_back(ready: Home) -> None:
    decide(ready)
    copy(ready)
    assert outlived(ready) == []
    narrow(ready, consent=ConsentScope.PARAPHRASE)
    assert [set(each.evidence) for each in outlived(ready)] == [evidence_of_int_001(ready)]
    narrow(ready, consent=ConsentScope.QUOTE_TO_BODY)
    assert outlived(ready) == []


def test_a_consent_that_ends_tells_what_readers_have_on_the_day_after(ready: Home) -> None:
    narrow(ready, consent_until=date(2026, 3, 2))
    decide(ready)
    copy(ready)
    assert outlived(ready) == [], "it holds on its last day"
    later = replace(ready, clock=lambda: datetime(2026, 3, 3, 0, 0, tzinfo=UTC))
    assert [set(each.evidence) for each in outlived(later)] == [evidence_of_int_001(ready)]


def test_an_approval_that_ends_tells_what_readers_have_and_holds_back_what_waits(ready: Home) -> None:
    ana = ready.actor("ana")
    terms = StewardshipRecord(
        "ST-01", "Yaqan Nation", ConsentScope.QUOTE_TO_BODY, approved_on=date(2026, 1, 1),
        approved_until=date(2026, 3, 2),
    )  # fmt: skip
    with ready.session(ana) as session:
        corpus.keep_stewardship(session, ana, study_id=ready.study_id, record=terms)
    narrow(ready, stewardship="ST-01")
    decide(ready)
    later = replace(ready, clock=lambda: datetime(2026, 3, 3, 0, 0, tzinfo=UTC))
    assert copy(later) == [], "what waits does not cross once the approval has ended"
    assert [each.finding_key for each in outlived(later)] == ["F-01"]
    with later.session(ana) as session:
        corpus.keep_stewardship(
            session, ana, study_id=ready.study_id, record=replace(terms, approved_until=date(2027, 3, 2))
        )
    assert outlived(later) == []
    assert len(copy(later)) == 1
