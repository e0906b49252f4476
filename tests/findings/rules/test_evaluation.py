"""Weighing a finding: the vectors of method 9.2 and 9.4, strength, and what it hangs on."""

from dataclasses import replace
from datetime import date

import pytest

from ia_workbench.findings import (
    Cell,
    EvidenceRule,
    LineKey,
    LinkRole,
    SourceFacts,
    SourceFamily,
    Stance,
    Strength,
    evaluate,
)
from ia_workbench.findings.rules import contrary_share
from tests.support.triangulation import S1, S4, S5, S6, S7, S8, S10, finding_on, link

LINES_1_TO_4 = EvidenceRule(
    "lines 1 to 4",
    investigators=0,
    not_one_case=False,
    not_one_office=False,
    negative_case_search=False,
    contrary_resolved=False,
)


def in_(office: str, source: SourceFacts, collector: str = "ana") -> SourceFacts:
    return replace(source, office=office, collectors=frozenset({collector}))


WELL_SUPPORTED = (
    in_("North", S1),
    in_("South", S4, "ben"),
    in_("North", S6),
    in_("South", S8, "ben"),
    in_("North", S10),
)


def test_method_9_2_leave_one_out_of_s1_s4_s6_is_fragile_on_every_unit() -> None:
    evaluation = evaluate(finding_on(S1, S4, S6), LINES_1_TO_4)
    assert evaluation.is_met
    assert evaluation.fragile_units == (("S1",), ("S4",), ("S6",))


def test_method_9_2_leave_one_out_of_s1_s4_s6_s10_is_fragile_on_s6_only() -> None:
    evaluation = evaluate(finding_on(S1, S4, S6, S10), LINES_1_TO_4)
    assert evaluation.is_met
    assert evaluation.fragile_units == (("S6",),)


def test_method_9_2_leave_one_out_of_s1_s4_s6_s8_s10_is_not_fragile() -> None:
    evaluation = evaluate(finding_on(S1, S4, S6, S8, S10), LINES_1_TO_4)
    assert evaluation.is_met
    assert evaluation.fragile_units == ()


def test_method_9_4_2_contradicting_and_6_supporting_units_are_a_share_of_a_quarter() -> None:
    assert contrary_share(2, 6) == 0.25


def test_method_9_4_the_share_counts_units_and_not_excerpts() -> None:
    supporting = [
        SourceFacts(f"S{number}", "interview", "parent", frozenset({f"Q{number}"})) for number in range(20, 26)
    ]
    contrary = [
        SourceFacts(f"S{number}", "interview", "court", case=case) for number, case in ((30, "a"), (31, "a"), (32, "b"))
    ]
    links = tuple(link(source, Stance.CONTRADICTS) for source in contrary)
    weighed = evaluate(finding_on(*supporting, links=links)).contrary
    assert (weighed.units, weighed.share) == (2, 0.25)
    assert weighed.sources == ("S30", "S31", "S32")
    assert weighed.unresolved == ("E-S30", "E-S31", "E-S32")


def test_without_evidence_there_is_no_share() -> None:
    assert contrary_share(0, 0) is None


def test_a_finding_that_meets_all_nine_lines_is_established() -> None:
    evaluation = evaluate(finding_on(*WELL_SUPPORTED, searches=1, offices=("North", "South")))
    assert [line.key for line in evaluation.unmet] == []
    assert evaluation.strength is Strength.ESTABLISHED
    assert len(evaluation.lines) == 9


def test_a_finding_with_one_line_unmet_is_emerging_and_hangs_on_nothing() -> None:
    evaluation = evaluate(finding_on(*WELL_SUPPORTED, searches=0, offices=("North", "South")))
    assert [line.key for line in evaluation.unmet] == [LineKey.NEGATIVE_CASE_SEARCH]
    assert evaluation.strength is Strength.EMERGING
    assert evaluation.fragile_units == ()


def test_a_finding_on_one_unit_is_thin_however_many_excerpts_it_has() -> None:
    many = tuple(link(S4, excerpt=number, key=f"E-{number}") for number in range(100, 110))
    evaluation = evaluate(finding_on(S4, S5, links=many))
    assert evaluation.strength is Strength.THIN
    assert (evaluation.counts.excerpts, evaluation.counts.sources, evaluation.counts.independent_units) == (12, 2, 1)


