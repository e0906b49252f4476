"""From a decision on a mark to the answer that updates the page: a talk of an hour with 400 marks, server time.

    python -m benchmarks.masking_screen

The decision is sent as the page's script sends it. Milliseconds are of the processor, median of twenty decisions and
the longest one. Target: under 100 ms.
"""

import io
import statistics
import tempfile
import time
from pathlib import Path

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from benchmarks.homes import RECORD, START, run, sign_in
from benchmarks.largest_text import text_of
from ia_workbench.app import team_app
from ia_workbench.config import load_settings
from ia_workbench.web.sessions import engine_of

SIZES = ((60_000, 400), (120_000, 800))  # characters and turns: one talk of an hour, and two
DECISIONS = 20


def main() -> None:
    """Measure and print."""
    print("| Words | Marks | Decision ms | Longest ms | Page ms | Page kB |\n|---:|---:|---:|---:|---:|---:|")
    for characters, turns in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            run(home, "demo", "--no-serve")
            app = team_app(load_settings({}, home=home, is_demo=True))
            _measure(app.test_client(), text_of(characters, turns))
            engine_of(app).dispose()


def _measure(client: FlaskClient, text: str) -> None:
    token = {"csrf_token": sign_in(client)}
    sent = {**RECORD, **token, "files": (io.BytesIO(text.encode()), "talk.txt")}
    waiting = str(client.post(START, data=sent).headers["Location"])
    accepted = client.post(f"{waiting}/accept", data={**RECORD, **token})
    address = str(accepted.headers["Location"]).partition("?")[0] + "/mask"
    client.post(f"{address}/propose", data=token)
    began = time.process_time()
    page = client.get(address)
    opened = time.process_time() - began
    marks = [str(each["id"])[2:] for each in BeautifulSoup(page.text, "html.parser").select("a.m")]
    chosen = marks[:: max(1, len(marks) // DECISIONS)][:DECISIONS]
    taken = [_decision(client, address, token, mark) for mark in chosen]
    print(
        f"| {len(text.split()):,} | {len(marks):,} | {1000 * statistics.median(taken):.0f} | {1000 * max(taken):.0f} "
        f"| {1000 * opened:.0f} | {len(page.data) // 1000:,} |",
        flush=True,
    )


def _decision(client: FlaskClient, address: str, token: dict[str, str], mark: str) -> float:
    began = time.process_time()
    fields = {**token, "mark": mark, "decision": "accept"}
    answer = client.post(f"{address}/decide", data=fields, headers={"Accept": "application/json"})
    if answer.status_code >= 400:
        raise SystemExit(f"{answer.status_code}: {answer.text[:300]}")
    return time.process_time() - began


if __name__ == "__main__":
    main()
