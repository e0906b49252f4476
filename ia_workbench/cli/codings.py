"""`coding`: give words a code, list and export codings."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ia_workbench import codebook, coding, corpus, masking, privacy
from ia_workbench.cli.files import ending_of, write_file
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import counted, give, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.coding import ExportedCoding, WordFileWords
from ia_workbench.corpus import Revision
from ia_workbench.database import Store
from ia_workbench.kernel import Refused, Span, normalise_text
from ia_workbench.privacy import Study

Command = TypeVar("Command", bound=Callable[..., Any])
AGREEMENT_LATER = "Agreement between coders cannot be computed yet. Export the codings and compare them elsewhere."


@program.group("coding")
def codings() -> None:
    """Codings: words of a source, a code, a coder, a moment."""


@codings.command("add")
@click.argument("source")
@click.option("--code", required=True, help="Path of the code, such as family-time/slots-set-by-form.")
@click.option("--quote", help="The words, exactly as they stand there, once.")
@click.option("--start", type=int, help="Offset of the first character in `source text`, counted from 0.")
@click.option("--end", type=int, help="Offset of the character after the last.")
@takes_home
def add(home: Home, source: str, code: str, quote: str | None, start: int | None, end: int | None) -> None:
    """Give words of the source with the key SOURCE a code; name the words by --quote, or by --start and --end.

    Coding the same words with the same code again changes nothing and says so.
    """
    with home.desk(writes=True) as desk:
        revision, span = place_in(desk, source, quote, start, end)
        found = codebook.code_at(desk.session, desk.study_id, code)
        expected = normalise_text(quote) if quote is not None else None
        known = {each.id for each in coding.codings(desk.session, desk.study_id, code=found, coder=desk.actor.username)}
        made = coding.apply_code(
            desk.session, desk.actor, revision=revision, span=span, code=found, expected_quote=expected
        )
        done = "You had coded it before:" if made.id in known else "Coded"
        told = f"{done} {source} {span.start} to {span.end} as {made.code.path}."
    say(told)


def place_in(desk: Desk, source: str, quote: str | None, start: int | None, end: int | None) -> tuple[Revision, Span]:
    """Return the newest revision of a source and the place that a command names in it, by quote or by offsets."""
    found = corpus.source_keyed(desk.session, desk.study_id, source)
    revision = corpus.newest_revision(desk.session, found)
    if start is not None and end is not None:
        return revision, Span(start, end)
    if quote is None or start is not None or end is not None:
        raise click.UsageError("Give either --quote, or both --start and --end.")
    return revision, coding.find_quote(corpus.text_of(desk.session, revision), quote)


IS_MASKED = click.option("--masked", is_flag=True, help="Words as the signed masked texts have them, never raw ones.")


def chosen(command: Command) -> Command:
    """Give a command the options that say which codings."""
    command = IS_MASKED(command)
    command = click.option("--coder", help="Username of a coder.")(command)
    command = click.option("--code", help="Path of a code; codes below it are taken in.")(command)
    return click.option("--source", help="Key of a source.")(command)


@codings.command("list")
@chosen
@reads
@takes_home
def list_codings(
    home: Home, source: str | None, code: str | None, coder: str | None, masked: bool, as_json: bool
) -> None:
    """List codings by source and place."""
    with home.desk() as desk:
        rows = _rows(desk, source, code, coder, is_masked=masked)
    cells = [(each.source, each.start, each.end, each.code, each.coder, each.quote) for each in rows]
    headings = ("source", "start", "end", "code", "coder", "quote")
    give([coding.coding_object(each) for each in rows], table(headings, cells), as_json=as_json)


def _rows(
    desk: Desk, source: str | None, code: str | None, coder: str | None, *, is_masked: bool
) -> list[ExportedCoding]:
    if coder is not None:
        privacy.account_named(desk.session, Store.EVIDENCE, coder)
    read = masking.masked_codings if is_masked else coding.exported_codings
    return read(
        desk.session,
        desk.study_id,
        source=corpus.source_keyed(desk.session, desk.study_id, source) if source else None,
        code=codebook.code_at(desk.session, desk.study_id, code) if code else None,
        coder=coder,
    )


@codings.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@chosen
@takes_home
def export(home: Home, file: Path, source: str | None, code: str | None, coder: str | None, masked: bool) -> None:
    """Write codings to FILE, as .csv, .json, .xlsx or .docx: all, or those chosen.

    The .csv is for spreadsheets: a cell that one would run as a formula (it begins with = + - or @) has a ' before it.
    In the codings.csv of `study export`, which programs read, no cell has. The .xlsx holds no formula and no link; the
    .docx is for reading, by code. Only its owner may read the file.
    """
    ending = ending_of(file, *coding.CODING_FILES)
    out = io.BytesIO()
    with home.desk() as desk:
        rows = _rows(desk, source, code, coder, is_masked=masked)
        codes, study = codebook.codes(desk.session, desk.study_id), desk.session.get_one(Study, desk.study_id)
        facts = [study.title, coding.MASKED_FACT if masked else coding.RAW_FACT]
        written = coding.write_codings(ending, rows, codes, out, words=WordFileWords(f"Codings, {study.key}", facts))
    write_file(file, out.getvalue(), has_raw_words=True)
    cut = f" {counted(written.cut, 'quote')} too long for a cell and cut; a .csv has all." if written.cut else ""
    say(f"Wrote {counted(written.codings, 'coding')} to {file}.{cut}")


@codings.command("agreement")
@click.option("--unit", type=click.Choice(["turn", "paragraph", "sentence"]), default="turn", help="What is compared.")
@click.option("--code", help="Path of a code.")
@reads
@takes_home
def agreement(home: Home, unit: str, code: str | None, as_json: bool) -> None:
    """Say how far coders agree. Not built yet."""
    raise Refused(AGREEMENT_LATER)
