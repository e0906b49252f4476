"""Studies as folders, made by hand for tests: as little as the interface asks for."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from ia_workbench import study_folder
from ia_workbench.database import EvidenceBase, PublishedBase, Store
from ia_workbench.privacy import AuditEntry
from ia_workbench.study_folder import LoadedStudy
from tests.support import Home

PARENT = "INTERVIEWER: When were the visits?\nP: They hand you two times 🙂 and both are in my shift.\n"
FORM = "Form 214\nChoose one slot, Monday to Friday, 9:00 to 16:00.\n"
QUOTE = "They hand you two times 🙂 and both are in my shift."
SLOT = "Choose one slot, Monday to Friday, 9:00 to 16:00."

STUDY = """\
key: by-hand
title: A study by hand
question: How does it come about that visits are missed?
site: Cedar County
users:
  - {username: ana, role: lead}
  - {username: ben, role: analyst}
  - {username: rosa, role: reviewer}
  - {username: lee, role: site-lead}
  - {username: ada, role: administrator}
levers: [ADM, RUL]
rule: default
"""
SOURCES_HEADER = ("key", "file", "kind", "standpoint", "participant", "case", "office", "collector", "date", "consent")
SOURCES = (
    ("INT-001", "parent.txt", "interview", "parent", "P-01", "C-01", "North", "ana", "2026-02-10", "quote-to-body"),
    ("TXT-001", "form.md", "institutional-text", "text", "", "", "", "ben", "2026-02-11", "quote-in-report"),
)
CODINGS_HEADER = ("source", "start", "end", "quote", "code", "coder", "at")
CODEBOOK = """\
name: Small codebook
codes:
  - key: family-time
    name: Family time
    codes:
      - {key: slots, name: Slots, levers: [ADM]}
"""
MAP = """\
name: Small map
lanes: [{key: family, name: Family}, {key: agency, name: Agency}]
nodes:
  - {key: N-01, number: 1, title: Visit request, lane: agency, type: action}
  - {key: N-02, number: 2, title: Family time, lane: family, type: meeting}
edges:
  - {from: N-01, to: N-02}
"""


def place_of(text: str, words: str) -> tuple[int, int]:
    """Return where words stand in a text, in code points."""
    start = text.index(words)
    return start, start + len(words)


def codings() -> list[tuple[object, ...]]:
    """Return two codings, as rows of `codings.csv`."""
    return [
        ("INT-001", *place_of(PARENT, QUOTE), QUOTE, "family-time/slots", "ana", "2026-03-02T14:28:00Z"),
        ("TXT-001", *place_of(FORM, SLOT), SLOT, "family-time", "ben", "2026-03-02T15:00:00Z"),
    ]


def findings() -> str:
    """Return `findings.yaml` with one finding that has the interface's fields and no others."""
    start, end = place_of(PARENT, QUOTE)
    first, last = place_of(FORM, SLOT)
    return f"""\
findings:
  - key: F-01
    statement: At family time, form 214 organizes caseworkers to book day hours, so that parents lose visits.
    levers: [ADM]
    nodes: [N-02]
    edges: [N-01..N-02]
    evidence:
      - source: INT-001
        start: {start}
        end: {end}
        quote: "{QUOTE}"
        stance: supports
        role: happens
        note: Said twice.
        by: ana
      - source: TXT-001
        start: {first}
        end: {last}
        quote: "{SLOT}"
        stance: supports
        role: produced-by
        note: The form itself.
        by: ben
"""


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def by_hand(folder: Path, **changes: str | None) -> Path:
    """Write the study by hand into a folder; `changes` replace a file by its stem (None: leave the file out)."""
    texts = {
        "study.yaml": STUDY,
        "sources.csv": table(SOURCES_HEADER, SOURCES),
        "codebook.yaml": CODEBOOK,
        "process_map.yaml": MAP,
        "codings.csv": table(CODINGS_HEADER, codings()),
        "findings.yaml": findings(),
    }
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "parent.txt").write_text(PARENT, encoding="utf-8")
    (folder / "sources" / "form.md").write_text(FORM, encoding="utf-8")
    for name, text in texts.items():
        wanted = changes.get(name.split(".")[0], text)
        if wanted is not None:
            (folder / name).write_text(wanted, encoding="utf-8")
    return folder


def load(home: Home, folder: Path, who: str = "ana") -> LoadedStudy:
    """Load a study into a home, as an edge does: both stores or neither."""
    actor = home.actor(who)
    read = study_folder.read_study(actor, folder=folder)
    with home.session(actor) as evidence, home.unheld(Store.PUBLISHED) as published:
        return study_folder.load_study(evidence, published, actor, read=read)


def export(home: Home, study_id: int, folder: Path, who: str = "ana") -> Path:
    """Export a study from a home and return the folder."""
    actor = home.actor(who)
    assert study_id in replace(actor).study_ids
    with home.session(actor) as evidence, home.unheld(Store.PUBLISHED, writes=False) as published:
        study_folder.export_study(evidence, published, actor, study_id=study_id, folder=folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def row_counts(home: Home) -> dict[str, int]:
    """Return how many rows every table of both stores has."""
    counts = {}
    for store, base in ((Store.EVIDENCE, EvidenceBase), (Store.PUBLISHED, PublishedBase)):
        with home.unheld(store, writes=False) as session:
            for mapper in base.registry.mappers:
                statement = select(func.count()).select_from(mapper.class_)
                counts[mapper.class_.__name__] = session.scalar(statement) or 0
    assert AuditEntry.__name__ in counts
    return counts
