"""Deciding and copying: one transaction each, the same release for the same content, safe against a crash between."""

import pytest

from ia_workbench import findings, privacy, publication, release, review
from ia_workbench.database import Store
from ia_workbench.findings import Finding, Stage
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused
from ia_workbench.publication import Audience, Fit, Package
from ia_workbench.release import NotCleared, Release
from tests.support import Home
from tests.support.releasing import PARENT_SHOWN


def move(home: Home, *stages: Stage) -> None:
    """Move the finding by hand, one stage after the other."""
    with home.session(home.actor("ana")) as session:
        for stage in stages:
            finding = findings.finding_keyed(session, home.study_id, "F-01")
            release.move_by_hand(session, home.actor("ana"), finding=finding, stage=stage)


def decide(home: Home, audience: Audience = Audience.BODY, username: str = "ana", unanswered: int = 0) -> Release:
    actor = home.actor(username)
    with home.session(actor) as session:
        finding = findings.finding_keyed(session, home.study_id, "F-01")
        return release.decide_release(session, actor, finding=finding, audience=audience, unanswered=unanswered)


def copy(home: Home) -> list[Release]:
    """Copy what waits; the published store commits first."""
    ana = home.actor("ana")
    with home.session(ana) as session, home.unheld(Store.PUBLISHED) as published:
        return release.copy_releases(session, published, ana)


def edit(home: Home, **changes: object) -> None:
    with home.session(home.actor("ana")) as session:
        finding = findings.finding_keyed(session, home.study_id, "F-01")
        for name, value in changes.items():
            setattr(finding, name, value)


def published(home: Home) -> list[Package]:
    with home.unheld(Store.PUBLISHED) as session:
        study = privacy.published_study_keyed(session, "cedar")
        return publication.packages(session, study.id)


def waiting(home: Home) -> int:
    with home.session(home.actor("ana")) as session:
        return len(release.releases_to_copy(session))


def acts(home: Home) -> list[str]:
    with home.unheld(Store.EVIDENCE) as session:
        return [each.act for each in privacy.audit_entries(session, Store.EVIDENCE)]


def stored(home: Home) -> Finding:
    with home.session(home.actor("ana")) as session:
        return findings.finding_keyed(session, home.study_id, "F-01")


def test_a_release_waits_in_the_evidence_store_and_moves_the_stage(ready: Home) -> None:
    made = decide(ready)
    assert (made.audience, made.by, made.copied_at) == (Audience.BODY, "ana", None)
    assert stored(ready).stage is Stage.BODY_REVIEW
    assert acts(ready)[-2:] == ["move-stage", "release-finding"]
    assert waiting(ready) == 1
    assert published(ready) == []


def test_a_copied_release_is_what_readers_get(ready: Home) -> None:
    made = decide(ready)
    assert [each.sha256 for each in copy(ready)] == [made.sha256]
    (package,) = published(ready)
    assert package.sha256 == made.sha256
    assert publication.content_of(package).evidence[0].words == PARENT_SHOWN
    assert waiting(ready) == 0
    assert copy(ready) == []


def test_releasing_the_same_content_again_is_the_same_release(ready: Home) -> None:
    first = decide(ready)
    copy(ready)
    again = decide(ready)
    assert (again.id, again.sha256) == (first.id, first.sha256)
    assert waiting(ready) == 0
    assert acts(ready).count("move-stage") == 1
    copy(ready)
    assert len(published(ready)) == 1


@pytest.mark.parametrize("audience", list(Audience))
def test_a_finding_reopened_after_a_release_comes_back_to_its_stage_with_the_same_release(
    ready: Home, audience: Audience
) -> None:
    decide(ready)
    copy(ready)
    first = decide(ready, audience)
    move(ready, Stage.TEAM_DECISION)
    again = decide(ready, audience)
    assert again.id == first.id
    assert stored(ready).stage is (Stage.BODY_REVIEW if audience is Audience.BODY else Stage.RELEASED)


def test_a_study_that_was_loaded_as_released_begins_with_the_body(ready: Home) -> None:
    edit(ready, stage=Stage.RELEASED)
    with pytest.raises(NotCleared, match="body first"):
        decide(ready, Audience.PUBLIC)
    decide(ready)
    assert stored(ready).stage is Stage.BODY_REVIEW
    copy(ready)
    decide(ready, Audience.PUBLIC)
    assert stored(ready).stage is Stage.RELEASED


def test_a_lead_releases_what_they_looked_at_and_nothing_else(ready: Home) -> None:
    ana = ready.actor("ana")
    with ready.session(ana) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        looked_at = release.examine(session, finding, Audience.BODY).content.sha256
    edit(ready, strengths="Something that the lead never saw.")
    with ready.session(ana) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        with pytest.raises(Conflict, match="changed after you looked at it"):
            release.decide_release(session, ana, finding=finding, audience=Audience.BODY, seen=looked_at)
    assert (waiting(ready), stored(ready).stage) == (0, Stage.DRAFT)


