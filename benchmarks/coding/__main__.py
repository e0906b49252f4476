"""Measures coding here and in Taguette in one run, and prints figures, ratios, growth and what meets its target.

`python -m benchmarks.coding` takes about a quarter of an hour on two quiet cores; `--quick` about three minutes. It
installs Taguette from the package index into a temporary environment. Figures are seconds of CPU of each server and of
the page's main thread, so that other programs on the machine count little; compare them within one run only.
"""

import argparse
import platform
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.coding import browser, taguette, workbench
from benchmarks.coding.measuring import Adding, cost_beside_others, cost_of, costs_in_turn
from benchmarks.coding.report import Report
from benchmarks.coding.taguette import Taguette
from benchmarks.coding.texts import SIZES, Text, make_text
from benchmarks.coding.workbench import Workbench

MANY = 10_000
DRAWN = (0, 200, 500, 1_000, 2_000, MANY)
MOST_DRAWN_THERE = 2_000  # codings that Taguette is made to draw: nearly quadratic, 10,000 would take half an hour
ROUNDS = 5  # times that a page of ours is opened; there once, where it may take a minute
KINDS = ("csv", "xlsx", "docx")
PARTS = ("add", "open", "list", "export")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.coding", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer rounds, and Taguette draws 500 codings at most")
    options.add_argument("--part", action="append", choices=PARTS, help="measure this part alone (may be repeated)")
    options.add_argument("--ports", type=int, nargs=2, default=(5400, 5401), help="for the workbench and Taguette")
    options.add_argument("--taguette", type=Path, help="keep Taguette's environment in this folder")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ia-coding-", ignore_cleanup_errors=True) as folder:
        ours, theirs = _programs(Path(folder), chosen.ports, chosen.taguette)
        report = Report()
        try:
            _run(ours, theirs, report, chosen.quick, chosen.part or PARTS)
        finally:
            for each in (ours, theirs):
                each.server.stop()
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}")
    report.judge()


def _programs(folder: Path, ports: tuple[int, int], kept: Path | None) -> tuple[Workbench, Taguette]:
    for name in ("ours", "theirs"):
        (folder / name).mkdir()
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        (folder / "theirs" / "environment").symlink_to(kept.resolve())
    ours, theirs = Workbench(folder / "ours", ports[0]), Taguette(folder / "theirs", ports[1])
    return ours, theirs


def _run(ours: Workbench, theirs: Taguette, report: Report, quick: bool, parts: tuple[str, ...]) -> None:
    adding = [make_text(f"{size}, {count:,}", SIZES[size], count) for size in SIZES for count in (0, MANY)]
    drawing = [make_text(f"1 MB, {count:,} to draw", SIZES["1 MB"], count) for count in DRAWN]
    everything = make_text("1 MB, 10,000 in one code", SIZES["1 MB"], MANY, in_one_code=True)
    texts = [*(adding if "add" in parts else []), *(drawing if "open" in parts else [])]
    for each in [*texts, everything]:
        ours.take(each)
    ours.start()
    theirs.start()
    for each in [*texts, everything]:
        theirs.take(each)
    if "add" in parts:
        _add(ours, theirs, report, adding, 3 if quick else 9)
    if "list" in parts:
        _list(ours, theirs, report, quick)
    if "export" in parts:
        _export(ours, theirs, report, everything)
    if "open" in parts:
        _open(ours, theirs, report, drawing, quick)


def _add(ours: Workbench, theirs: Taguette, report: Report, texts: list[Text], rounds: int) -> None:
    report.title(f"Adding one coding: ms of server CPU (ms waited), median of {rounds} rounds")
    for text in texts:
        here = Adding(ours, text, workbench.BETWEEN, count=40, rounds=rounds)
        there = Adding(theirs, text, taguette.BETWEEN, count=10, rounds=rounds)
        report.server(f"add {text.name}", *costs_in_turn(here, there, rounds), unit=1000)


def _list(ours: Workbench, theirs: Taguette, report: Report, quick: bool) -> None:
    report.title("Listing one code with 10,000 codings, page by page (200 here, 50 there): s of server CPU (s waited)")
    ours.listed(1)
    theirs.listed(1)
    report.server("list first page", cost_of(ours, lambda: ours.listed(1)), cost_of(theirs, lambda: theirs.listed(1)))
    every = 5 if quick else 1
    here = [cost_of(ours, partial(ours.listed, page)) for page in range(1, MANY // workbench.ON_A_PAGE + 1, every)]
    there = [cost_of(theirs, partial(theirs.listed, page)) for page in range(1, MANY // taguette.ON_A_PAGE + 1, every)]
    report.sums("list all 10,000", here, there, every)


def _export(ours: Workbench, theirs: Taguette, report: Report, text: Text) -> None:
    report.title("Exporting 10,000 codings while somebody else codes: s of server CPU (s waited; p95 of the others)")
    for number, kind in enumerate(KINDS):
        here = cost_beside_others(ours, partial(ours.export, kind), text, workbench.BETWEEN, number)
        there = cost_beside_others(theirs, partial(theirs.export, kind), text, taguette.BETWEEN, number)
        is_half = kind == "docx" and not theirs.can_write_word
        report.server(f"export {kind}" + (" (Taguette: the HTML before it)" if is_half else ""), here, there)


def _open(ours: Workbench, theirs: Taguette, report: Report, texts: list[Text], quick: bool) -> None:
    report.title("Opening 1 MB in Chromium: ms of the main thread's CPU until the view's highlights are drawn")
    with browser.chromium() as chromium:
        for text, count in zip(texts, DRAWN, strict=True):
            scrolls = count in (0, MANY)
            here = browser.opened(
                chromium, ours.client, ours.page_of(text), browser.WORKBENCH,
                has_codings=count > 0, rounds=ROUNDS, scrolls=scrolls,
            )  # fmt: skip
            report.opened(f"open {count:,}", ours.name, here)
            if count <= (500 if quick else MOST_DRAWN_THERE):
                there = browser.opened(
                    chromium, theirs.client, theirs.page_of(text), browser.TAGUETTE,
                    has_codings=count > 0, rounds=1, scrolls=False,
                )  # fmt: skip
                report.opened(f"open {count:,}", theirs.name, there)


if __name__ == "__main__":
    main()
