"""Taguette, installed from the package index into an environment of its own and filled with the texts."""

import re
import shutil
import sqlite3
import subprocess
import sys
import venv
from html import escape
from pathlib import Path

from benchmarks.coding.clients import Answer, Client
from benchmarks.coding.processes import Server
from benchmarks.coding.texts import CODES, Text

VERSION = "1.5.2"
BETWEEN = 0  # characters that its text has between two paragraphs
TAG_OF_ALL = "all-one"
ON_A_PAGE = 50


class Taguette:
    """A running Taguette with one project; documents and tags by the names that the benchmark gives them."""

    name = f"Taguette {VERSION}"

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.store = folder / "taguette.sqlite3"
        self.documents: dict[str, int] = {}
        self.can_write_word = shutil.which("ebook-convert") is not None

    def start(self) -> None:
        """Install it, start it, sign in and make a project with its tags."""
        program = _installed((self.folder / "environment").resolve())  # a kept one is linked to
        command = [program, "--no-browser", "--port", str(self.port), "--database", str(self.store)]
        home = {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder)}
        self.server = Server(command, self.folder / "taguette.log", home)
        token = self.server.wait_for(lambda log: (m := re.search(r"token=(\w+)", log)) and m[1])
        self.client = Client(self.port)
        self.client.get(f"/?token={token}")
        page = self.client.get("/project/new").text
        form = {"_xsrf": _xsrf(page), "name": "Benchmark", "description": ""}
        made = self.client.form("/project/new", form)
        self.project = int(re.findall(r"/project/(\d+)", made.location)[0])
        self.client.get(f"/project/{self.project}")  # sets the cookie of the token
        self.client.headers["X-XSRFToken"] = self.client.cookies["_xsrf"]
        self.tags = [self._tag(f"code-{number}") for number in range(CODES)]
        self.tag_of_all = self._tag(TAG_OF_ALL)

    def _tag(self, path: str) -> int:
        answer = self.client.json(f"/api/project/{self.project}/tag/new", {"path": path, "description": ""})
        return int(re.findall(r'"id": ?(\d+)', answer.text)[0])

    def take(self, text: Text) -> None:
        """Take a text in as a document, with its codings written straight into the store."""
        fields = {"name": text.name, "description": "", "text_direction": "LEFT_TO_RIGHT"}
        content = f"<!DOCTYPE html><html><body>{text.html}</body></html>".encode()
        answer = self.client.file(f"/api/project/{self.project}/document/new", fields, "text.html", content)
        self.documents[text.name] = number = int(re.findall(r'"created": ?(\d+)', answer.text)[0])
        with sqlite3.connect(self.store, timeout=60) as store:
            for start, end, words, code in text.places(BETWEEN):
                row = (number, start, end, f"<p>{escape(words)}</p>")
                cursor = store.execute(
                    "INSERT INTO highlights (document_id, start_offset, end_offset, snippet) VALUES (?, ?, ?, ?)", row
                )
                tag = self.tag_of_all if text.in_one_code else self.tags[code]
                store.execute(
                    "INSERT INTO highlight_tags (highlight_id, tag_id) VALUES (?, ?)", (cursor.lastrowid, tag)
                )

    def add(self, client: Client, text: Text, place: tuple[int, int, str], number: int) -> Answer:
        """Add a highlight."""
        start, end, _words = place
        fields = {"start_offset": start, "end_offset": end, "tags": [self.tags[number % CODES]]}
        document = self.documents[text.name]
        answer = client.json(f"/api/project/{self.project}/document/{document}/highlight/new", fields)
        assert answer.status == 200, answer.text
        return answer

    def page_of(self, text: Text) -> str:
        """Return the address of a document to read and code."""
        return f"/project/{self.project}/document/{self.documents[text.name]}"

    def listed(self, page: int) -> Answer:
        """List a page of the tag that all have."""
        return self.client.get(f"/api/project/{self.project}/highlights/{TAG_OF_ALL}?page={page}")

    def export(self, kind: str) -> Answer:
        """Export the tag that all have. Without Calibre its Word document ends at the HTML that Calibre would take."""
        ending = "html" if kind == "docx" and not self.can_write_word else kind
        answer = self.client.get(f"/project/{self.project}/export/highlights/{TAG_OF_ALL}.{ending}")
        assert answer.status == 200, answer.status
        return answer


def _xsrf(page: str) -> str:
    found = re.search(r'name="_xsrf" value="([^"]+)"', page)
    assert found, "the form has no token"
    return found[1]


def _installed(folder: Path) -> Path:
    """Return the program, installed with pip into a new environment."""
    program = folder / "bin" / "taguette"
    if not program.exists():
        venv.create(folder, with_pip=True)
        command = [folder / "bin" / "python", "-m", "pip", "install", "-q", f"taguette=={VERSION}"]
        print(f"installing taguette {VERSION} …", file=sys.stderr, flush=True)
        subprocess.run([str(each) for each in command], check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)
    return program
