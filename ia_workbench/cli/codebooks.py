"""`codebook`: import, export, show, publish, history, diff."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ia_workbench import codebook, coding
from ia_workbench.cli.files import ending_of, write_file
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, give, note, say
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.codebook import Code, CodeChange, CodeDifference, VersionCode
from ia_workbench.kernel import Refused, about, iso_utc, read_text

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
        "scale": list(code.scale),
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


@book.command("history")
@click.option("--code", "path", help="Of one code alone, by its path.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many, the newest first.")
@reads
@takes_home
def history(home: Home, path: str | None, limit: int, as_json: bool) -> None:
    """Show what was done to the codes, newest first."""
    with home.desk() as desk:
        guid = codebook.code_at(desk.session, desk.study_id, path).guid if path else None
        found = codebook.changes(desk.session, desk.study_id, guid=guid, limit=limit)
    rows = [_change_row(each) for each in found]
    lines = ["  ".join([row["at"], row["by"], row["change"], row["path"]]) for row in rows]
    give({"changes": rows}, lines or ["Nothing was changed yet."], as_json=as_json)


def _change_row(change: CodeChange) -> dict[str, Any]:
    state = change.after or change.before or {}
    return {
        "at": iso_utc(change.at),
        "by": change.by,
        "change": str(change.kind),
        "path": state["path"],
        "guid": str(change.code_guid),
        "into": str(change.into_guid) if change.into_guid else None,
        "undo": change.reverts_id is not None,
        "before": change.before,
        "after": change.after,
    }


@book.command("diff")
@click.argument("older")
@click.argument("newer", default="now")
@reads
@takes_home
def diff(home: Home, older: str, newer: str, as_json: bool) -> None:
    """Show what changed from version OLDER (0 for before the first) to version NEWER, or to now."""
    with home.desk() as desk:
        session, study_id = desk.session, desk.study_id

        def content(asked: str) -> Any:
            if asked == "now":
                return codebook.content_now(session, study_id)
            if not asked.isdecimal():
                raise Refused("Name a version by its number, such as 1, or say now.")
            return codebook.version_numbered(session, study_id, int(asked)).content if int(asked) else {"codes": []}

        found = codebook.differences(content(older), content(newer), codebook.merged_into(session, study_id))
        counts = coding.counts_by_source(session, study_id)
    rows = [_difference_row(each, sum(counts.get(each.guid, {}).values())) for each in found]
    lines = [
        "  ".join(filter(None, [row["path"], ", ".join(row["kinds"]), row["into"], f"({row['codings']})"]))
        for row in rows
    ]
    give({"from": older, "to": newer, "codes": rows}, lines or ["Nothing differs."], as_json=as_json)


def _difference_row(each: CodeDifference, codings: int) -> dict[str, Any]:
    return {
        "path": each.shown.path,
        "guid": str(each.guid),
        "kinds": [str(kind) for kind in each.kinds],
        "before": _of_version(each.before),
        "after": _of_version(each.after),
        "into": each.into.path if each.into else None,
        "codings": codings,
    }


def _of_version(code: VersionCode | None) -> dict[str, Any] | None:
    if code is None:
        return None
    return asdict(code) | {"guid": str(code.guid), "parent": str(code.parent) if code.parent else None}
