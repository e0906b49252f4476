"""Finding and accepting some 5,000 matches in 180 generated interviews of two million words.

Makes a home of its own in a temporary folder. Prints, in seconds: finding all matches and showing the first page of
them; accepting them, and for how long the write lock was held at most; undoing; taking back. Processor time stands
beside the time on the clock: other programs make the latter longer.
"""

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from ia_workbench import autocoding, codebook, coding, corpus, privacy
from ia_workbench.autocoding import Found, Rule
from ia_workbench.coding import AutocodingRule, CodedUnit, RuleKind
from ia_workbench.corpus import ConsentScope, Convention, FoundTurns, ReadFile, Revision, SourceKind, SourceRecord
from ia_workbench.database import Store, bring_up_to_date, open_engine
from ia_workbench.privacy import Actor

SOURCES, TURNS, WORDS_A_TURN = 180, 200, 56  # two million words
SAID = "the visit form opens at nine and my shift ends at three so I ask her for a slot after four mañana then we wait"
SOUGHT = "bus pass"
OFTEN = 28 / TURNS  # of the turns of each interview: some 5,000 in all
PAGE = 100


@dataclass
class Bench:
    """A study to be autocoded."""

    evidence: Engine
    lead: Actor

    @property
    def study_id(self) -> int:
        """The study's number."""
        (number,) = self.lead.study_ids
        return number


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    print(f"{what:<58}{time.perf_counter() - clock:>8.2f} s{time.process_time() - processor:>8.2f} s", flush=True)


def made(folder: Path) -> Bench:
    """Make the study."""
    evidence = open_engine(f"sqlite:///{folder / 'evidence.sqlite3'}")
    bring_up_to_date(evidence, Store.EVIDENCE)
    with privacy.unheld_session(evidence, reason="make the benchmark's lead", writes=True) as session, session.begin():
        privacy.make_first_lead(session, "bench")
        lead = privacy.actor_for(session, Store.EVIDENCE, "bench")
        privacy.create_study(session, lead, key="bench", title="Bench", question="?", site="Nowhere", settings={})
        bench = Bench(evidence, privacy.actor_for(session, Store.EVIDENCE, "bench"))
    chance = random.Random(180)  # noqa: S311 - the same words every time
    with privacy.session_for(evidence, bench.lead, writes=True) as session, session.begin():
        codebook.add_code(session, bench.lead, study_id=bench.study_id, parent_path=None, name="Bus", definition="")
        for number in range(SOURCES):
            record = SourceRecord(
                key=f"INT-{number + 1:03}", title="Generated", kind=SourceKind.INTERVIEW, standpoint="parent",
                consent=ConsentScope.ANALYSIS_ONLY,
            )  # fmt: skip
            file: ReadFile = corpus.read_file(f"{number}.txt", interview(chance).encode())
            found: FoundTurns = corpus.find_turns(file.text, Convention.NAME_COLON)
            corpus.import_source(session, bench.lead, study_id=bench.study_id, record=record, file=file, found=found)
    return bench


def interview(chance: random.Random) -> str:
    """Return an interview in which the words sought stand in some turns."""
    lines = []
    for turn in range(TURNS):
        words = chance.choices(SAID.split(), k=WORDS_A_TURN) + SOUGHT.split() * (chance.random() < OFTEN)
        lines.append(f"{'PARENT' if turn % 2 else 'INTERVIEWER'}: {' '.join(words)}.")
    return "\n".join(lines) + "\n"


def found_by(bench: Bench, kind: RuleKind, words: str, unit: CodedUnit) -> Found:
    """Find and show the first page, as the page of matches does."""
    with privacy.session_for(bench.evidence, bench.lead) as session:
        sources = autocoding.readable_sources(session, bench.study_id)
        found = autocoding.find(session, bench.study_id, Rule(kind, words, unit), sources)
        (code,) = codebook.codes(session, bench.study_id)
        autocoding.coded_already(session, found, code, me="bench")
        list(autocoding.in_context(session, found, code, me="bench", first=0, limit=PAGE))
    return found


def accept(bench: Bench, found: Found) -> float:
    """Accept all matches; returns for how long the write lock was held at most."""
    longest = 0.0
    parts = list(autocoding.parts_of_batch(found.sources))
    for number, together in enumerate(parts):
        began = time.perf_counter()
        with privacy.session_for(bench.evidence, bench.lead, writes=True) as session, session.begin():
            (code,) = codebook.codes(session, bench.study_id)
            rule = AutocodingRule(RuleKind.PHRASE, SOUGHT, CodedUnit.FOUND, found.read)
            batch = coding.begin_batch(
                session, bench.lead, code=code, rule=rule, chosen=found.count, place=None, request="bench"
            )
            for part in together:
                revision = session.get_one(Revision, part.revision_id)
                coding.apply_part(
                    session, bench.lead, batch=batch, number=part.number, revision=revision, spans=part.spans
                )
            if number == len(parts) - 1:
                coding.finish_batch(session, bench.lead, batch=batch)
        longest = max(longest, time.perf_counter() - began)
    return longest


def revert(bench: Bench) -> None:
    """Undo, redo and take back, each in a transaction of its own."""
    acts = {
        "undo all at one of its sources": lambda s, source: coding.undo(s, bench.lead, source=source),
        "redo": lambda s, source: coding.redo(s, bench.lead, source=source),
        "take back from the page": lambda s, _source: coding.take_back(
            s, bench.lead, batch=coding.autocodings(s, bench.study_id)[0].batch
        ),
    }
    for what, act in acts.items():
        with (
            timed(what),
            privacy.session_for(bench.evidence, bench.lead, writes=True) as session,
            session.begin(),
        ):
            act(session, corpus.source_keyed(session, bench.study_id, "INT-001"))


def main() -> None:
    """Measure everything once."""
    with tempfile.TemporaryDirectory(prefix="ia-benchmark-") as folder:
        bench = made(Path(folder))
        print(f"{'':<58}{'clock':>10}{'processor':>11}")
        with timed("a phrase: all matches, first page"):
            found = found_by(bench, RuleKind.PHRASE, SOUGHT, CodedUnit.FOUND)
        print(f"{found.count} matches in {len(found.sources)} sources")
        for kind, words, unit in (
            (RuleKind.FORMS, SOUGHT, CodedUnit.FOUND),
            (RuleKind.PATTERN, r"\bbus pass(es)?\b", CodedUnit.FOUND),
            (RuleKind.PHRASE, SOUGHT, CodedUnit.SENTENCE),
            (RuleKind.PHRASE, SOUGHT, CodedUnit.TURN),
        ):
            with timed(f"{kind}, {unit}: all matches, first page"):
                found_by(bench, kind, words, unit)
        with timed("accept all"):
            longest = accept(bench, found)
        print(f"the write lock was held for {longest:.2f} s at most")
        revert(bench)


if __name__ == "__main__":
    main()
