"""How well the turns of transcripts are found: precision and recall by file and by way of writing, as two tables.

Reads the labels in `tests/corpus/labels` and the files they are about, which are in a folder beside the checkout.
`python -m benchmarks.turns` from the root of the repository.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from tests.support.turn_labels import Labelled, Score, in_all, in_every_style, labelled_files, measured

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> None:
    """Print both tables in Markdown, and what could not be measured."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=SHARED, help="the folder of real files")
    every = list(labelled_files(options.parse_args().shared))
    files = [each for each in every if isinstance(each, Labelled)]
    if not files:
        raise SystemExit("None of the labelled files is here. Give their folder with --shared.")
    shown = [each for each in files if not each.is_held_out]
    held_out = measured([each for each in files if each.is_held_out])
    seen = measured(shown)
    _print("File", [*seen, in_all(seen, "All of these"), *held_out, in_all(held_out, "All held out")])
    styles = in_every_style(files)
    _print("Written as", [*styles, in_all(styles, "All")])
    for each in every:
        if isinstance(each, str):
            print(f"Not measured: {each}.")


def _print(heading: str, scores: Iterable[Score]) -> None:
    print(f"| {heading} | Turns | Found | Precision | Recall | Same speaker |\n|---|---:|---:|---:|---:|---:|")
    for each in scores:
        name = each.name.replace("|", "\\|").replace("<", "&lt;")
        shares = " | ".join(f"{share:.3f}" for share in (each.precision, each.recall, each.same_speaker))
        print(f"| {name} | {each.labelled:,} | {each.found:,} | {shares} |")
    print()


if __name__ == "__main__":
    main()
