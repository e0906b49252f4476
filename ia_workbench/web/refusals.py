"""Refusals become pages in one place: the sentence, the right status, and nothing changed."""

from http import HTTPStatus

from flask import Flask, current_app, jsonify, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.wrappers import Response

from ia_workbench.kernel import Conflict, NotFound, Refused
from ia_workbench.web.access import NOTHING_HERE
from ia_workbench.web.reads import show_no_words
from ia_workbench.web.translating import refusal_words

NOT_USABLE = (
    "Nothing could be stored just now: another program holds the database, or the disk is full. Nothing was changed. "
    "Try again in a minute, or tell whoever runs this workbench."
)
TOO_LARGE = "The file is too large. Files of up to 50 MB are taken."
TOO_MUCH = "These files are more than 250 MB together. Import them in several goes."
ONE_FILE = 52 * 1024 * 1024  # bytes of a request that brings one file (`application.LARGEST_REQUEST`)
QUOTED = "words"  # the place of a sentence that raw words or a name fill
WAIT_SECONDS = 30  # our convention: longer than a store waits for its turn (database.engines)
KEEPS_WORDS = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, 500, HTTPStatus.SERVICE_UNAVAILABLE})
SECRETS = frozenset({"csrf_token", "password"})
WRITTEN = frozenset(
    {"comment", "text", "text_es", "note", "resolution", "reason", "title", "query", "words"}
)  # even one word


def install_refusals(app: Flask) -> None:
    """Answer every refusal and every HTTP error with one plain page (or one JSON sentence for scripts)."""
    app.register_error_handler(Refused, refuse)
    app.register_error_handler(StaleDataError, refuse_stale)
    app.register_error_handler(OverflowError, refuse_number)
    app.register_error_handler(OperationalError, refuse_for_now)
    app.register_error_handler(HTTPException, refuse_http)


def refuse(refusal: Refused) -> tuple[str | Response, int]:
    """Answer a refusal; one that quotes words is a read of them, every other shows none."""
    if QUOTED not in refusal.facts:
        show_no_words()
    return _answer(refusal_words(refusal), refusal.status)


def refuse_stale(_error: StaleDataError) -> tuple[str | Response, int]:
    """Answer whoever saved second: the first one's work stands, theirs was not stored."""
    return refuse(Conflict("Someone else changed this first. Nothing of yours was stored; open the page again."))


def refuse_number(_error: OverflowError) -> tuple[str | Response, int]:
    """Answer an address with a number that no store can hold: nothing is there."""
    return refuse(NotFound(NOTHING_HERE))


def refuse_for_now(error: OperationalError) -> Response:
    """Answer while a store cannot be used; the log names the trouble alone, for its message may hold words."""
    trouble = getattr(error.orig, "sqlite_errorname", type(error.orig).__name__)
    current_app.logger.error("%s: the store could not be used: %s", request.endpoint, trouble)
    show_no_words()
    answer = make_response(_answer(refusal_words(Refused(NOT_USABLE)), HTTPStatus.SERVICE_UNAVAILABLE))
    answer.headers["Retry-After"] = str(WAIT_SECONDS)
    return answer


def refuse_http(error: HTTPException) -> tuple[str | Response, int] | HTTPException:
    """Answer an HTTP error in our own words; redirects pass."""
    code = error.code or 500
    if code < 400:
        return error
    show_no_words()
    if isinstance(error, SecurityError):  # asked for under a name that is not ours, so no address can be made either
        return Response("This workbench does not answer to that name.\n", code, mimetype="text/plain"), code
    if isinstance(error, RequestEntityTooLarge):
        sentence = TOO_LARGE if (request.max_content_length or 0) <= ONE_FILE else TOO_MUCH
        return _answer(refusal_words(Refused(sentence)), code)
    sentences = {
        404: NOTHING_HERE,
        405: "This address cannot be used that way.",
        500: "Something went wrong here. Nothing was changed. Try again, or tell whoever runs this workbench.",
    }
    return _answer(refusal_words(Refused(sentences.get(code, "This request could not be understood."))), code)


def _answer(sentence: str, status: int) -> tuple[str | Response, int]:
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"error": sentence}), status
    words = _words_sent() if status in KEEPS_WORDS else []
    return render_template("shared/refusal.html", sentence=sentence, status=status, words=words), status


def _words_sent() -> list[str]:
    """What someone wrote in the form that was refused, so that they can copy it; never a password or a token."""
    sent = request.form.items(multi=True) if request.method == "POST" else ()
    return [text for name, text in sent if name not in SECRETS and (name in WRITTEN or len(text.split()) > 1) and text]
