"""Taking what was decided across to the community's store, once it is stored here."""

from flask import current_app

from ia_workbench import privacy, release
from ia_workbench.web.sessions import actor, engine_of
from ia_workbench.web.workbench.current import community_store


def copy_waiting() -> None:
    """Take what was decided across; the published store is committed first, as the bridge asks."""
    engine, who = engine_of(current_app), actor()
    with (
        privacy.session_for(engine, who, writes=True) as evidence_session,
        evidence_session.begin(),
        community_store("take releases across", writes=True) as community,
    ):
        release.copy_releases(evidence_session, community, who)
