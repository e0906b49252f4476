"""Every read of raw words is in the trail, whichever page or command showed them, and none leaves without its entry."""

import html
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select

from ia_workbench.cli import program
from ia_workbench.corpus import Revision, Source
from ia_workbench.database import Store, engines
from ia_workbench.privacy import READ_RAW, AuditEntry
from ia_workbench.web.reads import RecentReads
from tests.support import Home
from tests.support.homes import DEMO_KEY
from tests.whole.addresses import TEAM, addresses, applications, browser_of, with_everything

SHORTEST = 24  # characters of words that point at one source alone
TAG = re.compile(r"<[^>]+>")
SPACE = re.compile(r"\s+")
READING_PAGE = f"/s/{DEMO_KEY}/sources/INT-001/code"

CLEARED = {"releasing.brief", "review.every"}  # words from packages: masked, and vouched for by two people

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("coding", "list", "--json"),
    ("coding", "export", "{folder}/codings.csv"),
    ("coding", "export", "{folder}/codings.json"),
    ("finding", "show", "F-01"),
    ("finding", "show", "F-01", "--json"),
    ("evidence", "list", "F-01", "--json"),
    ("clearance", "list", "F-01", "--json"),
    ("source", "text", "INT-001"),
    ("search", "saturday", "--json"),
    ("study", "export", "{folder}/study"),
)


@pytest.fixture
def words(demo: Home) -> dict[str, list[str]]:
    """Offer, by source key, pieces of its text that stand in no other source."""
    with demo.unheld(Store.EVIDENCE, writes=False) as session:
        texts = dict(
            session.execute(select(Source.key, Revision.text).join(Revision, Revision.source_id == Source.id)).all()
        )
    pieces = {
        key: {each for each in re.split(r"[.?!:\n]", text) if len(each.strip()) >= SHORTEST}
        for key, text in texts.items()
    }
    found = {
        key: [flat(each) for each in own if sum(each in other for other in texts.values()) == 1]
        for key, own in pieces.items()
    }
    assert all(found.values())
    return found


def flat(text: str) -> str:
    """Return text as a reader sees it: without tags, entities, quoting and line ends."""
    bare = html.unescape(TAG.sub("", text)).replace('""', '"').replace('\\"', '"')
    return SPACE.sub(" ", bare).strip()


def text_of_word(packed: bytes) -> str:
    """Return the text of a Word document with its tags."""
    return zipfile.ZipFile(io.BytesIO(packed)).read("word/document.xml").decode()


def shown_in(text: str, words: dict[str, list[str]]) -> set[str]:
    """Return the keys of the sources of which something is said in a text."""
    plain = flat(text)
    return {key for key, pieces in words.items() if any(piece in plain for piece in pieces)}


def reads_in(home: Home) -> list[Any]:
    """Return the details of all entries of reads, oldest first."""
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.act == READ_RAW).order_by(AuditEntry.sequence))
        return [each.details for each in found]


def test_no_page_shows_words_of_a_source_without_an_entry_that_names_it(
    demo: Home, words: dict[str, list[str]]
) -> None:
    full = with_everything(demo)
    app = applications(full)[TEAM]
    browser = browser_of(TEAM, app, full, "ana")
    showing: set[str] = set()
    asked = [each for each in addresses(TEAM, app, full) if each.method == "GET" and each.endpoint != "static"]
    paths = [(each.endpoint, each.path) for each in asked]
    paths += [("search.results", f"/s/{DEMO_KEY}/search?q=saturday"), ("evidence.choose", paths_of_evidence())]
    for endpoint, path in paths:
        app.extensions["ia_recent_reads"] = RecentReads()
        before = len(reads_in(full))
        answer = browser.client.get(path)
        body = text_of_word(answer.data) if answer.data.startswith(b"PK") else answer.get_data(as_text=True)
        shown, new = shown_in(body, words), reads_in(full)[before:]
        if endpoint in CLEARED:
            continue
        named = {key for each in new for key in each["sources"]}
        assert shown <= named, f"{path} shows words of {sorted(shown - named)} and the trail does not tell"
        assert len(new) <= 1, path
        assert all(each["where"] == endpoint for each in new), path
        if shown:
            showing.add(endpoint)
    assert {"reading.code", "codings.listed", "finding.one", "evidence.choose", "evidence.one", "masking.every",
            "search.results", "codebook.code", "releasing.preview"} <= showing  # fmt: skip


