"""`source`: take files in, list them, show them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ia_workbench import corpus
from ia_workbench.cli.home import Home
from ia_workbench.cli.importing import Wish, import_files
from ia_workbench.cli.output import give, note, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.cli.taking_in import Reading, Row, attributes_in, fits, rules
from ia_workbench.corpus import (
    AttributeScope,
    ConsentScope,
    PrivacyClass,
    SourceKind,
)
from ia_workbench.kernel import Refused
from ia_workbench.study_folder import read_register

ARCHIVE = ".zip"
NOBODYS = (
    "No --standpoint was given: taken in as {standpoint}, which is the standpoint of nobody. "
    "Import with --standpoint where somebody speaks."
)
NOBODY = "text"
CLASSES = "How protected it is. [default: internal for institutional texts, else confidential]"
WHOSE = f"Whose position it speaks from: {', '.join(corpus.STANDPOINTS)}, or one that the study adds."


@program.group()
def source() -> None:
    """Sources: interviews, observations, records, texts, numbers."""


@source.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--manifest", type=click.Path(path_type=Path), help="A sources.csv or .xlsx that names files and their records."
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in SourceKind]),
    default="interview",
    show_default=True,
    help="What sort of source it is; a debrief can be read and searched and is never counted as evidence.",
)
@click.option("--standpoint", help=WHOSE)
@click.option("--participant", multiple=True, help="Who speaks: P-01, or P-01=LABEL; may be repeated.")
@click.option("--case", help="Key of the family's case, such as C-01.")
@click.option("--office", help="One of the study's offices.")
@click.option("--collector", "collector", multiple=True, help="Who collected it (username). [default: who acts]")
@click.option(
    "--consent",
    type=click.Choice([scope.value for scope in ConsentScope]),
    default="analysis-only",
    show_default=True,
    help="How far its words may travel; each scope allows what the ones before it allow.",
)
@click.option("--date", help="When it was collected: 2026-03-02.")
@click.option("--title", default="", help="What it is called in lists.")
@click.option("--language", default="en", show_default=True, help="The language it speaks.")
@click.option("--node", "nodes", multiple=True, help="A step of the map it touches, such as N-14; may be repeated.")
@click.option("--turns-like", "example", help="One line as an example of how turns are written: '§ Ana // Yes'.")
@click.option("--speaker", help="Who speaks in that line, exactly as it stands there.")
@click.option("--ocr", is_flag=True, help="Have the words of scanned PDFs recognised; needs tesseract.")
@click.option("--worker-role", help="The job of who speaks.")
@click.option("--agency", help="The agency.")
@click.option("--consent-on", help="When consent was given: 2026-03-02.")
@click.option("--consent-until", help="The last day on which it holds: 2027-03-02.")
@click.option("--privacy-class", type=click.Choice([each.value for each in PrivacyClass]), help=CLASSES)
@click.option("--debriefed-on", help="When the team debriefed it: 2026-03-02.")
@click.option("--stewardship", help="Key of the terms it stands under, such as ST-01.")
@click.option("--text-id", help="Shared by all editions of one text.")
@click.option("--event-id", help="Shared by all sources about one event.")
@click.option("--attribute", "said", multiple=True, metavar="NAME=VALUE", help="An attribute; may be repeated.")
@click.option("--all-or-none", is_flag=True, help="Take in all of the files, or none of them when one is refused.")
@click.option("--preview", is_flag=True, help="Show the turns that are found, and take nothing in.")
@click.option("--yes", is_flag=True, help="Do not ask before taking in.")
@reads
@takes_home
def take_in(
    home: Home,
    /,
    paths: tuple[Path, ...],
    manifest: Path | None,
    ocr: bool,
    preview: bool,
    yes: bool,
    all_or_none: bool,
    as_json: bool,
    example: str | None,
    speaker: str | None,
    **fields: Any,
) -> None:
    """Take in files, or every file that can be read of a folder or a .zip.

    Documents, PDFs, captions, tables and transcripts in JSON can be read; `docs/sources.md` tells of each.

    Of several files each goes in by itself: one that is refused keeps no other out. A table at the end says what went
    in, what is there already and what was refused and why; the exit status is then 1. With --all-or-none nothing goes
    in when one is refused, as with a file that is named alone.

    PATH is a file, a .zip or a folder with all that is in it, and may be repeated; what the options say holds for each.
    A register given with --manifest says it file by file: its columns are told in `docs/commands.md`, and its files lie
    beside it or in a folder sources/ beside it.

    Everything that is wrong with a register is told, line by line, before anything is read. Files that are in the study
    already under the same record are passed over.

    The speaker turns that are found are shown. On a terminal you are asked before anything is taken in.
    """
    if bool(paths) == bool(manifest):
        raise click.UsageError("Give either files and folders, or --manifest.")
    has_standpoint = bool(manifest or fields["standpoint"])
    rows = _from_manifest(manifest) if manifest else _from_paths(paths, fields)
    reading = Reading(*rules(home, example, speaker), ocr=ocr)
    is_alone = not manifest and len(rows) == 1 and rows[0].path in paths and rows[0].path.suffix.lower() != ARCHIVE
    wish = Wish(preview=preview, yes=yes, as_json=as_json, manifest=manifest)
    import_files(home, rows, reading, wish, at_once=is_alone or all_or_none)
    if not has_standpoint and not preview:
        note(NOBODYS.format(standpoint=NOBODY))


def _from_manifest(path: Path) -> list[Row]:
    register = read_register(path)
    for remark in register.notes:
        note(f"{path.name}: {remark}")
    return [Row(*each) for each in register.files]


def _from_paths(paths: tuple[Path, ...], fields: dict[str, Any]) -> list[Row]:
    said = fields.pop("said")
    named = {name: ";".join(words) if isinstance(words, tuple) else words or "" for name, words in fields.items()}
    record = corpus.read_record(attributes_in(said) | named | {"standpoint": named["standpoint"] or NOBODY})
    found = [each for path in paths for each in _files(path)]
    return [Row(None, path, record) for path in found]


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files of a folder and its folders that can be read; says which others it passes over."""
    found = corpus.files_under(path)
    if found.files == (path,):
        yield path
        return
    for remark in found.notes:
        note(remark)
    fitting = [each for each in found.files if fits(each.name, each.relative_to(path).as_posix(), ARCHIVE)]
    if not fitting:
        raise Refused("The folder {folder} holds no file that can be read.", folder=path)
    yield from fitting


