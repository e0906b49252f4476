"""The team application: everything that touches confidential words, for leads, analysts and administrators."""

from flask import Flask
from sqlalchemy import Engine

from ia_workbench.config import Settings
from ia_workbench.database import Store
from ia_workbench.web.application import build
from ia_workbench.web.workbench.current import install_study
from ia_workbench.web.workbench.studies import studies


def create_app(settings: Settings, evidence: Engine, published: Engine) -> Flask:
    """Make the team application on both stores; it writes to the published one only through release and review."""
    app = build(__name__, settings, Store.EVIDENCE, evidence)
    app.extensions["ia_published"] = published
    install_study(app)
    for blueprint in (studies,):
        app.register_blueprint(blueprint)
    return app
