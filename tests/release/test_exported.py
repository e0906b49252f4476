"""Who took which brief away: entered before they have it, in their own store, with all that is needed to ask for it."""

import pytest

from ia_workbench import findings, privacy, publication, release
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound
from ia_workbench.publication import Audience, PackageContent
from ia_workbench.release import ExportedBrief
from tests.support import Home
from tests.support.homes import STUDY_KEY


def content(home: Home) -> PackageContent:
    """What readers would get of F-01."""
    with home.session(home.actor("ana"), writes=False) as session:
        finding = findings.finding_keyed(session, home.study_id, "F-01")
        return release.examine(session, finding, Audience.BODY).content


def exported(home: Home, finding_key: str | None = None, *, with_community: bool = True) -> list[ExportedBrief]:
    """The briefs that the study's trails tell of."""
    with home.session(home.actor("ben"), writes=False) as session, home.unheld(Store.PUBLISHED) as published:
        study = privacy.study_keyed(session, STUDY_KEY)
        return release.exported_briefs(session, published if with_community else None, study, finding_key)


def take(home: Home, who: str, file_format: str = "docx", *, draft: bool = False) -> None:
    """Enter that somebody takes the brief of F-01 away."""
    actor = home.member(who) if who in ("lee", "rosa") else home.actor(who)
    with home.session(actor) as session:
        (study_id,) = actor.study_ids
        publication.record_export(
            session, actor, study_id=study_id, content=content(home), file_format=file_format, is_draft=draft
        )


def test_a_brief_taken_by_the_team_and_one_by_the_community_are_both_told_with_their_evidence(ready: Home) -> None:
    take(ready, "ben", "docx", draft=True)
    take(ready, "lee", "html")
    team, community = sorted(exported(ready), key=lambda each: each.by)
    assert (team.by, team.side, team.file_format, team.is_draft) == ("ben", Store.EVIDENCE, "docx", True)
    assert (community.by, community.side, community.file_format) == ("lee", Store.PUBLISHED, "html")
    assert not community.is_draft
    assert team.evidence == community.evidence == ("E-0001", "E-0002", "E-0003", "E-0004")
    assert team.sha256 == content(ready).sha256
    assert team.audience is Audience.BODY


def test_only_the_briefs_of_the_finding_asked_for_and_of_the_own_study_are_told(ready: Home) -> None:
    take(ready, "ben")
    assert [each.finding_key for each in exported(ready, "F-01")] == ["F-01"]
    assert exported(ready, "F-02") == []
    with ready.session(ready.actor("omar"), writes=False) as session:
        assert release.exported_briefs(session, None, privacy.study_keyed(session, "other")) == []


def test_without_the_published_store_the_team_s_own_are_told_all_the_same(ready: Home) -> None:
    take(ready, "ben")
    take(ready, "lee")
    assert [each.by for each in exported(ready, with_community=False)] == ["ben"]


def test_who_may_take_no_brief_away_enters_none(ready: Home) -> None:
    with pytest.raises(NotAllowed):
        take(ready, "rosa")
    with pytest.raises(NotFound):
        publication_of_another_study(ready)
    assert exported(ready) == []


def publication_of_another_study(home: Home) -> None:
    """Enter a brief in a study that is not one's own."""
    ben = home.actor("ben")
    with home.session(ben) as session:
        publication.record_export(session, ben, study_id=99, content=content(home), file_format="docx")
