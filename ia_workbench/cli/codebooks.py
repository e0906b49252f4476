"""`codebook`: import, export, show, publish."""

from pathlib import Path
from typing import Any

import click

from ia_workbench import codebook, coding
from ia_workbench.cli.files import ending_of, write_file
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, give, note, say
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.codebook import Code
from ia_workbench.kernel import about, read_text

LATER = (".csv", ".xlsx", ".qdc")


@program.group("codebook")
def book() -> None:
    """The codebook: codes with their definitions."""


@book.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@takes_home
def take_in(home: Home, file: Path) -> None:
    """Take in the codebook in FILE (.yaml). Codes are updated by path; none is removed."""
    ending_of(file, ".yaml", ".yml", later=LATER)
    text = read_text(file)
    with about(file.name):
        entries = codebook.read_codebook(text)
    with home.desk(writes=True) as desk:
        done = codebook.import_codebook(desk.session, desk.actor, study_id=desk.study_id, file=entries)
    if done.unknown_levers:
        note(f"The study has no lever {', '.join(done.unknown_levers)}.")
    for path in done.kept:
        note(f"Kept {path}, which the file does not have.")
    say(f"Added {counted(len(done.added), 'code')}, changed {len(done.changed)}, kept {len(done.kept)}.")


@book.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@takes_home
def export(home: Home, file: Path) -> None:
    """Write the codebook to FILE, as .yaml."""
    ending_of(file, ".yaml", ".yml", later=LATER)
    with home.desk() as desk:
        entries = codebook.codebook_file(desk.session, desk.study_id)
        codes = len(codebook.codes(desk.session, desk.study_id))
    write_file(file, codebook.write_codebook(entries))
    say(f"Wrote {counted(codes, 'code')} to {file}.")


@book.command("show")
@reads
@takes_home
def show(home: Home, as_json: bool) -> None:
    """Show the codes as a tree, each with how often it was given."""
    with home.desk() as desk:
        counts = {each.path: each for each in coding.counts_by_code(desk.session, desk.study_id)}
        codes = codebook.codes(desk.session, desk.study_id)
        versions = codebook.versions(desk.session, desk.study_id)
    rows = [_row(code, counts[code.path].codings if code.path in counts else 0) for code in codes]
    published = [{"number": each.number, "note": each.note, "by": each.published_by} for each in versions]
    lines = [f"{'  ' * row['path'].count('/')}{row['key']}  {row['name']}  ({row['codings']})" for row in rows]
    give({"codes": rows, "versions": published}, lines, as_json=as_json)


def _row(code: Code, codings: int) -> dict[str, Any]:
    return {
        "path": code.path,
        "key": code.key,
        "name": code.name,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "example": code.example,
        "levers": list(code.levers),
        "nodes": list(code.nodes),
        "codings": codings,
    }


@book.command("publish")
@click.option("--note", "remark", required=True, help="What changed, and why.")
@takes_home
def publish(home: Home, remark: str) -> None:
    """Publish the codebook as it stands, as a version that never changes."""
    with home.desk(writes=True) as desk:
        version = codebook.publish_codebook(desk.session, desk.actor, study_id=desk.study_id, note=remark)
        number = version.number
    say(f"Published version {number}.")
