"""`demo`: the invented study in a home of its own, served on this machine."""

import contextlib
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path

import click
from platformdirs import user_data_path

from ia_workbench import privacy, study_folder
from ia_workbench.cli.beginning import BESIDE, make_home
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import Progress, note, progress, say, table
from ia_workbench.cli.program import program, takes_home
from ia_workbench.cli.releases import copy_waiting
from ia_workbench.cli.serving import LOOPBACK, TEAM_PORT, Serving, say_addresses, serve_now
from ia_workbench.cli.studies import load_now
from ia_workbench.config import load_settings, shipped_folder
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Role
from ia_workbench.study_folder import LoadedStudy

STUDY = "cedar_county"
FIRST_LEAD, SECOND_LEAD = "ana", "ines"  # leads of the invented study, so that nobody else has to be made up
BEING_MADE, MADE = ".demo-being-made", ".demo-made"  # marks of a demo's home, before and after it is complete
PARTS = ("evidence.sqlite3", "published.sqlite3", "withdrawals.jsonl")
INDEX = "search-index"


class State(Enum):
    """What a folder is to the demo."""

    NEW = "new"
    HALF_MADE = "half made"
    READY = "ready"
    FOREIGN = "foreign"


@program.command()
@click.option("--port", type=click.IntRange(0, 65535), default=TEAM_PORT, show_default=True, help="For the team.")
@click.option(
    "--community-port",
    type=click.IntRange(0, 65535),
    help="For the community. [default: the port after the team's]",
)
@click.option("--no-serve", is_flag=True, help="Make the demo's home, and stop.")
@click.option("--fresh", is_flag=True, help="Throw away what was done in the demo, and start anew.")
@takes_home
def demo(home: Home, port: int, community_port: int | None, no_serve: bool, fresh: bool) -> None:
    """Load the invented study of Cedar County into a home of its own and serve it, on this machine alone.

    The home is --home, or one beside the usual home. A second run keeps what was done in the first.
    """
    beside = community_port if community_port is not None else (port + 1 if port else 0)
    place = demo_home(home)
    if not no_serve:
        for each in (port, beside):
            refuse_taken_port(each)
    prepare(place, fresh=fresh)
    with closing(place):
        show_people(place)
    if no_serve:
        return
    say("")
    serve_now(
        Serving(
            settings=place.settings,
            host=LOOPBACK,
            team_port=port,
            community_port=beside,
            trusted_hosts=(),
            announce=say_addresses,
        )
    )


def demo_home(home: Home) -> Home:
    """Return the home of the demo: the one that was named, else one beside the platform's folder.

    Other databases that the environment names are left alone.
    """
    context = click.get_current_context().find_root()
    named = context.params.get("folder")
    folder = named or user_data_path("ia-workbench").with_name("ia-workbench-demo")
    return Home(load_settings({}, home=folder, is_demo=True))


@contextlib.contextmanager
def closing(home: Home) -> Iterator[None]:
    """Let go of a home's stores at the end."""
    try:
        yield
    finally:
        home.close()


def refuse_taken_port(port: int) -> None:
    """Refuse early, before anything is loaded, a port that another program has."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise Refused(
                "Port {port} is in use, perhaps by a demo that runs already. Stop it, or choose another --port.",
                port=port,
            ) from None


def state_of(folder: Path) -> State:
    """Say what a folder is to the demo."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return State.NEW
    if (folder / BEING_MADE).is_file():
        return State.HALF_MADE
    return State.READY if (folder / MADE).is_file() else State.FOREIGN


def prepare(home: Home, *, fresh: bool) -> None:
    """Make the demo's home unless it is there already; a half-made one is made anew."""
    folder = home.settings.home
    state = state_of(folder)
    if state is State.FOREIGN:
        raise Refused("{folder} holds something else than the demo. Name another with --home.", folder=folder)
    if state is State.READY and not fresh:
        return
    if state is State.HALF_MADE:
        note("The demo was left half made; it is made anew.")
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / BEING_MADE
    mark.write_text("This folder is thrown away and made anew by `ia-workbench demo`.\n", encoding="utf-8")
    (folder / MADE).unlink(missing_ok=True)
    _empty(folder)
    with closing(home), progress() as bar:
        _fill(home, bar)
    os.replace(mark, folder / MADE)


def _empty(folder: Path) -> None:
    """Remove what a demo makes, and nothing else."""
    for part in PARTS:
        for ending in BESIDE:
            (folder / f"{part}{ending}").unlink(missing_ok=True)
    if (folder / INDEX).is_dir():
        for file in (folder / INDEX).iterdir():
            file.unlink()


def _fill(home: Home, bar: Progress) -> None:
    folder = shipped_folder("corpora") / STUDY
    make_home(home, FIRST_LEAD)
    loaded = load_now(replace(home, username=_second_lead(home)), folder, bar)
    _record_agreements(replace(home, username=SECOND_LEAD), loaded)
    _confirm_masks(home, loaded)
    acts = study_folder.read_demo_acts(folder)
    for number, act in enumerate(acts):
        bar("acts", number, len(acts))
        reason = "perform an act of the demo as the person it names"
        with (
            privacy.unheld_session(home.engine(Store.EVIDENCE), reason=reason, writes=True) as evidence,
            evidence.begin(),
            home.published(reason=reason, writes=True) as published,
        ):
            study_folder.perform_demo_act(evidence, published, act, study_key=loaded.key)
        if isinstance(act, study_folder.ReleaseAct):
            copy_waiting(home)


def _second_lead(home: Home) -> str:
    """Add a second lead, who loads: whoever loads masks from files may not confirm them, and the first one does."""
    with home.team(writes=True) as (session, actor):
        privacy.add_user(session, actor, username=SECOND_LEAD, role=Role.LEAD)
        privacy.record_agreement(session, actor, username=SECOND_LEAD, signed_on=privacy.today_of(session))
    return SECOND_LEAD


def _record_agreements(home: Home, loaded: LoadedStudy) -> None:
    """Record that the invented people signed today: days in a file would run out."""
    with home.team(writes=True) as (session, actor):
        for username in loaded.without_agreement:
            privacy.record_agreement(session, actor, username=username, signed_on=privacy.today_of(session))


def _confirm_masks(home: Home, loaded: LoadedStudy) -> None:
    reason = "confirm the demo's masks as the people it names"
    engine = home.engine(Store.EVIDENCE)
    with privacy.unheld_session(engine, reason=reason, writes=True) as evidence, evidence.begin():
        study_folder.confirm_masks_as_filed(evidence, study_key=loaded.key)


def show_people(home: Home) -> None:
    """Print who can sign in, with one click on the sign-in page."""
    say(f"The demo's home is {home.settings.home}; its people, who sign in with one click:")
    with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="show the demo's people") as session:
        people = [(each.username, each.role.value, "team") for each in privacy.accounts(session, Store.EVIDENCE)]
    with home.published(reason="show the demo's people") as published:
        members = privacy.accounts(published, Store.PUBLISHED)
        people += [(each.username, each.role.value, "community") for each in members]
    for line in table(("who", "role", "pages"), people):
        say(line)
