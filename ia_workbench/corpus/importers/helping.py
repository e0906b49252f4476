"""The parent's side of the helper that forks: started when needed, again when it is gone, ended at exit."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

from ia_workbench.corpus.importers.child import BEGIN, END, ORDER

# A clean interpreter: nothing of our memory, of our environment or of our open files goes along.
START = (
    "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main(sys.argv[3:])"
)
CHILD = "ia_workbench.corpus.importers.child"
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}  # a library of numbers that spreadsheets load would start threads
PATIENCE = 5.0  # seconds for the helper to end by itself
STARTING = 60.0  # seconds for it to load the readers, on a machine that is busy
CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")


def command(module: str, *words: str) -> list[str]:
    """Return the command that starts the `main` of a module, with these words, in an interpreter of its own."""
    paths = [os.path.abspath(each) for each in sys.path]
    return [sys.executable, "-I", "-c", START, json.dumps(paths), module, *words]


class Helper:
    """One helper process for this process, shared by its threads."""

    def __init__(self, tasks: str) -> None:
        self._tasks = tasks
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None
        self._owner = 0
        self._jobs = 0

    @contextlib.contextmanager
    def child(self) -> Iterator[socket.socket]:
        """Give the line to a child of its own, which is ended afterwards. Raises OSError or EOFError."""
        try:
            ours, job = self._begun()
        except (OSError, EOFError):  # the helper died meanwhile; no file was sent yet
            self.close()
            ours, job = self._begun()
        with ours:
            try:
                yield ours
            finally:
                self._order(END, job)

    def close(self) -> None:
        """End the helper and every child of it."""
        with self._lock:
            self._stop()

    def _begun(self) -> tuple[socket.socket, int]:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                job = self._handed(theirs)
            ours.settimeout(STARTING)
            if ours.recv(1) != BEGIN:
                raise EOFError
        except BaseException:
            ours.close()
            raise
        return ours, job

    def _handed(self, theirs: socket.socket) -> int:
        with self._lock:
            orders = self._running()
            self._jobs += 1
            socket.send_fds(orders, [ORDER.pack(BEGIN, self._jobs)], [theirs.fileno()])
            return self._jobs

    def _order(self, act: bytes, job: int) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._orders is not None and self._owner == os.getpid():
                self._orders.sendall(ORDER.pack(act, job))

    def _running(self) -> socket.socket:
        if self._owner != os.getpid():  # we were forked: the helper is our parent's, and so are its orders
            self._process, self._orders = None, None
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        return self._start() if self._orders is None else self._orders

    def _start(self) -> socket.socket:
        self._orders, theirs = ours, _ = socket.socketpair()
        self._owner = os.getpid()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command(CHILD, "fork", str(theirs.fileno()), self._tasks),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what goes wrong with a file may hold its words
                pass_fds=(theirs.fileno(),),
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        return ours

    def _stop(self) -> None:
        orders, process = self._orders, self._process
        self._orders, self._process = None, None
        if orders is None or process is None or self._owner != os.getpid():
            return
        orders.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def clock(seconds: float) -> Callable[[], float]:
    """Return what tells how many seconds are left from now on. It raises TimeoutError when none are."""
    end = time.monotonic() + seconds

    def left() -> float:
        remaining = end - time.monotonic()
        if remaining <= 0:
            raise TimeoutError
        return remaining

    return left
