"""The nine lines of method 9.5, one by one: what each counts, and what it says when it is not met."""

from dataclasses import replace

import pytest

from ia_workbench.findings import (
    Evaluation,
    EvidenceRule,
    FindingFacts,
    Line,
    LineKey,
    LinkRole,
    SourceFacts,
    Stance,
    evaluate,
    lever_meant,
)
from tests.support.triangulation import S1, S2, S3, S4, S6, S7, S8, S10, finding_on, link

ONE_OFFICE = ("North",)
TWO_OFFICES = ("North", "South")


def line(facts: FindingFacts, key: LineKey, rule: EvidenceRule | None = None) -> Line:
    return evaluation(facts, rule).line(key)


def evaluation(facts: FindingFacts, rule: EvidenceRule | None = None) -> Evaluation:
    return evaluate(facts, rule) if rule else evaluate(facts)


def at(office: str | None, source: SourceFacts) -> SourceFacts:
    return replace(source, office=office)


def test_the_lines_stand_in_the_order_of_the_interface() -> None:
    assert [each.key.value for each in evaluate(finding_on()).lines] == [
        "independent-sources",
        "kinds",
        "family-standpoint",
        "lever-anchored",
        "investigators",
        "not-one-case",
        "not-one-office",
        "negative-case-search",
        "contrary-resolved",
    ]


def test_the_default_rule_asks_what_method_9_5_asks() -> None:
    required = {each.key.value: each.required for each in evaluate(finding_on()).lines}
    assert required == {
        "independent-sources": 3,
        "kinds": 2,
        "family-standpoint": 1,
        "lever-anchored": 1,
        "investigators": 2,
        "not-one-case": True,
        "not-one-office": True,
        "negative-case-search": True,
        "contrary-resolved": True,
    }


@pytest.mark.parametrize("key", list(LineKey))
def test_every_unmet_line_says_in_a_sentence_what_would_close_it(key: LineKey) -> None:
    open_contrary = (link(S1, Stance.CONTRADICTS),)
    nothing = finding_on(links=open_contrary)
    one_worker = finding_on(at("North", S2), links=open_contrary, offices=TWO_OFFICES, levers=())
    assert not line(nothing, key).is_met
    for weighed in (line(nothing, key), line(one_worker, key)):
        if not weighed.is_met:
            sentence = str(weighed.closes)
            assert sentence.endswith(".")
            assert "{" not in sentence


def test_a_line_that_is_met_has_nothing_to_close() -> None:
    assert line(finding_on(S1, S4, S6), LineKey.KINDS).closes is None


def test_units_are_counted_and_not_sources() -> None:
    weighed = line(finding_on(S1, S2, S3), LineKey.INDEPENDENT_SOURCES)
    assert (weighed.observed, weighed.is_met) == (1, False)
    assert str(weighed.closes).startswith("1 of 3 independent units so far.")


def test_kinds_are_those_of_supporting_sources() -> None:
    facts = finding_on(S1, S4, links=(link(S6, Stance.CONTRADICTS),))
    weighed = line(facts, LineKey.KINDS)
    assert (weighed.observed, weighed.is_met) == (1, False)
    assert "So far only interview." in str(weighed.closes)


def test_family_units_are_counted_and_not_families_voices() -> None:
    same_case = SourceFacts("S11", "interview", "youth", frozenset({"P8"}), "C1")
    weighed = line(finding_on(S1, same_case, S4), LineKey.FAMILY_STANDPOINT)
    assert (weighed.observed, weighed.is_met) == (1, True)


def test_no_worker_stands_for_a_family() -> None:
    assert line(finding_on(S4, S6, S8), LineKey.FAMILY_STANDPOINT).observed == 0


def test_a_text_and_an_observation_each_anchor_a_lever() -> None:
    assert line(finding_on(S1, S6, S8), LineKey.LEVER_ANCHORED).observed == 2


@pytest.mark.parametrize("levers", [("ADM",), ("ADM", "RES")])
def test_a_text_that_names_no_lever_counts_for_the_line_as_long_as_the_finding_names_one(
    levers: tuple[str, ...],
) -> None:
    nameless = link(S6, role=LinkRole.PRODUCED_BY, lever=None)
    assert line(finding_on(S1, links=(nameless,), levers=levers), LineKey.LEVER_ANCHORED).observed == 1
    assert line(finding_on(S1, links=(nameless,), levers=()), LineKey.LEVER_ANCHORED).observed == 0


def test_a_link_stands_for_the_only_lever_of_its_finding_but_for_none_of_several() -> None:
    assert lever_meant(None, LinkRole.PRODUCED_BY, ["ADM"]) == "ADM"
    assert lever_meant(None, LinkRole.PRODUCED_BY, ["ADM", "RES"]) is None
    assert lever_meant("RES", LinkRole.PRODUCED_BY, ["ADM", "RES"]) == "RES"
    assert lever_meant(None, LinkRole.HAPPENS, ["ADM"]) is None


