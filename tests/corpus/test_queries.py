"""Reads of sources: by key, by character, few in number, and never of another study."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import Revision
from ia_workbench.kernel import NotFound, Refused, Span
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.sources import add_source, revision_of

TEXT = "P: Café 😀 at ten.\nI: And e\u0301 then?"


@pytest.fixture
def session(home: Home) -> Iterator[Session]:
    with home.session(home.actor("ana")) as opened:
        add_source(opened, home, key="INT-001", text=TEXT, participants=("P-01", "P-02"), case="C-01")
        yield opened


def revision(session: Session, home: Home) -> Revision:
    return revision_of(session, corpus.source_keyed(session, home.study_id, "INT-001"))


def test_words_are_cut_by_code_points_without_loading_the_text(home: Home, session: Session) -> None:
    session.expire_all()
    found = revision(session, home)
    text = corpus.text_of(session, found)
    session.expire_all()
    found = revision(session, home)
    start = text.index("😀")
    assert corpus.words_at(session, found, Span(start, start + 4)) == "😀 at"
    assert corpus.words_at(session, found, Span(0, len(text))) == text
    assert "text" in inspect(found).unloaded


def test_words_past_the_text_are_refused(home: Home, session: Session) -> None:
    found = revision(session, home)
    with pytest.raises(Refused, match="ends past it"):
        corpus.words_at(session, found, Span(0, found.length + 1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_words_are_cut_by_characters_as_python_counts_them(home: Home, session: Session, data: st.DataObject) -> None:
    alphabet = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
    words = data.draw(st.text(alphabet, min_size=1, max_size=40))
    found = corpus.Revision(
        study_id=home.study_id,
        source_id=corpus.source_keyed(session, home.study_id, "INT-001").id,
        number=data.draw(st.integers(2, 2**40)),
        kind=corpus.RevisionKind.CORRECTED,
        text=words,
        length=len(words),
        sha256="",
        created_at=home.clock(),
        created_by="ana",
    )
    session.add(found)
    session.flush()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert corpus.words_at(session, found, Span(start, end)) == words[start:end]
    session.delete(found)
    session.flush()


def test_the_turn_at_a_character_is_the_one_around_it_or_before(home: Home, session: Session) -> None:
    found = revision(session, home)
    between = TEXT.index("\n")
    numbers = [corpus.turn_at(session, found.id, offset).number for offset in (0, between, between + 1, 10_000)]
    assert numbers == [1, 1, 2, 2]
    with pytest.raises(NotFound):
        corpus.turn_at(session, found.id + 1, 0)


def test_a_revision_is_found_by_number_and_the_newest_without_one(home: Home, session: Session) -> None:
    source = corpus.source_keyed(session, home.study_id, "INT-001")
    assert corpus.newest_revision(session, source) == corpus.revision_numbered(session, source, 1)
    with pytest.raises(NotFound, match="INT-001 has no revision 2."):
        corpus.revision_numbered(session, source, 2)


def test_an_unknown_source_is_not_found(home: Home, session: Session) -> None:
    with pytest.raises(NotFound, match="There is no source INT-999 in this study."):
        corpus.source_keyed(session, home.study_id, "INT-999")


def test_another_studys_lead_finds_nothing(home: Home, session: Session) -> None:
    found = revision(session, home)
    session.commit()
    with home.session(home.actor("omar"), writes=False) as strange:
        assert list(corpus.sources(strange, home.study_id)) == []
        assert list(corpus.turns_of(strange, found)) == []
        assert list(corpus.participants(strange, home.study_id)) == []
        with pytest.raises(NotFound):
            corpus.source_keyed(strange, home.study_id, "INT-001")
        for read in (lambda: corpus.text_of(strange, found), lambda: corpus.words_at(strange, found, Span(0, 2))):
            with pytest.raises(NotFound):
                read()


def test_sources_with_their_people_take_as_many_reads_as_one(home: Home, session: Session) -> None:
    for number in range(2, 12):
        add_source(session, home, key=f"INT-{number:03}", text="words", participants=(f"P-{number:02}",), case="C-02")
    session.flush()
    session.expunge_all()
    with counting_statements(home.evidence) as statements:
        listed = corpus.sources(session, home.study_id)
        assert [source.key for source in listed] == [f"INT-{number:03}" for number in range(1, 12)]
        assert {len(source.participants) for source in listed} == {1, 2}
        assert {source.case.key for source in listed if source.case} == {"C-01", "C-02"}
    assert len(statements) <= 3, statements


def test_cutting_words_out_takes_two_reads_and_one_while_the_text_is_kept(home: Home, session: Session) -> None:
    found = revision(session, home)
    for most in (2, 1):
        with counting_statements(home.evidence) as statements:
            corpus.words_at(session, found, Span(0, 4))
        assert len(statements) <= most, statements