@source.command("list")
@reads
@takes_home
def list_sources(home: Home, as_json: bool) -> None:
    """List the sources of the study."""
    with home.desk() as desk:
        rows = [_row(each) for each in corpus.sources(desk.session, desk.study_id)]
    headings = ("key", "kind", "standpoint", "case", "office", "date", "consent", "title")
    cells = [[each[name] for name in headings[:-1]] + [_title(each)] for each in rows]
    give(rows, table(headings, cells), as_json=as_json)


def _row(each: corpus.Source) -> dict[str, Any]:
    return {
        "key": each.key,
        "title": each.title,
        "kind": each.kind.value,
        "subkind": each.subkind,
        "standpoint": each.standpoint,
        "worker_role": each.worker_role,
        "participants": [one.key for one in each.participants],
        "case": each.case.key if each.case else None,
        "office": each.office,
        "agency": each.agency,
        "collectors": list(each.collectors),
        "date": each.date.isoformat() if each.date else None,
        "language": each.language,
        "consent": each.consent.value,
        "consent_on": each.consent_on.isoformat() if each.consent_on else None,
        "consent_until": each.consent_until.isoformat() if each.consent_until else None,
        "privacy_class": each.privacy_class.value,
        "debriefed_on": each.debriefed_on.isoformat() if each.debriefed_on else None,
        "stewardship": each.stewardship.key if each.stewardship else None,
        "text_id": each.text_id,
        "event_id": each.event_id,
        "nodes": list(each.nodes),
        "withdrawn": each.is_withdrawn,
    }


def _title(row: dict[str, Any]) -> str:
    return f"{row['title']} (withdrawn)" if row["withdrawn"] else str(row["title"])


@source.command("show")
@click.argument("key")
@reads
@takes_home
def show(home: Home, key: str, as_json: bool) -> None:
    """Show one source, by its KEY: its record, its file and how many turns were found."""
    with home.desk() as desk:
        found = corpus.source_keyed(desk.session, desk.study_id, key)
        revision = corpus.newest_revision(desk.session, found)
        file = corpus.file_of(desk.session, found)
        turns = corpus.turns_of(desk.session, revision)
        said = corpus.values_of(desk.session, AttributeScope.SOURCE, found.id)
        document = _row(found) | {
            "attributes": dict(said),
            "file": {"name": file.name, "sha256": file.sha256, "notes": list(file.notes)},
            "revision": {"number": revision.number, "length": revision.length, "sha256": revision.sha256},
            "turns": len(turns),
            "speakers": sorted({turn.speaker for turn in turns if turn.speaker}),
        }
    lines = [f"{name}: {_words(value)}" for name, value in document.items() if value not in (None, [], {}, "")]
    give(document, lines, as_json=as_json)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {_words(each)}" for name, each in value.items() if each not in (None, []))
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)


@source.command("text")
@click.argument("key")
@click.option("--revision", "number", type=click.IntRange(1), help="Which revision. [default: the newest]")
@reads
@takes_home
def text(home: Home, key: str, number: int | None, as_json: bool) -> None:
    """Print the stored text of the source KEY: offsets of quotes count its characters (Unicode code points) from 0."""
    with home.desk() as desk:
        found = corpus.source_keyed(desk.session, desk.study_id, key)
        if number is None:
            revision = corpus.newest_revision(desk.session, found)
        else:
            revision = corpus.revision_numbered(desk.session, found, number)
        words = corpus.text_of(desk.session, revision)
        document = {"source": found.key, "revision": revision.number, "sha256": revision.sha256, "text": words}
    if as_json:
        give(document, (), as_json=True)
    else:
        click.echo(words, nl=False)
