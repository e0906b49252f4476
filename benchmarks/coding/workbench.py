"""The workbench, served from a home that is made for the benchmark and filled with the texts."""

import re
import sys
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks.coding.clients import Answer, Client, between
from benchmarks.coding.processes import Server
from benchmarks.coding.texts import CODES, Text
from ia_workbench import codebook, corpus, privacy
from ia_workbench.codebook import CodebookFile, CodeEntry
from ia_workbench.config import load_settings
from ia_workbench.corpus import ConsentScope, Revision, SourceKind, SourceRecord
from ia_workbench.database import Store, bring_up_to_date, open_engine
from tests.support.many_codings import Put, put_codings

BETWEEN = 1  # a line end between two turns
PASSWORD = "only for this benchmark"  # noqa: S105 - of a home that is thrown away
CODE_OF_ALL = "all-one"
STUDY = "/s/bench"
ON_A_PAGE = 200  # excerpts of a code


class Workbench:
    """A running workbench with one study; sources by the names that the benchmark gives them."""

    name = "IA Workbench"

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.keys: dict[str, str] = {}
        load_settings({}, home=folder)
        self.engines = {}
        for store in Store:
            self.engines[store] = open_engine(f"sqlite:///{folder / f'{store}.sqlite3'}")
            bring_up_to_date(self.engines[store], store)
        evidence = self.engines[Store.EVIDENCE]
        with (
            privacy.unheld_session(evidence, reason="make the benchmark's lead", writes=True) as opened,
            opened.begin(),
        ):
            privacy.make_first_lead(opened, "bench")
            lead = privacy.actor_for(opened, Store.EVIDENCE, "bench")
            privacy.set_password(opened, lead, username="bench", hashed=privacy.hash_password(PASSWORD))
            privacy.create_study(opened, lead, key="bench", title="Bench", question="?", site="Nowhere", settings={})
            self.lead = privacy.actor_for(opened, Store.EVIDENCE, "bench")
            (self.study_id,) = self.lead.study_ids
            codebook.import_codebook(opened, self.lead, study_id=self.study_id, file=_codebook())

    def take(self, text: Text) -> None:
        """Take a text in as a source, with its codings written straight into the store."""
        key = self.keys[text.name] = f"INT-{len(self.keys) + 1:03}"
        evidence = self.engines[Store.EVIDENCE]
        with privacy.session_for(evidence, self.lead, writes=True) as session, session.begin():
            file = corpus.read_file(f"{key}.txt", text.whole.encode() + b"\n" * len(self.keys))
            record = SourceRecord(
                key=key,
                title=text.name,
                kind=SourceKind.INTERVIEW,
                standpoint="parent",
                consent=ConsentScope.ANALYSIS_ONLY,
            )
            found = corpus.find_turns(file.text)
            source = corpus.import_source(
                session, self.lead, study_id=self.study_id, record=record, file=file, found=found
            )
            self._code(session, corpus.newest_revision(session, source), text)

    def _code(self, session: Session, revision: Revision, text: Text) -> None:
        codes = {each.path: each for each in codebook.codes(session, self.study_id)}
        given = (
            Put(start, end, words, codes[CODE_OF_ALL if text.in_one_code else f"code-{code}"], self.lead.account_id)
            for start, end, words, code in text.places(BETWEEN)
        )
        put_codings(session, revision, given)

    def start(self) -> None:
        """Serve the home and sign in."""
        for engine in self.engines.values():
            engine.dispose()
        command = [sys.executable, "-m", "ia_workbench", "--home", self.folder, "serve", "--only", "team"]
        self.server = Server([*command, "--port", str(self.port)], self.folder / "serve.log")
        self.server.wait_for(lambda log: (m := re.search(r"http://\S+", log)) and m[0])
        self.client = Client(self.port)
        token = between(self.client.get("/sign-in").text, 'name="csrf_token" value="', '"')
        form = {"csrf_token": token, "username": "bench", "password": PASSWORD}
        assert self.client.form("/sign-in", form).status == 303
        token = between(self.client.get("/studies").text, 'name="csrf_token" value="', '"')
        self.client.headers["X-CSRF-Token"] = token

    def add(self, client: Client, text: Text, place: tuple[int, int, str], number: int) -> Answer:
        """Add a coding."""
        start, end, words = place
        fields = {
            "revision": 1, "start": start, "end": end, "quote": words, "code": f"code-{number % CODES}",
            "request": f"{self.keys[text.name]}-{start}-{number}",
        }  # fmt: skip
        answer = client.json(f"{STUDY}/sources/{self.keys[text.name]}/codings", fields)
        assert answer.status == 201, answer.text
        return answer

    def page_of(self, text: Text) -> str:
        """Return the address of a source to read and code."""
        return f"{STUDY}/sources/{self.keys[text.name]}/code"

    def listed(self, page: int) -> Answer:
        """Show a page of the code that all have."""
        return self.client.get(f"{STUDY}/codebook/c/{CODE_OF_ALL}?page={page}")

    def export(self, kind: str) -> Answer:
        """Export the code that all have, and wait for it where it is made in the background."""
        answer = self.client.get(f"{STUDY}/codings/export/file?kind={kind}&code={CODE_OF_ALL}")
        while answer.status == 303:
            answer = self.client.get(f"{STUDY}/codings/export/file?kind={kind}&code={CODE_OF_ALL}")
        assert answer.status == 200, answer.text
        return answer


def _codebook() -> CodebookFile:
    codes = [CodeEntry(f"code-{number}", f"Code {number}", color=number % 12 + 1) for number in range(CODES)]
    return CodebookFile("Bench", codes=(*codes, CodeEntry(CODE_OF_ALL, "All in one", color=3)))
