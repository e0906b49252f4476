"""A finding as it would be without some of its sources or links."""

from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.findings import FindingFacts, LinkFacts, LinkRole, SourceFacts, Stance, evaluate

SOURCES = tuple(SourceFacts(f"INT-{n:03d}", "interview", "parent", collectors=frozenset({"ana"})) for n in range(1, 6))
FACTS = FindingFacts(
    "F-01",
    levers=("ADM",),
    sources=SOURCES,
    links=tuple(
        LinkFacts(f"E-{n:04d}", source, n, Stance.SUPPORTS, LinkRole.HAPPENS)
        for n, source in enumerate((*SOURCES, SOURCES[0]), 1)
    ),
)


@given(st.sets(st.sampled_from([each.key for each in SOURCES])))
def test_without_sources_it_weighs_what_it_would_if_nothing_of_them_had_been_linked(gone: set[str]) -> None:
    withdrawn = evaluate(FACTS.without(gone))
    never_linked = evaluate(FACTS.without((), {each.key for each in FACTS.links if each.source.key in gone}))
    assert (withdrawn.strength, withdrawn.counts) == (never_linked.strength, never_linked.counts)
    assert withdrawn.counts.sources == len(SOURCES) - len(gone)


def test_without_one_of_two_links_the_source_still_counts() -> None:
    assert evaluate(FACTS.without((), {"E-0001"})).counts.sources == len(SOURCES)
    assert evaluate(FACTS.without((), {"E-0001", "E-0006"})).counts.sources == len(SOURCES) - 1


def test_withdrawn_sources_are_still_told_to_be_there() -> None:
    assert [each.key for each in FACTS.without({"INT-002"}).sources if each.is_withdrawn] == ["INT-002"]
