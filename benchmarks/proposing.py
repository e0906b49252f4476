"""Measure how long it takes to propose identifiers: in talk, with and without a model, and in hostile texts."""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_workbench.corpus import read_file  # noqa: E402
from ia_workbench.language import entities, is_model_there, pipeline  # noqa: E402
from ia_workbench.privacy import ListedName, propose  # noqa: E402

FIRST = "Nkechi Guadalupe Robert Elizabeth Thuy Amina Mateo Siobhan DeShawn Marguerite"
LAST = "Okoro Ramírez Flores Kowalczyk Nguyen Warsame Greene O'Malley Pruitt Whitehorse"
NAMES = tuple(ListedName(f"{first} {last}") for first in FIRST.split() for last in LAST.split())
WORDS = 10_000
LONG = 250_000
HOSTILE = ("a", "1", "A ", "A.", "a@", "Mr. ", "the the ", "1-", ", ", "case ", "of ", "no. 1/", "only a in the ", "\n")


def invented_talk() -> str:
    """Return 10,000 words of the interviews that ship with the invented study."""
    folder = ROOT / "corpora/cedar_county/sources"
    texts = []
    for path in sorted(folder.rglob("*.txt")):
        file = read_file(path.name, path.read_bytes())
        texts.append(file.text)
    words = "\n\n".join(texts).split(" ")
    return " ".join((words * (1 + WORDS // len(words)))[:WORDS])


def timed(text: str, *, with_model: bool = False) -> float:
    """Return the seconds of the quickest of three."""
    took = []
    for _ in range(3 if len(text) < 200_000 else 1):
        began = time.perf_counter()
        propose(text, names=NAMES, entities=entities(text) if with_model else ())
        took.append(time.perf_counter() - began)
    return min(took)


def main() -> None:
    """Measure and print."""
    text = invented_talk()
    print(f"| {WORDS:,} words, {len(NAMES)} names listed | Seconds |", "|---|---|", sep="\n")
    print(f"| rules and list | {timed(text):.2f} |")
    if is_model_there():
        pipeline()
        print(f"| rules, list and model | {timed(text, with_model=True):.2f} |")
    for unit in HOSTILE:
        hostile = unit * (LONG // len(unit))
        print(f"| 250 kB of {unit!r} | {timed(hostile):.1f} |", flush=True)


if __name__ == "__main__":
    main()
