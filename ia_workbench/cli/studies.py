"""`study`: create, list, load, export, erase."""

from pathlib import Path

import click

from ia_workbench import privacy, search, study_folder
from ia_workbench.cli.files import refuse_in_home
from ia_workbench.cli.home import Home, study_called
from ia_workbench.cli.output import Progress, counted, give, note, progress, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.database import Store, settle
from ia_workbench.kernel import Refused
from ia_workbench.study_folder import LoadedStudy


@program.group()
def study() -> None:
    """Studies: create one, load one from files, export, erase."""


@study.command("create")
@click.argument("key")
@click.option("--title", required=True, help="What the study is called.")
@click.option("--question", required=True, help="How does it come about that …?")
@click.option("--site", required=True, help="Where it takes place.")
@click.option("--office", "offices", multiple=True, metavar="NAME", help="An office of the site; may be repeated.")
@takes_home
def create(home: Home, key: str, title: str, question: str, site: str, offices: tuple[str, ...]) -> None:
    """Create an empty study under a short KEY, such as `cedar-county`. It gets the eight usual levers."""
    with (
        home.team(writes=True) as (session, actor),
        home.published(reason="let the published store know the study", writes=True) as published,
    ):
        made = study_folder.create_study(
            session, published, actor, key=key, title=title, question=question, site=site, offices=offices
        )
        told = f"Created the study {made.key}."
    say(told)


@study.command("list")
@reads
@takes_home
def list_studies(home: Home, as_json: bool) -> None:
    """List the studies you are in."""
    with home.team() as (session, _actor):
        rows = [
            {"key": each.key, "title": each.title, "site": each.site, "question": each.question}
            for each in privacy.studies(session, Store.EVIDENCE)
        ]
    cells = [(each["key"], each["title"], each["site"]) for each in rows]
    give(rows, table(("key", "title", "site"), cells), as_json=as_json)


@study.command("load")
@click.argument("path", type=click.Path(path_type=Path), metavar="FOLDER_OR_YAML")
@takes_home
def load(home: Home, path: Path) -> None:
    """Load a study from its folder, or from a YAML file that points to one. All of it, or nothing.

    What was withdrawn from the study in this home is refused.

    Such a file holds one field, `folder`: the path of the study's folder as seen from the file. The study.yaml in the
    folder will do as well. What the folder holds is told in `docs/commands.md`.
    """
    with progress() as bar:
        loaded = load_now(home, path, bar)
    say(
        f"Loaded {loaded.key}: {counted(loaded.sources, 'source')}, {counted(loaded.codes, 'code')}, "
        f"{counted(loaded.codings, 'coding')}, {counted(loaded.findings, 'finding')} "
        f"with {counted(loaded.evidence, 'evidence link')}."
    )
    if loaded.without_agreement:
        note(
            f"No confidentiality agreement of {', '.join(loaded.without_agreement)} is recorded here, so they read no "
            "raw text: `ia-workbench user agreement USERNAME --signed DATE` records one."
        )
    if loaded.masks:
        say(
            f"{counted(loaded.masks, 'mask')} came along unconfirmed, whatever the files say: "
            "someone else than you and their makers confirms them here, see `clearance list FINDING`."
        )


def load_now(home: Home, path: Path, bar: Progress) -> LoadedStudy:
    """Load a study into a home, in one transaction on each store, the published one committed first.

    Its files are read before: that takes minutes, in which others may write.
    """
    with home.team() as (_reading, actor):
        read = study_folder.read_study(actor, folder=path, progress=bar)
    with (
        home.team(writes=True) as (session, actor),
        home.published(reason="load the study's community", writes=True) as published,
    ):
        ledger = home.ledger
        return study_folder.load_study(session, published, actor, read=read, progress=bar, ledger=ledger)


@study.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@takes_home
def export(home: Home, folder: Path) -> None:
    """Write the study as a new FOLDER of files that `study load` reads. Withdrawn sources stay out."""
    refuse_in_home(home, folder)
    with home.desk(writes=True) as desk, home.published(reason="name the study's community") as published:
        written = study_folder.export_study(desk.session, published, desk.actor, study_id=desk.study_id, folder=folder)
    for key in written.left_out:
        note(f"Left out {key}, which was withdrawn.")
    say(
        f"Wrote {written.folder}: {counted(written.sources, 'source')}, {counted(written.codings, 'coding')}, "
        f"{counted(written.findings, 'finding')}."
    )


@study.command("erase")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@takes_home
def erase(home: Home, key: str, yes: bool) -> None:
    """Erase the study KEY from both stores for good, what the community said of it too. The audit trail stays."""
    with home.team() as (session, actor):
        found = study_called(session, key)
        privacy.require(actor, privacy.Act.MANAGE_STUDY, study_id=found.id)
    if not yes and click.prompt(f"This cannot be undone. Type {key} to erase it", err=True, default="") != key:
        raise Refused("Nothing was erased.")
    with (
        home.team(writes=True) as (session, actor),
        home.published(reason="erase the study's packages", writes=True) as published,
    ):
        erased = study_folder.erase_study(session, published, actor, study_id=found.id)
    with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="fill the search index anew") as session:
        search.rebuild(session, home.index)
    for store in Store:
        settle(home.engine(store))
    say(f"Erased {key}: {counted(erased.evidence_rows + erased.published_rows, 'row')}. Backups keep what they have.")
