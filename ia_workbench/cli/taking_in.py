"""Taking files in: read them all, take them all in, and tell everything that is wrong with a register at once."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import click

from ia_workbench import corpus, process_map
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import counted, note, progress
from ia_workbench.corpus import ATTRIBUTE, FoundTurns, Problem, ReadFile, SourceRecord, TaughtRule
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


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `taken` as the source of that key, `same` as one that is there, or `refused` and why."""

    file: str
    state: str
    key: str | None = None
    turns: int | None = None
    convention: str | None = None
    why: str = ""
    notes: tuple[str, ...] = ()
    line: int | None = None

    def told(self) -> str:
        """Say it in a line, as the answer of a command."""
        if self.state == "same":
            return f"{self.key}  {self.file}  is there already"
        return f"{self.key}  {self.file}  {counted(self.turns or 0, 'turn')}, read as {self.convention}"

    @property
    def remarks(self) -> list[str]:
        """What a person should know of it beside."""
        return [*self.notes, *([self.why] if self.why else [])]


@dataclass(frozen=True)
class Reading:
    """How files are to be read: the conventions the study knows, the one that somebody gave an example of, and OCR."""

    taught: tuple[TaughtRule, ...]
    like: TaughtRule | None
    ocr: bool = False

    def teach(self, desk: Desk) -> None:
        """Teach the study what was given as an example, unless it knows it."""
        if self.like is not None and self.like not in corpus.taught_rules(desk.session, desk.study_id):
            corpus.add_taught(desk.session, desk.actor, study_id=desk.study_id, rule=self.like)


def rules(home: Home, example: str | None, speaker: str | None) -> tuple[tuple[TaughtRule, ...], TaughtRule | None]:
    """Return the conventions that the study was taught, and the one the example asks for: known, or to be taught."""
    if bool(example) != bool(speaker):
        raise click.UsageError("Give --turns-like and --speaker together.")
    with home.desk() as desk:
        taught = corpus.taught_rules(desk.session, desk.study_id)
    if not example or not speaker:
        return taught, None
    names = {rule.name for rule in taught}
    free = next(name for number in count(1) if (name := f"taught-{number}") not in names)
    asked = corpus.rule_of(free, example, speaker)
    known = [rule for rule in taught if rule.pattern == asked.pattern]
    return (taught, known[0]) if known else ((*taught, asked), asked)


def read_all(rows: list[Row], reading: Reading) -> tuple[list[Read], list[Problem]]:
    """The files that can be read, and what is wrong with those of a register that cannot."""
    read, problems = [], list[Problem]()
    with progress() as bar:
        for number, row in enumerate(rows):
            bar("reading", number, len(rows))
            with _noting(row, problems):
                read += list(_read(row, reading))
    if not read and not problems:
        raise Refused("There is no file among these that can be read.")
    return read, problems


def _read(row: Row, reading: Reading) -> Iterator[Read]:
    """Yield a file as it was read, or each file of an archive that can be read."""
    content = read_bytes(row.path)
    unpacked = corpus.unpacked(row.path.name, content)
    is_archive = len(unpacked.files) != 1 or unpacked.files[0][1] is not content
    for remark in unpacked.notes:
        note(f"{row.path.name}: {remark}")
    for name, inside in unpacked.files:
        if not is_archive or fits(name, f"{name} in {row.path.name}"):
            yield read_one(row, name, inside, reading)


def read_one(row: Row, name: str, content: bytes, reading: Reading) -> Read:
    """Read one file and find its turns; raises Refused."""
    record = row.record
    chosen = reading.like.name if reading.like else record.convention
    file = corpus.read_file(name, content, recognise=reading.ocr, language=record.language)
    found = corpus.find_turns(file.text, chosen, suggested=file.convention, taught=reading.taught)
    return Read(row, file, found)


def fits(name: str, shown: str, *further: str, tell: Callable[[str], object] = note) -> bool:
    """Say whether a file of that name may be one that can be read; tells those that are passed over."""
    endings = (*corpus.ENDINGS, *further)
    can_be_read = name.lower().endswith(endings)
    if not can_be_read:
        tell(f"Passed over {shown}: only {', '.join(endings)} are read.")
    return can_be_read


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


def take(desk: Desk, read: Read, problems: list[Problem]) -> Outcome | None:
    """Take one file in; what became of it, None where it was refused."""
    with _noting(read.row, problems), desk.session.begin_nested():  # a refused row leaves nothing for the next to meet
        return taken(desk, read)
    return None


def taken(desk: Desk, read: Read) -> Outcome:
    """Take one file in, unless the study has it under the same record; raises Refused."""
    file, found, record = read.file, read.found, read.row.record
    there = corpus.already_there(desk.session, desk.study_id, record, file)
    if there is not None:
        return Outcome(file.name, "same", there.key, line=read.row.line)
    process_map.check_steps(desk.session, desk.study_id, record.nodes)
    like = corpus.same_words(desk.session, desk.study_id, file.text)
    source = corpus.import_source(
        desk.session,
        desk.actor,
        study_id=desk.study_id,
        record=replace(record, collectors=record.collectors or (desk.actor.username,)),
        file=file,
        found=found,
    )
    return Outcome(
        file.name,
        "taken",
        source.key,
        len(found.turns),
        found.convention.value,
        SAME_WORDS.format(key=like.key, title=like.title) if like else "",
        file.notes,
        read.row.line,
    )


def attributes_in(said: Iterable[str]) -> dict[str, str]:
    """Return attributes that options give as NAME=VALUE, as fields of a record."""
    pairs = [each.partition("=") for each in said]
    if not all(equals for _name, equals, _value in pairs):
        raise Refused("Write an attribute as NAME=VALUE.")
    return {f"{ATTRIBUTE}{name.strip()}": value for name, _equals, value in pairs}
