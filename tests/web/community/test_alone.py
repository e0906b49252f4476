"""The community application runs where there is no evidence store at all."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from flask import Flask

from tests.support import Home
from tests.support.browsing import signed_in

SERVE_EVERYTHING = """
import sys
from pathlib import Path
from ia_workbench.config import Settings
from ia_workbench.database import open_engine
from ia_workbench.web import create_community_app

folder = Path(sys.argv[1])
url = f"sqlite:///{folder / 'published.sqlite3'}"
app = create_community_app(Settings(home=folder, evidence_url=None, published_url=url), open_engine(url))
for who, paths in (("rosa", sys.argv[2].split()), ("lee", sys.argv[3].split())):
    browser = app.test_client()
    html = browser.get("/sign-in").text
    token = html.split('name="csrf_token" value="')[1].split('"')[0]
    password = (who * 3).ljust(15, "-")
    browser.post("/sign-in", data={"username": who, "password": password, "csrf_token": token})
    for path in paths:
        response = browser.get(path)
        print(path, response.status_code, len(response.data) > 500)
evidence = ("corpus", "codebook", "process_map", "coding", "findings", "release", "search", "study_folder")
rooms = [name.split(".")[1] for name in sys.modules if name.startswith("ia_workbench.")]
print("loaded:", sorted(set(rooms) & set(evidence)))
"""
MEMBER = ["/c", "/c/1", "/c/2", "/c/3", "/c/answers", "/c/help", "/es/c", "/es/c/1"]
SITE_LEAD = ["/briefs", "/briefs/F-01", "/briefs/F-01/export", "/answers", "/es/briefs/F-01"]


def test_a_published_store_alone_serves_every_page(community: Flask, home: Home, tmp_path: Path) -> None:
    for who in ("rosa", "lee"):
        signed_in(community, home, home.member(who))  # gives them a password
    alone = tmp_path / "alone"
    alone.mkdir()
    stores = (home.folder / "published.sqlite3", alone / "published.sqlite3")
    with closing(sqlite3.connect(stores[0])) as here, closing(sqlite3.connect(stores[1])) as there:
        here.backup(there)
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", SERVE_EVERYTHING, str(alone), " ".join(MEMBER), " ".join(SITE_LEAD)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert finished.returncode == 0, finished.stderr
    lines = finished.stdout.splitlines()
    assert lines[:-1] == [f"{path} 200 True" for path in (*MEMBER, *SITE_LEAD)]
    assert lines[-1] == "loaded: []"
    assert {each.name.split("-")[0] for each in alone.iterdir()} == {"published.sqlite3"}
