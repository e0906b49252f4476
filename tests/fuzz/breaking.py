"""A chunk in which some readings go wrong in every way there is: the suite must name just those."""

import ctypes
import json
import time

from ia_workbench.corpus import ReadFile
from tests.fuzz import chunks

CRASHES, HANGS, SWELLS = 37, 90, 91


def read_badly(form: str, content: bytes) -> ReadFile:
    asked = json.loads(content)
    numbers = range(asked["first"], asked["first"] + asked["count"])
    if CRASHES in numbers:
        ctypes.string_at(0)
    if HANGS in numbers:
        time.sleep(60)
    if SWELLS in numbers:
        bytearray(3_000_000_000)
    return chunks.read_chunk(form, content)


TASKS = {"read": read_badly}