def test_a_finding_without_a_lever_is_thin() -> None:
    evaluation = evaluate(finding_on(*WELL_SUPPORTED, searches=1, offices=("North", "South"), levers=()))
    assert evaluation.strength is Strength.THIN


def test_a_finding_on_one_unit_stays_thin_under_a_rule_that_asks_for_nothing() -> None:
    nothing = replace(LINES_1_TO_4, independent_sources=0, kinds=0, family_standpoint=0, lever_anchored=0)
    evaluation = evaluate(finding_on(S1), nothing)
    assert evaluation.is_met
    assert evaluation.strength is Strength.THIN


def test_a_finding_without_evidence_counts_nothing() -> None:
    evaluation = evaluate(finding_on())
    assert evaluation.counts.independent_units == 0
    assert evaluation.counts.effective_kinds is None
    assert evaluation.strength is Strength.THIN
    assert evaluation.breadth.first_on is None


@pytest.mark.parametrize("change", [{"is_withdrawn": True}, {"kind": "debrief"}])
def test_withdrawn_sources_and_debriefs_count_nowhere(change: dict[str, object]) -> None:
    gone = replace(S10, **change)  # type: ignore[arg-type]
    against = (link(gone, Stance.CONTRADICTS, key="E-9"), link(gone, Stance.COMPLICATES, key="E-8"))
    with_it = evaluate(finding_on(S1, S4, gone, links=against))
    without = evaluate(finding_on(S1, S4))
    assert with_it.counts == without.counts
    assert with_it.lines == without.lines
    assert with_it.contrary == without.contrary
    assert with_it.convergence == without.convergence


def test_what_complicates_counts_neither_for_nor_against() -> None:
    with_it = evaluate(finding_on(S1, S4, links=(link(S7, Stance.COMPLICATES),)))
    without = evaluate(finding_on(S1, S4))
    assert with_it.counts == without.counts
    assert with_it.lines == without.lines
    assert with_it.contrary.share == without.contrary.share
    assert with_it.contrary.complicating == ("E-S7",)


def test_dropping_a_unit_keeps_what_speaks_against_the_finding() -> None:
    against = (link(WELL_SUPPORTED[0], Stance.CONTRADICTS, key="E-9", is_resolved=True),)
    facts = finding_on(*WELL_SUPPORTED, links=against, searches=1, offices=("North", "South"))
    assert evaluate(facts).fragile_units == ()
    open_ = replace(facts, links=(*facts.links[:-1], replace(facts.links[-1], is_resolved=False)))
    assert [line.key for line in evaluate(open_).unmet] == [LineKey.CONTRARY_RESOLVED]


def test_breadth_counts_persons_offices_cases_dates_kinds_and_investigators() -> None:
    early = replace(in_("North", S1), on=date(2026, 1, 5))
    late = replace(in_("South", S7, "ben"), on=date(2026, 3, 1))
    breadth = evaluate(finding_on(early, late, S6)).breadth
    assert breadth.persons == 3
    assert breadth.offices == ("North", "South")
    assert breadth.case_clusters == 1
    assert (breadth.first_on, breadth.last_on) == (date(2026, 1, 5), date(2026, 3, 1))
    assert breadth.kinds == ("focus-group", "institutional-text", "interview")
    assert breadth.investigators == ("ana", "ben")


def test_the_evaluation_lists_all_eight_families() -> None:
    assert [cell.family for cell in evaluate(finding_on(S1)).convergence] == list(SourceFamily)


def test_an_excerpt_linked_in_two_roles_is_one_excerpt() -> None:
    twice = (link(S1, role=LinkRole.IMPACT, key="E-2", excerpt=1),)
    assert evaluate(finding_on(S1, links=twice)).counts.excerpts == 1


def test_the_fragile_units_name_all_sources_of_a_unit() -> None:
    joined = SourceFacts("S11", "case-record", "frontline", case="C1")
    evaluation = evaluate(finding_on(S1, joined, S4, S6), LINES_1_TO_4)
    assert ("S1", "S11") in evaluation.fragile_units


def test_cells_are_values_of_the_interface() -> None:
    assert [cell.value for cell in Cell] == ["supports", "mixed", "dissonant", "silent", "not-examined"]
