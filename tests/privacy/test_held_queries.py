"""Queries and rows that are compiled once: under the same wall as everything else, and noted as reads."""

import pytest
from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import IntegrityError

from ia_workbench import privacy
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import Revision, Source, newest_revision_at, newest_words
from ia_workbench.database import Store, moment_of
from ia_workbench.kernel import NotFound, Span, digest_of, new_guid
from ia_workbench.privacy import HeldQuery, HeldRow, Study
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.sources import add_source

KEYS = HeldQuery(select(Source.key, Source.consent).where(Source.title == bindparam("title")).order_by(Source.key))
WORDS = HeldQuery(
    select(func.substr(Revision.text, 1, bindparam("count")).label("words")).where(
        Revision.source_id == bindparam("source")
    ),
    words=Revision.raw_words,
)
NEW_EXCERPT = HeldRow(Excerpt)
TEXT = "PARENT: They hand you two times.\n"


def another_study(home: Home) -> int:
    """Make a study that ana is not in, and a source of it."""
    with home.unheld(Store.EVIDENCE) as session:
        study = Study(
            key="elsewhere", title="Elsewhere", question="?", site="Nowhere", settings={}, created_at=moment_of(session)
        )
        session.add(study)
        session.flush()
        number: int = study.id
        return number


def excerpt_values(source: Source, revision: Revision, *, study_id: int | None = None) -> dict[str, object]:
    """All columns of an excerpt of the first four characters."""
    words = revision.text[8:12]
    return {
        "study_id": study_id or source.study_id, "revision_id": revision.id, "start": 8, "end": 12,
        "quote": words, "sha256": digest_of(words), "guid": new_guid(),
    }  # fmt: skip


def test_a_held_query_gives_what_its_actor_may_see_and_to_nobody_else_what_it_gave_before(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=TEXT)
        assert [row.key for row in KEYS.rows(session, title="Source INT-001")] == ["INT-001"]
        assert KEYS.row(session, title="Source INT-001").consent is not None
        assert KEYS.row(session, title="none") is None
    with home.session(home.actor("ada"), writes=False) as session:
        assert KEYS.rows(session, title="Source INT-001") == []
    with home.session(home.actor("ana"), writes=False) as session:
        assert [row.key for row in KEYS.rows(session, title="Source INT-001")] == ["INT-001"]


def test_what_waits_to_be_stored_is_asked_for_as_well(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key="INT-001", text=TEXT)
        source.title = "Another title"
        assert [row.key for row in KEYS.rows(session, title="Another title")] == ["INT-001"]


def test_a_session_without_an_actor_is_answered_nothing(home: Home) -> None:
    session = privacy.HeldSession(home.evidence)
    with pytest.raises(RuntimeError):
        KEYS.rows(session, title="x")
    session.close()


def test_a_held_query_for_raw_words_must_say_whose_and_is_noted_as_a_read(home: Home) -> None:
    with pytest.raises(RuntimeError, match="raw words"):
        HeldQuery(select(Revision.text).where(Revision.id == bindparam("number")))
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key="INT-001", text=TEXT)
        privacy.forget_reads(session)
        with pytest.raises(RuntimeError, match="whose"):
            WORDS.row(session, source=source.id, count=6)
        assert WORDS.row(session, leads_by=source.id, source=source.id, count=6).words == "PARENT"
        assert privacy.reads_of(session) == {home.study_id: frozenset({"INT-001"})}


def test_words_may_be_noted_by_the_rows_that_have_them_and_by_no_others(home: Home) -> None:
    words = HeldQuery(
        select(Revision.source_id, Revision.text).where(Revision.length > bindparam("longer")),
        words=Revision.raw_words,
        leads_in="source_id",
    )
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=TEXT)
        long = add_source(session, home, key="INT-002", text=TEXT * 2)
        privacy.forget_reads(session)
        assert words.rows(session, longer=10_000) == []
        assert privacy.reads_of(session) == {}
        assert [each.source_id for each in words.rows(session, longer=len(TEXT) + 2)] == [long.id]
        assert privacy.reads_of(session) == {home.study_id: frozenset({"INT-002"})}


def test_a_row_is_stored_once_and_only_in_a_study_of_the_actors(home: Home) -> None:
    elsewhere = another_study(home)
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key="INT-001", text=TEXT)
        revision = newest_revision_at(session, home.study_id, "INT-001")
        first = NEW_EXCERPT.store(session, **excerpt_values(source, revision))
        stored = session.get_one(Excerpt, first)
        assert (stored.start, stored.end, stored.quote) == (8, 12, "They")
        assert NEW_EXCERPT.store_unless_there(session, **excerpt_values(source, revision)) is None
        with pytest.raises(NotFound):
            NEW_EXCERPT.store(session, **excerpt_values(source, revision, study_id=elsewhere))
        with pytest.raises(IntegrityError):
            NEW_EXCERPT.store(session, **excerpt_values(source, revision))


def test_words_of_another_study_of_no_source_of_another_text_or_past_its_end_are_none(home: Home) -> None:
    another_study(home)
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key="INT-001", text=TEXT)
        found = newest_words(session, "cedar", "INT-001", number=1, span=Span(8, 12))
        assert found is not None
        assert (found.study_id, found.source_id, found.words) == (home.study_id, source.id, "They")
        for study, key, number, span in (
            ("elsewhere", "INT-001", 1, Span(8, 12)),
            ("cedar", "INT-009", 1, Span(8, 12)),
            ("cedar", "INT-001", 2, Span(8, 12)),
            ("cedar", "INT-001", 1, Span(8, len(TEXT) + 1)),
        ):
            assert newest_words(session, study, key, number=number, span=span) is None


def test_what_the_driver_refuses_comes_as_every_other_refusal_and_without_the_values(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        source = add_source(session, home, key="INT-001", text=TEXT)
        values = {**excerpt_values(source, newest_revision_at(session, home.study_id, "INT-001")), "revision_id": 999}
        with pytest.raises(IntegrityError) as refused, session.begin_nested():
            NEW_EXCERPT.store(session, **values)
        assert str(values["quote"]) not in str(refused.value)
        assert KEYS.rows(session, title="none") == []


def test_who_listens_to_what_is_sent_hears_of_held_queries_too(home: Home) -> None:
    with counting_statements(home.evidence) as statements, home.session(home.actor("ana"), writes=False) as session:
        KEYS.rows(session, title="none")
    assert [each for each in statements.sent if "FROM source" in each]


def test_a_session_that_goes_on_after_its_commit_asks_in_its_new_transaction(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=TEXT)
    with privacy.session_for(home.evidence, home.actor("ana")) as session:
        assert [row.key for row in KEYS.rows(session, title="Source INT-001")] == ["INT-001"]
        session.commit()
        with home.session(home.actor("ana")) as other:
            add_source(other, home, key="INT-002", text=TEXT)
        assert [row.key for row in KEYS.rows(session, title="Source INT-002")] == ["INT-002"]
