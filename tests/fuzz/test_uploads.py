"""Damaged files sent to the real application: never an error of the server, and a refusal changes nothing."""

import hashlib
import sqlite3
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from ia_workbench.corpus.importers.formats import FORMATS
from ia_workbench.web import create_team_app
from tests.fuzz.chunks import damaged
from tests.fuzz.mutations import mutated
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.homes import STUDY_KEY
from tests.support.hostile_files import TALK, archive
from tests.support.seed_files import SEEDS

UPLOADS = 200
START = f"/s/{STUDY_KEY}/sources/import"
FIELDS = {"kind": "interview", "standpoint": "parent", "consent": "analysis-only", "language": "en", "collector": "ana"}


@pytest.fixture
def app(home: Home) -> Flask:
    """Make the team's application on the home."""
    return create_team_app(home.settings, home.evidence, home.published)


def digest(home: Home) -> str:
    """The digest of all that the evidence store holds."""
    with sqlite3.connect(home.folder / "evidence.sqlite3") as store:
        return hashlib.sha256("\n".join(store.iterdump()).encode("utf-8", "surrogateescape")).hexdigest()


def left_in(folder: Path) -> set[str]:
    """The files there are in the home, without those that SQLite makes and removes as it likes."""
    return {path.name for path in folder.rglob("*") if not path.name.endswith(("-wal", "-shm"))}


def uploads() -> list[tuple[str, bytes]]:
    """Damaged files of every format and damaged archives of them, in a fixed order."""
    random = Random("uploads")  # noqa: S311 - the same files each time
    names = [form.name for form in FORMATS]
    sources = archive({"a.txt": TALK, "in/b.docx": SEEDS["docx"]()[0], ".DS_Store": b"x"})
    archives = [("a.zip", mutated(random, [sources])) for _ in range(UPLOADS // 10)]
    return archives + [damaged(names[number % len(names)], 100_000 + number) for number in range(UPLOADS * 9 // 10)]


def sent(browser: Browser, token: str, name: str, content: bytes) -> int:
    data = {**FIELDS, "csrf_token": token, "files": (BytesIO(content), name)}
    return browser.client.post(START, data=data, content_type="multipart/form-data").status_code


def test_damaged_uploads_are_taken_or_refused_and_a_refusal_changes_nothing(home: Home, app: Flask) -> None:
    browser = signed_in(app, home, home.actor("ana"))
    token = browser.token(START)
    files, before = left_in(home.folder), digest(home)
    seen: dict[int, int] = {}
    taken: set[bytes] = set()
    for name, content in uploads():
        status = sent(browser, token, name, content)
        seen[status] = seen.get(status, 0) + 1
        now = digest(home)
        assert status in {200, 303, 422}, (name, status)
        is_there = status == 303 and content in taken  # leads to where the same bytes wait already
        assert (now == before) == (status == 422 or is_there), (name, status)
        before = now
        if status == 303:
            taken.add(content)
    assert min(seen.get(303, 0), seen.get(422, 0)) > UPLOADS // 10, seen
    assert left_in(home.folder) == files
    browser.get(START)
