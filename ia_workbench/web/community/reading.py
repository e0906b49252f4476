"""The first page, and how the reader wants to read: the size of print."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from ia_workbench.privacy import Role
from ia_workbench.web.access import open_to
from ia_workbench.web.addresses import safe_next, url_of
from ia_workbench.web.community.current import LARGE_PRINT_COOKIE
from ia_workbench.web.sessions import actor
from ia_workbench.web.signing import A_YEAR

reading = Blueprint("reading", __name__)


@reading.get("/")
@open_to(Role.REVIEWER, Role.SITE_LEAD)
def first_page() -> Response:
    """Lead a member to their findings and a site lead to their briefs."""
    return redirect(url_of("findings.mine" if actor().role is Role.REVIEWER else "briefs.all_briefs"))


@reading.post("/print")
@open_to(Role.REVIEWER, Role.SITE_LEAD)
def choose_print() -> Response:
    """Remember in this browser, and nowhere else, whether the reader wants large print."""
    response = redirect(safe_next(request.form.get("next"), "/"), code=303)
    is_large = request.form.get("size") == "large"
    response.set_cookie(
        LARGE_PRINT_COOKIE,
        "1" if is_large else "0",
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response
