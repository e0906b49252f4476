"""How long the server takes to open a source to code, and to take one coding more.

Makes a home of its own in a temporary folder, fills it with generated text and codings, and asks the team application
through its test client: routing, access, queries, rendering and commit are in the figures, the network and the browser
are not. Prints medians in milliseconds. `python -m benchmarks.coding_screen --quick` leaves out the largest.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from ia_workbench import codebook, corpus, privacy
from ia_workbench.codebook import CodebookFile, CodeEntry
from ia_workbench.config import load_settings
from ia_workbench.corpus import ConsentScope, Revision, SourceKind, SourceRecord
from ia_workbench.database import Store, bring_up_to_date, open_engine
from ia_workbench.privacy import Actor
from ia_workbench.web import create_team_app
from tests.support.many_codings import Put, put_codings

SIZES = {"5 kB": 5_000, "50 kB": 50_000, "350 kB (60,000 words)": 350_000, "1 MB": 1_000_000}
CODINGS = (0, 2_000, 10_000)
PASSWORD = "only for this benchmark"  # noqa: S105 - of a home that is thrown away
SAID = "the visit form opens at nine and my shift ends at three so I ask her for a slot after four mañana"


@dataclass
class Bench:
    """A signed-in client on a home that holds one study."""

    client: FlaskClient
    token: str
    actor: Actor
    opened: Callable[[], Session]


def main() -> None:
    """Measure every size with every number of codings and print one line for each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9, help="how often each thing is measured (default 9)")
    options.add_argument("--quick", action="store_true", help="leave out 1 MB and 10,000 codings")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ia-benchmark-") as folder:
        bench = _bench(Path(folder))
        print(f"{'text':<24}{'turns':>7}{'codings':>9}{'page kB':>9}{'open ms':>9}{'code ms':>9}")
        for label, size in SIZES.items():
            for codings in CODINGS:
                if not (chosen.quick and (size == SIZES["1 MB"] or codings == max(CODINGS))):
                    _measure(bench, label, size, codings, chosen.rounds)


def _measure(bench: Bench, label: str, size: int, codings: int, rounds: int) -> None:
    key = f"INT-{list(SIZES).index(label) * 100 + CODINGS.index(codings)}"
    with bench.opened() as session, session.begin():
        revision, turns = _source(session, bench.actor, key, size)
        _codings(session, bench.actor, revision, codings)
        number, words = revision.length, corpus.text_of(session, revision)
    page = f"/s/bench/sources/{key}/code"
    bench.client.get(page)  # templates are compiled once
    opening = [_timed(lambda: bench.client.get(page)) for _ in range(rounds)]
    adding = [_timed(lambda each=each: _add(bench, key, words, number, each)) for each in range(rounds)]  # type: ignore[misc]
    size_kb = len(bench.client.get(page).data) // 1000
    figures = f"{statistics.median(opening):>9.0f}{statistics.median(adding):>9.1f}"
    print(f"{label:<24}{turns:>7}{codings:>9}{size_kb:>9}{figures}", flush=True)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _add(bench: Bench, key: str, text: str, length: int, each: int) -> None:
    start = length * 9 // 10 + each  # near the end, where a text that had to be read through would be slowest
    fields = {
        "revision": 1,
        "start": start,
        "end": start + 60,
        "quote": text[start : start + 60],
        "code": "code-7",
        "request": f"{key}-{each}",
    }
    headers = {"Accept": "application/json", "X-CSRF-Token": bench.token}
    answer = bench.client.post(f"/s/bench/sources/{key}/codings", json=fields, headers=headers)
    assert answer.status_code == 201, answer.text


def _bench(folder: Path) -> Bench:
    settings = load_settings({}, home=folder)
    engines = {}
    for store in Store:
        engines[store] = open_engine(f"sqlite:///{folder / f'{store}.sqlite3'}")
        bring_up_to_date(engines[store], store)
    evidence = engines[Store.EVIDENCE]
    with privacy.unheld_session(evidence, reason="make the benchmark's lead", writes=True) as session, session.begin():
        privacy.make_first_lead(session, "bench")
        lead = privacy.actor_for(session, Store.EVIDENCE, "bench")
        privacy.set_password(session, lead, username="bench", hashed=privacy.hash_password(PASSWORD))
        privacy.create_study(session, lead, key="bench", title="Bench", question="?", site="Nowhere", settings={})
        lead = privacy.actor_for(session, Store.EVIDENCE, "bench")
        (study_id,) = lead.study_ids
        codebook.import_codebook(session, lead, study_id=study_id, file=_codebook())
    client = create_team_app(settings, evidence, engines[Store.PUBLISHED]).test_client()
    token = _sign_in(client)
    return Bench(client, token, lead, lambda: privacy.session_for(evidence, lead, writes=True))


def _codebook() -> CodebookFile:
    codes = [CodeEntry(f"code-{number}", f"Code {number}", color=number % 12 + 1) for number in range(40)]
    return CodebookFile("Bench", codes=tuple(codes))


def _sign_in(client: FlaskClient) -> str:
    page = client.get("/sign-in").text
    form = {"csrf_token": _token(page, 'name="csrf_token" value="'), "username": "bench", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    return _token(client.get("/studies").text, 'name="csrf_token" value="')


def _token(page: str, before: str) -> str:
    start = page.index(before) + len(before)
    return page[start : page.index('"', start)]


def _source(session: Session, actor: Actor, key: str, size: int) -> tuple[Revision, int]:
    """Import a generated interview of about `size` bytes, and return its revision and number of turns."""
    chance = random.Random(size)  # noqa: S311 - the same text every time
    lines, length = [], 0
    while length < size:
        speaker = "INTERVIEWER" if len(lines) % 2 else "PARENT"
        words = chance.randint(3, 12) if len(lines) % 2 else chance.randint(20, 160)
        said = " ".join(chance.choices(SAID.split(), k=words))
        lines.append(f"{speaker}: {said}.")
        length += len(lines[-1]) + 1
    text = "\n".join(lines) + "\n"
    file = corpus.read_file(f"{key}.txt", f"{key}\n".encode() + text.encode())
    record = SourceRecord(
        key=key, title="Generated", kind=SourceKind.INTERVIEW, standpoint="parent", consent=ConsentScope.ANALYSIS_ONLY
    )
    (study_id,) = actor.study_ids
    found = corpus.find_turns(file.text)
    source = corpus.import_source(session, actor, study_id=study_id, record=record, file=file, found=found)
    return corpus.newest_revision(session, source), len(found.turns)


def _codings(session: Session, actor: Actor, revision: Revision, count: int) -> None:
    """Give `count` stretches of the text a code, straight into the tables; they overlap here and there."""
    if not count:
        return
    text, chance = corpus.text_of(session, revision), random.Random(count)  # noqa: S311 - the same places every time
    codes = codebook.codes(session, revision.study_id)
    places: set[tuple[int, int]] = set()
    while len(places) < count:
        start = chance.randrange(len(text) - 300)
        places.add((start, start + chance.randint(20, 300)))
    given = (Put(start, end, text[start:end], chance.choice(codes), actor.account_id) for start, end in sorted(places))
    put_codings(session, revision, given)
    session.flush()  # the page counts them


if __name__ == "__main__":
    main()
