"""Many codings at once give what coding one by one gives."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, privacy
from ia_workbench.coding import GivenCoding
from ia_workbench.corpus import Revision
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound, Refused, Span
from tests.support import Home
from tests.support.sources import add_source

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
TEXT = "P: Nothing after four 🙂, nothing on Saturday."


def prepared(session: Session, home: Home) -> Revision:
    """Add a source and two codes, and return the source's revision."""
    source = add_source(session, home, key="INT-001", text=TEXT)
    for name in ("visits", "work"):
        codebook.add_code(session, home.actor("ana"), study_id=home.study_id, name=name)
    return corpus.newest_revision(session, source)


def given(home: Home, session: Session, revision: Revision, code: str, start: int, end: int, who: str) -> GivenCoding:
    """Return a coding as a file would give it."""
    found = codebook.code_at(session, home.study_id, code)
    return GivenCoding(revision, Span(start, end), found, home.actor(who).account_id or 0, AT)


def test_codings_by_several_people_are_taken_in_with_one_entry_in_the_trail(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        revision = prepared(session, home)
        rows = [
            given(home, session, revision, "visits", 3, 23, "ben"),
            given(home, session, revision, "work", 3, 23, "carla"),
            given(home, session, revision, "work", 10, 31, "ben"),
        ]
        before = len(privacy.audit_entries(session, Store.EVIDENCE))
        assert coding.import_codings(session, home.actor("ana"), study_id=home.study_id, given=rows) == 3
        assert len(privacy.audit_entries(session, Store.EVIDENCE)) == before + 1
        taken = coding.codings(session, home.study_id)
        assert [(each.coder.username, each.excerpt.quote) for each in taken] == [
            ("ben", TEXT[3:23]),
            ("carla", TEXT[3:23]),
            ("ben", TEXT[10:31]),
        ]
        assert coding.mismatched_excerpts(session, home.study_id) == []


def test_what_is_there_already_changes_nothing(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        revision = prepared(session, home)
        row = given(home, session, revision, "visits", 3, 23, "ana")
        made = coding.apply_code(session, home.actor("ana"), revision=revision, span=row.span, code=row.code)
        again = [row, row]
        assert coding.import_codings(session, home.actor("ana"), study_id=home.study_id, given=again) == 0
        assert [each.id for each in coding.codings(session, home.study_id)] == [made.id]
        assert coding.count_of_excerpts(session, home.study_id) == 1


def test_only_who_manages_the_study_speaks_for_others(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        revision = prepared(session, home)
        rows = [given(home, session, revision, "visits", 3, 23, "ana")]
    with home.session(home.actor("ben")) as session, pytest.raises(NotAllowed):
        coding.import_codings(session, home.actor("ben"), study_id=home.study_id, given=rows)


def test_a_span_past_the_text_and_a_stranger_are_refused(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        revision = prepared(session, home)
        past = given(home, session, revision, "visits", 3, 900, "ana")
        with pytest.raises(Refused, match="ends past it"):
            coding.import_codings(session, home.actor("ana"), study_id=home.study_id, given=[past])
        stranger = given(home, session, revision, "visits", 3, 23, "omar")
        with pytest.raises(NotFound):
            coding.import_codings(session, home.actor("ana"), study_id=home.study_id, given=[stranger])


def test_ratings_and_importance_are_taken_in_and_a_rating_outside_the_scale_is_refused(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        revision = prepared(session, home)
        codebook.code_at(session, home.study_id, "visits").scale = ["slight", "strong"]
        row = replace(given(home, session, revision, "visits", 3, 23, "ben"), rating=2, is_important=True)
        with pytest.raises(Refused, match="no rating 3"):
            coding.import_codings(session, home.actor("ana"), study_id=home.study_id, given=[replace(row, rating=3)])
        assert coding.import_codings(session, home.actor("ana"), study_id=home.study_id, given=[row]) == 1
        (taken,) = coding.rows_of(coding.codings(session, home.study_id))
        assert (taken.rating, taken.important) == (2, True)
