"""The whole path on the command line, from an empty folder to a Word document, as a person would walk it."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from ia_workbench.config import shipped_folder
from tests.cli.running import Workbench

TRANSCRIPT = """INTERVIEWER: How did they set the visits?
P: Ms. Okoro gave me two times and both were in my shift.
INTERVIEWER: And then?
P: I lost the visit or I lost the pay.
"""
SLOT = "Choose one slot, Monday to Friday, 9:00 to 16:00."
FORM = f"Form 214\n{SLOT}\n"
STUDY = ("--title", "Visits", "--question", "How does it come about?", "--site", "Cedar County", "--office", "North")


def test_from_an_empty_folder_to_a_word_document(tmp_path: Path) -> None:
    ana = Workbench(tmp_path / "home", "ana")
    _begin(ana)
    _bring_sources(ana, tmp_path)
    _code(ana)
    _find(ana)
    _clear_and_release(ana)
    _review(ana)
    _write_brief(ana, tmp_path)
    assert ana.read("doctor")["ok"] is True


def _begin(ana: Workbench) -> None:
    ana("init")
    ana("study", "create", "visits", *STUDY)
    for name, role in (("ben", "analyst"), ("rosa", "reviewer"), ("lee", "site-lead"), ("ada", "administrator")):
        ana("user", "add", name, "--role", role)
    ana("user", "password", "ben", given="long enough to be taken\n")
    assert ana("user", "password", "rosa", "--new").out.strip().count("-") == 4
    shared = shipped_folder("codebooks")
    ana("codebook", "import", shared / "reunification.yaml")
    ana("map", "import", shipped_folder("process_maps") / "reunification.yaml")
    assert ana.read("codebook", "show")["codes"]
    ana("codebook", "publish", "--note", "First version")


def _bring_sources(ana: Workbench, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "parent.txt").write_text(TRANSCRIPT, encoding="utf-8")
    (files / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "form.md").write_text(FORM, encoding="utf-8")
    ran = ana(
        "source", "import", files, "--kind", "interview", "--standpoint", "parent", "--participant", "P-01",
        "--case", "C-01", "--office", "North", "--consent", "quote-to-body", "--date", "2026-02-10", "--node", "N-14",
    )  # fmt: skip
    assert "INT-001" in ran.out
    assert re.search(r"parent\.txt +in the study +INT-001 +4 +name-colon", ran.out)
    assert "Passed over photo.png" in ran.err
    text = ("--kind", "institutional-text", "--standpoint", "text", "--consent", "quote-to-body", "--node", "N-14")
    assert "TXT-001" in ana.by("ben")("source", "import", tmp_path / "form.md", *text).out
    assert [each["collectors"] for each in ana.read("source", "list")] == [["ana"], ["ben"]]


def _code(ana: Workbench) -> None:
    quote = "both were in my shift"
    ana("coding", "add", "INT-001", "--code", "family-time/slots-set-by-form", "--quote", quote)
    start = TRANSCRIPT.index("I lost the visit")
    ana.by("ben")(
        "coding", "add", "INT-001", "--code", "family-time/missed/work-shift", "--start", start, "--end", start + 16
    )
    rows = ana.read("coding", "list", "--source", "INT-001")
    assert [(row["quote"], row["coder"]) for row in rows] == [(quote, "ana"), ("I lost the visit", "ben")]
    assert len(ana.read("coding", "list", "--code", "family-time")) == 2
    assert len(ana.read("coding", "list", "--coder", "ben")) == 1


def _find(ana: Workbench) -> None:
    ana("study", "export", ana.home.parent / "out")
    folder = ana.home.parent / "out"
    findings = folder / "findings.yaml"
    findings.write_text(
        "findings:\n"
        "  - key: F-01\n"
        "    title: Hours by the form\n"
        "    statement: At family time, form 214 organizes caseworkers to book day hours, so that visits are lost.\n"
        "    plain: {en: The form lists only day hours., es: El formulario solo tiene horas de día.}\n"
        "    release_level: public\n"
        "    levers: [{key: ADM, explanation: The list of slots.}]\n"
        "    nodes: [N-14]\n",
        encoding="utf-8",
    )
    study = folder / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace("key: visits", "key: second"), encoding="utf-8")
    ana("study", "erase", "visits", "--yes")
    ana("study", "load", folder)
    parent = ("--source", "INT-001", "--quote", TRANSCRIPT.splitlines()[1].removeprefix("P: "))
    ana("evidence", "add", "F-01", *parent, "--stance", "supports", "--role", "happens")
    form = ("--source", "TXT-001", "--quote", SLOT, "--stance", "supports", "--role", "produced-by", "--lever", "ADM")
    ana("evidence", "add", "F-01", *form)
    document = ana.read("finding", "evaluate", "F-01")
    met = {line["key"]: line["met"] for line in document["lines"]}
    assert (document["strength"], met["lever-anchored"], met["negative-case-search"]) == ("emerging", True, False)
    assert ana.read("search", "pay")["hits"][0]["match"] == "pay"
    assert ana.read("search-index", "check") == {"ok": True, "differences": []}


def _clear_and_release(ana: Workbench) -> None:
    assert "E-0001" in ana.refused("release", "F-01", "--to", "body")
    preview = ana.read("release", "F-01", "--to", "body", "--preview")
    assert preview["cleared"] is False
    assert "Okoro" not in str(preview["package"])
    assert {each["evidence"] for each in preview["obstacles"]} == {"E-0001", "E-0002"}
    masked = ana("clearance", "mask", "E-0001", "--replace", "Ms. Okoro=The worker").out
    assert "The worker gave me two times" in masked
    ana("clearance", "mask", "E-0002")
    assert "Another person must confirm" in ana.refused("clearance", "confirm", "E-0001")
    ben = ana.by("ben")
    seen = {row["evidence"]: row["seen"] for row in ben.read("clearance", "list", "F-01")}
    ana("clearance", "mask", "E-0001", "--replace", "Ms. Okoro=A worker")
    assert "changed after you opened it" in ben.refused("clearance", "confirm", "E-0001", "--seen", seen["E-0001"])
    assert "changed after you opened it" in ben.refused("clearance", "mask", "E-0001", "--seen", seen["E-0001"])
    ana("clearance", "mask", "E-0001", "--replace", "Ms. Okoro=The worker", "--seen", _seen(ana, "E-0001"))
    assert "The worker gave me two times" in ben("clearance", "confirm", "E-0001").out
    assert "speaker (en): A" in ben("clearance", "list", "F-01").out
    ben("clearance", "confirm", "E-0002", "--seen", seen["E-0002"])
    assert all(row["counts"] for row in ana.read("clearance", "list", "F-01"))
    assert "Your role, analyst, may not do this" in ana.by("ben").refused("release", "F-01", "--to", "body")
    ana("release", "F-01", "--to", "body")


def _seen(who: Workbench, key: str) -> str:
    return next(str(row["seen"]) for row in who.read("clearance", "list", "F-01") if row["evidence"] == key)


def _review(ana: Workbench) -> None:
    rosa = ana.by("rosa")
    rosa("review", "respond", "F-01", "--fit", "partly", "--comment", "And the bus.", "--not-quote", "E-0001")
    (said,) = ana.read("review", "list")
    assert (said["who"], said["fit"], said["comment"], said["answer"]) == ("rosa", "partly", "And the bus.", None)
    assert "has not answered" in ana.refused("release", "F-01", "--to", "public")
    naming = ("--to", "rosa", "--outcome", "changed", "--text", "We asked P–01 again.")
    assert "“P-01” stands in the answer: a key of a participant" in ana.refused("review", "answer", "F-01", *naming)
    answer = ("--to", "rosa", "--outcome", "changed", "--text", "The bus is in it now.", "--text-es", "Ya está.")
    ana("review", "answer", "F-01", *answer)
    assert "ana answered this concern before you" in ana.refused("review", "answer", "F-01", *answer)
    version = ana.read("review", "list")[0]["answer"]["version"]
    ana("review", "answer", "F-01", *answer, "--version", version)
    assert ana.read("review", "list", "--finding", "F-01")[0]["answer"]["outcome"] == "changed"
    ana("release", "F-01", "--to", "public")
    assert ana.read("finding", "list")[0]["stage"] == "released"


def _write_brief(ana: Workbench, tmp_path: Path) -> None:
    out = tmp_path / "brief.docx"
    ana("brief", "export", "F-01", "--out", out)
    with zipfile.ZipFile(BytesIO(out.read_bytes())) as packed:
        assert packed.testzip() is None
        words = packed.read("word/document.xml").decode()
    assert "form 214 organizes caseworkers" in words
    assert "Okoro" not in words
    ana.by("lee")("brief", "export", "F-01", "--out", tmp_path / "brief.html")
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "And the bus." in page
    assert "rosa" not in page
    assert "cannot be used here yet" in ana.refused("brief", "export", "F-01", "--out", tmp_path / "brief.pdf")
    assert "may not do this" in ana.by("rosa").refused("brief", "export", "F-01", "--out", tmp_path / "x.docx")
