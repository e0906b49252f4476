"""A file that takes its reader over, or never ends: one sentence comes back, and the next file is read."""

import gc
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ia_workbench.corpus import read_file
from ia_workbench.corpus.importers.conversion import FAILED, Converter
from ia_workbench.corpus.importers.reading import read_here
from ia_workbench.corpus.importers.sandbox import Limits
from ia_workbench.kernel import Refused
from tests.support.word_files import paragraph, word_file

MISBEHAVING = "tests.corpus.importers.misbehaving"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells of processes in /proc")
TALK = word_file(paragraph("P: Yes.") + paragraph("I: And then?"))


@pytest.fixture(scope="module")
def converter() -> Iterator[Converter]:
    made = Converter(MISBEHAVING, Limits(seconds=2, cpu_seconds=1, memory=1_000_000_000))
    made.read("good", b"x")  # the helper has started: that may take long on a busy machine, and no test is about it
    yield made
    made.close()


def refusal(converter: Converter, name: str) -> str:
    with pytest.raises(Refused) as caught:
        converter.read(name, b"x")
    return str(caught.value)


@pytest.mark.parametrize("name", ["crash", "hold", "spin", "swell", "fail"])
def test_a_reader_that_breaks_or_never_ends_is_one_sentence_and_the_next_file_is_read(
    name: str, converter: Converter
) -> None:
    began = time.monotonic()
    assert refusal(converter, name) == FAILED.format(name=name)
    assert time.monotonic() - began < 20
    assert converter.read("good", b"x").text == "good"


@pytest.mark.parametrize(
    "name",
    [
        "reach",
        "chatter",
        "endless-sentence",
        "endless-text",
        "past-the-end",
        "out-of-order",
        "unstorable",
        "not-normal",
        "lone-surrogate",
        "unpack-instead",
        "fill-the-line",
        "attempts-that-do-not-exist",
    ],
)
def test_an_answer_that_no_reader_gives_is_not_believed(name: str, converter: Converter) -> None:
    assert refusal(converter, name) == FAILED.format(name=name)


@LINUX
def test_a_reader_that_was_taken_over_can_do_nothing_but_answer(converter: Converter) -> None:
    assert converter.read("attempts", b"x").text == "did: nothing"


def test_name_bytes_and_digest_are_ours_and_not_what_the_child_says(converter: Converter) -> None:
    file = converter.read("folder/good", b"bytes")
    assert (file.name, file.content, file.sha256) == ("good", b"bytes", hashlib.sha256(b"bytes").hexdigest())


def test_a_child_reads_what_the_reader_reads_here() -> None:
    for name, content in {"a.docx": TALK, "a.txt": "caf\u00e9".encode("cp1252") * 20, "b.md": b"one\x0ctwo"}.items():
        assert read_file(name, content) == read_here(name, content)


def test_a_refusal_comes_back_with_its_sentence_and_its_facts() -> None:
    for name, content in {"a.docx": b"words", "a.txt": b"", "b.exe": b"MZ"}.items():
        with pytest.raises(Refused) as here:
            read_here(name, content)
        with pytest.raises(Refused) as there:
            read_file(name, content)
        assert (there.value.sentence, there.value.facts) == (here.value.sentence, here.value.facts)


def test_an_interpreter_for_each_file_does_the_same_where_a_system_cannot_fork() -> None:
    alone = Converter(forks=False)
    assert alone.read("a.docx", TALK) == read_here("a.docx", TALK)
    with pytest.raises(Refused, match="holds no words"):
        alone.read("a.txt", b" ")
    with pytest.raises(Refused) as caught:
        Converter(MISBEHAVING, Limits(seconds=30, cpu_seconds=1), forks=False).read("crash", b"x")
    assert caught.value.sentence == FAILED


def test_threads_read_at_once_and_each_gets_its_own_file() -> None:
    files = {f"{number}.txt": f"P: {number} {'word ' * number}".encode() for number in range(60)}
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda each: read_file(*each), files.items()))
    assert [(file.name, file.text.encode()) for file in read] == list(files.items())


def test_a_slow_file_does_not_hold_up_the_others(converter: Converter) -> None:
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(refusal, converter, "hold")
        time.sleep(0.2)
        assert converter.read("good", b"x").text == "good"
        assert not slow.done()
        assert slow.result() == FAILED.format(name="hold")


# ---------------------------------------------------------------- processes


def helpers_of(process: int) -> list[int]:
    """The processes that this one started and that still run, by /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = entry.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == process and state != "Z":
            found.append(int(entry.parent.name))
    return found


def waited_for(condition: object, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@LINUX
def test_a_helper_that_was_killed_is_started_again() -> None:
    converter = Converter(MISBEHAVING)
    before = set(helpers_of(os.getpid()))
    assert converter.read("good", b"x").text == "good"
    (helper,) = set(helpers_of(os.getpid())) - before
    os.kill(helper, signal.SIGKILL)
    assert converter.read("good", b"x").text == "good"
    converter.close()
    assert set(helpers_of(os.getpid())) == before


@LINUX
def test_nothing_is_left_of_a_hundred_files() -> None:
    converter = Converter(MISBEHAVING, Limits(seconds=5))
    before = set(helpers_of(os.getpid()))
    converter.read("good", b"x")
    (helper,) = set(helpers_of(os.getpid())) - before
    gc.collect()

    def descriptors() -> list[int]:
        return [len(os.listdir(f"/proc/{each}/fd")) for each in (os.getpid(), helper)]

    assert waited_for(lambda: not helpers_of(helper))  # a child is ended after its answer was taken
    before_them = descriptors()
    for number in range(100):
        if number % 20 == 0:
            refusal(converter, "crash")
        converter.read("good", b"x")
    assert waited_for(lambda: not helpers_of(helper))
    assert waited_for(lambda: descriptors() == before_them), (descriptors(), before_them)
    converter.close()


@LINUX
def test_no_process_outlives_the_program_that_asked_even_when_it_is_killed() -> None:
    program = (
        "import threading, time; from ia_workbench.corpus.importers.conversion import Converter\n"
        f"made = Converter({MISBEHAVING!r})\n"
        "threading.Thread(target=made.read, args=('hold', b'x'), daemon=True).start()\n"
        "time.sleep(300)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    )
    try:
        assert waited_for(lambda: any(helpers_of(each) for each in helpers_of(parent.pid)), seconds=120)
        helpers = helpers_of(parent.pid)
        children = [child for each in helpers for child in helpers_of(each)]
    finally:
        parent.kill()
        parent.wait()
    gone = [Path(f"/proc/{each}") for each in helpers + children]
    assert waited_for(lambda: not any(each.exists() for each in gone))
