"""The fixture of method 9.2 as a study folder: the interface's fields and the method's own keys, nothing else."""

from pathlib import Path

from tests.study_folder import making

STUDY = """\
key: vectors
title: The vectors of the method
question: How does it come about that units are counted?
site: Nowhere
users: [{username: ana, role: lead}, {username: ben, role: analyst}]
levers: [ADM]
rule: default
"""
# key, kind, standpoint, participant, case: method 9.2, then eight interviews, two records and two texts of nobody else
FIXTURE = (
    ("S1", "interview", "parent", "P1", "C1"),
    ("S2", "interview", "frontline", "P2", "C1"),
    ("S3", "case-record", "text", "", "C1"),
    ("S4", "interview", "frontline", "P3", ""),
    ("S5", "interview", "frontline", "P3", ""),
    ("S6", "institutional-text", "text", "", ""),
    ("S7", "focus-group", "parent", "P4;P5", ""),
    ("S8", "observation", "frontline", "", ""),
    ("S9", "interview", "frontline", "P2", "C2"),
    ("S10", "interview", "parent", "P6", "C2"),
    *((f"I{n}", "interview", "parent", f"Q{n}", "") for n in range(1, 9)),
    *((f"R{n}", "case-record", "text", "", f"D{n}") for n in (1, 2)),
    *((f"T{n}", "institutional-text", "text", "", "") for n in (1, 2)),
)
VECTORS = {
    "F-01": "S1 S2 S3 S4 S5 S6 S7 S8",
    "F-02": "S1 S2 S3 S9 S10",
    "F-03": "S1 S3 S10",
    "F-04": "I1 I2 I3 I4 R1 R2 T1 T2",
    "F-05": "I1 I2 I3 I4 I5 I6 I7 I8",
    "F-06": "S1 S4 S6",
    "F-07": "S1 S4 S6 S10",
    "F-08": "S1 S4 S6 S8 S10",
}
LINES_1_TO_4 = """\
name: lines 1 to 4
version: 1
required:
  investigators: 0
  not-one-case: false
  not-one-office: false
  negative-case-search: false
  contrary-resolved: false
"""
ANCHORING = ("institutional-text", "observation")


def write(folder: Path) -> Path:
    """Write the study into a folder."""
    rows = [
        (key, f"{key}.txt", kind, standpoint, participant, case, "", "ana", "2026-02-10", "quote-in-report")
        for key, kind, standpoint, participant, case in FIXTURE
    ]
    (folder / "sources").mkdir(parents=True)
    for key, *_rest in FIXTURE:
        (folder / "sources" / f"{key}.txt").write_text(f"Words of {key}.\n", encoding="utf-8")
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    (folder / "sources.csv").write_text(making.table(making.SOURCES_HEADER, rows), encoding="utf-8")
    (folder / "findings.yaml").write_text("\n".join(_finding(key) for key in VECTORS), encoding="utf-8")
    return folder


def _finding(key: str) -> str:
    links = "\n".join(_link(source) for source in VECTORS[key].split())
    return f"- key: {key}\n  statement: At intake, a form organizes work.\n  levers: [ADM]\n  evidence:\n{links}"


def _link(source: str) -> str:
    kind = next(kind for key, kind, *_rest in FIXTURE if key == source)
    role = "produced-by" if kind in ANCHORING else "happens"
    quote = f"Words of {source}."
    place = f"source: {source}, start: 0, end: {len(quote)}, quote: {quote}"
    return f"    - {{{place}, stance: supports, role: {role}, note: seen, by: ben}}"
