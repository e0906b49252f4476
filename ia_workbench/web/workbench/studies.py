"""Choosing a study, and the study's first page: what waits for me."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.privacy import Role
from ia_workbench.web.access import open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.current import TEAM, study

studies = Blueprint("studies", __name__)


@studies.get("/")
@open_to(*TEAM, Role.ADMINISTRATOR)
def first_page() -> Response:
    """Lead on to the one study there is, or to the choice of studies."""
    if actor().role is Role.ADMINISTRATOR:
        return redirect(url_of("studies.choose"))
    mine = privacy.studies(session(), Store.EVIDENCE)
    return redirect(url_of("studies.home", study_key=mine[0].key) if len(mine) == 1 else url_of("studies.choose"))


@studies.get("/studies")
@open_to(*TEAM, Role.ADMINISTRATOR)
def choose() -> str:
    """Show the studies that are mine."""
    return render_template("team/studies.html", mine=privacy.studies(session(), Store.EVIDENCE))


@studies.get("/s/<study_key>")
@open_to(*TEAM)
def home() -> str:
    """Show what waits for me in a study."""
    return render_template("team/home.html", study=study())
