"""Damaging a sound file: in its bytes, in its lines and numbers, and for zipped files in the parts inside.

Everything is drawn from the generator given, so that a number says which file comes out.
"""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

ODD = (
    "\ufeff\u200b\u202e\u2028\u0000\u0085\u00ad\ufffe\uffff\U0010ffff\u0301\u0344\u1112\u1161\u11ab\ufdfa"
    "\U0001f468\u200d\U0001f469\u01c4\u0130\u00df\u2126\x0b\x0c\x1c\x7f\r"
)
HUGE = (b"-1", b"0", b"1e999", b"2147483648", b"18446744073709551616", b"9" * 400, b"NaN", b"0x7fffffff", b"%n")
NUMBER = re.compile(rb"\d+")
TAG = re.compile(rb"<[^<>]{1,300}>")
NESTS = (b"<a>", b"(", b"[", b"{", b"{\\b ", b"<w:p>", b'{"a":', b"> ", b"<table><tr><td>")
LONGEST = 300_000  # bytes; what is damaged stays small, so that thousands are read in a minute

Mutation = Callable[[Random, bytes, bytes], bytes]


def mutated(random: Random, seeds: Sequence[bytes]) -> bytes:
    """Return one of these files with one to four things wrong with it."""
    content = random.choice(seeds)
    for _ in range(random.choice((1, 1, 2, 4))):
        other = random.choice(seeds)
        if content.startswith(b"PK\x03\x04") and random.random() < 0.8:
            content = _inside(random, content, other)
        else:
            content = _once(random, content, other)
    return content[:LONGEST]


def _once(random: Random, content: bytes, other: bytes) -> bytes:
    return random.choice(MUTATIONS)(random, content, other) if content else other


def _span(random: Random, content: bytes, longest: int = 200) -> tuple[int, int]:
    start = random.randrange(len(content) + 1)
    return start, min(len(content), start + random.randint(1, longest))


def truncate(random: Random, content: bytes, _other: bytes) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def flip(random: Random, content: bytes, _other: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 3, 20))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def insert(random: Random, content: bytes, _other: bytes) -> bytes:
    at, _ = _span(random, content)
    return content[:at] + random.randbytes(random.randint(1, 30)) + content[at:]


def delete(random: Random, content: bytes, _other: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:start] + content[end:]


def repeat(random: Random, content: bytes, _other: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:end] + content[start:end] * random.choice((1, 2, 300)) + content[end:]


def splice(random: Random, content: bytes, other: bytes) -> bytes:
    return content[: random.randrange(len(content) + 1)] + other[random.randrange(len(other) + 1) :]


def move(random: Random, content: bytes, _other: bytes) -> bytes:
    start, end = _span(random, content)
    rest = content[:start] + content[end:]
    at = random.randrange(len(rest) + 1)
    return rest[:at] + content[start:end] + rest[at:]


def shuffle_lines(random: Random, content: bytes, _other: bytes) -> bytes:
    lines = content.split(b"\n")
    random.shuffle(lines)
    return random.choice((b"\n", b"\r\n", b"\r", b"\n\n")).join(lines)


def odd_characters(random: Random, content: bytes, _other: bytes) -> bytes:
    at, _ = _span(random, content)
    characters = "".join(random.choices(ODD, k=random.choice((1, 3, 40))))
    return content[:at] + characters.encode() + content[at:]


def huge_number(random: Random, content: bytes, _other: bytes) -> bytes:
    found = list(NUMBER.finditer(content[:20_000]))
    if not found:
        return content
    chosen = random.choice(found)
    return content[: chosen.start()] + random.choice(HUGE) + content[chosen.end() :]


def swap_tags(random: Random, content: bytes, _other: bytes) -> bytes:
    found = list(TAG.finditer(content[:50_000]))
    if len(found) < 2:
        return content
    first, second = sorted(random.sample(found, 2), key=lambda each: each.start())
    between = content[first.end() : second.start()]
    return content[: first.start()] + second[0] + between + first[0] + content[second.end() :]


def double_tag(random: Random, content: bytes, _other: bytes) -> bytes:
    found = list(TAG.finditer(content[:50_000]))
    if not found:
        return content
    chosen = random.choice(found)
    name = chosen[0].strip(b"</> ").split(b" ")[0]
    inner = b"" if chosen[0].endswith(b"/>") else b"</" + name + b">"
    return content[: chosen.end()] + (chosen[0] + inner) * random.choice((1, 5)) + content[chosen.end() :]


def nest_deep(random: Random, content: bytes, _other: bytes) -> bytes:
    at, _ = _span(random, content)
    opened = random.choice(NESTS)
    return content[:at] + opened * random.choice((50, 300, 3_000)) + content[at:]


MUTATIONS: tuple[Mutation, ...] = (
    truncate, flip, flip, insert, delete, repeat, splice, move,
    shuffle_lines, odd_characters, huge_number, swap_tags, double_tag, nest_deep,
)  # fmt: skip


# ---------------------------------------------------------------- zipped files


@cache
def _entries(content: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return tuple((name, file.read(name)) for name in file.namelist())


def _inside(random: Random, content: bytes, other: bytes) -> bytes:
    """Damage a part of a zip and pack it again, with sums that are right: readers get to see what is wrong."""
    try:
        parts = dict(_entries(content))
        others = dict(_entries(other))
    except Exception:  # damaged before: what the library raises on such bytes is not ours to list
        return _once(random, content, other)
    sizes = [1 + len(each) for each in parts.values()]
    name = random.choices(list(parts), weights=sizes)[0]
    act = random.random()
    if act < 0.05:
        del parts[name]
    elif act < 0.1:
        parts[name] = random.choice(list(others.values()))
    elif act < 0.13:
        parts[random.choice(list(others))] = parts.pop(name)
    else:
        parts[name] = _once(random, parts[name], others.get(name, parts[name]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as file:
        for entry, part in parts.items():
            file.writestr(entry, part[:LONGEST])
    return out.getvalue()
