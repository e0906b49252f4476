"""The index listens to the database: no room knows that it exists.

A source whose revisions or standing changed is noted at each flush and indexed once the transaction is stored. If the
index cannot be written then, the data are safe and the index is behind: `search-index check` says so and `rebuild`
mends it. That is why a failure here is logged and not raised.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from ia_workbench import privacy
from ia_workbench.corpus import Revision, Source
from ia_workbench.privacy import HeldSession
from ia_workbench.search.checking import rebuild, turns_to_index
from ia_workbench.search.index import SearchIndex

log = logging.getLogger(__name__)

# Which index follows which store. By address, because every session brings an engine of its own to the same store.
_followed: dict[URL, tuple[Engine, SearchIndex]] = {}


# Sources that wait to be indexed together, by the address of their store; None where each transaction is by itself.
_together: ContextVar[dict[URL, set[int]] | None] = ContextVar("together", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Index what is stored in the block at its end: each time anew takes as long as all of it at once.

    What was stored is indexed however the block ends. A program that is killed in it leaves the index behind.
    """
    waiting: dict[URL, set[int]] = {}
    token = _together.set(waiting)
    try:
        yield
    finally:
        _together.reset(token)
        for url, changed in waiting.items():
            _bring_in_step(url, changed)


def follow(engine: Engine, index: SearchIndex) -> None:
    """Keep an index in step with an evidence store from now on, for sessions of this process."""
    _followed[engine.url] = (engine, index)


@event.listens_for(HeldSession, "after_flush")
def _note(session: Session, _context: UOWTransaction) -> None:
    changed = {row.source_id for row in session.new if isinstance(row, Revision)}
    changed |= {row.id for row in session.dirty if isinstance(row, Source)}
    if changed:
        session.info.setdefault("to_index", set()).update(changed)


@event.listens_for(HeldSession, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if not transaction.nested:  # giving up a savepoint gives up nothing that was noted before it
        session.info.pop("to_index", None)


@event.listens_for(HeldSession, "after_commit")
def _index(session: Session) -> None:
    if session.in_nested_transaction():
        return  # only a savepoint: nothing is stored yet that another session could read
    changed: set[int] = session.info.pop("to_index", set())
    url = session.get_bind().engine.url
    waiting = _together.get()
    if waiting is not None:
        waiting.setdefault(url, set()).update(changed)
    else:
        _bring_in_step(url, changed)


def _bring_in_step(url: URL, changed: set[int]) -> None:
    found = _followed.get(url)
    if not changed or found is None:
        return
    engine, index = found
    with privacy.unheld_session(engine, reason="keep the search index in step with the database") as reading:
        try:
            if index.is_there():
                index.replace_sources({number: list(turns_to_index(reading, number)) for number in sorted(changed)})
            else:
                rebuild(reading, index)  # one that was lost must not come back with these sources alone
        except Exception:  # the data are stored; the index is disposable
            log.exception("the search index is behind for %d sources", len(changed))
