"""The community side does not depend on identifying words: two studies that differ only there look the same.

The strongest form of "never receives": two evidence stores, in which every name that a mask hides, every file name,
and every key of a participant or case is another; the same releases; every answer of the community application, to
everyone, byte for byte the same.
"""

import csv
import io
import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from ia_workbench.cli import program
from ia_workbench.config import shipped_folder
from tests.support import Home, open_demo
from tests.whole.community_pages import everything_said_to, freeze

MOMENT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
PEOPLE = ("rosa", "marcus", "lee", None)


def identifying_words(study: Path) -> set[str]:
    """Return every word that a mask of the study hides and that begins with a capital: names of people and places."""
    found = yaml.safe_load((study / "findings.yaml").read_text(encoding="utf-8"))["findings"]
    masks = [link["mask"] for finding in found for link in finding["evidence"] if link.get("mask")]
    hidden = {each["words"] for mask in masks for each in mask["replacements"]}
    return {word for words in hidden for word in re.findall(r"\b[A-Z][a-zé]{3,}\b", words)}


def other_name(name: str) -> str:
    """Return another name of the same length, so that offsets stay."""
    return "".join(chr((ord(letter) - 97 + 7) % 26 + 97) if "a" <= letter <= "z" else letter for letter in name)


def disguise(study: Path, words: set[str]) -> None:
    """Change every identifying word, participant key, case key and file name of a study on disk."""
    files = [path for path in (study / "sources").iterdir()]
    for path in [*files, *study.glob("*.csv"), *study.glob("*.yaml")]:
        _change(path, words)
    _rename_files(study)
    _note(study)


def _note(study: Path) -> None:
    """Write memos on a finding, a step, a code and a source: of the team alone, whatever they say."""
    book = yaml.safe_load((study / "study.yaml").read_text(encoding="utf-8"))
    who = next(each["username"] for each in book["users"] if each["role"] == "analyst")
    header = "source,text,start,end,quote,words,origin,comment,by,at,about,thing,title,private,links"
    about = ((",", "finding,F-01"), (",", "step,N-14"), ("INT-001,", "source,"))
    rows = [f"{of},,,,Mrs. Quillfeather,team,,{who},2026-03-02T14:28:00Z,{what},Quillfeather,,1" for of, what in about]
    (study / "memos.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def _change(path: Path, words: set[str]) -> None:
    if path.suffix == ".docx":
        packed = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                data = old.read(entry)
                new.writestr(entry, _changed(data, words) if entry.filename.startswith("word/") else data)
    else:
        path.write_bytes(_changed(path.read_bytes(), words))


def _changed(data: bytes, words: set[str]) -> bytes:
    for word in words:
        data = re.sub(rb"\b" + word.encode() + rb"\b", other_name(word).encode(), data)
    return data


def _rename_files(study: Path) -> None:
    register = study / "sources.csv"
    rows = list(csv.DictReader(io.StringIO(register.read_text(encoding="utf-8"))))
    for row in rows:
        old = study / "sources" / row["file"].removeprefix("sources/")
        new = old.with_name(f"renamed_{old.name}")
        old.rename(new)
        row["file"] = row["file"].replace(old.name, new.name)
        row["participant"] = re.sub(r"P-(\d+)", r"P-9\1", row["participant"])
        row["case"] = re.sub(r"C-(\d+)", r"C-9\1", row["case"])
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    register.write_text(written.getvalue(), encoding="utf-8")


def demo_of(study: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Make the demo's home from a study on disk."""
    monkeypatch.setattr("ia_workbench.cli.demo.shipped_folder", lambda name: study.parents[1] / name)
    made = CliRunner().invoke(program, ["--home", str(folder), "demo", "--no-serve"])
    assert made.exit_code == 0, made.output
    return open_demo(folder, clock=lambda: MOMENT)


def copy_of_what_ships(folder: Path) -> Path:
    """Copy the study and what it refers to; returns the study's folder."""
    for name in ("corpora", "codebooks", "process_maps"):
        shutil.copytree(shipped_folder(name), folder / name)
    return folder / "corpora" / "cedar_county"


def test_the_community_side_cannot_tell_two_studies_apart_that_differ_only_in_who_is_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, MOMENT)
    plain, disguised = copy_of_what_ships(tmp_path / "a"), copy_of_what_ships(tmp_path / "b")
    words = identifying_words(plain)
    assert len(words) >= 5, "the study hides too little for this test to mean anything"
    disguise(disguised, words)
    homes = [demo_of(plain, tmp_path / "home-a", monkeypatch), demo_of(disguised, tmp_path / "home-b", monkeypatch)]
    for who in PEOPLE:
        one, other = (everything_said_to(home, who) for home in homes)
        assert one.keys() == other.keys()
        assert len(one) > 10
        differing = [path for path in one if one[path] != other[path]]
        assert not differing, f"{who or 'signed out'} can tell the studies apart at {differing[:5]}"
    for home in homes:
        home.close()


def test_no_identifying_word_key_or_file_name_is_anywhere_in_the_published_store_or_on_its_pages(demo: Home) -> None:
    study = shipped_folder("corpora") / "cedar_county"
    names = identifying_words(study)
    rows = list(csv.DictReader(io.StringIO((study / "sources.csv").read_text(encoding="utf-8"))))
    keys = {key for row in rows for key in (row["participant"].split(";") + [row["case"], row["key"]]) if key}
    stems = {Path(row["file"]).stem for row in rows}
    said = b"".join(body for who in PEOPLE for _status, body, _headers in everything_said_to(demo, who).values())
    demo.published.dispose()
    stored = b"".join(path.read_bytes() for path in demo.folder.glob("published.sqlite3*"))
    for needle in names | keys | stems:
        word = re.compile(rb"(?<![A-Za-z0-9-])" + re.escape(needle.encode()) + rb"(?![A-Za-z0-9])")
        assert not word.search(said), f"{needle} is on a page of the community application"
        assert not word.search(stored), f"{needle} is in the published store"


def test_the_community_application_says_the_same_where_no_evidence_store_exists(demo: Home, tmp_path: Path) -> None:
    before = {who: everything_said_to(demo, who) for who in ("rosa", "lee")}
    for path in demo.folder.glob("evidence.sqlite3*"):
        path.unlink()
    shutil.rmtree(demo.folder / "search-index")
    after = {who: everything_said_to(demo, who) for who in ("rosa", "lee")}
    assert before == after
    assert not list(demo.folder.glob("evidence*"))
