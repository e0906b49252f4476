"""How good suggestions are: each source of the invented study is asked about by what was coded in all the others.

Leave-one-source-out: for every coded excerpt of a source the codes are guessed from the excerpts of the other sources
alone, so that nobody's own words and no neighbour of theirs speak. Prints hit@1, hit@3 and the mean reciprocal rank of
the first code that a coder did give, beside the baseline that always names the most frequent codes, with 95 %
intervals: sources are drawn anew with replacement, since excerpts of one source resemble each other. Also prints how
long an answer takes beside 10,000 codings.
"""

import csv
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from ia_workbench.suggestions import CodedExcerpt, Neighbours, most_frequent

CODINGS = Path(__file__).resolve().parents[1] / "corpora" / "cedar_county" / "codings.csv"
DRAWS = 2_000
SEED = 20_261_126
MANY = 10_000  # codings beside which an answer is timed
ASKED = 100

Scores = tuple[float, float, float]  # hit@1, hit@3, reciprocal rank


def excerpts_of_the_invented_study() -> list[CodedExcerpt]:
    """Return the coded excerpts of the study that ships, each with its codes."""
    codes: dict[tuple[str, str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    words: dict[tuple[str, str, str], str] = {}
    numbers: dict[str, int] = {}
    sources: dict[str, int] = {}
    with CODINGS.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            place = (row["source"], row["start"], row["end"])
            codes[place][numbers.setdefault(row["code"], len(numbers))] += 1
            words[place] = row["quote"]
            sources.setdefault(row["source"], len(sources))
    return [
        CodedExcerpt(number, sources[place[0]], words[place], dict(given))
        for number, (place, given) in enumerate(codes.items())
    ]


def scores(excerpts: Sequence[CodedExcerpt], guess: Callable[[CodedExcerpt], Sequence[int]]) -> dict[int, list[Scores]]:
    """Return the scores of each excerpt's first three guesses, by source."""
    found: dict[int, list[Scores]] = defaultdict(list)
    for each in excerpts:
        rank = next((place for place, code in enumerate(guess(each)[:3], start=1) if code in each.codes), None)
        found[each.source_id].append((float(rank == 1), float(rank is not None), 1 / rank if rank else 0.0))
    return found


def means(by_source: Sequence[list[Scores]]) -> Scores:
    """Return the mean of each score over all excerpts."""
    every = [each for some in by_source for each in some]
    return (
        statistics.fmean(each[0] for each in every),
        statistics.fmean(each[1] for each in every),
        statistics.fmean(each[2] for each in every),
    )


def intervals(by_source: dict[int, list[Scores]]) -> list[tuple[float, float]]:
    """Return the 95 % interval of each mean, sources drawn anew with replacement."""
    every = list(by_source.values())
    chance = random.Random(SEED)  # noqa: S311 - the same draws every time
    drawn = [means(chance.choices(every, k=len(every))) for _ in range(DRAWS)]
    return [_middle([each[score] for each in drawn]) for score in range(3)]


def _middle(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered)) - 1]


def shown(name: str, by_source: dict[int, list[Scores]]) -> str:
    """Return a line of the table."""
    pairs = zip(means(list(by_source.values())), intervals(by_source), strict=True)
    return f"| {name} | " + " | ".join(f"{mean:.2f} ({low:.2f} to {high:.2f})" for mean, (low, high) in pairs) + " |"


def time_answers(excerpts: Sequence[CodedExcerpt]) -> None:
    """Print how long it takes to learn 10,000 excerpts, and to answer beside them."""
    chance = random.Random(SEED)  # noqa: S311 - the same words every time
    every = [word for each in excerpts for word in each.words.split()]
    known, began = Neighbours(), time.process_time()
    for number in range(MANY):
        each = excerpts[number % len(excerpts)]
        words = [*each.words.split(), *chance.choices(every, k=12)]
        known.put(CodedExcerpt(number, each.source_id, " ".join(words), each.codes))
    learned = time.process_time() - began
    took = []
    for each in excerpts[:ASKED]:
        began = time.process_time()
        known.likely(each.words)
        took.append(1000 * (time.process_time() - began))
    print(f"Beside {MANY} coded excerpts: learned in {learned:.1f} s, an answer takes {statistics.median(took):.0f} ms")
    print(f"(median of {ASKED}, slowest {max(took):.0f} ms, of processor time).")


def main() -> None:
    """Print both tables."""
    excerpts = excerpts_of_the_invented_study()
    known = Neighbours()
    for each in excerpts:
        known.put(each)
    sources = {each.source_id for each in excerpts}
    codes = {code for each in excerpts for code in each.codes}
    print(f"{len(excerpts)} coded excerpts, {len(codes)} codes, {len(sources)} sources; each source by all the others")
    print("| | hit@1 | hit@3 | mean reciprocal rank |\n|---|---|---|---|")
    likely = scores(excerpts, lambda e: [each.code_id for each in known.likely(e.words, without_source=e.source_id)])
    baseline = {number: most_frequent(excerpts, without_source=number) for number in sources}
    print(shown("suggestions", likely))
    print(shown("most frequent codes", scores(excerpts, lambda e: baseline[e.source_id])))
    time_answers(excerpts)


if __name__ == "__main__":
    main()
