"""Bad input of every sort: one plain sentence, exit status 1, nothing changed."""

import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import Workbench
from tests.study_folder import making

RECORD = ("--kind", "interview", "--standpoint", "parent")


@pytest.fixture
def state(small: Workbench) -> dict[str, object]:
    """What the home holds before."""
    return holdings(small)


def holdings(workbench: Workbench) -> dict[str, object]:
    """Return what a home holds, as its reading commands tell it, and what its trail tells of changes."""
    commands = (("study", "list"), ("source", "list"), ("coding", "list"), ("finding", "list"), ("user", "list"))
    held: dict[str, object] = {" ".join(each): workbench.read(*each) for each in commands}
    trail = [(each["act"], each["subject"]) for each in workbench.read("audit", "list")]
    return held | {"trail": [each for each in trail if each[0] != "read-raw"]}  # these commands themselves read


def damaged_docx() -> bytes:
    """Return a Word document that was cut off."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>" * 100)
    return out.getvalue()[:-30]


def zip_bomb() -> bytes:
    """Return a small file that would unpack to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b"0" * 300_000_000)
    return out.getvalue()


FILES: dict[str, tuple[bytes, str]] = {
    "talk.pdf": (b"%PDF-1.7 words", "talk.pdf is damaged or incomplete"),
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t\n", "holds no words"),
    "binary.txt": (bytes(range(256)) * 20, "binary.txt"),
    "damaged.docx": (damaged_docx(), "damaged.docx"),
    "bomb.docx": (zip_bomb(), "bomb.docx"),
    "not-word.docx": (b"only words", "is not a Word document"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_source_is_refused(
    small: Workbench, state: dict[str, object], tmp_path: Path, name: str
) -> None:
    content, words = FILES[name]
    (tmp_path / name).write_bytes(content)
    assert words in small.refused("source", "import", tmp_path / name, *RECORD)
    assert holdings(small) == state


def test_a_file_of_100_mb_is_refused_without_reading_it(
    small: Workbench, state: dict[str, object], tmp_path: Path
) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(100_000_000)
    assert "larger than 50 MB" in small.refused("source", "import", tmp_path / "large.txt", *RECORD)
    assert holdings(small) == state


def test_one_bad_file_among_good_ones_takes_none_in_where_that_is_asked_for(
    small: Workbench, state: dict[str, object], tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text("P: Words.\n", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    paths = (tmp_path / "good.txt", tmp_path / "bad.txt")
    assert "bad.txt is empty" in small.refused("source", "import", *paths, "--all-or-none", *RECORD)
    assert holdings(small) == state


CODE = ("coding", "add", "INT-001", "--code", "family-time")
SPACE = ("evidence", "add", "F-01", "--source", "INT-001", "--start", 12, "--end", 13)
SUPPORT = (
    "evidence", "add", "F-01", "--source", "TXT-001", "--quote", "Form 214", "--stance", "supports", "--role",
)  # fmt: skip
ABOUT = ("--title", "t", "--question", "q", "--site", "s")
AS_ROSA, RESPOND = ("--as", "rosa"), ("review", "respond", "F-01", "--fit", "fits")
NO_STUDY = "There is no study nowhere here; `ia-workbench study list` shows them."
REFUSED: list[tuple[str, tuple[object, ...], str]] = [
    ("an offset past the end", (*CODE, "--start", 5, "--end", 99999), "ends past it"),
    ("a huge offset", (*CODE, "--start", 5, "--end", 10**30), "."),
    ("a negative offset", (*CODE, "--start", -1, "--end", 3), "Select at least"),
    ("an empty span", (*CODE, "--start", 3, "--end", 3), "Select at least"),
    ("an unknown code", ("coding", "add", "INT-001", "--code", "family-tim", "--quote", "visits"), "family-time"),
    ("an unknown source", ("coding", "add", "INT-9", "--code", "family-time", "--quote", "visits"), "."),
    ("a span of space", (*CODE, "--start", 12, "--end", 13), "holds only space"),
    ("evidence of space", (*SPACE, "--stance", "supports", "--role", "happens"), "holds only space"),
    ("a day in short", ("source", "import", ".", *RECORD, "--date", "20260220"), "write it as 2026-03-02"),
    ("a day of a week", ("source", "import", ".", *RECORD, "--date", "2026-W08-5"), "write it as 2026-03-02"),
    ("a study without a title", ("study", "create", "e1", "--title", "", "--question", "q", "--site", "s"), "no title"),
    ("a brief of no finding", ("brief", "export", "F-99", "--out", "x.docx"), "There is no finding F-99"),
    ("codings into no folder", ("coding", "export", "nodir/x.csv"), "There is no folder nodir. Make it first"),
    ("a backup into no folder", ("backup", "nodir/b.zip"), "There is no folder nodir."),
    ("an unknown standpoint", ("search", "form", "--standpoint", "nope"), "This study has no standpoint nope; it has"),
    ("an unknown coder", ("coding", "list", "--coder", "zoe"), "There is no user called zoe"),
    ("words that are not there", (*CODE, "--quote", "evening"), "no such words"),
    ("words that stand twice", (*CODE, "--quote", "i"), "times in the source"),
    ("an empty quote", (*CODE, "--quote", " "), "the quote is empty"),
    ("agreement", ("coding", "agreement"), "cannot be computed yet"),
    ("decisions of another kind", ("deidentify", "INT-001", "--accept", "x.txt"), "as a .csv or a .json"),
    ("destruction that nobody confirms", ("source", "withdraw", "INT-001", "--reason", "x", "--destroy"), "Nothing"),
    ("an unknown finding", ("finding", "show", "F-77"), "There is no finding F-77"),
    ("an unknown evidence", ("clearance", "mask", "E-9999"), "There is no evidence E-9999"),
    ("a mask that is none", ("clearance", "mask", "E-0001", "--replace", "no sign"), "WORDS=INSTEAD"),
    ("words to mask that are not there", ("clearance", "mask", "E-0001", "--replace", "Bob=he"), "do not stand"),
    ("confirming what nobody masked", ("clearance", "confirm", "E-0001"), "Nobody has masked"),
    ("a lever the finding has not", (*SUPPORT, "produced-by", "--lever", "ACC"), "does not name the lever ACC"),
    ("support as a counter", (*SUPPORT, "counter"), "cannot have the role counter"),
    ("an unknown study", ("--study", "nowhere", "finding", "list"), NO_STUDY),
    ("an unknown study to erase", ("study", "erase", "nowhere"), NO_STUDY),
    ("a study a member is not in", (*AS_ROSA, "--study", "no", *RESPOND), "You are in no study no."),
    ("an unknown person", ("--as", "nobody", "finding", "list"), "There is no user called nobody"),
    ("a member of the community", ("--as", "rosa", "finding", "list"), "There is no user called rosa"),
    ("an administrator", ("--as", "ada", "finding", "list"), "is in no study"),
    ("nobody to respond", ("review", "respond", "F-01", "--fit", "fits"), "--as USERNAME"),
    ("a brief that was not released", ("brief", "export", "F-01", "--out", "x.docx"), "was not released"),
    ("a kind of file that is not written", ("coding", "export", "x.ods"), "must end in"),
    ("another ending", ("map", "export", "x.doc"), "must end in"),
    ("a map that comes later", ("map", "import", "x.bpmn"), "cannot be used here yet"),
    ("a file that is not there", ("codebook", "import", "gone.yaml"), "No such file"),
    ("a folder that is not there", ("study", "load", "gone"), "There is no folder or file"),
    ("a register that is not there", ("source", "import", "--manifest", "x.xlsx"), "No such file"),
    ("a disabled self", ("--as", "ana", "user", "disable", "ana"), "cannot disable yourself"),
    ("nobody to disable", ("user", "disable", "nobody"), "There is no user called nobody"),
    ("a name that is none", ("user", "add", "a b", "--role", "analyst"), "A username has"),
    ("a short password", ("user", "password", "ben"), "at least 15"),
    ("a study key that is none", ("study", "create", "A B", *ABOUT), "A study key has"),
    ("a wrong date", ("source", "import", ".", *RECORD, "--date", "soon"), "is not a date"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "words"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    small: Workbench,
    state: dict[str, object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[object, ...],
    words: str,
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert words in small.refused(*command, given="short\n")
    assert holdings(small) == state
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_study_file_with_a_wrong_quote_is_refused_with_its_line(
    small: Workbench, state: dict[str, object], tmp_path: Path
) -> None:
    wrong = making.table(making.CODINGS_HEADER, [("INT-001", 1, 9, "wrong", "family-time", "ana", "2026-03-02")])
    study = making.STUDY.replace("by-hand", "another")
    folder = making.by_hand(tmp_path / "study", codings=wrong, study=study)
    sentence = small.refused("study", "load", folder)
    assert sentence.startswith("codings.csv line 2: the quote does not match the text at 1 to 9 of INT-001.")
    assert holdings(small) == state


@pytest.mark.parametrize("name", ["study.yaml", "codebook.yaml", "process_map.yaml", "findings.yaml", "sources.csv"])
@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: [", b"- &x [*x]", b"\0", b"[" * 5000], ids=range(5))
def test_files_full_of_nonsense_are_refused(
    small: Workbench, state: dict[str, object], tmp_path: Path, name: str, content: bytes
) -> None:
    folder = making.by_hand(tmp_path / "study", study=making.STUDY.replace("by-hand", "another"))
    (folder / name).write_bytes(content)
    assert name in small.refused("study", "load", folder)
    assert holdings(small) == state


def test_arguments_that_are_no_text_are_refused(small: Workbench) -> None:
    assert small.real("finding", "show", os.fsdecode(b"\xff\xfe"), status=1).err.strip().endswith(".")


def test_a_reader_that_goes_away_causes_no_traceback(shown: Workbench) -> None:
    command = f"{sys.executable} -m ia_workbench --home '{shown.home}' audit list | head -1"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("SEQUENCE")


def test_two_writers_wait_for_each_other_and_the_late_one_is_told(
    small: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setitem(
        __import__("ia_workbench.database.engines", fromlist=["PRAGMAS"]).PRAGMAS, "busy_timeout", "100"
    )
    other = sqlite3.connect(small.home / "evidence.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "Another program is writing" in small.refused("user", "add", "eva", "--role", "analyst")
    finally:
        other.close()
