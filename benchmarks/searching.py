"""How long a search takes, on the invented study or on a generated one of many sources.

Makes a home of its own in a temporary folder and asks through the session of a member, so that the index, the reading
of every hit through the session and the cutting out of words are in the figures; pages are not. Prints medians in
milliseconds. `python benchmarks/searching.py --quick` leaves out the generated study.
"""

import argparse
import random
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy, search
from ia_workbench.cli import program
from ia_workbench.corpus import ConsentScope, SourceKind, SourceRecord
from ia_workbench.database import Store, bring_up_to_date, open_engine
from ia_workbench.privacy import Actor
from ia_workbench.search import SearchIndex

DEMO = {"rare word": "saturday", "common word": "the", "phrase": '"the form"', "beginning": "visit*"}
GENERATED = {"rare word": "thermostat", "common word": "the", "phrase": '"the visit form"', "beginning": "sh*"}
SOURCES, TURNS = 180, 130
SAID = "the visit form opens at nine and my shift ends at three so I ask her for a slot after four mañana"
RARE = 1 / 400  # of the turns


def main() -> None:
    """Measure every kind of question on every study and print one line for each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15, help="how often each thing is measured (default 15)")
    options.add_argument("--quick", action="store_true", help="leave out the generated study")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ia-benchmark-") as folder:
        print(f"{'study':<14}{'question':<14}{'turns':>8}{'median ms':>12}")
        _measure("demo", *_demo(Path(folder) / "demo"), DEMO, chosen.rounds)
        if not chosen.quick:
            _measure(f"{SOURCES} sources", *_generated(Path(folder)), GENERATED, chosen.rounds)


def _measure(
    label: str, evidence: Engine, index: SearchIndex, lead: Actor, questions: dict[str, str], rounds: int
) -> None:
    (study_id,) = lead.study_ids
    for name, words in questions.items():
        took, total = [], 0
        for _ in range(rounds):
            with privacy.session_for(evidence, lead) as session:
                found = search.search(session, index, study_id, words)
                took, total = [*took, found.took_ms], found.total
        print(f"{label:<14}{name:<14}{total:>8}{statistics.median(took):>12.0f}", flush=True)


def _demo(folder: Path) -> tuple[Engine, SearchIndex, Actor]:
    made = CliRunner().invoke(program, ["--home", str(folder), "demo", "--no-serve"])
    assert made.exit_code == 0, made.output
    evidence = open_engine(f"sqlite:///{folder / 'evidence.sqlite3'}")
    with privacy.unheld_session(evidence, reason="find the demo's lead") as session:
        lead = privacy.actor_for(session, Store.EVIDENCE, "ana")
    return evidence, SearchIndex(folder / "search-index"), lead


def _generated(folder: Path) -> tuple[Engine, SearchIndex, Actor]:
    """Make a study of generated interviews in a store and an index of its own."""
    evidence = open_engine(f"sqlite:///{folder / 'evidence.sqlite3'}")
    bring_up_to_date(evidence, Store.EVIDENCE)
    with privacy.unheld_session(evidence, reason="make the benchmark's lead", writes=True) as session, session.begin():
        privacy.make_first_lead(session, "bench")
        lead = privacy.actor_for(session, Store.EVIDENCE, "bench")
        privacy.create_study(session, lead, key="bench", title="Bench", question="?", site="Nowhere", settings={})
        lead = privacy.actor_for(session, Store.EVIDENCE, "bench")
    with privacy.session_for(evidence, lead, writes=True) as session, session.begin():
        for number, text in enumerate(_interviews()):
            _import(session, lead, f"INT-{number + 1:03}", text)
    index = SearchIndex(folder / "search-index")
    with privacy.unheld_session(evidence, reason="fill the search index") as session:
        search.rebuild(session, index)
    return evidence, index, lead


def _interviews() -> Iterable[str]:
    chance = random.Random(180)  # noqa: S311 - the same words every time
    for _ in range(SOURCES):
        lines = []
        for turn in range(TURNS):
            words = chance.choices(SAID.split(), k=chance.randint(3, 60)) + ["thermostat"] * (chance.random() < RARE)
            lines.append(f"{'PARENT' if turn % 2 else 'INTERVIEWER'}: {' '.join(words)}.")
        yield "\n".join(lines) + "\n"


def _import(session: Session, lead: Actor, key: str, text: str) -> None:
    (study_id,) = lead.study_ids
    file = corpus.read_file(f"{key}.txt", text.encode())
    record = SourceRecord(
        key=key, title="Generated", kind=SourceKind.INTERVIEW, standpoint="parent", consent=ConsentScope.ANALYSIS_ONLY
    )
    corpus.import_source(session, lead, study_id=study_id, record=record, file=file, found=corpus.find_turns(file.text))


if __name__ == "__main__":
    main()
