"""Who may enter a page: a view that does not say so is closed to everyone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, g, make_response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ia_workbench.kernel import NotFound, Refused
from ia_workbench.privacy import Role, SignedIn
from ia_workbench.web.addresses import path_and_query, url_of
from ia_workbench.web.notices import saying
from ia_workbench.web.reads import record_before_commit, remember_after_commit

View = TypeVar("View", bound=Callable[..., Any])

EVERYONE = "everyone"
OPEN_ENDPOINTS = frozenset({"static"})  # style, scripts and fonts: the same bytes for all the world
SIGNED_OUT = "You are signed out. Sign in again, in this window or another, and go on here."
NOTHING_HERE = "There is nothing here under that address."


class SignedOut(Refused):
    """Say to a script that nobody is signed in in this browser any more; what it sent is to be kept."""

    status = 401


def open_to(*audience: Role | str) -> Callable[[View], View]:
    """Mark a view as open to these roles, or to EVERYONE. `tests/whole` compares every mark with a table."""

    def mark(view: View) -> View:
        view.audience = frozenset(audience)  # type: ignore[attr-defined]
        return view

    return mark


def changes_data(view: View) -> View:
    """Mark a view that writes: it gets a writing session, and is committed when it succeeds.

    A view that refuses, or answers with a status of 400 or more, is rolled back. Acts left with
    `sessions.after_commit` run once everything is safely stored; one that fails undoes nothing, and is said.
    """

    @wraps(view)
    def committing(*arguments: Any, **values: Any) -> Response:
        response = make_response(view(*arguments, **values))
        opened: Session | None = g.get("db_session")
        if response.status_code < 400 and opened is not None:
            record_before_commit(opened, response)
            opened.commit()
            remember_after_commit()
            for act, otherwise in g.pop("after_commit", []):
                if not _is_done(act):
                    response.location = saying(otherwise, response.location or "")
        return response

    committing.changes_data = True  # type: ignore[attr-defined]
    return committing  # type: ignore[return-value]


def in_passing(view: View) -> View:
    """Mark a view that a page asks by itself, time and again: it does not renew the idle time of a sign-in.

    A screen that somebody left is signed out all the same.
    """
    vars(view)["in_passing"] = True
    return view


def is_in_passing(app: Flask, endpoint: str | None) -> bool:
    """Say whether an endpoint is asked by pages in passing."""
    return endpoint is not None and getattr(app.view_functions.get(endpoint), "in_passing", False)


def _is_done(act: Callable[[], None]) -> bool:
    """Perform an act after the commit; whatever stops it must not read as if nothing had been stored."""
    try:
        act()
    except Exception as error:
        # The kind of error alone: its message may hold words of the store.
        current_app.logger.error("%s: stored, and what follows failed with %s", request.endpoint, type(error).__name__)
        return False
    return True


def audience_of(app: Flask, endpoint: str) -> frozenset[Role | str]:
    """Return who may enter an endpoint; empty for a view without a mark."""
    if endpoint in OPEN_ENDPOINTS:
        return frozenset({EVERYONE})
    audience: frozenset[Role | str] = getattr(app.view_functions[endpoint], "audience", frozenset())
    return audience


def writes_data(app: Flask, endpoint: str | None) -> bool:
    """Say whether an endpoint is marked as changing data."""
    return endpoint is not None and getattr(app.view_functions[endpoint], "changes_data", False)


def let_in() -> Response | None:
    """Stop a request whose actor may not enter: to the sign-in page when nobody is signed in, else nothing is here."""
    if request.endpoint is None:
        return None  # no such address: Flask answers 404
    audience = audience_of(current_app, request.endpoint)
    signed_in: SignedIn | None = g.signed_in
    if EVERYONE in audience or (signed_in is not None and signed_in.actor.role in audience):
        return None
    if signed_in is None and request.accept_mimetypes.best == "application/json":
        raise SignedOut(SIGNED_OUT)
    if signed_in is None and request.method == "GET":
        return redirect(url_of("signing.sign_in", next=path_and_query()))
    raise NotFound(NOTHING_HERE)
