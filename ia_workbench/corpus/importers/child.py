"""The other side of `conversion`: a helper without the file, which forks one child for each file it is handed.

The helper loads the readers once and never sees a file's bytes. A child takes one request from its own connection, is
shut in (`sandbox`), answers and ends. Where a system cannot fork, a fresh interpreter does the same for one file.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
from contextlib import suppress
from typing import Any

from ia_workbench.corpus.importers import answers, frames
from ia_workbench.corpus.importers.sandbox import Limits, load_encodings, shut_in
from ia_workbench.kernel import LARGEST_FILE, Refused

ORDER = struct.Struct(">cQ")  # what to do, and the number of the job it is about
BEGIN, END = b"b", b"e"
LARGEST_REQUEST = (10_000, LARGEST_FILE + 1)  # a file that is one byte too large is told so by the readers
ONLOOKER = 2.0  # seconds between looks at whether the parent still lives


def main(arguments: list[str]) -> None:
    """Serve: `fork DESCRIPTOR TASKS` with the descriptor of a socket, or `once TASKS` by standard input and output."""
    if arguments[0] == "fork":
        _load(arguments[2])
        Helper(socket.socket(fileno=int(arguments[1])), arguments[2]).serve()
    else:
        _load(arguments[1])
        _answer_once(arguments[1])


def _load(tasks: str) -> None:
    """Load all that a child may need, since it can open no file: the readers, and every encoding of text."""
    importlib.import_module(tasks)
    load_encodings()


class Helper:
    """The process that forks: one child a job, ended when its parent says so, all of them when the parent is gone."""

    def __init__(self, orders: socket.socket, tasks: str) -> None:
        self._orders = orders
        self._tasks = tasks
        self._running: dict[int, int] = {}  # number of the job: process
        self._parent = os.getppid()
        gc.freeze()  # so that children share what is loaded

    def serve(self) -> None:
        """Carry out orders until there is nobody who gives them."""
        while os.getppid() == self._parent:
            ready, _, _ = select.select([self._orders], [], [], ONLOOKER)
            self._reap()
            if ready and not self._obeyed():
                break
        for job in list(self._running):
            self._end(job)

    def _obeyed(self) -> bool:
        message, given, _, _ = socket.recv_fds(self._orders, ORDER.size, 1)
        if len(message) < ORDER.size:
            return False
        act, job = ORDER.unpack(message)
        if act == BEGIN and given:
            self._begin(job, socket.socket(fileno=given[0]))
        else:
            self._end(job)
        return True

    def _begin(self, job: int, conn: socket.socket) -> None:
        process = os.fork()
        if process == 0:
            _be_child(conn, self._orders, self._tasks)
        with suppress(OSError):
            os.setpgid(process, process)
        self._running[job] = process
        with suppress(OSError):  # the parent knows from this byte that the file's own child will take what follows
            conn.sendall(BEGIN)
        conn.close()

    def _end(self, job: int) -> None:
        process = self._running.pop(job, None)
        if process is None:
            return
        with suppress(OSError):
            os.killpg(process, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(process, 0)

    def _reap(self) -> None:
        for job, process in list(self._running.items()):
            with suppress(OSError):
                if os.waitpid(process, os.WNOHANG)[0]:
                    del self._running[job]


def _be_child(conn: socket.socket, orders: socket.socket, tasks: str) -> None:
    """Answer one request and end without coming back, whatever happens."""
    try:
        orders.close()
        with suppress(OSError):
            os.setpgid(0, 0)
        heading, content = frames.taken(conn, LARGEST_REQUEST, left=lambda: None)
        request = json.loads(heading)
        shut_in(Limits(**request["limits"]))
        header, body = _answer(tasks, request, content)
        frames.sent(body, header, through=conn.sendall)
    finally:
        os._exit(0)


def _answer_once(tasks: str) -> None:
    sizes = frames.SIZES.unpack(sys.stdin.buffer.read(frames.SIZES.size))
    heading, content = (sys.stdin.buffer.read(size) for size in sizes)
    request = json.loads(heading)
    shut_in(Limits(**request["limits"]))
    header, body = _answer(tasks, request, content)
    frames.sent(body, header, through=sys.stdout.buffer.write)
    sys.stdout.buffer.flush()


def _answer(tasks: str, request: dict[str, Any], content: bytes) -> tuple[bytes, list[bytes]]:
    """The answer to a request; what a reader did not foresee is told by its kind alone."""
    task = importlib.import_module(tasks).TASKS[request["task"]]
    outcome: answers.Outcome
    try:
        outcome = task(request["name"], content)
        return answers.written(outcome)
    except Refused as refusal:
        return answers.written(refusal)
    except Exception as error:
        return json.dumps({"kind": "failed", "error": type(error).__name__}).encode(), []
