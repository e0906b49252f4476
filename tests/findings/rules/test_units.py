"""Independence, method 9.2: the vectors as published in our method, and what must hold for any sources."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.corpus import FAMILY_STANDPOINTS, SourceKind
from ia_workbench.findings import SourceFacts, SourceFamily, effective_kinds, units_of
from ia_workbench.findings.rules import facts, grouped
from tests.support.triangulation import S1, S2, S3, S4, S5, S6, S7, S8, S9, S10

ALL_KINDS = [kind.value for kind in SourceKind if kind is not SourceKind.DEBRIEF]


def keys(*groups: str) -> list[frozenset[str]]:
    return [frozenset(group.split()) for group in groups]


def test_method_9_2_s1_to_s8_are_5_units() -> None:
    units = units_of([S1, S2, S3, S4, S5, S6, S7, S8])
    assert units == keys("S1 S2 S3", "S4 S5", "S6", "S7", "S8")


def test_method_9_2_s1_to_s8_have_4_545_effective_kinds() -> None:
    assert effective_kinds(grouped([S1, S2, S3, S4, S5, S6, S7, S8])) == pytest.approx(4.545, abs=0.0005)


def test_method_9_2_a_worker_bridges_two_cases_into_one_unit() -> None:
    sources = [S1, S2, S3, S9, S10]
    assert units_of(sources) == keys("S1 S10 S2 S3 S9")
    assert effective_kinds(grouped(sources)) == pytest.approx(2.0)


def test_method_9_2_a_bridge_that_is_not_linked_to_the_finding_joins_nothing() -> None:
    assert units_of([S1, S3, S10]) == keys("S1 S3", "S10")
    assert effective_kinds(grouped([S1, S3, S10])) == pytest.approx(1.6)


def alone(number: int, kind: str) -> SourceFacts:
    return SourceFacts(f"X{number}", kind, "parent", frozenset({f"P-{number}"}))


def test_method_9_2_effective_kinds_of_4_interviews_2_records_and_2_texts_is_2_667() -> None:
    kinds = ["interview"] * 4 + ["case-record"] * 2 + ["institutional-text"] * 2
    sources = [alone(number, kind) for number, kind in enumerate(kinds)]
    assert effective_kinds(grouped(sources)) == pytest.approx(2.667, abs=0.0005)


def test_method_9_2_effective_kinds_of_8_interviews_is_1() -> None:
    assert effective_kinds(grouped([alone(number, "interview") for number in range(8)])) == pytest.approx(1.0)


def test_effective_kinds_of_nothing_is_undefined() -> None:
    assert effective_kinds([]) is None


def test_the_same_source_given_twice_is_one() -> None:
    assert units_of([S1, S1]) == keys("S1")


def test_editions_of_one_text_are_one_unit() -> None:
    newer = SourceFacts("S11", "institutional-text", "text", text_id="policy")
    assert units_of([S6, newer]) == keys("S11 S6")


def test_two_observations_of_one_event_are_one_unit() -> None:
    other = SourceFacts("S11", "observation", "frontline", event_id="desk")
    assert units_of([S8, other]) == keys("S11 S8")


def test_a_text_is_joined_by_its_text_and_not_by_its_event() -> None:
    text = SourceFacts("S11", "institutional-text", "text", text_id="other", event_id="desk")
    assert units_of([S8, text]) == keys("S11", "S8")


def test_a_source_with_a_participant_is_not_joined_by_its_text() -> None:
    talk = SourceFacts("S11", "interview", "frontline", frozenset({"P9"}), text_id="policy")
    assert units_of([S6, talk]) == keys("S11", "S6")


def test_a_case_and_a_participant_of_the_same_name_are_two_things() -> None:
    person = SourceFacts("S11", "interview", "parent", frozenset({"C1"}))
    assert units_of([S3, person]) == keys("S11", "S3")


def test_the_family_standpoints_are_those_of_the_corpus() -> None:
    assert facts.FAMILY_STANDPOINTS == FAMILY_STANDPOINTS


@pytest.mark.parametrize(
    ("kind", "standpoint", "family"),
    [
        ("interview", "parent", SourceFamily.FAMILY_VOICE),
        ("focus-group", "youth", SourceFamily.FAMILY_VOICE),
        ("survey", "kin", SourceFamily.FAMILY_VOICE),
        ("interview", "caregiver", SourceFamily.FAMILY_VOICE),
        ("interview", "frontline", SourceFamily.WORKER_VOICE),
        ("interview", "supervisor", SourceFamily.WORKER_VOICE),
        ("interview", "leadership", SourceFamily.LEADERSHIP),
        ("interview", "court", SourceFamily.PARTNER_VOICE),
        ("interview", "legal", SourceFamily.PARTNER_VOICE),
        ("interview", "provider", SourceFamily.PARTNER_VOICE),
        ("interview", "advocate", SourceFamily.PARTNER_VOICE),
        ("interview", "tribal", SourceFamily.PARTNER_VOICE),
        ("interview", "elders", SourceFamily.PARTNER_VOICE),
        ("observation", "parent", SourceFamily.OBSERVATION),
        ("case-record", "frontline", SourceFamily.CASE_RECORD),
        ("institutional-text", "text", SourceFamily.INSTITUTIONAL_TEXT),
        ("quantitative", "leadership", SourceFamily.NUMBERS),
    ],
)
def test_method_9_3_every_source_belongs_to_one_family(kind: str, standpoint: str, family: SourceFamily) -> None:
    assert SourceFacts("X", kind, standpoint).family is family


SOURCES = st.lists(
    st.builds(
        SourceFacts,
        key=st.integers(0, 9).map("K{}".format),
        kind=st.sampled_from(ALL_KINDS),
        standpoint=st.just("parent"),
        participants=st.frozensets(st.sampled_from("abcde"), max_size=2),
        case=st.sampled_from([None, "1", "2", "3"]),
        text_id=st.sampled_from([None, "t"]),
        event_id=st.sampled_from([None, "e"]),
    ),
    max_size=10,
    unique_by=lambda source: source.key,
)


@given(SOURCES)
def test_units_part_the_sources(sources: list[SourceFacts]) -> None:
    units = units_of(sources)
    assert sorted(key for unit in units for key in unit) == sorted(source.key for source in sources)


@given(SOURCES)
def test_sources_of_two_units_share_neither_person_nor_case(sources: list[SourceFacts]) -> None:
    units = grouped(sources)
    for number, unit in enumerate(units):
        for other in units[number + 1 :]:
            assert not {p for s in unit for p in s.participants} & {p for s in other for p in s.participants}
            assert not ({s.case for s in unit} & {s.case for s in other}) - {None}


@given(SOURCES, st.randoms())
def test_the_order_of_the_sources_does_not_matter(sources: list[SourceFacts], random: Random) -> None:
    shuffled = list(sources)
    random.shuffle(shuffled)
    assert units_of(shuffled) == units_of(sources)


@given(SOURCES)
def test_effective_kinds_lie_between_one_and_the_number_of_kinds(sources: list[SourceFacts]) -> None:
    kinds = effective_kinds(grouped(sources))
    assert kinds is None or 1 - 1e-9 <= kinds <= len({source.kind for source in sources}) + 1e-9
