"""A site lead's pages: briefs of public findings, their exports, and what the team answered the body."""

from flask import Blueprint, render_template

from ia_workbench.privacy import Role
from ia_workbench.web.access import open_to
from ia_workbench.web.community.current import TONGUES

briefs = Blueprint("briefs", __name__)


@briefs.get("/briefs", defaults={"tongue": None})
@briefs.get(f"/{TONGUES}/briefs")
@open_to(Role.SITE_LEAD)
def all_briefs() -> str:
    """Show the briefs of the site's public findings."""
    return render_template("community/briefs.html")
