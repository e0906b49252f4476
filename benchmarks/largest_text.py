"""How long the server needs for the largest text that one source may hold, and how long it keeps others from writing.

Makes a home of its own in a temporary folder. Every page and act goes through the application, without a browser. Time
is that of the processor, so that other programs on the machine count little; the store is held from the moment a
request may write until it is stored. `--marks` proposes identifiers too, which takes some minutes with the model.
"""

import io
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from benchmarks.homes import RECORD, START, run, sign_in
from ia_workbench.app import team_app
from ia_workbench.config import load_settings
from ia_workbench.web.sessions import engine_of

LONGEST, MOST = 3_000_000, 20_000  # characters and turns of one source
SAID = ["the", "visit", "form", "opens", "at", "nine", "and", "my", "shift", "ends", "so", "we", "went", "home"]
NAMED = ["Maria Lopez", "555-0142", "March 3", "12 Oak Street", "Dr. Chen", "Springfield", "Tyler", "Judge Brown"]
EVERY = 25  # words one is a name, as in talk that tells of people: 400 in an hour


class Held:
    """The longest time that a store was held for writing, in seconds of the processor."""

    def __init__(self, engine: Engine) -> None:
        """Listen to an engine from now on."""
        self._began: dict[int, float] = {}
        self.longest = 0.0
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "commit", self._end)
        event.listen(engine, "rollback", self._end)

    def _begin(self, connection: Any) -> None:
        if connection.get_execution_options().get("writes"):
            self._began[id(connection)] = time.process_time()

    def _end(self, connection: Any) -> None:
        began = self._began.pop(id(connection), None)
        if began is not None:
            self.longest = max(self.longest, time.process_time() - began)


def main() -> None:
    """Measure and print."""
    print("| Characters | Turns | What | Server s | Store held s | Answer kB |\n|---:|---:|---|---:|---:|---:|")
    for share in (0.1, 1.0):
        _measure(int(LONGEST * share), int(MOST * share), with_marks="--marks" in sys.argv)


def _measure(characters: int, turns: int, *, with_marks: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        run(home, "demo", "--no-serve")
        app = team_app(load_settings({}, home=home, is_demo=True))
        client, held = app.test_client(), Held(engine_of(app))
        text = text_of(characters, turns)
        for what, answer, seconds in _acts(client, text, with_marks=with_marks):
            size = len(answer.data) // 1000
            print(f"| {len(text):,} | {turns:,} | {what} | {seconds:.2f} | {held.longest:.2f} | {size:,} |", flush=True)
            held.longest = 0.0
        engine_of(app).dispose()


def _acts(client: FlaskClient, text: str, *, with_marks: bool) -> Iterator[tuple[str, Any, float]]:
    token = {"csrf_token": sign_in(client)}

    def timed(what: str, method: str, path: str, **sent: Any) -> tuple[str, Any, float]:
        began = time.process_time()
        answer = client.open(path, method=method, **sent)
        if answer.status_code >= 400:
            raise SystemExit(f"{what}: {answer.status_code}")
        return what, answer, time.process_time() - began

    sent = {**RECORD, **token, "files": (io.BytesIO(text.encode()), "largest.txt")}
    read = timed("read, turns found, left to wait", "POST", START, data=sent)
    yield read
    waiting = str(read[1].headers["Location"])
    yield timed("page of the file that waits, every turn", "GET", f"{waiting}?all=1")
    yield timed("its report", "GET", f"{waiting}/fidelity")
    accepted = timed("taken in and indexed", "POST", f"{waiting}/accept", data={**RECORD, **token})
    yield accepted
    source = str(accepted[1].headers["Location"]).partition("?")[0]
    yield timed("report of the source", "GET", f"{source}/fidelity")
    yield timed("page to read and code", "GET", f"{source}/code")
    form = timed("form that corrects the whole text", "GET", f"{source}/correct?whole=1")
    yield form
    seen = [each["value"] for each in BeautifulSoup(form[1].text, "html.parser").select("input[name=seen]")]
    corrected = {**token, "words": text.replace("shift", "shifts", 500), "seen": seen[0]}
    yield timed("500 words corrected, indexed", "POST", f"{source}/correct", data=corrected)
    if with_marks:
        yield timed("identifiers proposed", "POST", f"{source}/mask/propose", data=token)
        yield timed("page to mask", "GET", f"{source}/mask")


def text_of(characters: int, turns: int) -> str:
    """Make talk of that many characters, or a few less, in that many turns."""
    room = characters // turns - len("WORKER: .\n")
    said, named = cycle(SAID), cycle(NAMED)

    def words() -> str:
        found, length = [], 0
        while length < room - 16:
            found.append(next(named) if next(counter) % EVERY == 0 else next(said))
            length += len(found[-1]) + 1
        return " ".join(found)

    counter = count()
    return "\n".join(f"{'PARENT' if turn % 2 else 'WORKER'}: {words()}." for turn in range(turns))


if __name__ == "__main__":
    main()
