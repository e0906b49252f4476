"""Regular expressions of people's own, held to a time: a pattern that would take for ever is ended and refused."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from ia_workbench.autocoding.matching import MOST_MATCHES, TOO_MANY
from ia_workbench.kernel import Refused

SECONDS = 8  # for all texts of a study; two million words take an ordinary pattern about one
MEMORY = 1_000_000_000  # bytes
CHILD = Path(__file__).with_name("pattern_child.py")
TOO_SLOW = (
    "This expression takes too long: it was stopped after {seconds} seconds. Repetitions within repetitions, such as "
    "{example}, are the usual reason."
)
WRONG_AT = "This is no regular expression: it goes wrong at character {place}."
WRONG = "This is no regular expression that can be used here: it is too large, or a part of it is."


def places_of_pattern(pattern: str, sources: Sequence[Sequence[str]]) -> list[list[tuple[int, int, int]]]:
    """Return where a pattern matches, for each source a list of (text, start, end), offsets in code points of the text.

    Python's own expressions, without regard to capitals; matches of nothing are left out. Refuses what is no
    expression, what takes longer than 8 seconds, and what matches in too many places. The texts go to a process of
    their own that is ended then.
    """
    asked = {"pattern": pattern, "most": MOST_MATCHES, "seconds": SECONDS, "memory": MEMORY, "sources": sources}
    with ThreadPoolExecutor(1) as aside:  # a loop may be running where this is called, and a thread has but one
        written = aside.submit(asyncio.run, _answer(json.dumps(asked).encode())).result()
    if written is None:
        raise Refused(TOO_SLOW, seconds=SECONDS, example="(a+)+")
    answer = json.loads(written)
    if answer.get("many"):
        raise Refused(TOO_MANY, most=MOST_MATCHES)
    if "wrong" in answer:
        raise Refused(WRONG) if answer["wrong"] is None else Refused(WRONG_AT, place=answer["wrong"] + 1)
    return [[(text, start, end) for text, start, end in found] for found in answer["places"]]


async def _answer(asked: bytes) -> bytes | None:
    """Ask a process of its own; None where it had to be ended, by the clock here or by its own limits."""
    command = (sys.executable, "-I", "-S", str(CHILD))
    child = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={})
    try:
        written, _ = await asyncio.wait_for(child.communicate(asked), SECONDS + 2)
    except TimeoutError:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
        return None
    return written if child.returncode == 0 else None
