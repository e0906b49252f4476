"""What the two applications have in common: the store, who is signed in, the door, the headers, the words."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from sqlalchemy import Engine

from ia_workbench.config import Settings
from ia_workbench.database import Store
from ia_workbench.kernel import iso_utc
from ia_workbench.web import (
    access,
    forgery,
    headers,
    notices,
    reads,
    refusals,
    sessions,
    static_files,
    translating,
    typed,
)
from ia_workbench.web.signing import signing
from ia_workbench.web.throttle import Throttle

Step = TypeVar("Step", bound=Callable[..., Any])

LARGEST_REQUEST = 52 * 1024 * 1024  # bytes: a file of 50 MB and the form around it


class Application(Flask):
    """A Flask application whose views and steps are plain functions, so that none is looked at anew each time."""

    def ensure_sync(self, func: Step) -> Step:
        """Return a step of a request as it is."""
        return func

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, with the headers that every answer has."""
        return super().wsgi_app(environ, headers.with_headers(environ, start_response))


def build(import_name: str, settings: Settings, store: Store, engine: Engine) -> Flask:
    """Return an application on one store with everything but its pages: closed, signed in or not, in two languages."""
    root = translating.CATALOGUES.parent
    app = Application(import_name, root_path=str(root), static_folder=None)
    app.request_class = typed.TypedRequest
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, TRUSTED_HOSTS=["127.0.0.1", "localhost", "[::1]"])
    app.extensions.update(ia_settings=settings, ia_store=store, ia_engine=engine, ia_throttle=Throttle())
    app.extensions["ia_recent_reads"] = reads.RecentReads()
    for step in (
        sessions.find_who_is_signed_in,
        typed.refuse_unstorable_path,
        access.let_in,
        forgery.refuse_forgery,
    ):
        app.before_request(step)
    # what is listed last comes first: an answer that takes another's place gets its cookie too
    for finish in (forgery.keep_form_cookie, reads.record_before_answer):
        app.after_request(finish)
    app.teardown_request(sessions.close_session)
    static_files.install_static_files(app, root / "static")
    translating.install_translations(app)
    refusals.install_refusals(app)
    app.jinja_env.globals.update(csrf_token=forgery.csrf_token, notice=notices.notice, iso_utc=iso_utc)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_blueprint(signing)
    return app
