"""`serve`: the two applications on two ports of this machine."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, replace

import click

from ia_workbench import privacy, release
from ia_workbench.cli.home import Home
from ia_workbench.cli.output import counted, note, say
from ia_workbench.cli.program import SERVE, program, takes_home
from ia_workbench.cli.releases import copy_waiting
from ia_workbench.config import Settings
from ia_workbench.database import Store
from ia_workbench.kernel import Refused

LOOPBACK = "127.0.0.1"
TEAM_PORT, COMMUNITY_PORT = 5000, 5001
ANYWHERE = ("0.0.0.0", "::", "*", "")  # noqa: S104 - named here to be refused
OPEN_TO_OTHERS = (
    "Others on the network of {host} can now reach this program, and what they send is not encrypted. "
    "Put it behind a server that speaks HTTPS (see `--behind-proxy`), or serve on 127.0.0.1."
)


@dataclass(frozen=True)
class Serving:
    """What to serve where; a port is None where that application is not served, 0 for any free one.

    `trusted_hosts` are names under which browsers may ask for the pages, beside those of this machine. `announce` is
    called once both are listening, with their addresses. `proxy` is the address of the server before this one, whose
    word is taken for where a request came from and whether it came by HTTPS; None where there is none.
    """

    settings: Settings
    host: str
    team_port: int | None
    community_port: int | None
    trusted_hosts: tuple[str, ...]
    announce: Callable[["Addresses"], None]
    proxy: str | None = None


@dataclass(frozen=True)
class Addresses:
    """Where the applications are; None where one is not served."""

    team: str | None
    community: str | None


Serve = Callable[[Serving], None]


@program.command()
@click.option("--host", default=LOOPBACK, show_default=True, help="The address of this machine to serve on.")
@click.option("--port", type=click.IntRange(0, 65535), default=TEAM_PORT, show_default=True, help="For the team.")
@click.option(
    "--community-port",
    type=click.IntRange(0, 65535),
    default=COMMUNITY_PORT,
    show_default=True,
    help="For the community.",
)
@click.option("--only", type=click.Choice(["team", "community"]), help="Serve one of the two applications alone.")
@click.option(
    "--trust-host", "names", multiple=True, metavar="NAME", help="A name under which browsers reach this machine."
)
@click.option(
    "--behind-proxy",
    "proxy",
    is_flag=False,
    flag_value=LOOPBACK,
    metavar="[ADDRESS]",
    help="A server before this one speaks HTTPS and passes requests on from this address. "
    f"[ADDRESS when left out: {LOOPBACK}]",
)
@takes_home
def serve(
    home: Home,
    host: str,
    port: int,
    community_port: int,
    only: str | None,
    names: tuple[str, ...],
    proxy: str | None,
) -> None:
    """Serve the team's pages and the community's pages until Ctrl+C.

    With `--only community` the evidence store is neither opened nor needed.

    With `--behind-proxy` the server before this one is believed where a request came from (the last address of
    X-Forwarded-For) and whether it came by HTTPS (X-Forwarded-Proto). It must set both itself, and pass on the Host,
    which `--trust-host` names.
    """
    refuse_unknown_proxy(proxy)
    if only != "community":
        home.engine(Store.EVIDENCE)
        take_waiting_across(home)
    home.engine(Store.PUBLISHED)
    serve_now(
        Serving(
            settings=home.settings,
            host=host,
            team_port=port if only != "community" else None,
            community_port=community_port if only != "team" else None,
            trusted_hosts=trusted_hosts(host, names),
            announce=say_addresses,
            proxy=proxy,
        )
    )


def refuse_unknown_proxy(proxy: str | None) -> None:
    """Refuse a proxy that is not one address: what is believed from anywhere protects nobody."""
    try:
        ipaddress.ip_address(proxy or LOOPBACK)
    except ValueError:
        raise Refused(
            "{proxy} is not the address of a proxy, such as {example}.", proxy=proxy, example=LOOPBACK
        ) from None


def take_waiting_across(home: Home) -> None:
    """Take releases across that were decided when the program was last stopped half-way, as whoever decided them."""
    for username in _who_decided(home):
        try:
            taken = copy_waiting(replace(home, username=username))
        except Refused as refusal:
            note(f"A release waits to be taken across: {refusal}")
        else:
            note(f"Took {counted(taken, 'release')} across to the published store.") if taken else None
    left = len(_who_decided(home))
    if left:
        note("Releases wait to be taken across; `ia-workbench doctor` names them.")


def _who_decided(home: Home) -> list[str]:
    with privacy.unheld_session(home.engine(Store.EVIDENCE), reason="look for releases that wait") as session:
        return sorted({each.withdrawn_by or each.by for each in release.releases_to_copy(session)})


def serve_now(serving: Serving) -> None:
    """Serve with the function that the program was started with."""
    serve_with: Serve | None = click.get_current_context().find_root().meta.get(SERVE)
    if serve_with is None:
        raise Refused("This program was started without its pages, so it cannot serve.")
    serve_with(serving)


def trusted_hosts(host: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names to answer to beside this machine's own; warns when others can reach the host."""
    if is_loopback(host):
        return names
    if host in ANYWHERE and not names:
        raise Refused("To serve on every network of this machine, say its name with `--trust-host NAME`.")
    note(OPEN_TO_OTHERS.format(host=host))
    return names if host in ANYWHERE else (host, *names)


def is_loopback(host: str) -> bool:
    """Say whether a host can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def say_addresses(addresses: Addresses) -> None:
    """Print where the applications are."""
    if addresses.team:
        say(f"Team:      {addresses.team}")
    if addresses.community:
        say(f"Community: {addresses.community}")
    say("Stop with Ctrl+C.")
