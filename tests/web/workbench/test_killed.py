"""A server that is killed while files are read: every file ends exactly once, and nothing is left lying about.

The server is the real program in a process of its own; it is spoken to by HTTP and killed without a warning.
"""

import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from secrets import SystemRandom
from uuid import UUID

import pytest

from ia_workbench.corpus import ImportState
from tests.cli.running import Workbench
from tests.support.homes import DEMO_KEY
from tests.support.program import Program, running
from tests.support.seed_files import SEEDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells of processes in /proc")

START = f"/s/{DEMO_KEY}/sources/import"
RECORD = {"kind": "interview", "standpoint": "parent", "consent": "analysis-only", "language": "en", "collector": "ana"}
FORMATS = ("docx", "odt", "rtf", "txt", "csv", "html", "md", "pdf", "vtt", "xlsx")
LONGEST_READING = 60  # seconds for the files of a test, on a machine that does other things too


@pytest.fixture
def program(demo_folder: Path, tmp_path: Path) -> Iterator[Program]:
    """The program over a copy of the demo, started and signed in."""
    shutil.copytree(demo_folder, tmp_path / "home")
    program = Program(tmp_path / "home", tmp_path / "temporary")
    with running(program):
        program.sign_in("ana")
        yield program


def talk(number: int) -> bytes:
    """A talk in plain text, told apart by its number."""
    return f"INTERVIEWER: What happened?\nP: I waited.\nINTERVIEWER: How long?\nP: {number} weeks.\n".encode()


def files() -> list[tuple[str, bytes]]:
    """Files in ten formats, talks, one that comes twice, and two that cannot be read."""
    formats = [(f"a.{form}", SEEDS[form]()[0]) for form in FORMATS]
    talks = [(f"talk {number}.txt", talk(number)) for number in range(14)]
    return [*formats, *talks, ("again.txt", talk(3)), ("bad.docx", b"PK\x03\x04"), ("empty.txt", b"")]


def bring(program: Program, brought: list[tuple[str, bytes]], status: int = 303) -> str:
    """Bring files as a batch; returns where its report is."""
    answer, body = program.bring(START, {**RECORD, "csrf_token": program.token(START)}, brought)
    assert answer.status == status, body[:2000]
    return str(answer.headers["Location"])


def rows(program: Program, statement: str) -> list[tuple[object, ...]]:
    """Ask the evidence store itself, beside the program."""
    with sqlite3.connect(program.home / "evidence.sqlite3") as store:
        return store.execute(statement).fetchall()


def queued(program: Program) -> int:
    """Count the files that wait to be read."""
    return len(rows(program, "SELECT 1 FROM imported_file WHERE state = 'queued'"))


def wait_until_read(program: Program, *, left: int = 0) -> None:
    """Wait until no more than so many files wait to be read."""
    end = time.monotonic() + LONGEST_READING
    while queued(program) > left:
        assert time.monotonic() < end, "the files were not read"
        time.sleep(0.01)


def start_again(program: Program) -> int:
    """Kill the program, see that nothing it started lives on, and start it again; returns what it had left to read."""
    program.kill()
    left = queued(program)
    assert not program.helpers_left()
    program.start()
    return left


def expect_sound(program: Program) -> None:
    """Expect a sound store, whole trails, an index that agrees, and no file left in the temporary folder."""
    program.stop()
    assert rows(program, "PRAGMA integrity_check") == [("ok",)]
    assert list(program.temporary.iterdir()) == []
    assert not list(program.home.glob("*.tmp*"))
    Workbench(program.home)("search-index", "rebuild")
    Workbench(program.home)("doctor")


def test_a_batch_goes_on_after_each_kill_and_every_file_ends_exactly_once(program: Program) -> None:
    brought, chance = files(), SystemRandom()  # other moments each time
    where = bring(program, brought)
    left = [queued(program)]
    for _ in range(4):
        wait_until_read(program, left=max(1, left[-1] - chance.randrange(1, 5)))
        time.sleep(chance.uniform(0, 0.1))
        left.append(start_again(program))
    wait_until_read(program)
    assert left[0] > left[1] > 0, "no kill came in the middle"
    found = rows(program, "SELECT position, name, state, sentence, content FROM imported_file ORDER BY position")
    assert [name for _position, name, *_rest in found] == [name for name, _content in brought]
    states = {str(name): state for _position, name, state, *_rest in found}
    assert [states.pop(name) for name in ("bad.docx", "empty.txt")] == ["refused", "refused"]
    assert all(sentence for *_rest, state, sentence, _content in found if state == "refused")
    assert all(content is None for *_rest, content in found), "the bytes of a file that was read are still queued"
    assert states.pop("again.txt") == "same"
    assert set(states.values()) == {ImportState.WAITING.value}
    waiting = Counter(sha for (sha,) in rows(program, "SELECT sha256 FROM pending_import"))
    assert (len(waiting), set(waiting.values())) == (len(states), {1})
    accepted_in_spite_of_a_kill(program, where, len(states))
    expect_sound(program)