def test_no_one_moves_a_finding_before_readers_by_hand(ready: Home) -> None:
    for stage in (Stage.BODY_REVIEW, Stage.RELEASED):
        with pytest.raises(Refused, match="by a release alone"):
            move(ready, stage)
    assert stored(ready).stage is Stage.DRAFT


def test_a_changed_finding_is_a_further_release_that_replaces_the_first(ready: Home) -> None:
    first = decide(ready)
    edit(ready, strengths="Something else works.")
    second = decide(ready)
    assert first.sha256 != second.sha256
    assert len(copy(ready)) == 2
    assert [each.sha256 for each in published(ready)] == [second.sha256]


def test_going_back_to_earlier_words_is_a_release_of_its_own(ready: Home) -> None:
    before = stored(ready).strengths
    shas = []
    for strengths in (before, "Something else works.", before):
        edit(ready, strengths=strengths)
        shas.append(decide(ready).sha256)
    assert len(set(shas)) == 3
    copy(ready)
    assert [each.sha256 for each in published(ready)] == [shas[-1]]


def test_a_public_release_follows_and_finishes(ready: Home) -> None:
    decide(ready)
    copy(ready)
    decide(ready, Audience.PUBLIC)
    copy(ready)
    assert stored(ready).stage is Stage.RELEASED
    (package,) = published(ready)
    content = publication.content_of(package)
    assert (content.audience, content.stage, content.provenance.finding_version) == (Audience.PUBLIC, "released", 2)


def test_an_uncleared_finding_is_refused_with_every_obstacle_and_nothing_changes(unmasked: Home) -> None:
    with pytest.raises(
        NotCleared, match=r"F-01 cannot be released yet because of E-0001 \(INT-001\), E-0002"
    ) as caught:
        decide(unmasked)
    assert [each.evidence for each in caught.value.obstacles] == ["E-0001", "E-0002", "E-0003", "E-0004"]
    assert isinstance(caught.value, Refused)
    assert (waiting(unmasked), stored(unmasked).stage) == (0, Stage.DRAFT)
    assert "release-finding" not in acts(unmasked)


def test_only_a_lead_of_the_study_releases(ready: Home) -> None:
    with pytest.raises(NotAllowed):
        decide(ready, username="ben")
    ana = ready.actor("ana")
    with ready.session(ana) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        with pytest.raises(NotFound):
            release.decide_release(session, ready.actor("omar"), finding=finding, audience=Audience.BODY)
    decide(ready)
    with (
        ready.session(ready.actor("ben")) as session,
        ready.unheld(Store.PUBLISHED) as other,
        pytest.raises(NotAllowed),
    ):
        release.copy_releases(session, other, ready.actor("ben"))


def copy_and_crash(home: Home, *, after_first_commit: bool) -> None:
    """Copy, and die before the first commit or between the two."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        with home.unheld(Store.PUBLISHED) as other:
            release.copy_releases(session, other, ana)
            if not after_first_commit:
                raise KeyboardInterrupt
        raise KeyboardInterrupt


def test_a_crash_between_the_two_commits_loses_and_doubles_nothing(ready: Home) -> None:
    made = decide(ready)
    with pytest.raises(KeyboardInterrupt):
        copy_and_crash(ready, after_first_commit=True)
    assert [each.sha256 for each in published(ready)] == [made.sha256]
    assert waiting(ready) == 1
    assert len(copy(ready)) == 1
    assert waiting(ready) == 0
    assert [each.number for each in published(ready)] == [1]


def test_a_crash_before_the_first_commit_leaves_the_release_waiting(ready: Home) -> None:
    decide(ready)
    with pytest.raises(KeyboardInterrupt):
        copy_and_crash(ready, after_first_commit=False)
    assert (published(ready), waiting(ready)) == ([], 1)
    assert len(copy(ready)) == 1


def test_the_concerns_of_the_body_are_counted_in_the_published_store(ready: Home) -> None:
    decide(ready)
    copy(ready)
    rosa = ready.member("rosa")
    with ready.session(rosa) as session:
        study = privacy.published_study_keyed(session, "cedar")
        package = publication.package_for(session, study.id, "F-01")
        review.give_position(
            session,
            rosa,
            package=package,
            fit=Fit.PARTLY,
            comment="It is the bus as much as the hours.",
            language="en",
            could_harm=False,
            quotes_not_to_use=(),
        )
    with ready.unheld(Store.PUBLISHED) as session:
        assert release.unanswered_concerns(session, "cedar", "F-01") == 1
        assert release.unanswered_concerns(session, "cedar", "F-02") == 0
        assert release.unanswered_concerns(session, "elsewhere", "F-01") == 0
    with pytest.raises(NotCleared, match="concerns"):
        decide(ready, Audience.PUBLIC, unanswered=1)
