"""The index listens to the database: no room knows that it exists.

A source whose revisions or standing changed, and a memo that did, is noted at each flush and indexed once the
transaction is stored. If the index cannot be written then, the data are safe and the index is behind: `search-index
check` says so and `rebuild` mends it. That is why a failure here is logged and not raised.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from ia_workbench import privacy
from ia_workbench.coding import Memo
from ia_workbench.corpus import Revision, Source
from ia_workbench.privacy import HeldSession
from ia_workbench.search.checking import memos_to_index, rebuild, turns_to_index
from ia_workbench.search.index import Indexed, SearchIndex

log = logging.getLogger(__name__)

# Which index follows which store. By address, because every session brings an engine of its own to the same store.
_followed: dict[URL, tuple[Engine, SearchIndex]] = {}


# Sources that wait to be indexed together, by the address of their store; None where each transaction is by itself.
Waiting = dict[URL, tuple[set[int], set[int]]]  # numbers of sources and of memos, by store
_together: ContextVar[Waiting | None] = ContextVar("together", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Index what is stored in the block at its end: each time anew takes as long as all of it at once.

    What was stored is indexed however the block ends. A program that is killed in it leaves the index behind.
    """
    waiting: Waiting = {}
    token = _together.set(waiting)
    try:
        yield
    finally:
        _together.reset(token)
        for url, (changed, memos) in waiting.items():
            _bring_in_step(url, changed, memos)


def follow(engine: Engine, index: SearchIndex) -> None:
    """Keep an index in step with an evidence store from now on, for sessions of this process."""
    _followed[engine.url] = (engine, index)


@event.listens_for(HeldSession, "after_flush")
def _note(session: Session, _context: UOWTransaction) -> None:
    changed = {row.source_id for row in session.new if isinstance(row, Revision)}
    changed |= {row.id for row in session.dirty if isinstance(row, Source)}
    if changed:
        session.info.setdefault("to_index", set()).update(changed)
    memos = {row.id for row in (*session.new, *session.dirty) if isinstance(row, Memo)}
    if memos:
        session.info.setdefault("memos_to_index", set()).update(memos)


@event.listens_for(HeldSession, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if not transaction.nested:  # giving up a savepoint gives up nothing that was noted before it
        session.info.pop("to_index", None)
        session.info.pop("memos_to_index", None)


@event.listens_for(HeldSession, "after_commit")
def _index(session: Session) -> None:
    if session.in_nested_transaction():
        return  # only a savepoint: nothing is stored yet that another session could read
    changed: set[int] = session.info.pop("to_index", set())
    memos: set[int] = session.info.pop("memos_to_index", set())
    if not (changed or memos):
        return
    url = session.get_bind().engine.url
    waiting = _together.get()
    if waiting is not None:
        known_sources, known_memos = waiting.setdefault(url, (set(), set()))
        known_sources.update(changed)
        known_memos.update(memos)
    else:
        _bring_in_step(url, changed, memos)


def _bring_in_step(url: URL, changed: set[int], memos: set[int]) -> None:
    found = _followed.get(url)
    if found is None or not (changed or memos):
        return
    engine, index = found
    with privacy.unheld_session(engine, reason="keep the search index in step with the database") as reading:
        try:
            if not index.is_there():
                rebuild(reading, index)  # one that was lost must not come back with these sources alone
                return
            if changed:
                index.replace_sources({number: _of_source(reading, number) for number in sorted(changed)})
            if memos:
                index.replace_memos({number: list(memos_to_index(reading, memo_id=number)) for number in sorted(memos)})
        except Exception:  # the data are stored; the index is disposable
            log.exception("the search index is behind for %d sources and %d memos", len(changed), len(memos))


def _of_source(reading: Session, number: int) -> list[Indexed]:
    return [*turns_to_index(reading, number), *memos_to_index(reading, source_id=number)]
