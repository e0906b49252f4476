"""Analysts who are limited to some sources: who limits, and what is counted for them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from ia_workbench import corpus, findings, privacy, release
from ia_workbench.corpus import Source
from ia_workbench.database import Store
from ia_workbench.findings import LinkRole, Stance
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from tests.support import Home


def numbers(home: Home, *keys: str) -> dict[int, str]:
    """Return the numbers of sources with their keys."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return dict(session.execute(select(Source.id, Source.key).where(Source.key.in_(keys))).all())


def limit(home: Home, *keys: str, by: str = "ana", username: str = "ben") -> None:
    actor = home.actor(by)
    with home.session(actor) as session:
        privacy.limit_member(session, actor, study_id=home.study_id, username=username, sources=numbers(home, *keys))


def keys_seen(home: Home, who: str = "ben") -> list[str]:
    with home.session(home.actor(who), writes=False) as session:
        return [each.key for each in corpus.sources(session, home.study_id)]


def test_a_limited_analyst_reads_what_was_given_from_their_next_request_on(demo: Home) -> None:
    ana = demo.actor("ana")
    everything = keys_seen(demo)
    limit(demo, "INT-001", "INT-002")
    assert keys_seen(demo) == ["INT-001", "INT-002"]
    with demo.session(ana) as session:
        privacy.grant_sources(
            session, ana, study_id=demo.study_id, username="ben", sources=numbers(demo, "INT-002", "INT-003")
        )
    assert keys_seen(demo) == ["INT-001", "INT-002", "INT-003"]
    with demo.session(ana) as session:
        privacy.revoke_sources(
            session, ana, study_id=demo.study_id, username="ben", sources=numbers(demo, "INT-001", "INT-002")
        )
    assert keys_seen(demo) == ["INT-003"]
    assert keys_seen(demo, "carla") == everything
    with demo.session(ana) as session:
        privacy.lift_limit(session, ana, study_id=demo.study_id, username="ben")
    assert keys_seen(demo) == everything


def test_a_source_out_of_reach_answers_like_one_that_is_not_there(demo: Home) -> None:
    limit(demo, "INT-001")
    with demo.session(demo.actor("ben"), writes=False) as session:
        sentences = []
        for key in ("INT-002", "INT-999"):
            with pytest.raises(NotFound) as refusal:
                corpus.source_keyed(session, demo.study_id, key)
            sentences.append(str(refusal.value).replace(key, "KEY"))
    assert sentences[0] == sentences[1]


def test_only_a_lead_limits_and_only_analysts_of_the_study(demo: Home) -> None:
    with pytest.raises(NotAllowed):
        limit(demo, by="carla")
    with pytest.raises(Refused, match="Only an analyst"):
        limit(demo, username="ines")
    with pytest.raises(NotFound):
        limit(demo, username="ada")
    ana = demo.actor("ana")
    with pytest.raises(Refused, match="every source"), demo.session(ana) as session:
        privacy.lift_limit(session, ana, study_id=demo.study_id, username="ben")


def test_a_finding_is_weighed_on_all_its_evidence_whoever_asks_and_names_no_source_out_of_reach(demo: Home) -> None:
    ana = demo.actor("ana")
    with demo.session(ana, writes=False) as session:
        finding = findings.finding_keyed(session, demo.study_id, "F-01")
        whole = findings.evaluation_of(session, finding)
        every = len(findings.links_of(session, finding))
    limit(demo, "INT-001")
    with demo.session(demo.actor("ben"), writes=False) as session:
        finding = findings.finding_keyed(session, demo.study_id, "F-01")
        seen = findings.evaluation_of(session, finding)
        theirs = findings.links_of(session, finding)
        assert {each.excerpt.revision.source.key for each in theirs} == {"INT-001"}
        assert findings.links_out_of_reach(session, finding) == every - len(theirs) > 0
    assert (seen.strength, seen.counts, seen.breadth) == (whole.strength, whole.counts, whole.breadth)
    assert [line.is_met for line in seen.lines] == [line.is_met for line in whole.lines]
    named = {key for unit in (*seen.units, *seen.fragile_units) for key in unit} | set(seen.contrary.sources)
    assert {key for key in named if not key.startswith("not-yours-")} == {"INT-001"}


def test_a_snapshot_that_a_limited_analyst_causes_keeps_the_whole_finding(demo: Home) -> None:
    limit(demo, "INT-001")
    ben = demo.actor("ben")
    with demo.session(ben) as session:
        finding = findings.finding_keyed(session, demo.study_id, "F-04")
        before = len(findings.snapshots_of(session, finding))
        findings.move_stage(session, ben, finding=finding, stage=findings.Stage.CHALLENGE)
    with demo.session(demo.actor("ana"), writes=False) as session:
        finding = findings.finding_keyed(session, demo.study_id, "F-04")
        snapshots = findings.snapshots_of(session, finding)
        assert len(snapshots) == before + 1
        kept = {each["key"] for each in snapshots[-1].content["evidence"]}
        assert kept == {each.key for each in findings.links_of(session, finding)}
        assert len(kept) > 1
        assert "not-yours" not in str(snapshots[-1].content)


def test_a_limited_analyst_brings_in_no_source(demo: Home) -> None:
    limit(demo, "INT-001")
    ben = demo.actor("ben")
    file = corpus.read_file("new.txt", b"INTERVIEWER: And then?\nPARENT: Then I waited for a week.\n")
    record = corpus.SourceRecord(corpus.SourceKind.INTERVIEW, "parent")
    found = corpus.find_turns(file.text)
    with pytest.raises(NotAllowed, match="some sources"), demo.session(ben) as session:
        corpus.propose_import(session, ben, study_id=demo.study_id, record=record, file=file, found=found)


def test_a_limited_analyst_codes_and_links_what_is_theirs(demo: Home) -> None:
    limit(demo, "INT-001")
    ben = demo.actor("ben")
    with demo.session(ben) as session:
        finding = findings.finding_keyed(session, demo.study_id, "F-04")
        excerpt = findings.links_of(session, findings.finding_keyed(session, demo.study_id, "F-01"))[0].excerpt
        findings.link_evidence(
            session, ben, finding=finding, excerpt=excerpt, stance=Stance.COMPLICATES, role=LinkRole.COUNTER
        )


def test_what_readers_have_and_should_not_is_told_alike_to_an_analyst_who_reads_some_sources(demo: Home) -> None:
    """Else everything beyond their sources would look as if it had been taken back."""

    def outlived() -> list[tuple[str, tuple[str, ...]]]:
        with demo.session(demo.actor("ben"), writes=False) as session:
            return [(each.finding_key, each.evidence) for each in release.outlived_releases(session, demo.study_id)]

    limit(demo, "INT-001", "INT-002")
    assert outlived() == []
    ana = demo.actor("ana")
    with demo.session(ana) as session:
        source = corpus.source_keyed(session, demo.study_id, "INT-003")
        record = replace(corpus.record_of(session, source), consent=corpus.ConsentScope.ANALYSIS_ONLY)
        corpus.change_record(session, ana, source=source, record=record)
    narrowed = outlived()
    assert narrowed
    with demo.session(ana) as session:
        privacy.lift_limit(session, ana, study_id=demo.study_id, username="ben")
    assert outlived() == narrowed
