"""Reads of findings, their evidence and their history."""

import pytest
from sqlalchemy import select

from ia_workbench import findings
from ia_workbench.corpus import Source
from ia_workbench.findings import Stage
from ia_workbench.findings.queries import order_of
from ia_workbench.kernel import NotFound
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.evidence import RECORD, draft, establish, excerpt, support


def test_findings_come_by_number(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        for key in ("F-100", "F-02", "F-10"):
            findings.draft_finding(session, ana, study_id=stocked.study_id, record=RECORD, key=key)
        assert [each.key for each in findings.findings(session, stocked.study_id)] == ["F-02", "F-10", "F-100"]


@pytest.mark.parametrize("key", ["", "F", "F-", "F-x", "F-²"])
def test_an_odd_key_can_be_ordered_too(key: str) -> None:
    assert sorted([key, "F-01"], key=order_of)


def test_links_come_with_excerpt_and_source_in_one_query(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        establish(session, ana, draft(session, stocked, ana))
    with stocked.session(ana, writes=False) as session:
        finding = findings.finding_keyed(session, stocked.study_id, "F-01")
        with counting_statements(stocked.evidence) as statements:
            links = findings.links_of(session, finding)
            seen = [(link.key, link.excerpt.quote, link.excerpt.revision.source.key) for link in links]
        assert len(statements) == 1, str(statements)
        words = "They hand you two times"
        assert seen == [
            ("E-0001", words, "INT-001"),
            ("E-0002", words, "INT-003"),
            ("E-0003", words, "TXT-001"),
            ("E-0004", words, "OBS-01"),
        ]


def test_evidence_comes_with_the_turn_its_words_begin_in(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        support(session, ana, finding, "INT-001")
        (only,) = findings.evidence_of(session, finding)
        assert only.turn is not None
        assert (only.link.key, only.turn.number, only.turn.speaker) == ("E-0001", 1, "PARENT")


def test_the_links_to_a_source_come_with_their_findings(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        first, second = draft(session, stocked, ana), draft(session, stocked, ana)
        for finding in (second, first):
            support(session, ana, finding, "INT-001")
        support(session, ana, first, "INT-002")
        source = session.scalars(select(Source).where(Source.key == "INT-001")).one()
        assert [link.finding.key for link in findings.links_on(session, source)] == ["F-02", "F-01"]


def test_what_does_not_exist_is_not_found_by_name(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana"), writes=False) as session:
        with pytest.raises(NotFound, match="F-99"):
            findings.finding_keyed(session, stocked.study_id, "F-99")
        with pytest.raises(NotFound, match="E-9999"):
            findings.link_keyed(session, stocked.study_id, "E-9999")


def test_searches_and_snapshots_come_oldest_first(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        for query in ("one", "two"):
            findings.record_search(session, ana, finding=finding, query=query, note="")
        findings.move_stage(session, ana, finding=finding, stage=Stage.CHALLENGE)
        assert [each.query for each in findings.searches_of(session, finding)] == ["one", "two"]
        assert [each.stage for each in findings.snapshots_of(session, finding)] == [Stage.DRAFT, Stage.CHALLENGE]


def test_an_excerpt_without_a_link_is_no_evidence(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        excerpt(session, ana, "INT-001")
        assert findings.evidence_of(session, finding) == []
