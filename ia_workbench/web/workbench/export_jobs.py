"""Files of codings made beside the requests: nobody waits for somebody else's, and no write lock is held.

A file that is made lies in memory alone, for a few minutes, for the one person who asked, under the rights they had
then: raw words are left nowhere on a disk. Whatever changes in the texts of the study meanwhile has it made anew.
"""

import io
import logging
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import Engine

from ia_workbench import codebook, coding, corpus, masking, privacy
from ia_workbench.coding import WordFileWords
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Actor

PATIENCE = 2.0  # seconds until whoever asks is given a page instead of a wait
AT_ONCE = 2  # files made at the same time
KEPT_FOR = 600.0  # seconds that a file waits to be taken
MOST_KEPT = 16  # files that are made or wait at the same time
BUSY = "Too many files are being made at the moment. Try again in a minute."
TROUBLE = "The file could not be made: something went wrong here. Try again."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: a kind of file (an ending of `coding.CODING_FILES`), which codings, whose words.

    `source` is a key, `code` a path, `coder` a username; empty for all. The texts are those of the study as they stood.
    """

    actor: Actor
    study_id: int
    ending: str
    source: str
    code: str
    coder: str
    is_masked: bool
    words: WordFileWords
    texts: frozenset[int]


@dataclass
class Job:
    """One file: being made until `done` is set, then its content, or the refusal that stands in its place.

    `reads` are the keys of the sources whose words it holds, by study number.
    """

    wish: Wish
    began: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    content: bytes = b""
    codings: int = 0
    reads: Mapping[int, frozenset[str]] = field(default_factory=dict)
    refusal: Refused | None = None


class ExportJobs:
    """The files that are made for the people of one evidence store, in this process."""

    def __init__(self, engine: Engine) -> None:
        """Take the engine of the store; no thread runs before the first wish."""
        self.patience = PATIENCE
        self._engine = engine
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="exports")
        self._jobs: dict[Wish, Job] = {}
        self._lock = threading.Lock()

    def job(self, wish: Wish) -> Job:
        """Return the file of a wish: one that is made or waits, or a new one; refuses when too many are."""
        with self._lock:
            self._let_go()
            known = self._jobs.get(wish)
            if known is None:
                if len(self._jobs) >= MOST_KEPT:
                    raise Refused(BUSY)
                known = self._jobs[wish] = Job(wish)
                self._pool.submit(self._make, known)
            return known

    def known(self, wish: Wish) -> Job | None:
        """Return the file of a wish where one is made or waits."""
        with self._lock:
            self._let_go()
            return self._jobs.get(wish)

    def taken(self, job: Job) -> None:
        """Let go of a file that was handed out."""
        with self._lock:
            self._jobs.pop(job.wish, None)

    def _let_go(self) -> None:
        since = time.monotonic() - KEPT_FOR
        self._jobs = {wish: job for wish, job in self._jobs.items() if job.began >= since or not job.done.is_set()}

    def _make(self, job: Job) -> None:
        try:
            self._fill(job)
        except Refused as refusal:
            job.refusal = refusal
        except Exception as error:  # its message may hold words: the kind alone is told
            log.warning("a file of codings could not be made: %s", type(error).__name__)
            job.refusal = Refused(TROUBLE)
        finally:
            job.done.set()

    def _fill(self, job: Job) -> None:
        wish, out = job.wish, io.BytesIO()
        with privacy.session_for(self._engine, wish.actor) as session, session.begin():
            read = masking.masked_codings if wish.is_masked else coding.exported_codings
            rows = read(
                session,
                wish.study_id,
                source=corpus.source_keyed(session, wish.study_id, wish.source) if wish.source else None,
                code=codebook.code_at(session, wish.study_id, wish.code) if wish.code else None,
                coder=wish.coder or None,
            )
            codes = codebook.codes(session, wish.study_id)
            job.reads = privacy.reads_of(session)
            privacy.forget_reads(session)
        job.codings = coding.write_codings(wish.ending, rows, codes, out, words=wish.words).codings
        job.content = out.getvalue()