def paths_of_evidence() -> str:
    """Return the page that offers coded words as evidence."""
    return f"/s/{DEMO_KEY}/findings/F-04/evidence?standpoint=parent"


def test_no_command_gives_out_words_of_a_source_without_an_entry_that_names_it(
    demo: Home, words: dict[str, list[str]], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    for command in COMMANDS:
        arguments = [each.format(folder=tmp_path / "out") for each in command]
        before = len(reads_in(demo))
        who = "ana" if command[0] == "study" else "ben"
        ran = CliRunner().invoke(program, ["--home", str(demo.folder), "--as", who, *arguments])
        assert ran.exit_code == 0, f"{command}: {ran.output}"
        files = [each.read_text(encoding="utf-8", errors="replace") for each in (tmp_path / "out").rglob("*.*")]
        shown = shown_in("\n".join([ran.output, *files]), words)
        new = reads_in(demo)[before:]
        named = {key for each in new for key in each["sources"]}
        assert shown, f"{command} shows nothing, so it says nothing here"
        assert shown <= named, f"{command}: {sorted(shown - named)}"
        assert {each["where"] for each in new} == {".".join(command[:2] if command[0] != "search" else ("search",))}
        for each in (tmp_path / "out").glob("codings.*"):
            each.unlink()


@contextmanager
def locked(home: Home) -> Iterator[None]:
    """Hold the evidence store's write lock, as another program would."""
    other = sqlite3.connect(home.folder / "evidence.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have stores wait for a lock for a moment alone."""
    monkeypatch.setitem(engines.PRAGMAS, "busy_timeout", "50")


@pytest.mark.usefixtures("impatient")
def test_a_page_whose_read_cannot_be_stored_is_not_sent(demo: Home, words: dict[str, list[str]]) -> None:
    browser = browser_of(TEAM, applications(demo)[TEAM], demo, "ana")
    _begin_anew(demo.evidence)
    with locked(demo):
        answer = browser.client.get(READING_PAGE)
        assert answer.status_code == 503
        assert not shown_in(answer.text, words)
        assert answer.headers["Retry-After"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert browser.client.get("/studies").status_code == 200  # nobody's words are on it
    assert browser.client.get(READING_PAGE).status_code == 200


@pytest.mark.usefixtures("impatient")
def test_a_command_whose_read_cannot_be_stored_says_and_writes_nothing(
    demo: Home, words: dict[str, list[str]], tmp_path: Path
) -> None:
    target = tmp_path / "codings.csv"
    for command in (["coding", "list"], ["coding", "export", str(target)], ["finding", "show", "F-01"]):
        with locked(demo):
            ran = CliRunner().invoke(program, ["--home", str(demo.folder), *command])
        assert ran.exit_code == 1
        assert ran.stdout == ""
        assert not shown_in(ran.output, words)
    assert not target.exists()


def _begin_anew(engine: Engine) -> None:
    """Let go of connections that still have the usual patience."""
    engine.dispose()


def test_turning_a_page_back_within_a_minute_is_one_read_and_another_page_another(demo: Home) -> None:
    browser = browser_of(TEAM, applications(demo)[TEAM], demo, "ana")
    before = len(reads_in(demo))
    for _again in range(3):
        browser.get(READING_PAGE)
    assert len(reads_in(demo)) == before + 1
    browser.get(f"/s/{DEMO_KEY}/sources/INT-002/code")
    assert [each["sources"] for each in reads_in(demo)[before:]] == [["INT-001"], ["INT-002"]]


def test_a_page_that_shows_nobodys_words_leaves_no_entry(demo: Home) -> None:
    browser = browser_of(TEAM, applications(demo)[TEAM], demo, "ana")
    before = len(reads_in(demo))
    for path in (f"/s/{DEMO_KEY}/sources", f"/s/{DEMO_KEY}/codebook", f"/s/{DEMO_KEY}/map", f"/s/{DEMO_KEY}/findings"):
        browser.get(path)
    assert len(reads_in(demo)) == before
