"""Serving, by the real program: two applications, two ports, one of them without any evidence store."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ia_workbench.app import serve
from ia_workbench.cli import Addresses, Serving
from ia_workbench.cli.serving import is_loopback
from tests.cli.running import Workbench


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[tuple[dict[str, str], subprocess.Popen[str]]]:
    """Start the program, wait until it listens, and offer its addresses; it must stop cleanly on Ctrl+C."""
    command = [sys.executable, "-m", "ia_workbench", "--home", str(home), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    addresses: dict[str, str] = {}
    try:
        assert process.stdout is not None
        for line in process.stdout:
            name, sign, address = line.strip().partition(": ")
            if sign and address.strip().startswith("http"):
                addresses[name.lower()] = address.strip()
            if "Ctrl+C" in line:
                break
        yield addresses, process
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, "")
    finally:
        process.kill()
        process.communicate()


def answer(address: str, **headers: str) -> tuple[int, str]:
    """Return status and text of an address."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request("GET", parts.path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_both_applications_are_served_and_stop_on_ctrl_c(demo: Workbench) -> None:
    with serving(demo.home, "serve", "--port", "0", "--community-port", "0") as (addresses, _process):
        assert addresses.keys() == {"team", "community"}
        for address in addresses.values():
            assert address.startswith("http://127.0.0.1:")
            status, page = answer(f"{address}sign-in")
            assert (status, "<h1" in page) == (200, True)
            assert "one click" not in page.lower()
            assert answer(f"{address}sign-in", Host="evil.example")[0] == 400


def test_the_demo_serves_with_its_people(demo: Workbench) -> None:
    with serving(demo.home, "demo", "--port", "0") as (addresses, _process):
        assert "carla" in answer(f"{addresses['team']}sign-in")[1]
        assert "rosa" in answer(f"{addresses['community']}sign-in")[1]


def test_the_community_is_served_where_there_is_no_evidence_store(demo: Workbench, tmp_path: Path) -> None:
    home = tmp_path / "there"
    home.mkdir()
    shutil.copy(demo.home / "published.sqlite3", home)
    arguments = ("serve", "--only", "community", "--community-port", "0")
    with serving(home, *arguments) as (addresses, _process):
        assert addresses.keys() == {"community"}
        assert answer(f"{addresses['community']}sign-in")[0] == 200
        assert not list(home.glob("evidence*"))
        assert not (home / "search-index").exists()
    assert {path.name for path in home.iterdir()} == {"published.sqlite3"}
    assert "evidence store" in Workbench(home).refused("serve", "--only", "team")


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that something listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_refused_in_a_sentence(demo: Workbench, taken_port: int) -> None:
    for command in (("serve", "--port", "0", "--community-port", taken_port), ("demo", "--port", taken_port)):
        sentence = demo.refused(*command, serve=serve)
        assert f"Port {taken_port}" in sentence
        assert "in use" in sentence


def test_a_demo_whose_port_is_taken_makes_nothing(tmp_path: Path, taken_port: int) -> None:
    Workbench(tmp_path / "demo").refused("demo", "--port", taken_port)
    assert not (tmp_path / "demo").exists()


def test_an_address_that_is_not_this_machine_s_is_refused(demo: Workbench) -> None:
    for host in ("203.0.113.7", "no.such.host.invalid"):
        assert host in demo.refused("serve", "--host", host, "--port", 0, "--community-port", 0, serve=serve)


def asked(demo: Workbench, *options: str) -> tuple[Serving, str]:
    """Return what the program would serve, and what it says on stderr."""
    plans: list[Serving] = []
    ran = demo("serve", *options, serve=plans.append)
    return plans[0], ran.err


def test_only_this_machine_is_served_unless_someone_says_so(demo: Workbench) -> None:
    plan, said = asked(demo)
    assert (plan.host, plan.team_port, plan.community_port, plan.trusted_hosts) == ("127.0.0.1", 5000, 5001, ())
    assert (said, plan.settings.is_demo) == ("", False)
    plan, said = asked(demo, "--host", "192.0.2.1", "--only", "team")
    assert (plan.trusted_hosts, plan.community_port) == (("192.0.2.1",), None)
    assert "not encrypted" in said
    assert "--trust-host" in demo.refused("serve", "--host", "0.0.0.0")  # noqa: S104 - refused is what is tested
    plan, said = asked(demo, "--host", "0.0.0.0", "--trust-host", "cedar.example")  # noqa: S104
    assert plan.trusted_hosts == ("cedar.example",)
    plan.announce(Addresses("http://a/", None))


def test_the_demo_is_served_on_this_machine_alone(demo: Workbench) -> None:
    plans: list[Serving] = []
    demo("demo", "--port", "0", serve=plans.append)
    assert (plans[0].host, plans[0].settings.is_demo) == ("127.0.0.1", True)
    assert "No such option" in demo("demo", "--host", "192.0.2.1", status=2).err


def test_what_this_machine_alone_can_reach() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.8.9.1", "::1", "localhost"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "::", "192.0.2.1", "cedar.example", ""))  # noqa: S104
