"""Public identifiers: GUIDs for exchange, short keys for people, slugs for paths."""

import re
import unicodedata
import uuid
from collections.abc import Hashable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)
LONGEST_KEY = 40
KEY = re.compile(r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*\Z")


def new_guid() -> uuid.UUID:
    """Return a fresh random GUID (REFI-QDA identifies everything it exchanges by one)."""
    return uuid.uuid4()


def format_key(prefix: str, number: int, width: int = 2) -> str:
    """Write the short key of a thing in its study: `format_key("F", 3)` is `F-03`."""
    return f"{prefix}-{number:0{width}d}"


def is_key(word: str) -> bool:
    """Say whether a word can be a key that a person gives: letters, digits, single - _ . between them, at most 40."""
    return bool(KEY.match(word)) and len(word) <= LONGEST_KEY


def is_numbered_key(word: str) -> bool:
    """Say whether a word is a key with a digit in it: neither anybody's name nor the address of something else."""
    return is_key(word) and any(each.isdigit() for each in word)


def slug_of(name: str) -> str:
    """Turn a name into a path part: lower case, a to z, digits and single hyphens; `code` when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "code"


def first_twice(things: Iterable[Thing]) -> Thing | None:
    """Return the first thing that is there a second time, None when each is there once."""
    seen: set[Thing] = set()
    for thing in things:
        if thing in seen:
            return thing
        seen.add(thing)
    return None
