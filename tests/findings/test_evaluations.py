"""Findings weighed from the store: the facts that are gathered, and in how many queries."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, findings
from ia_workbench.corpus import Source, SourceKind
from ia_workbench.findings import (
    DEFAULT_RULE,
    Cell,
    EvidenceRule,
    LineKey,
    LinkRole,
    SourceFacts,
    SourceFamily,
    Stance,
    Strength,
)
from ia_workbench.kernel import NotFound, Span
from ia_workbench.privacy import Study
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.evidence import RECORD, add, anchor, draft, establish, support


def withdraw(session: Session, key: str) -> None:
    source = session.scalars(select(Source).where(Source.key == key)).one()
    source.withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)
    session.flush()  # the evaluation asks the store


def test_the_facts_are_those_of_the_store(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        link = anchor(session, ana, finding, "TXT-001")
        words, code = link.excerpt, codebook.code_at(session, stocked.study_id, "barriers")
        carla = stocked.actor("carla")
        coding.apply_code(session, carla, revision=words.revision, span=Span(words.start, words.end), code=code)
        findings.record_search(session, ana, finding=finding, query="evening", note="")
        facts = findings.facts_of(session, finding)
    assert (facts.key, facts.levers, facts.nodes, facts.edges) == ("F-01", ("ADM",), ("N-14",), ("N-13..N-14",))
    assert (facts.searches, facts.offices, facts.office_waiver) == (1, ("North", "South"), None)
    only = facts.links[0]
    assert (only.key, only.stance, only.role, only.lever) == ("E-0001", Stance.SUPPORTS, LinkRole.PRODUCED_BY, "ADM")
    assert (only.coders, only.by, only.is_resolved) == (frozenset({"carla"}), "ana", False)
    assert only.source == SourceFacts(
        key="TXT-001",
        kind="institutional-text",
        standpoint="text",
        text_id="T-1",
        collectors=frozenset({"ana"}),
        nodes=frozenset({"N-14"}),
        on=date(2026, 2, 10),
    )
    by_key = {source.key: source for source in facts.sources}
    assert len(by_key) == 7
    assert (by_key["INT-001"].participants, by_key["INT-001"].case) == (frozenset({"P-01"}), "C-01")
    assert (by_key["INT-003"].office, by_key["OBS-01"].event_id) == ("South", "V-1")


def test_a_coder_of_other_words_is_no_investigator_of_these(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        words = support(session, ana, finding, "INT-001").excerpt
        code = codebook.code_at(session, stocked.study_id, "barriers")
        coding.apply_code(session, ben, revision=words.revision, span=Span(words.start, words.end + 1), code=code)
        assert findings.evaluation_of(session, finding).line(LineKey.INVESTIGATORS).observed == 1
        coding.apply_code(session, ben, revision=words.revision, span=Span(words.start, words.end), code=code)
        assert findings.evaluation_of(session, finding).line(LineKey.INVESTIGATORS).observed == 2


def test_a_finding_rises_from_thin_to_established_as_its_lines_are_met(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        assert findings.evaluation_of(session, finding).strength is Strength.THIN
        establish(session, ana, finding)
        evaluation = findings.evaluation_of(session, finding)
        assert evaluation.strength is Strength.ESTABLISHED
        assert evaluation.units == (("INT-001",), ("INT-003",), ("OBS-01",), ("TXT-001",))
        assert evaluation.fragile_units == (("INT-003",),)  # the only one from South, and the only one ben collected


def test_sources_of_one_case_are_one_unit(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        support(session, ana, finding, "INT-001")
        support(session, ana, finding, "INT-002")
        evaluation = findings.evaluation_of(session, finding)
        assert (evaluation.counts.sources, evaluation.counts.independent_units) == (2, 1)
        assert evaluation.strength is Strength.THIN


def test_a_withdrawn_source_counts_no_more(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        establish(session, ana, finding)
        withdraw(session, "INT-003")
        evaluation = findings.evaluation_of(session, finding)
        assert evaluation.strength is Strength.EMERGING
        assert evaluation.counts.independent_units == 3
        assert [link.excerpt.revision.source.is_withdrawn for link in findings.links_of(session, finding)].count(
            True
        ) == 1


def test_silence_and_absence_are_told_apart_by_the_steps_that_sources_touch(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        support(session, ana, finding, "INT-001")
        cells = {cell.family: cell for cell in findings.evaluation_of(session, finding).convergence}
        assert cells[SourceFamily.FAMILY_VOICE].cell is Cell.SUPPORTS
        assert cells[SourceFamily.WORKER_VOICE].cell is Cell.SILENT
        assert cells[SourceFamily.PARTNER_VOICE].unlinked == ("INT-004",)
        assert cells[SourceFamily.LEADERSHIP].cell is Cell.NOT_EXAMINED
        assert cells[SourceFamily.NUMBERS].cell is Cell.NOT_EXAMINED
        withdraw(session, "INT-004")
        cells = {cell.family: cell for cell in findings.evaluation_of(session, finding).convergence}
        assert cells[SourceFamily.PARTNER_VOICE].cell is Cell.NOT_EXAMINED


def test_a_rule_that_asks_more_is_weighed_without_changing_the_studys(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        finding = draft(session, stocked, ana)
        establish(session, ana, finding)
        strict = EvidenceRule("strict", 4, independent_sources=9)
        evaluation = findings.evaluation_of(session, finding, strict)
        assert evaluation.strength is Strength.EMERGING
        assert (evaluation.rule.name, evaluation.line(LineKey.INDEPENDENT_SOURCES).required) == ("strict", 9)
        assert findings.rule_of(session, stocked.study_id) == DEFAULT_RULE


def test_a_study_may_have_a_rule_of_its_own(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        study = session.get_one(Study, stocked.study_id)
        study.settings = study.settings | {"rule": {"name": "ours", "version": 2, "required": {"kinds": 3}}}
        session.flush()  # read back below
        assert findings.rule_of(session, stocked.study_id) == EvidenceRule("ours", 2, kinds=3)
        study.settings = {"offices": []}
        session.flush()  # read back below
        assert findings.rule_of(session, stocked.study_id) == DEFAULT_RULE


def test_weighing_one_finding_takes_at_most_8_queries(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        establish(session, ana, draft(session, stocked, ana))
    with stocked.session(ana, writes=False) as session:
        with counting_statements(stocked.evidence) as finding_it:
            finding = findings.finding_keyed(session, stocked.study_id, "F-01")
        with counting_statements(stocked.evidence) as statements:
            findings.evaluation_of(session, finding)
        assert len(finding_it) + len(statements) <= 8, f"{finding_it}\n{statements}"


def test_weighing_30_findings_takes_at_most_12_queries(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        establish(session, ana, draft(session, stocked, ana))
        for _ in range(29):
            support(session, ana, draft(session, stocked, ana), "INT-001")
    with stocked.session(ana, writes=False) as session, counting_statements(stocked.evidence) as statements:
        weighed = findings.evaluations(session, stocked.study_id)
        assert len(statements) <= 12, str(statements)
    assert [each.finding.key for each in weighed] == [f"F-{number:02d}" for number in range(1, 31)]
    assert [each.evaluation.finding for each in weighed] == [each.finding.key for each in weighed]
    assert [each.evaluation.strength for each in weighed] == [Strength.ESTABLISHED, *[Strength.THIN] * 29]


def test_findings_weighed_together_are_weighed_like_each_alone(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        first, second = draft(session, stocked, ana), draft(session, stocked, ana, nodes=("N-12",), edges=())
        establish(session, ana, first)
        support(session, ana, second, "INT-002", stance=Stance.CONTRADICTS, role=LinkRole.COUNTER)
        together = [each.evaluation for each in findings.evaluations(session, stocked.study_id)]
        assert together == [findings.evaluation_of(session, first), findings.evaluation_of(session, second)]


def test_a_finding_changed_when_its_words_or_its_evidence_last_did(stocked: Home) -> None:
    ana = stocked.actor("ana")
    later = datetime(2026, 4, 1, tzinfo=UTC)
    with stocked.session(ana) as session:
        first, second = draft(session, stocked, ana), draft(session, stocked, ana)
        support(session, ana, second, "INT-001", at=later)
        support(session, ana, first, "INT-001", at=datetime(2026, 1, 1, tzinfo=UTC))
        assert [each.changed_at for each in findings.evaluations(session, stocked.study_id)] == [stocked.clock(), later]


def test_a_study_without_findings_has_nothing_to_weigh(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana"), writes=False) as session:
        assert findings.evaluations(session, stocked.study_id) == []


def test_another_studys_member_finds_no_finding(stocked: Home) -> None:
    ana, omar = stocked.actor("ana"), stocked.actor("omar")
    with stocked.session(ana) as session:
        establish(session, ana, draft(session, stocked, ana))
    with stocked.session(omar, writes=False) as session:
        assert findings.evaluations(session, stocked.study_id) == []
        with pytest.raises(NotFound):
            findings.finding_keyed(session, stocked.study_id, "F-01")
        with pytest.raises(NotFound):
            findings.link_keyed(session, stocked.study_id, "E-0001")


def test_an_override_of_one_office_shows_in_the_line(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        study = session.get_one(Study, stocked.study_id)
        study.settings = study.settings | {"offices": ["North"]}
        session.flush()  # the drafting asks the study
        finding = draft(session, stocked, ana, office_waiver="There is one office.")
        support(session, ana, finding, "INT-001")
        line = findings.evaluation_of(session, finding).line(LineKey.NOT_ONE_OFFICE)
        assert (line.is_met, line.observed, line.waiver) == (True, False, "There is one office.")


def test_a_large_study_is_weighed_with_the_same_queries(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        establish(session, ana, draft(session, stocked, ana))
    counts = []
    for size in (0, 40):
        with stocked.session(ana) as session:
            for number in range(size):
                people = (f"P-1{number}",)
                add(
                    session,
                    stocked,
                    f"INT-1{number:02d}",
                    participants=people,
                    case=f"C-1{number}",
                    kind=SourceKind.SURVEY,
                )
        with stocked.session(ana, writes=False) as session, counting_statements(stocked.evidence) as statements:
            findings.evaluations(session, stocked.study_id)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_record_of_a_weighed_finding_is_what_was_written(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        draft(session, stocked, ana, title="Other")
        (weighed,) = findings.evaluations(session, stocked.study_id)
        assert findings.record_of(weighed.finding) == replace(RECORD, title="Other")