@pytest.mark.parametrize(
    "weak",
    [
        link(S4, role=LinkRole.PRODUCED_BY, lever="ADM"),  # talk about a form is not the form
        link(S6, role=LinkRole.HAPPENS),
        link(S6, role=LinkRole.PRODUCED_BY, lever="RES"),  # a lever that the finding does not name
        link(S6, Stance.COMPLICATES, role=LinkRole.PRODUCED_BY, lever="ADM"),
    ],
)
def test_nothing_else_anchors_a_lever(weak: object) -> None:
    weighed = line(finding_on(S1, links=(weak,)), LineKey.LEVER_ANCHORED)  # type: ignore[arg-type]
    assert weighed.observed == 0
    assert "levers ADM" in str(weighed.closes)


def test_collectors_and_coders_are_investigators_each_counted_once() -> None:
    source = replace(S1, collectors=frozenset({"ana", "ben"}))
    facts = finding_on(links=(link(source, coders=frozenset({"ben", "carla"}), by="ines"),))
    assert line(facts, LineKey.INVESTIGATORS).observed == 3


def test_who_made_the_link_is_an_investigator_only_where_nobody_else_is_known() -> None:
    unknown = finding_on(links=(link(S1, by="ines"), link(S4, by="ines")))
    assert line(unknown, LineKey.INVESTIGATORS).observed == 1
    assert "So far only ines" in str(line(unknown, LineKey.INVESTIGATORS).closes)
    assert line(finding_on(S1), LineKey.INVESTIGATORS).observed == 0


def test_support_from_one_case_alone_is_not_enough() -> None:
    weighed = line(finding_on(S1, S2), LineKey.NOT_ONE_CASE)
    assert (weighed.observed, weighed.is_met) == (False, False)
    assert "C1" in str(weighed.closes)


@pytest.mark.parametrize("other", [S10, S6])
def test_another_case_or_a_source_about_none_meets_the_line(other: SourceFacts) -> None:
    assert line(finding_on(S1, other), LineKey.NOT_ONE_CASE).is_met


def test_one_source_about_no_case_is_not_all_from_one_case() -> None:
    assert line(finding_on(S4), LineKey.NOT_ONE_CASE).is_met


def test_support_from_two_offices_meets_the_line() -> None:
    facts = finding_on(at("North", S1), at("South", S4), offices=TWO_OFFICES)
    assert line(facts, LineKey.NOT_ONE_OFFICE).is_met


@pytest.mark.parametrize("office", ["North", None])
def test_a_source_without_an_office_does_not_stand_for_another_office(office: str | None) -> None:
    facts = finding_on(at("North", S1), at(office, S6), offices=TWO_OFFICES)
    weighed = line(facts, LineKey.NOT_ONE_OFFICE)
    assert not weighed.is_met
    assert "comes from North. Link a supporting source from South." in str(weighed.closes)


def test_a_one_office_site_may_waive_the_office_line_with_a_reason() -> None:
    facts = finding_on(at("North", S1), offices=ONE_OFFICE, office_waiver="There is one office.")
    weighed = line(facts, LineKey.NOT_ONE_OFFICE)
    assert (weighed.observed, weighed.is_met, weighed.waiver) == (False, True, "There is one office.")


@pytest.mark.parametrize(
    ("offices", "reason"), [(TWO_OFFICES, "We prefer it."), (ONE_OFFICE, "  "), (ONE_OFFICE, None)]
)
def test_the_office_line_is_not_waived_at_a_larger_site_or_without_a_reason(
    offices: tuple[str, ...], reason: str | None
) -> None:
    facts = finding_on(at("North", S1), offices=offices, office_waiver=reason)
    assert not line(facts, LineKey.NOT_ONE_OFFICE).is_met


def test_an_observed_second_office_needs_no_waiver() -> None:
    facts = finding_on(at("North", S1), at("South", S4), offices=ONE_OFFICE, office_waiver="There is one office.")
    assert line(facts, LineKey.NOT_ONE_OFFICE).waiver is None


@pytest.mark.parametrize(("searches", "is_met"), [(0, False), (1, True), (3, True)])
def test_somebody_must_have_looked_for_contrary_evidence(searches: int, is_met: bool) -> None:
    assert line(finding_on(S1, searches=searches), LineKey.NEGATIVE_CASE_SEARCH).is_met is is_met


def test_every_contrary_link_needs_a_resolution() -> None:
    done = link(S7, Stance.CONTRADICTS, key="E-1", is_resolved=True)
    open_ = link(S10, Stance.CONTRADICTS, key="E-2")
    assert line(finding_on(S1, links=(done,)), LineKey.CONTRARY_RESOLVED).is_met
    weighed = line(finding_on(S1, links=(done, open_)), LineKey.CONTRARY_RESOLVED)
    assert not weighed.is_met
    assert str(weighed.closes) == "Write how the contrary evidence was weighed: E-2."


def test_a_line_that_asks_for_nothing_is_shown_and_met() -> None:
    rule = EvidenceRule("lenient", 1, independent_sources=0, not_one_office=False)
    for key in (LineKey.INDEPENDENT_SOURCES, LineKey.NOT_ONE_OFFICE):
        weighed = line(finding_on(), key, rule)
        assert (weighed.required, weighed.is_met) == (rule.required(key), True)
