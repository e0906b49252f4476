"""Raw words leave only when the audit trail holds that they were read: one entry a request (decision 022).

A view that changes data has the entry in its own transaction; for every other it is stored after the view, before the
answer. Where it cannot be stored, the answer is a refusal.
"""

import math
import time
from collections.abc import Callable, Mapping

from flask import current_app, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ia_workbench import privacy
from ia_workbench.privacy import SignedIn

SAME_FOR = 60.0  # seconds in which the same person on the same page of the same sources is one read
MOST_KEPT = 2000  # reads remembered before old ones are let go of

Reads = Mapping[int, frozenset[str]]
Read = tuple[str, str, int, frozenset[str]]


class RecentReads:
    """The reads of the last minute, so that turning a page back and forth is one entry. Kept in this process alone.

    The clock counts seconds, from anywhere: on a machine that has just started it may be near nought.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[Read, float] = {}

    def without_known(self, who: str, where: str, reads: Reads) -> Reads:
        """Return the reads that are not in the trail since less than a minute."""
        since, last = self._clock() - SAME_FOR, self._last
        return {study: keys for study, keys in reads.items() if last.get((who, where, study, keys), -math.inf) < since}

    def remember(self, who: str, where: str, reads: Reads) -> None:
        """Note that these reads are in the trail, now."""
        now = self._clock()
        if len(self._last) > MOST_KEPT:
            self._last = {read: at for read, at in list(self._last.items()) if at >= now - SAME_FOR}
        self._last.update({(who, where, study, keys): now for study, keys in reads.items()})


def record_before_commit(opened: Session, response: Response) -> None:
    """Write what a view that changes data read into its own transaction."""
    reads = _new_reads(opened, response) if privacy.has_read(opened) and g.get("signed_in") is not None else {}
    if reads:
        privacy.record_reads(opened, _reader().actor, reads, where=_where())
        g.recorded_reads = reads


def remember_after_commit() -> None:
    """Note that what `record_before_commit` wrote is stored."""
    _remember(g.pop("recorded_reads", {}))


def record_before_answer(response: Response) -> Response:
    """Store what the request read, in a transaction of its own; a refusal takes the answer's place when that fails."""
    opened: Session | None = g.get("db_session")
    if opened is None or not privacy.has_read(opened) or g.get("signed_in") is None:
        return response
    try:
        reads = _new_reads(opened, response)
        if reads:
            opened.rollback()  # a view that was refused may still hold the writers' lock
            engine = current_app.extensions["ia_engine"]
            with privacy.session_for(engine, _reader().actor, writes=True) as writing, writing.begin():
                privacy.record_reads(writing, _reader().actor, reads, where=_where())
            _remember(reads)
    except OperationalError as error:
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def show_no_words() -> None:
    """Note that the answer is a refusal: whatever was read is not in it."""
    if "db_session" in g:
        privacy.forget_reads(g.db_session)


def _new_reads(opened: Session, response: Response) -> Reads:
    """Return whose words the answer may show and the trail does not know of yet; a redirect shows none."""
    shows_words = not 300 <= response.status_code < 400
    reads = privacy.reads_of(opened) if shows_words else {}
    privacy.forget_reads(opened)
    return _recent().without_known(_reader().actor.username, _where(), reads) if reads else {}


def _remember(reads: Reads) -> None:
    if reads:
        _recent().remember(_reader().actor.username, _where(), reads)


def _reader() -> SignedIn:
    signed_in: SignedIn = g.signed_in
    return signed_in


def _recent() -> RecentReads:
    recent: RecentReads = current_app.extensions["ia_recent_reads"]
    return recent


def _where() -> str:
    return request.endpoint or "nowhere"
