"""The convergence matrix, method 9.3."""

from dataclasses import replace

import pytest

from ia_workbench.findings import Cell, FamilyCell, SourceFacts, SourceFamily, Stance, convergence_share
from ia_workbench.findings.rules import convergence_of
from tests.support.triangulation import S1, S4, S6, S7, finding_on, link

AT_14 = replace(S1, key="S20", nodes=frozenset({"N-14"}))


def cell(facts: object, family: SourceFamily) -> FamilyCell:
    return next(each for each in convergence_of(facts) if each.family is family)  # type: ignore[arg-type]


def test_method_9_3_two_supports_one_mixed_one_dissonant_one_silent_one_not_examined_is_0_75() -> None:
    cells = [Cell.SUPPORTS, Cell.SUPPORTS, Cell.MIXED, Cell.DISSONANT, Cell.SILENT, Cell.NOT_EXAMINED]
    assert convergence_share(cells) == 0.75


def test_method_9_3_the_monthly_visits_two_agree_and_one_is_dissonant_is_0_667() -> None:
    survey = SourceFacts("staff survey", "survey", "frontline")
    review = SourceFacts("case review", "case-record", "text")
    system = SourceFacts("information system", "quantitative", "leadership")
    links = tuple(
        link(source, stance, excerpt=1)
        for source, stance in ((survey, Stance.SUPPORTS), (review, Stance.SUPPORTS), (system, Stance.CONTRADICTS))
    )
    cells = [each.cell for each in convergence_of(finding_on(links=links))]
    assert convergence_share(cells) == pytest.approx(0.667, abs=0.0005)


@pytest.mark.parametrize(
    "cells", [[], [Cell.SUPPORTS], [Cell.DISSONANT, Cell.SILENT], [Cell.SILENT, Cell.NOT_EXAMINED]]
)
def test_below_two_families_that_spoke_the_share_is_undefined(cells: list[Cell]) -> None:
    assert convergence_share(cells) is None


def test_only_supporting_links_support() -> None:
    assert cell(finding_on(S1), SourceFamily.FAMILY_VOICE).cell is Cell.SUPPORTS


def test_supporting_and_contradicting_links_are_mixed() -> None:
    facts = finding_on(S1, links=(link(S7, Stance.CONTRADICTS),))
    assert cell(facts, SourceFamily.FAMILY_VOICE).cell is Cell.MIXED


def test_only_contradicting_links_are_dissonant() -> None:
    facts = finding_on(S4, links=(link(S7, Stance.CONTRADICTS),))
    assert cell(facts, SourceFamily.FAMILY_VOICE).cell is Cell.DISSONANT


@pytest.mark.parametrize("others", [(), (Stance.SUPPORTS,), (Stance.CONTRADICTS,)])
def test_anything_that_complicates_is_mixed(others: tuple[Stance, ...]) -> None:
    links = tuple(link(S7, stance) for stance in (Stance.COMPLICATES, *others))
    assert cell(finding_on(links=links), SourceFamily.FAMILY_VOICE).cell is Cell.MIXED


def test_a_family_that_touches_the_step_and_is_not_linked_is_silent() -> None:
    facts = finding_on(S4, sources=(S4, AT_14), nodes=("N-14",))
    assert cell(facts, SourceFamily.FAMILY_VOICE).cell is Cell.SILENT
    assert cell(facts, SourceFamily.FAMILY_VOICE).unlinked == ("S20",)


def test_a_family_of_which_no_source_touches_the_step_was_not_examined() -> None:
    facts = finding_on(S4, sources=(S4, AT_14), nodes=("N-15",))
    assert cell(facts, SourceFamily.FAMILY_VOICE).cell is Cell.NOT_EXAMINED


@pytest.mark.parametrize("gone", [{"is_withdrawn": True}, {"kind": "debrief"}])
def test_withdrawn_sources_and_debriefs_are_not_silent(gone: dict[str, object]) -> None:
    source = replace(AT_14, **gone)  # type: ignore[arg-type]
    facts = finding_on(S4, sources=(S4, source), nodes=("N-14",))
    assert cell(facts, SourceFamily.FAMILY_VOICE).cell is Cell.NOT_EXAMINED


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ({"N-13", "N-14"}, Cell.SILENT),
        ({"N-13..N-14"}, Cell.SILENT),
        ({"N-13"}, Cell.NOT_EXAMINED),
        ({"N-14"}, Cell.NOT_EXAMINED),
    ],
)
def test_a_passage_is_touched_by_naming_it_or_both_its_steps(nodes: set[str], expected: Cell) -> None:
    source = replace(AT_14, nodes=frozenset(nodes))
    facts = finding_on(S4, sources=(S4, source), edges=("N-13..N-14",))
    assert cell(facts, SourceFamily.FAMILY_VOICE).cell is expected


def test_a_cell_counts_units_for_and_against() -> None:
    other = SourceFacts("S11", "interview", "parent", frozenset({"P1"}), "C1")
    facts = finding_on(S1, other, links=(link(S7, Stance.CONTRADICTS),))
    family = cell(facts, SourceFamily.FAMILY_VOICE)
    assert (family.supporting, family.contradicting, family.complicating) == (1, 1, 0)
    assert family.sources == ("S1", "S11", "S7")


def test_texts_are_their_own_family() -> None:
    assert cell(finding_on(S6), SourceFamily.INSTITUTIONAL_TEXT).cell is Cell.SUPPORTS
