"""What a child might do once a file has taken it over. The name of the file says which."""

import contextlib
import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ia_workbench.corpus import Anchor, AnchorKind, Change, ReadFile, Treatment, Unpacked
from ia_workbench.kernel import Refused

HERE = __file__
TEMPORARY = tempfile.gettempdir()


def said(text: str, **further: object) -> ReadFile:
    return ReadFile(name="told otherwise", text=text, sha256="0" * 64, content=b"other", **further)  # type: ignore[arg-type]


def crash() -> ReadFile:
    ctypes.string_at(0)
    return said("not crashed")


def hold() -> ReadFile:
    while True:
        time.sleep(1)


def spin() -> ReadFile:
    while True:
        pass


def swell() -> ReadFile:
    return said("x" * len(bytearray(3_000_000_000)))


def fail() -> ReadFile:
    raise ZeroDivisionError("words of the file")


def attempts() -> ReadFile:
    """Everything that a reader has no business doing; tells what of it succeeded."""
    tries: dict[str, Callable[[], object]] = {
        "read a file": lambda: Path("/etc/passwd").read_text(),
        "write a file": lambda: Path(f"{TEMPORARY}/left-by-a-reader").write_text("x"),
        "write a file in memory": lambda: os.memfd_create("left"),
        "remove a file": lambda: os.unlink(os.path.join(os.path.dirname(HERE), "no-such-file")),
        "make a folder": lambda: os.mkdir(f"{TEMPORARY}/left-by-a-reader"),
        "connect": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "open a socket": socket.socket,
        "start a program": lambda: subprocess.run([sys.executable, "-V"]),
        "fork": lambda: os.fork() or os._exit(0),
        "signal its parent": lambda: os.kill(os.getppid(), 0),
        "raise its limits": lambda: __import__("resource").setrlimit(7, (100, 100)),
        "see the environment": lambda: os.environ["HOME"],
    }
    done = []
    for name, attempt in tries.items():
        try:
            attempt()
        except FileNotFoundError:
            done.append(name)
        except (OSError, KeyError, ValueError, ImportError):
            continue
        else:
            done.append(name)
    return said(f"did: {', '.join(done) or 'nothing'}")


def reach() -> ReadFile:
    raise Refused("{name.__class__} was not read.", name="a")


def chatter() -> ReadFile:
    raise Refused("One line.\nAnother line.")


def endless_sentence() -> ReadFile:
    raise Refused("word " * 1_000)


def endless_text() -> ReadFile:
    return said("x" * 250_000_000)


def past_the_end() -> ReadFile:
    return said("words", anchors=(Anchor(6, AnchorKind.PAGE, "1"),))


def out_of_order() -> ReadFile:
    changes = (Change("comment", Treatment.LEFT_OUT, at=3), Change("comment", Treatment.LEFT_OUT, at=1))
    return said("words", changes=changes)


def unstorable() -> ReadFile:
    return said("a\0b")


def not_normal() -> ReadFile:
    return said("cafe\u0301")


def lone_surrogate() -> ReadFile:
    return said("a\ud800")


def unpack_instead() -> Unpacked:
    return Unpacked((("a.txt", b"word"),))


def fill_the_line() -> ReadFile:
    """Write into every descriptor there is: only the own connection takes it, and what comes is no answer."""
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(descriptor, b"\xff" * 100)
    return said("words")


def good() -> ReadFile:
    return said("good")


def do(name: str, _content: bytes) -> ReadFile | Unpacked | None:
    done: ReadFile | Unpacked = globals()[name.replace("-", "_")]()
    return done


TASKS = {"read": do, "unpack": do}
