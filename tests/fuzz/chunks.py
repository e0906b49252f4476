"""Reading many damaged files in one child: what the child of a chunk does, and what its parent makes of the answer.

The child is that of `importers.child`, shut in like every other, and reads one damaged file after the other in itself.
A fork for each would take most of the time and find nothing more: whatever kills the child ends the chunk, which is
then halved until one file is left, and that one is told by its number.
"""

import json
import re
import signal
import sys
import traceback
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from ia_workbench.corpus import ReadFile, find_turns, read_file
from ia_workbench.corpus.importers.checking import broken_rule
from ia_workbench.corpus.importers.conversion import FAILED, Converter
from ia_workbench.corpus.importers.formats import FORMATS
from ia_workbench.corpus.importers.reading import read_here
from ia_workbench.kernel import Refused
from tests.fuzz.mutations import mutated
from tests.support.seed_files import SEEDS

LONGEST_READING = 10  # seconds for one small file
SHARED_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MOST_REAL, LARGEST_REAL = 8, 16_000  # files of a format, bytes of each
NOTHING = "nothing failed"
WORD_OF_FILE = 8  # bytes of a file in a sentence that are no chance
OURS = re.compile(r"[\w .,+-]*")


class TooLong(BaseException):
    """Say that reading took longer than it may. No reader catches it."""


def seeds_of(form: str) -> list[bytes]:
    """Return the files of a format to be damaged: our own, and the smallest real ones where there are any."""
    return [*SEEDS[form](), *_real(form)]


def _real(form: str) -> Iterator[bytes]:
    endings = next(each.endings for each in FORMATS if each.name == form)
    found = [path for path in SHARED_DATA.rglob("*") if path.suffix.lower() in endings and path.is_file()]
    fitting = sorted((path.stat().st_size, path) for path in found)
    wanted = [path for size, path in fitting if 0 < size <= LARGEST_REAL]
    step = max(1, len(wanted) // MOST_REAL)
    return (path.read_bytes() for path in wanted[::step][:MOST_REAL])


@cache
def loaded_seeds() -> dict[str, list[bytes]]:
    """Return the files of every format, loaded before anything is shut in."""
    return {form.name: seeds_of(form.name) for form in FORMATS if form.name in SEEDS}


def damaged(form: str, number: int) -> tuple[str, bytes]:
    """Return the damaged file of that number: its name and its bytes."""
    random = Random(f"{form} {number}")  # noqa: S311 - the same file each time
    content = mutated(random, loaded_seeds()[form])
    ending = next(each.endings[0] for each in FORMATS if each.name == form)
    return f"a{ending if random.random() < 0.95 else random.choice(FORMATS).endings[0]}", content


def failure(form: str, number: int) -> str | None:
    """Read the damaged file of that number in this process and say what was wrong; None where all was right."""
    name, content = damaged(form, number)
    signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_READING)
    try:
        return _wrong(name, content)
    except TooLong:
        return f"took more than {LONGEST_READING} seconds"
    except BaseException as error:
        places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        return f"{type(error).__name__} at {' '.join(places[-4:])}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _give_up(_signal: int, _frame: object) -> None:
    raise TooLong


def _wrong(name: str, content: bytes) -> str | None:
    try:
        file = read_here(name, content)
    except Refused as refusal:
        return _wrong_sentence(refusal, name, content)
    broken = broken_rule(file)
    return broken or _wrong_turns(file)


def _wrong_sentence(refusal: Refused, name: str, content: bytes) -> str | None:
    sentence = str(refusal)
    if not (sentence.isprintable() and len(sentence) < 500 and sentence.endswith(".")):
        return "a refusal that is no sentence"
    told = [str(fact) for fact in refusal.facts.values() if str(fact) != name]
    if any(len(fact) >= WORD_OF_FILE and fact.encode() in content and not OURS.fullmatch(fact) for fact in told):
        return "a refusal that holds bytes of the file"
    return None


def _wrong_turns(file: ReadFile) -> str | None:
    turns = find_turns(file.text).turns
    places = [place for turn in turns for place in (turn.start, turn.end)]
    if places != sorted(places) or any(not 0 <= place <= len(file.text) for place in places):
        return "turns out of order or outside of the text"
    return None


# ---------------------------------------------------------------- the child of a chunk


def read_chunk(form: str, content: bytes) -> ReadFile:
    """Read every damaged file of a chunk; the text of the answer has a line for each that failed."""
    asked = json.loads(content)
    found = {number: failure(form, number) for number in range(asked["first"], asked["first"] + asked["count"])}
    lines = [f"{number} {wrong}" for number, wrong in found.items() if wrong]
    return ReadFile(name=form, text="\n".join(lines) or NOTHING, sha256="", content=b"")


TASKS = {"read": read_chunk}
loaded_seeds()  # the child can open no file


# ---------------------------------------------------------------- its parent


def failures(converter: Converter, form: str, first: int, count: int) -> list[str]:
    """Have a chunk read and return a line for each file that failed, beginning with its number."""
    try:
        told = converter.read(form, json.dumps({"first": first, "count": count}).encode()).text
    except Refused:
        if count == 1:
            is_contained = form == "pdf" and _is_drawing_bomb(damaged(form, first)[1])
            return [] if is_contained else [f"{first} the child died, hung or ran out of memory"]
        half = count // 2
        return failures(converter, form, first, half) + failures(converter, form, first + half, count - half)
    return [] if told == NOTHING else told.split("\n")


def _is_drawing_bomb(content: bytes) -> bool:
    """Say whether a PDF has drawings within drawings, and the real reader refuses it in its sentence.

    PDFium unfolds those that draw each other until memory ends, and then ends its process. It offers nothing to ask
    first, so that the child is what contains them (`tests/corpus/importers/test_pdf.py`).
    """
    try:
        read_file("a.pdf", content)
    except Refused as refusal:
        return refusal.sentence == FAILED and content.count(b"/Form") > 1
    return False


def main() -> None:
    """Read one damaged file again, here: `python -m tests.fuzz.chunks FORMAT NUMBER [FILE TO WRITE IT TO]`."""
    form, number, *written = sys.argv[1:]
    name, content = damaged(form, int(number))
    for path in written:
        Path(path).write_bytes(content)
    print(f"{name}, {len(content)} bytes: {failure(form, int(number)) or 'read or refused as it should be'}")
    print(read_here(name, content).notes)


if __name__ == "__main__":
    main()