def accepted_in_spite_of_a_kill(program: Program, where: str, number: int) -> None:
    """Accept all that waits, be killed meanwhile, accept the rest; each file is one whole source."""
    before = len(rows(program, "SELECT 1 FROM source"))
    program.bring_part(START, RECORD, [("gone.txt", talk(99))])  # somebody else went away while sending
    guids = [str(UUID(str(guid))) for (guid,) in rows(program, "SELECT guid FROM pending_import")]
    fields = {"csrf_token": program.token(where), "which": "chosen", "chosen": guids[0]}
    assert program.ask("POST", f"{where}/accept", fields)[0].status == 303
    program.leave("POST", f"{where}/accept", {**fields, "chosen": guids[1]})
    start_again(program)
    for guid in guids[1:]:
        answer, _ = program.ask("POST", f"{where}/accept", {**fields, "chosen": guid})
        assert answer.status in {303, 422}  # it may have been taken in before the kill
    assert rows(program, "SELECT count(*) FROM pending_import") == [(0,)]
    assert len(rows(program, "SELECT 1 FROM source")) == before + number
    whole = "SELECT count(*) FROM source s WHERE (SELECT count(*) FROM source_file f WHERE f.source_id = s.id) = 1 "
    whole += "AND (SELECT count(*) FROM turn t JOIN revision r ON t.revision_id = r.id WHERE r.source_id = s.id) > 0"
    assert rows(program, whole) == [(before + number,)]


def test_whoever_goes_away_while_sending_leaves_nothing(program: Program) -> None:
    before = rows(program, "SELECT count(*) FROM import_batch")
    for _ in range(3):
        program.bring_part(START, {**RECORD, "csrf_token": program.token(START)}, [("a.txt", b"word " * 300_000)] * 2)
    assert program.page(START)
    assert rows(program, "SELECT count(*) FROM import_batch") == before
    where = bring(program, [("a.txt", talk(1)), ("b.txt", talk(2))])
    program.leave("GET", where)
    wait_until_read(program)
    expect_sound(program)


def test_a_full_disk_refuses_in_a_sentence_and_the_batch_goes_on_when_there_is_room(
    demo_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo_folder, tmp_path / "home")
    program = Program(tmp_path / "home", tmp_path / "temporary")
    most = (program.home / "evidence.sqlite3").stat().st_size + 300_000
    large = b"P: " + b"word " * (most // 8)  # it fits, but not once more, as a text that waits or with another
    program.before = ("prlimit", f"--fsize={most}")
    with running(program):
        program.sign_in("ana")
        bring(program, [("a.txt", large), ("b.txt", talk(2))])
        time.sleep(1)
        answer, body = program.bring(
            START, {**RECORD, "csrf_token": program.token(START)}, [("c.txt", large), ("d.txt", talk(4))]
        )
        assert (answer.status, "the disk is full" in body) == (503, True)
        assert queued(program) == 2
        start_again(program)
        assert program.page(START)
        program.kill()
        program.before = ()
        program.start()
        wait_until_read(program)
        states = rows(program, "SELECT state FROM imported_file ORDER BY position")
        assert states == [("waiting",), ("waiting",)]
        expect_sound(program)


def test_a_store_that_another_program_holds_is_waited_for(program: Program) -> None:
    with sqlite3.connect(program.home / "evidence.sqlite3", isolation_level=None) as other:
        where = bring(program, [(f"{number}.txt", talk(number)) for number in range(5)])
        other.execute("BEGIN IMMEDIATE")
        read = rows(program, "SELECT count(*) FROM imported_file WHERE state <> 'queued'")
        time.sleep(1)
        assert program.page(where), "reading goes on while another program writes"
        again = rows(program, "SELECT count(*) FROM imported_file WHERE state <> 'queued'")
        other.execute("ROLLBACK")
    assert again == read
    wait_until_read(program)
    assert set(rows(program, "SELECT state FROM imported_file")) == {("waiting",)}
    expect_sound(program)
