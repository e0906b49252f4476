"""One database session a request, held to whoever is signed in; committed by `changes_data` alone."""

import contextlib
from collections.abc import Callable, Iterator

from flask import Flask, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import DrivenSession, Store
from ia_workbench.kernel import utc_now
from ia_workbench.privacy import Actor, SignedIn
from ia_workbench.web.access import is_in_passing, writes_data


def engine_of(app: Flask) -> Engine:
    """Return the engine of the application's own store."""
    engine: Engine = app.extensions["ia_engine"]
    return engine


def store_of(app: Flask) -> Store:
    """Return which store the application serves."""
    store: Store = app.extensions["ia_store"]
    return store


def cookie_name(app: Flask) -> str:
    """Return the name of the sign-in cookie; browsers share cookies over ports, so each application has its own.

    By HTTPS it begins with `__Host-`: browsers then take it from this very host alone, and only by HTTPS.
    """
    return f"{'__Host-' if request.is_secure else ''}ia_{store_of(app)}"


def actor() -> Actor:
    """Return who is signed in; only for views that are not open to everyone."""
    signed_in: SignedIn = g.signed_in
    return signed_in.actor


def session() -> Session:
    """Return this request's session; for writing, it holds the store from the first time it is asked for to its end."""
    ready: Session | None = g.get("ready_session")
    if ready is None:
        ready = g.ready_session = _opened(writes_data(current_app, request.endpoint) and not g.get("reads_first"))
    return ready


def _opened(writes: bool) -> Session:
    opened: DrivenSession | None = g.get("db_session")
    if opened is None:
        engine = engine_of(current_app)
        if g.signed_in is None:
            opened = privacy.unheld_session(engine, reason="nobody is signed in yet", writes=writes)
        else:
            opened = privacy.session_for(engine, actor(), writes=writes)
        g.db_session = opened
    elif writes:
        opened.begin_writing()
    return opened


@contextlib.contextmanager
def only_reading() -> Iterator[None]:
    """Let `session()` only read while the block runs, in a view that writes; afterwards it is opened anew.

    For what takes long, so that nobody is kept from writing meanwhile. What was loaded in the block must be loaded
    again: somebody else may have changed it. Its reads are not recorded: nobody is shown the words, and the act that
    follows reads them anew.
    """
    close_session(None)
    g.reads_first = True
    try:
        yield
    finally:
        g.reads_first = False
        g.pop("study", None)
        if "db_session" in g:
            privacy.forget_reads(g.db_session)
        close_session(None)


@contextlib.contextmanager
def one_change() -> Iterator[Session]:
    """Open a session for one change among many of a request, committed when the block ends well.

    The request's own session must not write meanwhile: it would hold the store.
    """
    with privacy.session_for(engine_of(current_app), actor(), writes=True) as opened, opened.begin():
        yield opened


def find_who_is_signed_in() -> None:
    """Work out who is signed in from the browser's cookie, before anything else is decided.

    The session that was asked is the request's own from then on, held to whom it found.
    """
    g.signed_in = None
    token = request.cookies.get(cookie_name(current_app))
    if not token or request.endpoint == "static":
        return
    engine, store = engine_of(current_app), store_of(current_app)
    lookup = privacy.looking_session(engine, reason="look up who is signed in")
    try:
        found = g.signed_in = privacy.signed_in_by(lookup, store, token, utc_now())
    finally:
        if g.signed_in is None:
            lookup.close()
    if found is None:
        return
    privacy.act_as(lookup, found.actor)
    lookup.begins_late = False
    g.db_session = lookup
    if found.is_stale and not is_in_passing(current_app, request.endpoint):
        # reading goes on where nothing can be written: a full disk, a database that another program holds
        with contextlib.suppress(OperationalError), _renewal(engine) as renewal, renewal.begin():
            privacy.note_seen(renewal, store, token)


def _renewal(engine: Engine) -> Session:
    return privacy.unheld_session(engine, reason="renew the idle time", writes=True)


def after_commit(act: Callable[[], None], *, otherwise: str) -> None:
    """Do something once this request's changes are safely stored (copying a release, for one).

    When it fails, the changes stand all the same: the next page then says the notice `otherwise`.
    """
    g.setdefault("after_commit", []).append((act, otherwise))


def close_session(_error: BaseException | None) -> None:
    """Roll back what was not committed and let go of the session."""
    opened: Session | None = g.pop("db_session", None)
    g.pop("ready_session", None)
    if opened is not None:
        opened.close()
