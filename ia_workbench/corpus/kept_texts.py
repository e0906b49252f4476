"""The texts that are at work now, kept in memory: a store counts through a long text to find the words at its end.

Nothing here says who may read. Whoever asks has been told by the store, a moment ago and behind the wall, that this
text is there for them and what its digest is; a text that was corrected, closed or blackened has another digest, and
what is withdrawn has none to be told.
"""

import threading
import time
from collections.abc import Callable

KEPT_FOR = 300.0  # seconds since a text was last asked for
MOST = 10_000_000  # characters in all: the sources of a large study


class KeptTexts:
    """Texts by the SHA-256 of their UTF-8; those that nobody asked for the longest go first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._clock, self._most = clock, most
        self._kept: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def known(self, digest: str) -> str | None:
        """Return the text of that digest; None where it is not kept."""
        with self._lock:
            now = self._clock()
            self._let_go(now - KEPT_FOR)
            kept = self._kept.pop(digest, None)
            if kept is None:
                return None
            self._kept[digest] = now, kept[1]  # the last in line to go
            return kept[1]

    def keep(self, digest: str, text: str) -> None:
        """Keep a text for a while, unless it is longer than all that may be kept."""
        if len(text) > self._most:
            return
        with self._lock:
            self._kept[digest] = self._clock(), text
            while sum(len(each) for _at, each in self._kept.values()) > self._most:
                del self._kept[next(iter(self._kept))]

    def _let_go(self, since: float) -> None:
        while self._kept and next(iter(self._kept.values()))[0] < since:
            del self._kept[next(iter(self._kept))]


TEXTS = KeptTexts()
