"""Serving, by the real program: two applications, two ports, one of them without any evidence store."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup

from ia_workbench.app import serve
from ia_workbench.cli import Addresses, Serving
from ia_workbench.cli.serving import is_loopback
from tests.cli.running import Workbench
from tests.cli.test_checkup import change


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
    status, _headers, text = asked_for(address, headers)
    return status, text


def asked_for(
    address: str, headers: dict[str, str], fields: dict[str, str] | None = None
) -> tuple[int, HTTPMessage, str]:
    """Return status, headers and text of an address, or of a form sent to it."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        if fields is None:
            connection.request("GET", parts.path, headers=headers)
        else:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", parts.path, urlencode(fields), headers | form)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()
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


def test_what_waits_is_taken_across_as_whoever_decided_it(demo: Workbench) -> None:
    asked(demo)
    change(
        demo, "evidence", "UPDATE release SET by = 'ines', copied_at = NULL WHERE id = (SELECT max(id) FROM release)"
    )
    change(
        demo, "evidence", "DELETE FROM membership WHERE account_id = (SELECT id FROM account WHERE username = 'ana')"
    )
    assert "Took 1 release across" in asked(demo)[1]
    assert asked(demo)[1] == ""
    change(demo, "evidence", "UPDATE release SET by = 'ben', copied_at = NULL WHERE id = (SELECT max(id) FROM release)")
    _, said = asked(demo)
    assert "A release waits to be taken across: Your role, analyst, may not do this" in said
    assert "`ia-workbench doctor` names them" in said


def test_the_demo_is_served_on_this_machine_alone(demo: Workbench) -> None:
    plans: list[Serving] = []
    demo("demo", "--port", "0", serve=plans.append)
    assert (plans[0].host, plans[0].settings.is_demo) == ("127.0.0.1", True)
    assert "No such option" in demo("demo", "--host", "192.0.2.1", status=2).err


# ------------------------------------------------------------------ behind a server that speaks HTTPS

PASSWORD = "fifteen letters and more"
NAME = "cedar.example"
BEHIND = ("serve", "--only", "team", "--port", "0", "--trust-host", NAME)


def passed_on(browser: str, proto: str = "https") -> dict[str, str]:
    """Return what a server before ours sends along; the browser itself claimed another address first."""
    return {"Host": NAME, "X-Forwarded-For": f"198.51.100.1, {browser}", "X-Forwarded-Proto": proto}


def sign_in(address: str, password: str, headers: dict[str, str], username: str = "ben") -> tuple[int, HTTPMessage]:
    """Send the sign-in form; returns status and headers."""
    cookie, token = form_of(address, headers, "form.fields")
    fields = {"username": username, "password": password, "csrf_token": token}
    status, given, _text = asked_for(f"{address}sign-in", headers | cookie, fields)
    return status, given


def form_of(address: str, headers: dict[str, str], where: str) -> tuple[dict[str, str], str]:
    """Open the sign-in page; returns its cookie and the token of a form."""
    _status, given, text = asked_for(f"{address}sign-in", headers)
    field = BeautifulSoup(text, "html5lib").select(f"{where} input[name=csrf_token]")[0]
    return {"Cookie": str(given["Set-Cookie"]).partition(";")[0]}, str(field["value"])


def test_behind_a_proxy_cookies_are_for_https_alone_and_a_closed_door_is_one_browsers_own(demo: Workbench) -> None:
    demo("user", "password", "ben", given=f"{PASSWORD}\n")
    with serving(demo.home, *BEHIND, "--behind-proxy") as (addresses, _process):
        team = addresses["team"]
        status, headers = sign_in(team, PASSWORD, passed_on("203.0.113.9"))
        assert (status, headers["Strict-Transport-Security"]) == (303, "max-age=31536000")
        name, _, rest = headers["Set-Cookie"].partition("=")
        assert name == "__Host-ia_evidence"
        assert {"Secure", "HttpOnly", "Path=/"} <= {each.strip() for each in rest.split(";")}
        assert "Domain" not in rest
        assert sign_in(team, PASSWORD, passed_on("203.0.113.9", "http"))[1]["Set-Cookie"].startswith("ia_evidence=")
        tried = [sign_in(team, "wrong", passed_on("203.0.113.9"), "nobody")[0] for _ in range(6)]
        assert tried == [403] * 5 + [429]
        assert sign_in(team, PASSWORD, passed_on("203.0.113.9"))[0] == 429
        assert sign_in(team, PASSWORD, passed_on("203.0.113.10"))[0] == 303


@pytest.mark.parametrize("option", [(), ("--behind-proxy", "192.0.2.7")], ids=["no proxy", "another proxy"])
def test_what_anyone_else_claims_of_a_request_is_not_believed(demo: Workbench, option: tuple[str, ...]) -> None:
    demo("user", "password", "ben", given=f"{PASSWORD}\n")
    with serving(demo.home, *BEHIND, *option) as (addresses, _process):
        team = addresses["team"]
        status, headers = sign_in(team, PASSWORD, passed_on("203.0.113.9"))
        assert (status, headers["Strict-Transport-Security"]) == (303, None)
        assert headers["Set-Cookie"].startswith("ia_evidence=")
        assert "Secure" not in headers["Set-Cookie"]
        tried = [sign_in(team, "wrong", passed_on(f"203.0.113.{each}"), f"nobody-{each}")[0] for each in range(6)]
        assert tried == [403] * 5 + [429]


def test_a_proxy_is_one_address(demo: Workbench) -> None:
    plan, _said = asked(demo, "--behind-proxy", "--trust-host", NAME)
    assert plan.proxy == "127.0.0.1"
    assert asked(demo, "--behind-proxy", "2001:db8::7")[0].proxy == "2001:db8::7"
    assert asked(demo)[0].proxy is None
    for odd in ("*", "proxy.example", "192.0.2.0/24"):
        assert "is not the address of a proxy" in demo.refused("serve", "--behind-proxy", odd)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Proto"])
def test_one_click_sign_in_is_for_a_browser_on_this_machine_and_not_for_one_that_is_passed_on(
    demo: Workbench, header: str
) -> None:
    with serving(demo.home, "demo", "--port", "0") as (addresses, _process):
        team = addresses["team"]
        cookie, token = form_of(team, {}, "ul.people")
        fields = {"username": "ben", "csrf_token": token}
        assert "carla" not in asked_for(f"{team}sign-in", {header: "203.0.113.9"})[2]
        assert asked_for(f"{team}sign-in/demo", cookie | {header: "203.0.113.9"}, fields)[0] == 404
        assert asked_for(f"{team}sign-in/demo", cookie, fields)[0] == 303


def test_what_this_machine_alone_can_reach() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.8.9.1", "::1", "localhost"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "::", "192.0.2.1", "cedar.example", ""))  # noqa: S104
