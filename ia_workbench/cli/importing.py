"""How `source import` runs: all files at once, or one after another, past those that are refused."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ia_workbench import corpus
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, give, note, progress, say, table
from ia_workbench.cli.taking_in import Outcome, Read, Reading, Row, fits, read_all, read_one, refuse, take, taken
from ia_workbench.kernel import NotAllowed, Refused, read_bytes

TURNS_SHOWN = 3
SUMMED_UP = "{refused} of {all} files were refused; the table says why. The others are in the study."
NOTHING_TO_READ = "There is no file among these that can be read."


@dataclass(frozen=True)
class Wish:
    """What a person asked for beside the files; `manifest` is the register that names them."""

    preview: bool
    yes: bool
    as_json: bool
    manifest: Path | None

    @property
    def is_asked(self) -> bool:
        """Whether what was found is shown before anything goes in: on a terminal, or when asked for."""
        return self.preview or not (self.yes or not (sys.stdin.isatty() and sys.stdout.isatty()))

    def wants(self, read: Sequence[Read]) -> bool:
        """Show what was found, and say whether it is to be taken in."""
        if not self.is_asked:
            return True
        for each in read:
            _show(each)
        return not self.preview and click.confirm(f"Take in {counted(len(read), 'file')}?", default=True, err=True)


def import_files(home: Home, rows: list[Row], reading: Reading, wish: Wish, *, at_once: bool) -> None:
    """Take files in and tell what became of them; raises Refused at the end when any was refused.

    `at_once` takes in all of them or none, in one transaction. Otherwise each goes in by itself.
    """
    outcomes = _at_once(home, rows, reading, wish) if at_once else _one_by_one(home, rows, reading, wish)
    if outcomes is None:
        return
    if wish.as_json or not at_once:
        give(_document(outcomes), _table(outcomes), as_json=wish.as_json)
    for each in outcomes:
        if at_once and not wish.as_json:
            say(each.told())
        for remark in each.remarks if at_once else each.remarks[len(each.notes) :]:
            note(f"{each.key}: {remark}") if each.state != "refused" else None
    refused = sum(each.state == "refused" for each in outcomes)
    if refused:
        raise Refused(SUMMED_UP, refused=refused, all=len(outcomes))


def _at_once(home: Home, rows: list[Row], reading: Reading, wish: Wish) -> list[Outcome] | None:
    read, problems = read_all(rows, reading)
    if not wish.wants(read):
        refuse(wish.manifest, problems)
        return None
    with home.desk(writes=True) as desk:
        reading.teach(desk)
        outcomes = [take(desk, each, problems) for each in read]
        refuse(wish.manifest, problems)
    return [each for each in outcomes if each is not None]


def _one_by_one(home: Home, rows: list[Row], reading: Reading, wish: Wish) -> list[Outcome] | None:
    """Read and take in one file after another: what stops half-way has taken in whole files, and goes on from there."""
    remarks: list[str] = []
    found: Iterator[Read | Outcome] = _read_past_bad_ones(rows, reading, remarks)
    if wish.is_asked:
        everything = list(found)
        for each in everything:
            note(f"{each.file} was refused: {each.why}") if isinstance(each, Outcome) else None
        if not wish.wants([each for each in everything if isinstance(each, Read)]):
            return None
        found = iter(everything)
    if reading.like is not None:
        with home.desk(writes=True) as desk:
            reading.teach(desk)
    outcomes = [each if isinstance(each, Outcome) else _settled(home, each) for each in found]
    for remark in remarks:
        note(remark)
    if not outcomes:
        raise Refused(NOTHING_TO_READ)
    return outcomes


def _read_past_bad_ones(rows: list[Row], reading: Reading, remarks: list[str]) -> Iterator[Read | Outcome]:
    """Yield each file as it was read, or why it was not; what is passed over in archives goes into `remarks`."""
    with progress() as bar:
        for number, row in enumerate(rows):
            bar("importing", number, len(rows))
            try:
                content = read_bytes(row.path)
                unpacked = corpus.unpacked(row.path.name, content)
            except Refused as refusal:
                yield Outcome(row.path.name, "refused", why=str(refusal), line=row.line)
                continue
            is_archive = len(unpacked.files) != 1 or unpacked.files[0][1] is not content
            remarks += [f"{row.path.name}: {remark}" for remark in unpacked.notes]
            for name, inside in unpacked.files:
                if is_archive and not _fits(name, row, remarks):
                    continue
                try:
                    yield read_one(row, name, inside, reading)
                except Refused as refusal:
                    yield Outcome(name, "refused", why=str(refusal), line=row.line)
        bar("importing", len(rows), len(rows))


def _fits(name: str, row: Row, remarks: list[str]) -> bool:
    return fits(name, f"{name} in {row.path.name}", tell=remarks.append)


def _settled(home: Home, read: Read) -> Outcome:
    """Take one file in, in a transaction of its own."""
    try:
        with home.desk(writes=True) as desk:
            return taken(desk, read)
    except NotAllowed:  # so it would be with every other
        raise
    except Refused as refusal:
        return Outcome(read.file.name, "refused", why=str(refusal), line=read.row.line)


def _document(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    states = [each.state for each in outcomes]
    return {
        **{state: states.count(state) for state in ("taken", "same", "refused")},
        "files": [
            {
                "file": each.file,
                "line": each.line,
                "state": each.state,
                "key": each.key,
                "turns": each.turns,
                "convention": each.convention,
                "why": each.why or None,
                "notes": list(each.notes),
            }
            for each in outcomes
        ],
    }


def _table(outcomes: Sequence[Outcome]) -> list[str]:
    said = {"taken": "in the study", "same": "there already", "refused": "refused"}
    cells = [
        (each.file, said[each.state], each.key, each.turns, each.convention, len(each.notes) or None)
        for each in outcomes
    ]
    lines = table(("file", "what became of it", "key", "turns", "read as", "notes"), cells)
    why = [
        f"{each.file}{f' (line {each.line})' if each.line else ''}: {each.why}"
        for each in outcomes
        if each.state == "refused"
    ]
    return [*lines, *(["", "Refused:", *(f"  {each}" for each in why)] if why else [])]


def _show(read: Read) -> None:
    file, found = read.file, read.found
    speakers = sorted({turn.speaker for turn in found.turns if turn.speaker})
    say(f"{file.name}: {counted(len(found.turns), 'turn')}, read as {found.convention.value}")
    say(f"  Speakers: {', '.join(speakers) or 'none'}")
    for turn in found.turns[:TURNS_SHOWN]:
        words = " ".join(file.text[turn.speech_start : turn.end].split())
        say(f"  {turn.number}  {turn.speaker or ''}: {words[:70]}")
    for remark in file.notes:
        say(f"  Note: {remark}")
