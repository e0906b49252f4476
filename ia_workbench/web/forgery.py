"""Against forged requests: every request that is not a plain read carries a token and comes from our own pages."""

import secrets

from flask import current_app, g, request
from werkzeug.wrappers import Response

from ia_workbench.kernel import NotAllowed
from ia_workbench.privacy import new_token
from ia_workbench.web.sessions import cookie_name

READS = frozenset({"GET", "HEAD", "OPTIONS"})
REFUSAL = "This form is no longer valid. Nothing was changed. Open the page again and send it once more."


def _form_cookie() -> str:
    return f"{cookie_name(current_app)}_form"


def csrf_token() -> str:
    """Return the token that a form of this page must carry; before sign-in it is tied to a cookie of its own."""
    if g.signed_in is not None:
        token: str = g.signed_in.csrf_token
        return token
    if "form_token" not in g:
        g.form_token = request.cookies.get(_form_cookie()) or new_token()
    anonymous: str = g.form_token
    return anonymous


def refuse_forgery() -> None:
    """Refuse a writing request without this browser's token, or sent by another site."""
    if request.method in READS:
        return
    sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    expected = g.signed_in.csrf_token if g.signed_in is not None else request.cookies.get(_form_cookie(), "")
    if not expected or not secrets.compare_digest(sent.encode(), expected.encode()) or not _is_from_here():
        raise NotAllowed(REFUSAL)


def _is_from_here() -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    # our own pages forbid referrers, and browsers then send the origin of their forms as "null"
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.host


def keep_form_cookie(response: Response) -> Response:
    """Set the cookie that goes with a token given out before sign-in."""
    if "form_token" in g and request.cookies.get(_form_cookie()) != g.form_token:
        response.set_cookie(_form_cookie(), g.form_token, httponly=True, samesite="Strict", secure=request.is_secure)
    return response
