"""Measure how much of what people marked in texts is proposed: with and without a list, with and without a model.

Words are never printed. `--list-missed FILE` writes those that were missed, with what was proposed wrongly, to a file
outside of this repository, for looking at what rules lack.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.gold_sets import SETS, is_held_out  # noqa: E402
from benchmarks.scoring import GoldText, Interval, Tally  # noqa: E402
from ia_workbench.language import entities, is_model_there  # noqa: E402
from ia_workbench.privacy import propose  # noqa: E402

HALVES = ("written-against", "held-out", "all")
HEAD = "| Set | List | Model | Half | Need | Kind | n | Whole | Recall | 95 % | Touched | Words |"


def measured(texts: Sequence[GoldText], *, with_list: bool, with_model: bool, thorough: bool = False) -> Tally:
    """Count proposals against what people marked."""
    tally = Tally()
    for gold in texts:
        found = tuple(entities(gold.text, gold.language)) if with_model else ()
        names = gold.names if with_list else ()
        tally.add(gold, propose(gold.text, names=names, entities=found, language=gold.language, thorough=thorough))
    return tally


def rows(tally: Tally, told: str) -> Iterator[str]:
    """Yield the lines of a table in Markdown: each need whole, then by kind; precision last."""
    for need in ("direct", "quasi", "none"):
        labels = sorted({label for its_need, label in tally.by_kind if its_need == need})
        for label in [None, *labels] if labels else []:
            score = tally.of(need, label)
            whole = Interval(score.whole, score.spans)
            low, high = whole.bounds
            words = Interval(score.words_found, score.words).share
            yield (
                f"| {told} | {need} | {label or '**all**'} | {score.spans} | {score.whole} | {whole.share:.3f} | "
                f"{low:.3f}–{high:.3f} | {score.touched / score.spans:.3f} | {words:.3f} |"
            )
    low, high = tally.precision.bounds
    words = Interval(tally.words_right, tally.words).share
    yield (
        f"| {told} | precision | {tally.in_a_thousand_words:.0f} in 1,000 words | {tally.proposals} | {tally.right} | "
        f"{tally.precision.share:.3f} | "
        f"{low:.3f}–{high:.3f} | | {words:.3f} |"
    )


def rules_of(tally: Tally) -> Iterator[str]:
    """Yield each rule with how many of its proposals touch something marked, and how many nothing, most wrong first."""
    yield "| Rule | Right | Wrong |"
    yield "|---|---|---|"
    for rule in sorted({*tally.right_rules, *tally.wrong_rules}, key=lambda each: (-tally.wrong_rules[each], each)):
        yield f"| {rule} | {tally.right_rules[rule]} | {tally.wrong_rules[rule]} |"


def listed_missed(texts: Sequence[GoldText], tally: Tally) -> Iterator[str]:
    """Yield what was missed and what was proposed wrongly, with the words around it."""
    by_key = {each.key: each.text for each in texts}
    for sort, places in (("missed", tally.missed), ("wrong", tally.wrong)):
        for key, start, end, kind in places:
            text = by_key[key]
            around = f"{text[max(0, start - 40) : start]}[[{text[start:end]}]]{text[end : end + 30]}"
            yield f"{sort}\t{kind}\t{key}\t{start}\t{around!r}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/5_pii", help="where the sets are")
    parser.add_argument("--set", action="append", choices=sorted(SETS), help="one set; may be given again")
    parser.add_argument("--half", choices=HALVES, action="append")
    parser.add_argument("--list", choices=("with", "without"), action="append")
    parser.add_argument("--model", choices=("with", "without"), action="append")
    parser.add_argument("--thorough", action="store_true", help="with circumstances that many share")
    parser.add_argument("--rules", action="store_true", help="also print right and wrong proposals of each rule")
    parser.add_argument("--list-missed", type=Path, metavar="FILE", help="writes words: outside of the repository only")
    return parser.parse_args()


def main() -> None:
    """Measure what was asked for and print it."""
    asked = _arguments()
    if not asked.data.is_dir():
        sys.exit(f"There is no folder {asked.data}. Say where the sets are with --data.")
    if asked.list_missed and asked.list_missed.resolve().is_relative_to(ROOT):
        sys.exit("Missed words are of real and of invented people: choose a file outside of this repository.")
    models = asked.model or (["with", "without"] if is_model_there() else ["without"])
    lines: list[str] = []
    print(HEAD, "|---" * 12 + "|", sep="\n")
    for name in asked.set or SETS:
        everything = SETS[name](asked.data)
        for half in asked.half or ["held-out"]:
            texts = [each for each in everything if half == "all" or is_held_out(each.key) == (half == "held-out")]
            for with_list in asked.list or ["with", "without"]:
                for with_model in models if texts and texts[0].language == "en" else ["without"]:
                    began = time.perf_counter()
                    tally = measured(
                        texts,
                        with_list=with_list == "with",
                        with_model=with_model == "with",
                        thorough=asked.thorough,
                    )
                    print(*rows(tally, f"{name} | {with_list} | {with_model} | {half}"), sep="\n")
                    took = time.perf_counter() - began
                    words = sum(len(each.text.split()) for each in texts)
                    print(f"{name}: {len(texts)} texts, {words} words, {took:.1f} s", file=sys.stderr)
                    told = f"# {name}, {half}, {with_list} list, {with_model} model"
                    if asked.rules:
                        print(*rules_of(tally), sep="\n")
                    lines += [told, *listed_missed(texts, tally), f"# {tally.wrong_rules.most_common(30)}"]
    if asked.list_missed:
        asked.list_missed.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
