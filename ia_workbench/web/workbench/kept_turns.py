"""The HTML of turns without codings, kept for the few texts that are open now: writing a long one takes a moment.

In memory alone and for some minutes. Whoever asks has read the text itself first, so that what is withdrawn, closed or
not theirs is refused before anything here is looked at; a correction or a withholding is another text.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

KEPT_FOR = 300.0  # seconds
MOST = 20_000_000  # bytes in all
FIRST = 2  # stretches that a window may hold

Key = tuple[uuid.UUID, str, str]  # GUID and digest of the text, language of the page


@dataclass(frozen=True)
class WrittenTurns:
    """The HTML of a text's turns as it is sent: those that a reader sees first, the others, and how many they are."""

    first: bytes
    rest: bytes
    count: int

    @classmethod
    def of(cls, stretches: Iterable[str], count: int) -> "WrittenTurns":
        """Return the turns of some stretches of HTML."""
        left = iter(stretches)
        first = "".join(islice(left, FIRST))
        return cls(first.encode(), "".join(left).encode(), count)


class KeptTurns:
    """The turns last written in this process; the oldest go when they are too many or too old."""

    def __init__(self) -> None:
        self._kept: dict[Key, tuple[float, WrittenTurns]] = {}
        self._lock = threading.Lock()

    def of(self, key: Key, write: Callable[[], WrittenTurns]) -> WrittenTurns:
        """Return the turns kept under a key, or write and keep them."""
        with self._lock:
            self._let_go(time.monotonic() - KEPT_FOR)
            known = self._kept.get(key)
        if known is not None:
            return known[1]
        written = write()
        with self._lock:
            self._kept[key] = (time.monotonic(), written)
            while sum(len(each.rest) for _at, each in self._kept.values()) > MOST:
                del self._kept[next(iter(self._kept))]
        return written

    def _let_go(self, since: float) -> None:
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] >= since}
