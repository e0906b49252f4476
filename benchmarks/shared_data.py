"""What becomes of every file in a folder of real ones: taken in or refused and why, what is told, how long it takes.

Reads `../shared/data` and `../shared/seeds` as an import does, each file in a child of its own, and prints tables in
Markdown. They name files by folder and format only. Ends with an error where a reader breaks instead of refusing.
`python -m benchmarks.shared_data` from the root of the repository (`make measure-importing`).
"""

import argparse
import logging
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ia_workbench import corpus
from ia_workbench.corpus import ReadFile
from ia_workbench.corpus.importers.conversion import FAILED
from ia_workbench.kernel import Refused

SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDERS = ("data/1_transcripts", "data/2_coded", "data/3_childwelfare", "data/6_awkward", "seeds")


@dataclass
class Group:
    """What became of some files: `refusals` counts sentences with the ending, `told` kinds of things and treatments."""

    name: str
    files: int = 0
    taken: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    characters: int = 0
    turns: int = 0
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, path: Path) -> None:
        """Read one file and count what becomes of it."""
        begun = time.monotonic()
        try:
            self._count(corpus.read_file(path.name, path.read_bytes()))
        except Refused as refused:
            self.refusals[refused.sentence, path.suffix.lower()] += 1
        took = time.monotonic() - begun
        self.files, self.seconds, self.slowest = self.files + 1, self.seconds + took, max(self.slowest, took)

    def _count(self, file: ReadFile) -> None:
        found = corpus.find_turns(file.text, suggested=file.convention)
        self.taken += 1
        self.characters += len(file.text)
        self.turns += sum(turn.speaker is not None for turn in found.turns)
        self.told.update((each.what, each.treatment.value) for each in file.changes)


def files_in(folder: Path) -> Iterator[Path]:
    """Yield every file of a folder and the folders in it, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def measured(shared: Path) -> list[Group]:
    """Read every file there is and return a group for each folder."""
    groups = [Group(name) for name in FOLDERS if (shared / name).is_dir()]
    for group in groups:
        for path in files_in(shared / group.name):
            group.add(path)
    return groups


def main() -> None:
    """Print what became of all files."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=SHARED, help="the folder with data/ and seeds/")
    logging.disable(logging.INFO)
    groups = measured(options.parse_args().shared)
    if not groups:
        raise SystemExit("There is nothing to read. Give the folder with --shared.")
    _print_folders(groups)
    _print_refusals(groups)
    _print_told(groups)
    broken = sum(number for group in groups for (sentence, _), number in group.refusals.items() if sentence == FAILED)
    if broken:
        raise SystemExit(f"{broken} files broke their reader.")


def _print_folders(groups: list[Group]) -> None:
    print("| Folder | Files | Taken in | Refused | Characters | Turns with a speaker | Seconds | Slowest |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for each in groups:
        numbers = (each.files, each.taken, each.files - each.taken, each.characters, each.turns)
        shown = " | ".join(f"{number:,}" for number in numbers)
        print(f"| {each.name} | {shown} | {each.seconds:.1f} | {each.slowest:.1f} |")


def _print_refusals(groups: list[Group]) -> None:
    print("\n| Refused because | Folder and formats |\n|---|---|")
    told: dict[str, list[str]] = {}
    for group in groups:
        for (sentence, ending), number in sorted(group.refusals.items()):
            told.setdefault(sentence, []).append(f"{group.name.rpartition('/')[2]}: {number} {ending or 'without'}")
    for sentence, where in sorted(told.items()):
        print(f"| {sentence} | {', '.join(where)} |")


def _print_told(groups: list[Group]) -> None:
    print("\n| Told of | Treated | Times |\n|---|---|---:|")
    for (what, treatment), number in sum((group.told for group in groups), Counter()).most_common():
        print(f"| {what} | {treatment} | {number:,} |")


if __name__ == "__main__":
    main()
