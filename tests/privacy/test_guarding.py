"""The second wall: what a session held to an actor shows and stores."""

import pytest

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound
from tests.support import Home


def test_a_member_sees_their_study_and_no_other(home: Home) -> None:
    with home.session(home.actor("ana"), writes=False) as session:
        assert [study.key for study in privacy.studies(session, Store.EVIDENCE)] == ["cedar"]
        with pytest.raises(NotFound):
            privacy.study_keyed(session, "other")


def test_an_administrator_sees_no_study(home: Home) -> None:
    with home.session(home.actor("ada"), writes=False) as session:
        assert list(privacy.studies(session, Store.EVIDENCE)) == []


def test_a_session_without_an_actor_shows_nothing_at_all(home: Home) -> None:
    session = privacy.HeldSession(home.evidence)
    with pytest.raises(RuntimeError):
        privacy.studies(session, Store.EVIDENCE)
    session.close()
