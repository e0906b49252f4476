"""How long 180 files take: stored as a batch and read in the background, accepted together, and by the command.

Makes a home of its own in a temporary folder, and 180 Word documents and texts of some 1,200 words each. The batch goes
through the pages, without a browser.
"""

import io
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner
from docx import Document
from flask.testing import FlaskClient

from ia_workbench.app import team_app
from ia_workbench.cli import program
from ia_workbench.config import load_settings
from ia_workbench.web.sessions import engine_of
from ia_workbench.web.workbench.batch_reader import reader_of

FILES, WORDS = 180, 1_200
SAID = ["the", "visit", "form", "opens", "at", "nine", "and", "my", "shift", "ends", "at", "three", "mañana"]
RECORD = {"kind": "interview", "standpoint": "parent", "consent": "analysis-only", "language": "en", "collector": "ana"}
START = "/s/cedar-county/sources/import"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _run(home, "demo", "--no-serve")
        _by_page(home, list(_files(seed=7)))
        _by_command(home, Path(folder) / "files", list(_files(seed=8)))


def _by_page(home: Path, files: list[tuple[str, bytes]]) -> None:
    app = team_app(load_settings({}, home=home, is_demo=True))
    client = app.test_client()
    token = _sign_in(client)
    sent = [(io.BytesIO(content), name) for name, content in files]
    with _timed(f"{FILES} files stored, until the answer"):
        answer = client.post(START, data={**RECORD, "csrf_token": token, "files": sent})
    where = str(answer.headers["Location"])
    with _timed(f"{FILES} files read in the background"):
        reader_of(app).read_all()
    with _timed("the report"):
        client.get(where)
    with _timed(f"{FILES} files accepted together, indexed for search"):
        answer = client.post(f"{where}/accept", data={"csrf_token": token, "which": "plain"})
    assert answer.status_code == 303, answer.status_code  # noqa: S101
    engine_of(app).dispose()


def _sign_in(client: FlaskClient) -> str:
    """Sign in by the demo's own button; the token of the forms."""
    from bs4 import BeautifulSoup

    def token_of(path: str) -> str:
        field = BeautifulSoup(client.get(path).text, "html.parser").find("input", attrs={"name": "csrf_token"})
        return str(field["value"])  # type: ignore[index]

    client.post("/sign-in/demo", data={"username": "ana", "csrf_token": token_of("/sign-in")})
    return token_of(START)


def _by_command(home: Path, folder: Path, files: list[tuple[str, bytes]]) -> None:
    folder.mkdir()
    for name, content in files:
        (folder / name).write_bytes(content)
    command = ("source", "import", str(folder), "--standpoint", "parent")
    with _timed(f"source import of {FILES} files"):
        _run(home, *command)
    with _timed("the same again"):
        _run(home, *command)


def _run(home: Path, *words: str) -> None:
    ran = CliRunner().invoke(program, ["--home", str(home), *words])
    if ran.exit_code:
        raise SystemExit(ran.output)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - began:.2f} s")


def _files(seed: int) -> Iterator[tuple[str, bytes]]:
    chosen = random.Random(seed)  # noqa: S311 - the same files each time
    for number in range(FILES):
        lines = [
            f"{'PARENT' if line % 2 else 'WORKER'}: {' '.join(chosen.choices(SAID, k=20))}."
            for line in range(WORDS // 20)
        ]
        if number % 2:
            yield f"{number}.txt", "\n".join(lines).encode()
        else:
            document, file = Document(), io.BytesIO()
            for line in lines:
                document.add_paragraph(line)
            document.save(file)
            yield f"{number}.docx", file.getvalue()


if __name__ == "__main__":
    main()
