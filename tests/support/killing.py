"""A server of the team application that is killed time and again, and people who go on coding all the same."""

import http.client
import json
import multiprocessing
import socket
import threading
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from ia_workbench import privacy
from ia_workbench.config import load_settings
from ia_workbench.database import Store, open_engine
from ia_workbench.kernel import utc_now
from ia_workbench.web import create_team_app
from tests.support.homes import Home
from tests.support.serving import QuietHandler

LONGEST = 60.0  # seconds that anything here may take
Place = tuple[int, int]


class Dice:
    """Numbers that look thrown and are the same each time."""

    def __init__(self, seed: str) -> None:
        self._state = zlib.crc32(seed.encode())

    def below(self, many: int) -> int:
        """Return a number from 0 to below `many`."""
        self._state = (self._state * 1_103_515_245 + 12_345) % 2**31
        return (self._state >> 8) % many

    def choice(self, some: Sequence[Any]) -> Any:
        """Return one of several."""
        return some[self.below(len(some))]


def serve_team(folder: str, port: int) -> None:
    """Serve a home's team application; ends when the process is killed."""
    settings = load_settings({}, home=Path(folder))
    engines = [open_engine(f"sqlite:///{folder}/{name}.sqlite3") for name in ("evidence", "published")]
    app = create_team_app(settings, *engines)
    make_server("127.0.0.1", port, app, threaded=True, request_handler=QuietHandler).serve_forever()


class Mortal:
    """The server. Starting it is quick: what it needs is imported once, in a process that is never killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.support.killing"])
        self._process: BaseProcess | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]

    def start(self) -> None:
        """Start the server and wait until it listens."""
        self._process = self._context.Process(target=serve_team, args=(str(self._folder), self.port), daemon=True)
        self._process.start()
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError("the server does not start")

    def kill(self) -> None:
        """Kill the server where it stands, without a word."""
        if self._process is not None:
            self._process.kill()
            self._process.join(LONGEST)


@dataclass
class Coder(threading.Thread):
    """Someone who codes over HTTP until told to stop, and sends again what got no answer, as the reading page does.

    `acknowledged` are the names of the acts that were answered; `there` is where each of their codings must stand.
    """

    home: Home
    port: int
    who: str
    first: int  # of the code points that are theirs to code, so that no two codings are at one place
    address: str
    text: str
    codes: list[str]
    acknowledged: list[str] = field(default_factory=list)
    there: dict[str, Place] = field(default_factory=dict)
    tries: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._stop_wanted = threading.Event()
        self._dice = Dice(self.who)
        self._done: list[tuple[str, Place | None, Place | None]] = []
        actor = self.home.actor(self.who)
        engine = self.home.evidence
        with privacy.session_for(engine, actor, writes=True) as session, session.begin():  # now, not at the home's time
            account = privacy.account_named(session, Store.EVIDENCE, self.who)
            token = privacy.open_sign_in(session, Store.EVIDENCE, account)
        with self.home.unheld(Store.EVIDENCE, writes=False) as session:
            found = privacy.signed_in_by(session, Store.EVIDENCE, token, utc_now())
        assert found is not None
        self._headers = {
            "Cookie": f"ia_evidence={token}",
            "X-CSRF-Token": found.csrf_token,
            "Content-Type": "application/json",
            "Accept": "application/json",
        }

    # threads are told apart by identity, not by what they hold
    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Code, resize, remove and undo until stopped; the act at hand is seen through."""
        while not self._stop_wanted.is_set():
            kind = self._dice.choice(["apply", "apply", "apply", "resize", "remove", "undo"])
            if kind == "apply" or (kind != "undo" and not self.there) or (kind == "undo" and not self._done):
                self._apply()
            elif kind == "undo":
                self._undo()
            else:
                self._change(kind)

    def stop(self) -> None:
        """Stop after the act at hand."""
        self._stop_wanted.set()
        self.join(LONGEST)

    def _apply(self) -> None:
        place = (self.first, self.first + 2 + self._dice.below(3))
        self.first += 1
        fields = self._place(place) | {"code": self._dice.choice(self.codes)}
        made = self._send("/codings", fields)
        self._note(made["guid"], None, place)

    def _place(self, place: Place) -> dict[str, Any]:
        return {"revision": 1, "start": place[0], "end": place[1], "quote": self.text[place[0] : place[1]]}

    def _change(self, kind: str) -> None:
        guid = self._dice.choice(sorted(self.there))
        before = self.there[guid]
        if kind == "remove":
            self._send(f"/codings/{guid}/remove", {})
            self._note(guid, before, None)
        else:
            lengths = {2, 3, 4, 5} - {before[1] - before[0]}
            after = (before[0], before[0] + self._dice.choice(sorted(lengths)))
            self._send(f"/codings/{guid}/resize", self._place(after) | {"version": self._version(guid), "after": 0})
            self._note(guid, before, after)

    def _version(self, guid: str) -> int:
        columns = self._ask("GET", "/marks.json", None)["marks"]
        version: int = columns["version"][columns["guid"].index(guid)]
        return version

    def _undo(self) -> None:
        self._send("/undo", {"after": 0})
        guid, before, _after = self._done.pop()
        self._stand(guid, before)

    def _note(self, guid: str, before: Place | None, after: Place | None) -> None:
        self._done.append((guid, before, after))
        self._stand(guid, after)

    def _stand(self, guid: str, place: Place | None) -> None:
        if place is None:
            self.there.pop(guid)
        else:
            self.there[guid] = place

    def _send(self, address: str, fields: dict[str, Any]) -> Any:
        """Send an act until it is answered, always under one name."""
        name = f"{self.who}-{len(self.acknowledged)}"
        answer = self._ask("POST", address, fields | {"request": name})
        self.acknowledged.append(name)
        return answer

    def _ask(self, method: str, address: str, fields: dict[str, Any] | None) -> Any:
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            self.tries += 1
            try:
                return self._once(method, address, fields)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise TimeoutError(f"{self.who} got no answer")

    def _once(self, method: str, address: str, fields: dict[str, Any] | None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = None if fields is None else json.dumps(fields)
            connection.request(method, self.address + address, body, self._headers)
            response = connection.getresponse()
            told = response.read()
        finally:
            connection.close()
        if response.status == 404 and address.endswith("/remove"):
            return None  # it was removed, and the answer was lost
        assert response.status < 300, (self.who, address, fields, response.status, told)
        return json.loads(told) if told else None
