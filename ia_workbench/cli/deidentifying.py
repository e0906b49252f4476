"""`deidentify`: find what identifies someone in a source, take decisions in, make the masked text, sign it."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from ia_workbench import corpus, language, masking, privacy
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import counted, give, note, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.corpus import Source
from ia_workbench.kernel import Conflict, Refused, Span, about, read_text
from ia_workbench.masking import Decision, Looked, Mark, MarkState
from ia_workbench.privacy import IdentifierClass

Kind = TypeVar("Kind", IdentifierClass, MarkState)

COLUMNS = ("start", "end", "words", "class", "found_by", "rule", "instead", "state")
NEEDED = ("start", "end", "words", "state")
ENDINGS = (".csv", ".json")
DECISIONS = {
    MarkState.ACCEPTED: Decision.ACCEPT,
    MarkState.REJECTED: Decision.REJECT,
    MarkState.ASKED: Decision.ASK,
}
ONE_AT_A_TIME = "Choose one of --propose, --accept FILE, --make, --sign and --send-back."
NO_MODEL = "No language model is installed for this source: names are found by patterns and the study's list alone."
NO_MARK = "there is no mark at {start} to {end}. To add one, give its class and the state accepted."
OTHER_WORDS = "other words stand at {start} to {end} of {key} than the file says. Propose again."
WHOLE_NUMBER = "{field} must be a whole number."


@dataclass(frozen=True)
class Decided:
    """What one row of a file says of a mark; `instead` and `kind` are None where it leaves them as they are."""

    place: str
    start: int
    end: int
    words: str
    state: MarkState
    kind: IdentifierClass | None
    instead: str | None


@program.command()
@click.argument("source")
@click.option("--propose", is_flag=True, help="Look for identifiers, and print every mark and what became of it.")
@click.option(
    "--thorough/--usual",
    default=None,
    help="With --propose: also what many share (any sum, length of time, illness, work), or not; kept for the study.",
)
@click.option(
    "--accept", type=click.Path(path_type=Path), help="Take in decisions: a .csv or .json as --propose gives."
)
@click.option("--make", is_flag=True, help="Make the masked text of decided marks.")
@click.option("--sign", is_flag=True, help="Sign the masked text, as a second person, with --seen.")
@click.option("--send-back", is_flag=True, help="Say that the masked text still identifies someone, with --seen.")
@click.option("--seen", help="With --sign and --send-back: the `seen` that `deidentify SOURCE --json` gave.")
@reads
@takes_home
def deidentify(
    home: Home,
    source: str,
    propose: bool,
    thorough: bool | None,
    accept: Path | None,
    make: bool,
    sign: bool,
    send_back: bool,
    seen: str | None,
    as_json: bool,
) -> None:
    """Mask the whole SOURCE: look for identifiers, decide, make the masked text, have a second person sign it.

    Without an option: how far it is, and the masked text that is to be signed. A program proposes, people decide.
    """
    if sum((propose, accept is not None, make, sign, send_back)) > 1:
        raise click.UsageError(ONE_AT_A_TIME)
    if (sign or send_back) != (seen is not None):
        raise click.UsageError("--sign and --send-back go with --seen: give what `deidentify SOURCE --json` says.")
    if thorough is not None and not propose:
        raise click.UsageError("--thorough and --usual go with --propose.")
    if propose:
        _propose(home, source, thorough=thorough, as_json=as_json)
    elif accept is not None:
        _accept(home, source, accept)
    elif make:
        looked = _looked(home, source)
        with home.desk(writes=True) as desk:
            masking.make_masked_text(
                desk.session, desk.actor, source=_source(desk, source), model=home.settings.model, looked=looked
            )
        say(f"Made the masked text of {source}. Another person must sign it.")
    elif sign or send_back:
        _vouch(home, source, seen or "", sign=sign)
    else:
        _state(home, source, as_json=as_json)


def _source(desk: Desk, key: str) -> Source:
    return corpus.source_keyed(desk.session, desk.study_id, key)


def _looked(home: Home, key: str, *, thorough: bool | None = None) -> Looked:
    """Look for identifiers before the store is held for writing: in a long text that takes its time."""
    with home.desk() as desk:
        source, model = _source(desk, key), home.settings.model
        looked = masking.looked_for(desk.session, source=source, model=model, thorough=thorough)
        privacy.forget_reads(desk.session)  # nobody is shown these words; keeping the marks reads them again
        return looked


def _propose(home: Home, key: str, *, thorough: bool | None, as_json: bool) -> None:
    looked = _looked(home, key, thorough=thorough)
    with home.desk(writes=True) as desk:
        found, model = _source(desk, key), home.settings.model
        marks = masking.propose_marks(
            desk.session, desk.actor, source=found, model=model, thorough=thorough, looked=looked
        )
        document = [_row(each) for each in marks]
        has_model = language.model_for(found.language, home.settings.model) is not None
    give(document, table(COLUMNS, [[each[name] for name in COLUMNS] for each in document]), as_json=as_json)
    if not has_model:
        note(NO_MODEL)


def _row(mark: Mark) -> dict[str, Any]:
    return {
        "start": mark.start,
        "end": mark.end,
        "words": mark.words,
        "class": mark.identifier_class.value,
        "found_by": mark.found_by,
        "rule": mark.rule,
        "instead": mark.instead,
        "state": mark.state.value,
    }


def _state(home: Home, key: str, *, as_json: bool) -> None:
    with home.desk() as desk:
        found = _source(desk, key)
        standing = masking.standing_of(desk.session, found)
        made = masking.masked_text_of(desk.session, found)
        text = None
        if made is not None and standing.state in (masking.TextState.MADE, masking.TextState.SIGNED):
            text = corpus.text_of(desk.session, made.revision)
        document = {
            "source": found.key,
            "state": standing.state.value,
            "marks": {"all": standing.marks, "proposed": standing.proposed, "asked": standing.asked},
            "revision": made.revision.number if made else None,
            "by": made.by if made else None,
            "signed_by": made.signed_by if made else None,
            "seen": masking.seen_of_text(desk.session, found) if text is not None else None,
            "text": text,
        }
    lines = [
        f"{key}: {document['state']}",
        f"{counted(standing.marks, 'mark')}, {standing.proposed} proposed, {standing.asked} left to a second reader",
    ]
    if made is not None:
        lines.append(f"masked text by {made.by}, {f'signed by {made.signed_by}' if made.signed_by else 'not signed'}")
    give(document, [*lines, *([] if text is None else ["", text])], as_json=as_json)


def _vouch(home: Home, key: str, seen: str, *, sign: bool) -> None:
    act = masking.sign_masked_text if sign else masking.send_back_masked_text
    with home.desk(writes=True) as desk:
        act(desk.session, desk.actor, source=_source(desk, key), seen=seen)
    say(f"Signed the masked text of {key}." if sign else f"Sent the masked text of {key} back.")


def _accept(home: Home, key: str, path: Path) -> None:
    rows = read_decisions(path)
    with home.desk(writes=True) as desk:
        done = _Taking(desk, _source(desk, key)).take(rows)
        left = masking.standing_of(desk.session, _source(desk, key)).undecided
    say(f"Decided {counted(done, 'mark')} of {key}; {left} {'is' if left == 1 else 'are'} left.")


class _Taking:
    """Decisions of a file while they are taken in; the text and its marks are read once."""

    def __init__(self, desk: Desk, source: Source) -> None:
        self.desk, self.source = desk, source
        self.revision = corpus.newest_revision(desk.session, source)
        self.text = corpus.text_of(desk.session, self.revision)
        self.marks = {(each.start, each.end): each for each in masking.marks_of(desk.session, source)}

    def take(self, rows: Sequence[Decided]) -> int:
        """Take decisions in; returns how many marks are decided otherwise than before."""
        for row in rows:
            with about(row.place):
                self._refuse_other_words(row)
        reporters = [each for each in rows if self._withholds(each)]
        done = sum(self._decide(each) for each in rows if each not in reporters)
        if reporters:  # last, and at once: the text is another one then
            spans = [Span(each.start, each.end) for each in reporters]
            masking.withhold_reporter(self.desk.session, self.desk.actor, source=self.source, spans=spans)
        return done + len(reporters)

    def _refuse_other_words(self, row: Decided) -> None:
        if self.text[row.start : row.end] != row.words:
            raise Conflict(OTHER_WORDS, start=row.start, end=row.end, key=self.source.key)

    def _withholds(self, row: Decided) -> bool:
        """Whether a row withholds who made a report: as it says, or as it leaves what the mark says."""
        mark = self.marks.get((row.start, row.end))
        kind = row.kind or (mark.identifier_class if mark else None)
        is_new = row.words != masking.REPORTER_INSTEAD
        return kind is IdentifierClass.REPORTER and row.state is MarkState.ACCEPTED and is_new

    def _decide(self, row: Decided) -> bool:
        with about(row.place):
            mark = self.marks.get((row.start, row.end))
            if mark is None:
                return self._add(row)
            kind = row.kind or mark.identifier_class
            instead = None if row.instead in (None, "", mark.instead) else row.instead
            if row.state is MarkState.PROPOSED:
                return False  # left open
            if row.state is mark.state and kind is mark.identifier_class and instead is None:
                return False
            masking.decide_mark(
                self.desk.session, self.desk.actor, mark=mark, decision=DECISIONS[row.state], identifier_class=kind,
                instead=instead,
            )  # fmt: skip
            return True

    def _add(self, row: Decided) -> bool:
        if row.state is not MarkState.ACCEPTED or row.kind is None:
            raise Refused(NO_MARK, start=row.start, end=row.end)
        masking.add_mark(
            self.desk.session, self.desk.actor, source=self.source, span=Span(row.start, row.end),
            identifier_class=row.kind, instead=row.instead or None,
        )  # fmt: skip
        return True


def read_decisions(path: Path) -> list[Decided]:
    """Read decisions from a file as `deidentify --propose` gives them: a JSON list, or a CSV with the same columns.

    Raises Refused naming the row of the first thing that is wrong.
    """
    if path.suffix.lower() not in ENDINGS:
        raise Refused("Give decisions as a .csv or a .json, as `deidentify --propose` writes them.")
    text = read_text(path)
    with about(path.name):
        rows = _from_csv(text) if path.suffix.lower() == ".csv" else _from_json(text)
        found = []
        for place, row in rows:
            with about(place):
                found.append(_decided(f"{path.name} {place}", row))
        return found


def _from_json(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        rows = json.loads(text)
    except ValueError:
        raise Refused("This is not well-formed JSON.") from None
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise Refused("The file must hold a list of marks.")
    return ((f"mark {number}", row) for number, row in enumerate(rows, 1))


def _from_csv(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if not set(NEEDED) <= set(reader.fieldnames or ()):
        raise Refused("The first line must name the columns {columns}.", columns=", ".join(NEEDED))
    try:
        return iter([(f"line {reader.line_num}", row) for row in reader])
    except csv.Error:
        raise Refused("Line {line} is not well-formed CSV.", line=reader.line_num) from None


def _decided(place: str, row: Mapping[str, Any]) -> Decided:
    missing = [name for name in NEEDED if row.get(name) in (None, "")]
    if missing:
        raise Refused("{field} is missing.", field=missing[0])
    start, end = (_number(row, name) for name in ("start", "end"))
    kind = _one_of("class", row.get("class"), IdentifierClass)
    state = _one_of("state", row["state"], MarkState) or MarkState.PROPOSED
    instead = row.get("instead")
    return Decided(place, start, end, str(row["words"]), state, kind, None if instead is None else str(instead))


def _number(row: Mapping[str, Any], name: str) -> int:
    value = str(row[name])
    if not (value.isascii() and value.isdigit()):
        raise Refused(WHOLE_NUMBER, field=name)
    return int(value)


def _one_of(name: str, value: Any, values: type[Kind]) -> Kind | None:
    """One of the words of a vocabulary; None where there is none."""
    if value in (None, ""):
        return None
    try:
        return values(str(value))
    except ValueError:
        raise Refused(
            "{field} must be one of {values}.", field=name, values=", ".join(each.value for each in values)
        ) from None
