"""The figures of the measurement are counted right."""

import pytest

from benchmarks.scoring import GoldSpan, GoldText, Tally, wilson
from ia_workbench.privacy import FoundBy, IdentifierClass, Proposal


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3 (score without correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_that_were_published(found: int, of: int, low: float, high: float) -> None:
    assert wilson(found, of) == pytest.approx((low, high), abs=5e-5)


def test_a_span_counts_when_each_of_its_letters_is_masked_but_for_the_courtesy_before_it() -> None:
    text = "Ms Okoro met Joy Flores and Ada."
    gold = GoldText(
        "t", text, (GoldSpan(0, 8, "P", "direct"), GoldSpan(13, 23, "P", "direct"), GoldSpan(28, 31, "P", "quasi"))
    )
    tally = Tally()
    masked = [(3, 8), (13, 16), (9, 12)]
    tally.add(gold, [Proposal(*each, IdentifierClass.PERSON, FoundBy.PATTERN, "r") for each in masked])
    direct = tally.of("direct")
    assert (direct.spans, direct.whole, direct.touched, direct.words, direct.words_found) == (2, 1, 2, 3, 2)
    assert tally.of("quasi").whole == 0
    assert (tally.precision.found, tally.precision.of) == (2, 3)
    assert [(start, end) for _, start, end, _ in tally.missed] == [(13, 23), (28, 31)]
