"""Whose words were read is known however the row came by them."""

from sqlalchemy import select
from sqlalchemy.orm import load_only

from ia_workbench.corpus import Revision
from ia_workbench.privacy import forget_reads, reads_of
from tests.support import Home
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: We took two buses."


def test_words_that_come_back_to_an_expired_row_are_noted(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        revision = revision_of(session, add_source(session, home, key="INT-001", text=TEXT))
        session.flush()
        forget_reads(session)
        session.expire_all()
        assert revision.text == TEXT
        assert reads_of(session) == {home.study_id: {"INT-001"}}


def test_words_that_are_loaded_without_their_source_are_noted(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=TEXT)
        session.flush()
        session.expunge_all()
        forget_reads(session)
        assert session.scalars(select(Revision).options(load_only(Revision.text))).one().text == TEXT
        assert reads_of(session) == {home.study_id: {"INT-001"}}
