"""Likely codes: by similar words, without what must not speak, the same however the excerpts came in."""

import random

from hypothesis import given
from hypothesis import strategies as st

from ia_workbench.suggestions import CodedExcerpt, Neighbours, most_frequent

BUS, COURT, FEES = 1, 2, 3
EXCERPTS = [
    CodedExcerpt(1, 10, "The bus takes two hours to the visit", {BUS: 2}),
    CodedExcerpt(2, 10, "Two buses, and I still missed the visit", {BUS: 1}),
    CodedExcerpt(3, 20, "The court date was moved again by the judge", {COURT: 1}),
    CodedExcerpt(4, 20, "They bill me for the drug test every week", {FEES: 1}),
    CodedExcerpt(5, 30, "The judge had moved the hearing", {COURT: 1, FEES: 1}),
]


def knowing(excerpts: list[CodedExcerpt]) -> Neighbours:
    made = Neighbours()
    for each in excerpts:
        made.put(each)
    return made


def test_the_code_of_similar_words_comes_first_with_what_speaks_for_it() -> None:
    likely = knowing(EXCERPTS).likely("I take the bus for hours")
    assert likely[0].code_id == BUS
    assert likely[0].speaking[0] == 1
    assert 0 < likely[0].share <= 1


def test_words_like_nothing_and_no_words_suggest_nothing() -> None:
    assert knowing(EXCERPTS).likely("Xylophone quartz") == []
    assert knowing(EXCERPTS).likely("… 12") == []
    assert Neighbours().likely("The bus") == []


def test_capitals_accents_and_endings_do_not_part_words() -> None:
    known = knowing([CodedExcerpt(1, 1, "La reunificación familiar tardó", {BUS: 1}), *EXCERPTS[2:]])
    assert known.likely("REUNIFICACION")[0].code_id == BUS
    assert known.likely("reunificaciones")[0].code_id == BUS


def test_what_must_not_speak_does_not() -> None:
    known = knowing(EXCERPTS)
    assert all(1 not in each.speaking for each in known.likely("the bus takes two hours", without=[1]))
    assert all(set(each.speaking) & {1, 2} == set() for each in known.likely("the bus", without_source=10))


@given(st.permutations(EXCERPTS), st.lists(st.integers(1, 5), max_size=8), st.randoms())
def test_excerpts_added_and_taken_away_in_any_order_suggest_the_same(
    order: list[CodedExcerpt], dropped: list[int], chance: random.Random
) -> None:
    known = Neighbours()
    for each in order:
        known.put(each)
        if dropped:
            known.drop(chance.choice(dropped))
    for each in EXCERPTS:
        known.put(each)
    for words in ("the bus takes two hours", "the judge moved the hearing"):
        assert known.likely(words) == knowing(EXCERPTS).likely(words)
    for each in EXCERPTS:
        known.drop(each.id)
    assert len(known) == 0
    assert known.likely("the bus") == []


def test_the_baseline_counts_excerpts_of_other_sources() -> None:
    assert most_frequent(EXCERPTS) == [BUS, COURT, FEES]
    assert most_frequent(EXCERPTS, without_source=10) == [COURT, FEES]
