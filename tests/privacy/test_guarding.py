"""The second wall: what a session held to an actor shows and stores."""

import sqlite3

import pytest
from sqlalchemy import create_engine, func, select, update
from sqlalchemy.exc import OperationalError

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Study
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


def test_a_session_that_read_first_begins_to_write_with_what_is_stored_by_then(home: Home) -> None:
    with privacy.session_for(home.evidence, home.actor("ana")) as session:
        count = select(func.count(Study.id))
        assert session.scalar(count) == 1
        with home.session(home.actor("ana")) as other:
            other.execute(update(Study).where(Study.id == home.study_id).values(title="Another"))
        session.begin_writing()
        assert session.scalar(select(Study.title)) == "Another"
        blocked = sqlite3.connect(home.folder / "evidence.sqlite3", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            blocked.execute("BEGIN IMMEDIATE")
        session.commit()
        blocked.execute("BEGIN IMMEDIATE")
        blocked.close()


def test_a_session_with_rows_loaded_may_not_begin_to_write(home: Home) -> None:
    with privacy.session_for(home.evidence, home.actor("ana")) as session:
        rows = privacy.studies(session, Store.EVIDENCE)
        with pytest.raises(RuntimeError, match="may have changed"):
            session.begin_writing()
        assert len(rows) == 1


def test_beginning_to_write_beside_a_writer_is_refused_as_every_other_wait(home: Home) -> None:
    engine = create_engine(home.evidence.url, connect_args={"timeout": 0})
    with home.session(home.actor("ana")) as writer, privacy.session_for(engine, home.actor("ana")) as session:
        writer.connection()
        with pytest.raises(OperationalError):
            session.begin_writing()
    engine.dispose()
