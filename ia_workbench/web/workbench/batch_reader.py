"""Reading what was brought, in the background: one file after another, each settled in a transaction of its own.

Nothing is kept here but the wish to go on. What waits to be read stands in the store, so that a server that was stopped
or killed takes it up again when it starts, and a second server over the same home does no harm: whoever comes second
finds the file read. While a file is read, by a child process, no transaction is open.
"""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from ia_workbench import corpus, privacy
from ia_workbench.corpus import FoundTurns, ImportedFile, ReadFile, SourceRecord, TaughtRule
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Act, Actor

PATIENCE = 30.0  # seconds until the store is tried again after it could not be used
TROUBLE = "{name} could not be read: something went wrong here. Save it in another format and import that."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """A batch that holds files which were not read yet: its number, and whoever brought it, as they stand now."""

    number: int
    actor: Actor


@dataclass(frozen=True)
class Next:
    """The next file of a batch: the number of its row, its name and bytes, and the record it is read for."""

    number: int
    name: str
    content: bytes
    record: SourceRecord
    taught: tuple[TaughtRule, ...]


class BatchReader:
    """Works through the batches of one evidence store, in a thread of its own once it is started."""

    def __init__(self, engine: Engine) -> None:
        """Take the engine of the store; nothing is read yet."""
        self._engine = engine
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to read in the background: first what an earlier server left."""
        self._thread = threading.Thread(target=self._go_on, name="batches", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something to read."""
        self._woken.set()

    def stop(self) -> None:
        """Read nothing more, and wait for the file at hand."""
        self._stopped.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()

    def read_all(self) -> int:
        """Read every file that waits to be read, one of each batch in turn; returns how many were read."""
        read = 0
        while not self._stopped.is_set():
            done = sum(self._read_one(batch) for batch in list(self._waiting()))
            if not done:
                break
            read += done
        return read

    def _go_on(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            try:
                self.read_all()
            except OperationalError as error:  # a full disk, or another program that holds the store
                log.warning("reading what was brought: the store could not be used: %s", type(error.orig).__name__)
                self._stopped.wait(PATIENCE)
            except Exception as error:  # its message may hold words: the kind alone is told
                log.error("reading what was brought failed with %s", type(error).__name__)  # noqa: TRY400
                self._stopped.wait(PATIENCE)
            else:
                self._woken.wait()

    def _waiting(self) -> Iterator[Waiting]:
        """The batches that wait, with their people; those of someone who may bring nothing now stay as they are."""
        reason = "find what was brought and not read yet, whoever brought it"
        with privacy.unheld_session(self._engine, reason=reason) as session:
            for batch in corpus.unfinished_batches(session):
                try:
                    actor = privacy.actor_for(session, Store.EVIDENCE, batch.by)
                except Refused:
                    continue
                if actor.may(Act.CHANGE_EVIDENCE) and batch.study_id in actor.study_ids:
                    yield Waiting(batch.id, actor)

    def _read_one(self, waiting: Waiting) -> bool:
        """Read one file of a batch; False where none is left."""
        following = self._next(waiting)
        if following is None:
            return False
        try:
            file, found = _read(following)
        except Refused as refusal:
            self._refuse(waiting.actor, following, refusal)
        except Exception as error:
            log.error("a file that was brought could not be read: %s", type(error).__name__)  # noqa: TRY400
            self._refuse(waiting.actor, following, Refused(TROUBLE, name=following.name))
        else:
            self._keep(waiting.actor, following, file, found)
        return True

    def _next(self, waiting: Waiting) -> Next | None:
        with privacy.session_for(self._engine, waiting.actor) as session:
            batch = session.get(corpus.ImportBatch, waiting.number)
            brought = corpus.next_brought(session, batch) if batch is not None else None
            privacy.forget_reads(session)  # nobody is shown these words
            if brought is None or brought.content is None:
                return None
            taught = corpus.taught_rules(session, brought.study_id)
            return Next(brought.id, brought.name, brought.content, corpus.record_brought(brought), taught)

    def _keep(self, actor: Actor, read: Next, file: ReadFile, found: FoundTurns) -> None:
        try:
            with privacy.session_for(self._engine, actor, writes=True) as session, session.begin():
                brought = corpus.brought_numbered(session, read.number)
                if brought is not None:
                    corpus.keep_brought(session, actor, brought=brought, file=file, found=found)
        except Refused as refusal:  # the record does not fit the study any more
            self._refuse(actor, read, refusal)

    def _refuse(self, actor: Actor, read: Next, refusal: Refused) -> None:
        with privacy.session_for(self._engine, actor, writes=True) as session, session.begin():
            brought: ImportedFile | None = corpus.brought_numbered(session, read.number)
            if brought is not None:
                corpus.refuse_brought(session, actor, brought=brought, refusal=refusal)


def _read(following: Next) -> tuple[ReadFile, FoundTurns]:
    record = following.record
    file = corpus.read_file(following.name, following.content, language=record.language)
    found = corpus.find_turns(file.text, record.convention, suggested=file.convention, taught=following.taught)
    return file, found


def reader_of(app: Flask) -> BatchReader:
    """Return the reader of an application for a team."""
    reader: BatchReader = app.extensions["ia_batches"]
    return reader
