"""The program as a process of its own, spoken to by HTTP, stopped by force and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup

BOUNDARY = "----a-part-of-a-form"
LONGEST_START = 60.0  # seconds, on a machine that does other things too


@dataclass
class Program:
    """`ia-workbench serve` over a home: its process, its address, and the cookie of whoever signed in.

    `before` goes before the command, such as `prlimit`; `temporary` is its folder for temporary files.
    """

    home: Path
    temporary: Path
    before: Sequence[str] = ()
    process: "subprocess.Popen[str] | None" = None
    address: str = ""
    cookie: str = ""
    helpers: set[int] = field(default_factory=set)

    def start(self) -> None:
        """Start the program and wait until it listens."""
        self.temporary.mkdir(exist_ok=True)
        command = [*self.before, sys.executable, "-m", "ia_workbench", "--home", str(self.home), "demo", "--port", "0"]
        environment = {**os.environ, "TMPDIR": str(self.temporary)}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            name, _sign, address = line.strip().partition(": ")
            if name == "Team":
                self.address = address.strip()
            if "Ctrl+C" in line:
                return
        raise AssertionError("the program did not start")

    def kill(self) -> None:
        """End the program at once, as a lost power supply does; what it started must end by itself."""
        assert self.process is not None
        self.helpers |= children_of(self.process.pid)
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> None:
        """End the program as a person does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.communicate(timeout=LONGEST_START)
            except subprocess.TimeoutExpired:
                self.kill()

    def helpers_left(self) -> set[int]:
        """Return which processes that a killed program had started still live, after some seconds' patience."""
        end = time.monotonic() + 20
        while (left := {each for each in self.helpers if is_alive(each)}) and time.monotonic() < end:
            time.sleep(0.1)
        return left

    # ---------------------------------------------------------------- speaking to it

    def sign_in(self, username: str) -> None:
        """Sign in by the button of the demo."""
        token = self.token("/sign-in")
        answer, _ = self.ask("POST", "/sign-in/demo", {"username": username, "csrf_token": token})
        assert answer.status == 303, answer.status
        self._take_cookies(answer)

    def token(self, path: str) -> str:
        """Return the token of the forms on a page."""
        found = BeautifulSoup(self.page(path), "html.parser").find("input", attrs={"name": "csrf_token"})
        assert found is not None
        return str(found["value"])

    def page(self, path: str) -> str:
        """Return a page that must be there."""
        answer, body = self.ask("GET", path)
        self._take_cookies(answer)
        assert answer.status == 200, (path, answer.status)
        return body

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[HTTPResponse, str]:
        """Ask for an address, or send a form to it."""
        body = urlencode(fields).encode() if fields is not None else None
        return self._answer(method, path, body, "application/x-www-form-urlencoded")

    def bring(self, path: str, fields: dict[str, str], files: Sequence[tuple[str, bytes]]) -> tuple[HTTPResponse, str]:
        """Send a form with files."""
        return self._answer("POST", path, form_of(fields, files), f"multipart/form-data; boundary={BOUNDARY}")

    def bring_part(self, path: str, fields: dict[str, str], files: Sequence[tuple[str, bytes]]) -> None:
        """Begin to send a form with files, and go away in the middle."""
        body = form_of(fields, files)
        connection = self._connection()
        connection.putrequest("POST", path)
        for name, value in self._headers(f"multipart/form-data; boundary={BOUNDARY}").items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        connection.send(body[: len(body) // 2])
        connection.close()

    def leave(self, method: str, path: str, fields: dict[str, str] | None = None) -> None:
        """Ask for something whole, and go away before the answer."""
        connection = self._connection()
        body = urlencode(fields).encode() if fields is not None else None
        connection.request(method, urlsplit(path).path, body, self._headers("application/x-www-form-urlencoded"))
        connection.close()

    def _answer(self, method: str, path: str, body: bytes | None, kind: str) -> tuple[HTTPResponse, str]:
        connection = self._connection()
        try:
            connection.request(method, urlsplit(path).path, body, self._headers(kind))
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.address)
        return HTTPConnection(parts.hostname or "", parts.port, timeout=LONGEST_START)

    def _headers(self, kind: str) -> dict[str, str]:
        parts = urlsplit(self.address)
        headers = {"Cookie": self.cookie, "Content-Type": kind, "Origin": f"{parts.scheme}://{parts.netloc}"}
        return {name: value for name, value in headers.items() if value}

    def _take_cookies(self, answer: HTTPResponse) -> None:
        given = [each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or []]
        known = dict(each.split("=", 1) for each in [*self.cookie.split("; "), *given] if "=" in each)
        self.cookie = "; ".join(f"{name}={value}" for name, value in known.items())


def form_of(fields: dict[str, str], files: Sequence[tuple[str, bytes]]) -> bytes:
    """Write a form with files as browsers send it."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    for name, content in files:
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content)
    return b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()


@contextmanager
def running(program: Program) -> Iterator[Program]:
    """Run the program while the block runs, and end it whatever happens."""
    program.start()
    try:
        yield program
    finally:
        program.stop()


def children_of(process: int) -> set[int]:
    """Return the processes that a process started, and those that they did (Linux)."""
    found: set[int] = set()
    for each in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            started = {int(number) for number in each.read_text().split()}
            found |= started.union(*map(children_of, started)) if started else set()
    return found


def is_alive(process: int) -> bool:
    """Say whether a process runs; one that ended and was not fetched yet does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}
