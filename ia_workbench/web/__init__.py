"""The pages: one application for the team, another for the community side.

The two are imported only when asked for, so that a process that serves the community side alone never loads a room
that knows the evidence store.
"""

from flask import Flask
from sqlalchemy import Engine

from ia_workbench.config import Settings


def create_team_app(settings: Settings, evidence: Engine, published: Engine) -> Flask:
    """Make the team application: it reads and writes the evidence store, and through release the published one."""
    from ia_workbench.web.workbench import create_app

    return create_app(settings, evidence, published)


def create_community_app(settings: Settings, published: Engine) -> Flask:
    """Make the community application, which is given the published store and nothing else."""
    from ia_workbench.web.community import create_app

    return create_app(settings, published)


__all__ = ["create_community_app", "create_team_app"]
