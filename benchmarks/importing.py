"""180 files in ten formats through the real program: time and memory, who waits for the store, pages meanwhile.

    python -m benchmarks.importing

Makes a home of its own in a temporary folder and serves it as a process of its own. The files are brought by HTTP, read
in the background and accepted together; then as many others by the command. Meanwhile another program writes to the
store every 20 ms, and a page is opened four times a second. Seconds are of the processor, of the program and of all
that it started, unless they are called seconds of the clock. Linux only.
"""

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.homes import RECORD, START, run
from benchmarks.ten_formats import files
from tests.support.program import Program, children_of, running

NUMBER = 180
QUEUED = "SELECT count(*) FROM imported_file WHERE state = 'queued'"
SOURCES, WAITING = "SELECT count(*) FROM source", "SELECT count(*) FROM pending_import"
TICKS = 100.0  # of the system's clock a second
WRITES_EVERY, PAGE_EVERY = 0.02, 0.25  # seconds


class Watched:
    """What is seen from outside while something runs: memory, waits of another writer, pages opened."""

    def __init__(self, program: Program) -> None:
        """Look at a program that runs."""
        self.program = program
        self.waits: list[float] = []
        self.pages: list[float] = []
        self.memory = {"server": 0, "child": 0}
        self._ended = threading.Event()

    @contextmanager
    def watching(self, *, pages: bool = True) -> Iterator[None]:
        """Watch while the block runs."""
        acts = [self._write, self._look, *([self._open] if pages else [])]
        threads = [threading.Thread(target=act) for act in acts]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            self._ended.set()
            for each in threads:
                each.join()

    def _write(self) -> None:
        store = sqlite3.connect(self.program.home / "evidence.sqlite3", timeout=60, isolation_level=None)
        while not self._ended.wait(WRITES_EVERY):
            began = time.perf_counter()
            store.execute("BEGIN IMMEDIATE")
            self.waits.append(time.perf_counter() - began)
            store.execute("ROLLBACK")
        store.close()

    def _open(self) -> None:
        while not self._ended.wait(PAGE_EVERY):
            began = time.perf_counter()
            self.program.page(START)
            self.pages.append(time.perf_counter() - began)

    def _look(self) -> None:
        server = self.program.process.pid if self.program.process else 0
        while not self._ended.wait(0.02):
            self.memory["server"] = max(self.memory["server"], peak_of(server))
            for each in children_of(server):
                self.memory["child"] = max(self.memory["child"], peak_of(each))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        run(home, "demo", "--no-serve")
        with running(Program(home, Path(folder) / "temporary")) as program:
            program.sign_in("ana")
            _by_page(program)
        _by_command(home, Path(folder) / "files")


def _by_page(program: Program) -> None:
    quiet = Watched(program)
    with quiet.watching():
        time.sleep(5)
    _told("nothing", 0.0, 5.0, quiet)
    brought, token = list(files(NUMBER, seed=7)), program.token(START)
    with _measured("brought, until the answer", program):
        answer, _ = program.bring(START, {**RECORD, "csrf_token": token}, brought)
    where = str(answer.headers["Location"])
    with _measured("read in the background", program):
        while _count(program.home, QUEUED):
            time.sleep(0.1)
    with _measured("accepted together and indexed", program):
        program.ask("POST", f"{where}/accept", {"csrf_token": token, "which": "plain"})
    print(f"in the study: {_count(program.home, SOURCES)}; to be looked at first: {_count(program.home, WAITING)}")


def _by_command(home: Path, folder: Path) -> None:
    folder.mkdir()
    for name, content in files(NUMBER, seed=8):
        (folder / name).write_bytes(content)
    command = [sys.executable, "-m", "ia_workbench", "--home", str(home), "source", "import", str(folder)]
    for what in ("by the command", "the same again"):
        process = subprocess.Popen(
            [*command, "--standpoint", "parent"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
        )
        watched = Watched(Program(home, folder, process=process))
        began, spent = time.perf_counter(), 0.0
        with watched.watching(pages=False):
            while process.poll() is None:
                spent = max(spent, processor_of(process.pid))
                time.sleep(0.05)
        _told(what, spent, time.perf_counter() - began, watched)


@contextmanager
def _measured(what: str, program: Program) -> Iterator[None]:
    server = program.process.pid if program.process else 0
    began, spent, watched = time.perf_counter(), processor_of(server), Watched(program)
    with watched.watching():
        yield
    _told(what, processor_of(server) - spent, time.perf_counter() - began, watched)


def _told(what: str, spent: float, clock: float, watched: Watched) -> None:
    waits, pages = sorted(watched.waits) or [0.0], watched.pages
    print(
        f"{what}: {spent:.1f} s ({1000 * spent / NUMBER:.0f} ms a file), clock {clock:.1f} s; "
        f"memory server {watched.memory['server']} MB, largest child {watched.memory['child']} MB; "
        f"another writer waited {1000 * statistics.median(waits):.1f} ms, at most {1000 * waits[-1]:.0f} ms; "
        f"page {1000 * statistics.median(pages or [0.0]):.0f} ms, at most {1000 * max(pages, default=0.0):.0f} ms",
        flush=True,
    )


def _count(home: Path, statement: str) -> int:
    with sqlite3.connect(home / "evidence.sqlite3") as store:
        found: int = store.execute(statement).fetchone()[0]
        return found


def peak_of(process: int) -> int:
    """Return the most memory that a process had so far, in megabytes; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def processor_of(process: int) -> float:
    """Return the seconds of processor that a process and all that it started took, those that ended among them."""
    total = 0.0
    for each in {process, *children_of(process)}:
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15])) / TICKS
    return total


if __name__ == "__main__":
    main()
