"""Slowing down guesses at passwords: five failures in a minute for a name or an address close it for that minute."""

import math
import threading
import time
from collections import defaultdict
from collections.abc import Callable

from ia_workbench.kernel import Refused

MOST_FAILURES = 5
WINDOW = 60.0  # seconds


class TooMany(Refused):
    """Say that there were too many failures; the fact `wait` is in how many seconds the door opens again."""

    status = 429


class Throttle:
    """Failures by key within the last minute, kept in this process only. The clock counts seconds, from anywhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, list[float]] = defaultdict(list)
        self._lock = threading.Lock()

    def refuse_too_many(self, *keys: str) -> None:
        """Refuse when any key has five failures within the last minute."""
        now = self._clock()
        with self._lock:
            self._forget_before(now - WINDOW)
            tries = [self._failures.get(key, []) for key in keys]
        # a door opens again when its fifth failure from the end is a minute old
        opens = [failures[-MOST_FAILURES] + WINDOW for failures in tries if len(failures) >= MOST_FAILURES]
        if opens:
            raise TooMany("Too many tries. Wait a minute, then try again.", wait=math.ceil(max(opens) - now))

    def _forget_before(self, then: float) -> None:
        """Keep recent failures alone, so that what is remembered cannot grow with every name that is tried."""
        recent = {key: [at for at in failures if at > then] for key, failures in self._failures.items()}
        self._failures = defaultdict(list, {key: failures for key, failures in recent.items() if failures})

    def count_failure(self, *keys: str) -> None:
        """Count a failure against each key."""
        with self._lock:
            for key in keys:
                self._failures[key].append(self._clock())

    def forget(self, *keys: str) -> None:
        """Forget the failures of each key, after a success."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)
