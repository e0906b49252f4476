"""Having files read by a process that may be harmed in our place; what it answers is checked, never run."""

import atexit
import json
import logging
import subprocess
import threading
from dataclasses import asdict

from ia_workbench.corpus.importers import answers, frames
from ia_workbench.corpus.importers.helping import CAN_FORK, CHILD, Helper, clock, command
from ia_workbench.corpus.importers.names import plain_name
from ia_workbench.corpus.importers.packing import is_zip
from ia_workbench.corpus.importers.sandbox import Limits
from ia_workbench.corpus.importers.values import LARGEST_FILE, ReadFile, Unpacked
from ia_workbench.kernel import Refused

TASKS = "ia_workbench.corpus.importers.tasks"
AT_ONCE = 4  # files that one process has read at the same time; each may take a gigabyte
MOST = (answers.LARGEST_HEADING, answers.LARGEST_BODY)
TOO_LARGE = "{name} is larger than 50 MB. Split it into smaller files."
FAILED = (
    "{name} could not be read: it is damaged, or reading it took more time or memory than a document needs. "
    "Save it again in the program it comes from, or in smaller parts, and import that."
)
log = logging.getLogger(__name__)


class Converter:
    """Has files read, each by a child of its own; safe to be used by several threads at once.

    `tasks` is the module that says what a child can do. `forks` is whether one helper forks a child for each file;
    otherwise each file has an interpreter started for it, which takes far longer and works everywhere.
    """

    def __init__(self, tasks: str = TASKS, limits: Limits | None = None, *, forks: bool = CAN_FORK) -> None:
        self._tasks = tasks
        self._limits = limits or Limits()
        self._helper = Helper(tasks) if forks else None
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def read(self, name: str, content: bytes) -> ReadFile:
        """Read a file; see `read_file`."""
        answer = self._asked("read", name, content)
        if not isinstance(answer, ReadFile):
            raise Refused(FAILED, name=plain_name(name))
        return answer

    def unpack(self, name: str, content: bytes) -> Unpacked | None:
        """Unpack an archive; None for a file that is none. See `unpacked`."""
        answer = self._asked("unpack", name, content)
        if isinstance(answer, ReadFile):
            raise Refused(FAILED, name=plain_name(name))
        return answer

    def close(self) -> None:
        """End every process that was started; the next file starts them again."""
        if self._helper is not None:
            self._helper.close()

    def _asked(self, task: str, name: str, content: bytes) -> ReadFile | Unpacked | None:
        name = plain_name(name)
        if len(content) > LARGEST_FILE:
            raise Refused(TOO_LARGE, name=name)
        request = json.dumps({"task": task, "name": name, "limits": asdict(self._limits)}).encode()
        try:
            with self._turns:
                heading, body = self._told(request, content)
            return answers.understood(name, content, heading, body)
        except (OSError, EOFError, ValueError, subprocess.SubprocessError, answers.UnbelievableError) as error:
            log.info(
                "reading a file failed: %s", error if isinstance(error, answers.UnbelievableError) else type(error)
            )
            raise Refused(FAILED, name=name) from None

    def _told(self, request: bytes, content: bytes) -> tuple[bytes, bytes]:
        if self._helper is None:
            return self._told_by_new(request, content)
        with self._helper.child() as conn:
            left = clock(self._limits.seconds)
            conn.settimeout(left())
            frames.sent([content], request, through=conn.sendall)
            return frames.taken(conn, MOST, left=left)

    def _told_by_new(self, request: bytes, content: bytes) -> tuple[bytes, bytes]:
        sizes = frames.SIZES.pack(len(request), len(content))
        ran = subprocess.run(  # noqa: S603 - our own interpreter and module
            command(CHILD, "once", self._tasks),
            input=sizes + request + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=self._limits.seconds,
            check=True,
        )
        return frames.split(ran.stdout, MOST)


_converter = Converter()
atexit.register(_converter.close)


def read_file(name: str, content: bytes) -> ReadFile:
    """Read a file of any format of `importers.formats` into its stored text, in a process of its own.

    Returns the text with notes on everything that was left out or changed. Raises Refused, in one plain sentence, for
    any other type, an empty file or one without words, a file over 50 MB, one that is damaged or protected, and one
    whose reading takes over 60 seconds or 1 GB of memory (our convention).
    """
    return _converter.read(name, content)


def unpacked(name: str, content: bytes) -> Unpacked:
    """Return the files in an archive, by their paths inside, in a process of its own; any other file as it is.

    A zip is an archive unless it is a document itself (Word, OpenDocument, Excel): its content decides. Raises Refused
    for one that is damaged, locked, unpacks to over 200 MB, 100 times its size or 2,000 entries, or holds links, paths
    that lead out of it or further archives.
    """
    found = _converter.unpack(name, content) if is_zip(content) else None
    return Unpacked(((plain_name(name), content),)) if found is None else found
