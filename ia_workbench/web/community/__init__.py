"""The community application: for members of the accountability body and for site leads.

It is given the published store and opens nothing else, so it runs on a machine that never held a transcript. Every
page is complete without JavaScript.
"""

from flask import Flask
from sqlalchemy import Engine

from ia_workbench.config import Settings
from ia_workbench.database import Store
from ia_workbench.web.application import build
from ia_workbench.web.community.briefs import briefs
from ia_workbench.web.community.current import install_reader
from ia_workbench.web.community.findings import findings
from ia_workbench.web.community.reading import reading


def create_app(settings: Settings, published: Engine) -> Flask:
    """Make the community application on the published store."""
    app = build(__name__, settings, Store.PUBLISHED, published)
    install_reader(app)
    for blueprint in (reading, findings, briefs):
        app.register_blueprint(blueprint)
    return app
