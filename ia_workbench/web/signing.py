"""Signing in and out, and choosing a language; the same pages in both applications, each on its own store."""

import ipaddress
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from ia_workbench import privacy
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from ia_workbench.web.access import EVERYONE, NOTHING_HERE, changes_data, open_to
from ia_workbench.web.addresses import safe_next, url_of
from ia_workbench.web.sessions import cookie_name, engine_of, session, store_of
from ia_workbench.web.throttle import Throttle, TooMany
from ia_workbench.web.translating import LANGUAGE_COOKIE, LANGUAGES, refusal_words

signing = Blueprint("signing", __name__)
A_YEAR = 365 * 24 * 3600  # seconds
# what servers add to a request that they pass on: then whoever asks is not on this machine
PASSED_ON = (
    "Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto",
    "X-Forwarded-By", "X-Forwarded-Server", "X-Real-IP",
)  # fmt: skip


@signing.get("/sign-in")
@open_to(EVERYONE)
def sign_in() -> str | Response:
    """Show the sign-in form, and in the demo its people."""
    if g.signed_in is not None:
        return redirect(safe_next(request.args.get("next"), "/"))
    return _page()


def _page(sentence: str | None = None) -> str:
    people = privacy.accounts(session(), store_of(current_app)) if _is_demo_here() else []
    return render_template(
        "shared/sign_in.html", people=people, sentence=sentence, next=safe_next(request.values.get("next"), "/")
    )


@signing.post("/sign-in")
@open_to(EVERYONE)
@changes_data
def check() -> Any:
    """Check a username and password. Refusals do not tell which was wrong, and five in a minute close the door."""
    username = request.form.get("username", "").strip()
    throttle: Throttle = current_app.extensions["ia_throttle"]
    keys = (f"user {username}", f"address {request.remote_addr}")
    try:
        throttle.refuse_too_many(*keys)  # a try at a closed door is no failure: it would keep the door closed
    except TooMany as refusal:
        return _page(refusal_words(refusal)), refusal.status, {"Retry-After": str(refusal.facts["wait"])}
    try:
        account = _account_fitting(username)
    except Refused as refusal:
        throttle.count_failure(*keys)
        return _page(refusal_words(refusal)), refusal.status
    token = privacy.open_sign_in(session(), store_of(current_app), account)
    throttle.forget(*keys)
    return _signed_in(token)


def _account_fitting(username: str) -> Any:
    """Check the password in a session that only reads: checking takes long, and the writing one stops all writers."""
    reason = "check a password before anyone is signed in"
    with privacy.unheld_session(engine_of(current_app), reason=reason) as reading:
        return privacy.account_fitting(
            reading, store_of(current_app), username=username, password=request.form.get("password", "")
        )


@signing.post("/sign-in/demo")
@open_to(EVERYONE)
@changes_data
def one_click() -> Response:
    """Sign in as one of the demo's people. Exists only in the demo and only for a browser on this very machine."""
    if not _is_demo_here():
        raise NotFound(NOTHING_HERE)
    store = store_of(current_app)
    account = privacy.account_named(session(), store, request.form.get("username", ""))
    if account.disabled_at is not None:
        raise NotAllowed("This user was disabled.")
    return _signed_in(privacy.open_sign_in(session(), store, account))


def _is_demo_here() -> bool:
    address = request.remote_addr or ""
    try:
        is_loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
    is_passed_on = any(name in request.headers for name in PASSED_ON)
    return bool(current_app.extensions["ia_settings"].is_demo) and is_loopback and not is_passed_on


def _signed_in(token: str) -> Response:
    response = redirect(safe_next(request.form.get("next"), "/"), code=303)
    response.set_cookie(cookie_name(current_app), token, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@signing.post("/sign-out")
@open_to(*privacy.Role)
@changes_data
def sign_out() -> Response:
    """Sign this browser out."""
    name = cookie_name(current_app)
    privacy.sign_out(session(), g.signed_in.actor, token=request.cookies[name])
    response = redirect(url_of("signing.sign_in", said="signed-out"), code=303)
    response.delete_cookie(name, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@signing.post("/language")
@open_to(EVERYONE)
@changes_data
def choose_language() -> Response:
    """Remember the reader's language in this browser, and on their sign-in."""
    chosen = request.form.get("language", "")
    response = redirect(safe_next(request.form.get("next"), "/"), code=303)
    if chosen in LANGUAGES:
        token = request.cookies.get(cookie_name(current_app))
        if g.signed_in is not None and token is not None:
            privacy.choose_language(session(), store_of(current_app), token, chosen)
        response.set_cookie(
            LANGUAGE_COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response
