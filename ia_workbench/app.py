"""Wires the program: hands the commands the two applications they may serve."""

import errno
import gc
import logging
import signal
import sys
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from ia_workbench import cli, search
from ia_workbench.cli import Addresses, Serving
from ia_workbench.config import Settings
from ia_workbench.database import open_engine
from ia_workbench.kernel import Refused
from ia_workbench.web import create_community_app, create_team_app

THREADS = 8  # for each application
MADE_BEFORE_A_LOOK = 10_000  # objects, more than a request makes: Python's own 700 means several looks in each
FROM_A_PROXY = frozenset({"x-forwarded-for", "x-forwarded-proto"})  # what is believed of a request, and nothing else


def main() -> None:
    """Run the command line."""
    cli.run(serve=serve)


def team_app(settings: Settings) -> Flask:
    """Make the team application on the stores that the settings name; its index follows the evidence store."""
    if settings.evidence_url is None:
        raise Refused("This home has no evidence store, so there are no pages for a team.")
    evidence = open_engine(settings.evidence_url)
    search.follow(evidence, search.SearchIndex(settings.index_folder))
    return create_team_app(settings, evidence, open_engine(settings.published_url))


def community_app(settings: Settings) -> Flask:
    """Make the community application; it is given the published store and nothing else."""
    return create_community_app(settings, open_engine(settings.published_url))


def serve(serving: Serving) -> None:
    """Serve one or both applications in this process until it is told to stop; refuses a port that is taken."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that a request waited a moment is no news
    sockets: dict[int, Any] = {}  # of both servers: one loop waits for all
    servers: list[Any] = []
    addresses: dict[str, str] = {}
    readers: list[Any] = []  # what reads, in the background, the files that were brought
    try:
        for name, make, port in (
            ("team", team_app, serving.team_port),
            ("community", community_app, serving.community_port),
        ):
            if port is not None:
                app = _trusting(make(serving.settings), serving)
                server = _listen(app, serving, port, sockets)
                readers += [app.extensions["ia_batches"]] if name == "team" else []
                servers.append(server)
                addresses[name] = f"http://{_shown(serving.host)}:{server.effective_port}/"
        _pass_over_what_stays()
        _stop_when_told()
        for reader in readers:
            reader.start()
        serving.announce(Addresses(addresses.get("team"), addresses.get("community")))
        sys.stdout.flush()
        if servers:
            servers[0].run()  # its loop waits on the sockets of both
    except KeyboardInterrupt:
        pass
    finally:
        for reader in readers:
            reader.stop()
        for server in servers:
            server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets, ignore_all=True)


def _trusting(app: Flask, serving: Serving) -> Flask:
    app.config["TRUSTED_HOSTS"] = [*app.config["TRUSTED_HOSTS"], *serving.trusted_hosts]
    return app


def _listen(app: Flask, serving: Serving, port: int, sockets: dict[int, Any]) -> Any:
    host, forwarded = serving.host, _forwarded(serving.proxy)
    try:
        return create_server(app, map=sockets, host=host, port=port, threads=THREADS, ident=None, **forwarded)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                "Port {port} of {host} is in use. Stop what uses it, or choose another port.", port=port, host=host
            ) from None
        raise Refused(
            "{host} port {port} cannot be served on: {why}.", host=host, port=port, why=error.strerror
        ) from None
    except ValueError:
        raise Refused("{host} is not an address of this machine.", host=host) from None


def _forwarded(proxy: str | None) -> dict[str, Any]:
    """Believe what the proxy says of where a request came from; without one, believe nobody.

    Without one the headers are left where they are: nothing reads them, but the demo sees that it is not alone.
    """
    if proxy is None:
        return {"clear_untrusted_proxy_headers": False}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": FROM_A_PROXY,
        "clear_untrusted_proxy_headers": True,
    }


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _pass_over_what_stays() -> None:
    """Spare Python's collector what was made to last: looking through it took a tenth of a second, during requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BEFORE_A_LOOK, *gc.get_threshold()[1:])


def _stop_when_told() -> None:
    """Take Ctrl+C and a request to end alike, even where a shell has started us with Ctrl+C ignored."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
