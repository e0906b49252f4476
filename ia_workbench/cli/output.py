"""What commands say: sentences and tables for people, one JSON document for scripts, progress while they wait."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from ia_workbench.cli.home import record_reads

GAP = "  "  # between the columns of a table
WIDEST_CELL = 60  # characters; a longer one is cut, with an ellipsis


def say(words: str = "") -> None:
    """Say something to a person: the answer of a command."""
    record_reads()
    click.echo(words)


def note(words: str) -> None:
    """Say something beside the answer, where scripts do not look."""
    record_reads()
    click.echo(words, err=True)


def give(document: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Give an answer: as exactly one JSON document, or as lines for a person."""
    lines = list(lines)  # they may read on while they are made
    record_reads()
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(line)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Return a table as lines, its columns set to their widest cell; only the headings when there are no rows."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(row[place]) for row in [list(headings), *cells]) for place in range(len(headings))]
    return [_line(row, widths) for row in [[heading.upper() for heading in headings], *cells]]


def _cell(value: object) -> str:
    words = "" if value is None else " ".join(str(value).split())
    return words if len(words) <= WIDEST_CELL else words[: WIDEST_CELL - 1] + "…"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Write a number of things: `1 source`, `3 sources`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


class Progress:
    """A bar on stderr while something takes its time; nothing when stderr is no terminal."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._last = ""

    def __call__(self, what: str, done: int, of: int) -> None:
        """Show how far it is: `done` of `of` things called `what`."""
        if not self._is_shown:
            return
        filled = round(20 * done / of) if of else 20
        line = f"\r{what:<12}{'█' * filled}{'·' * (20 - filled)} {done}/{of}"
        if line != self._last:
            click.echo(line.ljust(60), nl=False, err=True)
            self._last = line

    def clear(self) -> None:
        """Take the bar away."""
        if self._last:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
            self._last = ""


@contextmanager
def progress() -> Iterator[Progress]:
    """Offer a progress bar and take it away at the end, however that comes."""
    bar = Progress()
    try:
        yield bar
    finally:
        bar.clear()
