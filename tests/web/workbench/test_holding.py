"""What takes long is done before the store is held for writing: another program can write meanwhile."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

import pytest

import ia_workbench.corpus.correcting
import ia_workbench.corpus.operations
import ia_workbench.masking.proposing
from ia_workbench import corpus, privacy
from ia_workbench.web.workbench.batch_reader import reader_of
from tests.support.browsing import Browser
from tests.support.site import BASE, PARENT, Site

START = f"{BASE}/sources/import"
SHARED = {"kind": "interview", "standpoint": "parent", "consent": "quote-to-body", "language": "en", "collector": "ana"}
TALK = "INTERVIEWER: What happened?\nP: I waited for Maria Lopez.\nINTERVIEWER: How long?\nP: {} weeks.\n"


@pytest.fixture
def others_could_write(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Watch what takes long; says, each time it is done, whether another program could write then."""
    seen: list[bool] = []

    def watched(act: Callable[..., Any]) -> Callable[..., Any]:
        def watching(*given: Any, **named: Any) -> Any:
            seen.append(_is_free(site))
            return act(*given, **named)

        return watching

    places = (
        (corpus, "find_turns"),
        (ia_workbench.corpus.operations, "find_turns"),
        (ia_workbench.corpus.correcting, "find_turns"),
        (ia_workbench.corpus.correcting, "edits_between"),
        (privacy, "propose"),
    )
    for room, name in places:
        monkeypatch.setattr(room, name, watched(getattr(room, name)))
    yield seen
    assert seen, "nothing that takes long was done"
    assert all(seen), "the store was held meanwhile"


def _is_free(site: Site) -> bool:
    with closing(sqlite3.connect(site.home.folder / "evidence.sqlite3", timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        other.execute("ROLLBACK")
        return True


def test_one_file_is_read_and_taken_in(site: Site, ben: Browser, others_could_write: list[bool]) -> None:
    sent = {**SHARED, "files": (BytesIO(TALK.format(1).encode()), "a.txt")}
    where = str(ben.send(START, sent).headers["Location"])
    ben.send(f"{where}/accept", SHARED, of=where)
    assert len(others_could_write) > 1


def test_many_files_are_read_and_taken_in(site: Site, ben: Browser, others_could_write: list[bool]) -> None:
    files = [(BytesIO(TALK.format(number).encode()), f"{number}.txt") for number in range(3)]
    where = str(ben.send(START, {**SHARED, "files": files}).headers["Location"])
    reader_of(site.app).read_all()
    ben.send(f"{where}/accept", {"which": "plain"}, of=where)
    with site.reading() as session:
        assert len(corpus.sources(session, site.study_id)) == 7


def test_a_text_is_corrected(site: Site, ben: Browser, others_could_write: list[bool]) -> None:
    address = f"{BASE}/sources/INT-001/correct"
    seen = str(ben.page(f"{address}?whole=1").select("input[name=seen]")[0]["value"])
    ben.send(address, {"words": f"{PARENT}\nP: No more.", "seen": seen}, of=f"{address}?whole=1")


def test_identifiers_are_looked_for(site: Site, ben: Browser, others_could_write: list[bool]) -> None:
    address = f"{BASE}/sources/INT-001/mask"
    ben.send(f"{address}/propose", {}, of=address)
