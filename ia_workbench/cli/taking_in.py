"""Taking files in: read them all, take them all in, and tell everything that is wrong with a register at once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ia_workbench import corpus, process_map
from ia_workbench.cli.home import Desk
from ia_workbench.cli.output import counted, progress
from ia_workbench.corpus import ATTRIBUTE, FoundTurns, Problem, ReadFile, SourceRecord
from ia_workbench.kernel import Refused, about, read_bytes

SAME_WORDS = "It has the same words as {key}, {title}. If both are one source, withdraw one of them."


@dataclass(frozen=True)
class Row:
    """A file that is to be taken in with its record; `line` is that of the register, None for one named by itself."""

    line: int | None
    path: Path
    record: SourceRecord


@dataclass(frozen=True)
class Read:
    """A file that was read, with its turns."""

    row: Row
    file: ReadFile
    found: FoundTurns


def read_all(rows: list[Row]) -> tuple[list[Read], list[Problem]]:
    """The files that can be read, and what is wrong with those of a register that cannot."""
    read, problems = [], list[Problem]()
    with progress() as bar:
        for number, row in enumerate(rows):
            bar("reading", number, len(rows))
            with _noting(row, problems):
                file = corpus.read_file(row.path.name, read_bytes(row.path))
                read.append(Read(row, file, corpus.find_turns(file.text, row.record.convention)))
    return read, problems


@contextmanager
def _noting(row: Row, problems: list[Problem]) -> Iterator[None]:
    """Note what is refused of a row of a register, so that all of it is told at once."""
    try:
        yield
    except Refused as refusal:
        if row.line is None:
            raise
        problems.append(Problem(row.line, refusal))


def refuse(manifest: Path | None, problems: list[Problem]) -> None:
    """Refuse everything that is wrong with a register; nothing where nothing is."""
    with about(manifest.name if manifest else ""):
        corpus.refuse_all(problems)


def take(desk: Desk, read: Read, problems: list[Problem]) -> tuple[str, list[str]] | None:
    """Take one file in; what to say of it, None where it was refused."""
    with _noting(read.row, problems), desk.session.begin_nested():  # a refused row leaves nothing for the next to meet
        return _taken(desk, read)
    return None


def _taken(desk: Desk, read: Read) -> tuple[str, list[str]]:
    file, found, record = read.file, read.found, read.row.record
    there = corpus.already_there(desk.session, desk.study_id, record, file)
    if there is not None:
        return f"{there.key}  {file.name}  is there already", []
    process_map.check_steps(desk.session, desk.study_id, record.nodes)
    like = corpus.same_words(desk.session, desk.study_id, file.text)
    taken = corpus.import_source(
        desk.session,
        desk.actor,
        study_id=desk.study_id,
        record=replace(record, collectors=record.collectors or (desk.actor.username,)),
        file=file,
        found=found,
    )
    remarks = [*file.notes, *([SAME_WORDS.format(key=like.key, title=like.title)] if like else [])]
    return f"{taken.key}  {file.name}  {counted(len(found.turns), 'turn')}, read as {found.convention.value}", remarks


def attributes_in(said: Iterable[str]) -> dict[str, str]:
    """Return attributes that options give as NAME=VALUE, as fields of a record."""
    pairs = [each.partition("=") for each in said]
    if not all(equals for _name, equals, _value in pairs):
        raise Refused("Write an attribute as NAME=VALUE.")
    return {f"{ATTRIBUTE}{name.strip()}": value for name, _equals, value in pairs}
