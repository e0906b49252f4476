"""Reads of codings: what is loaded, in which order, in how many queries, and for whom."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus
from ia_workbench.coding import Excerpt, queries
from ia_workbench.corpus import Revision, Source
from ia_workbench.database import Store
from ia_workbench.kernel import Span, digest_of
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: I take two buses. Every week, two buses and a walk in the rain."


@pytest.fixture
def coded(home: Home) -> Home:
    """The home with two sources, coded by ana and ben."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        for key in ("INT-002", "INT-001"):
            add_source(session, home, key=key, text=TEXT)
    apply(home, "ana", "INT-001", 8, 24, "barriers/transport")
    apply(home, "ana", "INT-001", 8, 40, "barriers")
    apply(home, "ben", "INT-001", 8, 24, "barriers/transport")
    apply(home, "ben", "INT-002", 10, 14, "barriers-met")
    return home


def apply(home: Home, username: str, source: str, start: int, end: int, path: str) -> None:
    actor = home.actor(username)
    with home.session(actor) as session:
        code = codebook.code_at(session, home.study_id, path)
        coding.apply_code(session, actor, revision=revision(session, source), span=Span(start, end), code=code)


def revision(session: Session, key: str) -> Revision:
    return revision_of(session, session.scalars(select(Source).where(Source.key == key)).one())


def paths(codings: list[coding.Coding]) -> list[tuple[str, str, str]]:
    return [(each.excerpt.revision.source.key, each.code.path, each.coder.username) for each in codings]


def test_the_codings_of_a_revision_come_longer_first_with_all_they_need_in_three_queries(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        here = revision(session, "INT-001")
        with counting_statements(coded.evidence) as statements:
            found = coding.codings_on(session, here)
            assert [(each.excerpt.end, each.code.name, each.coder.username) for each in found] == [
                (40, "Barriers", "ana"),
                (24, "Transport", "ana"),
                (24, "Transport", "ben"),
            ]
        assert len(statements) <= 3, str(statements)


def test_the_codings_of_a_study_come_by_source_in_five_queries(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session, counting_statements(coded.evidence) as statements:
        assert paths(coding.codings(session, coded.study_id)) == [
            ("INT-001", "barriers/transport", "ana"),
            ("INT-001", "barriers/transport", "ben"),
            ("INT-001", "barriers", "ana"),
            ("INT-002", "barriers-met", "ben"),
        ]
        assert len(statements) <= 5, str(statements)


def test_codings_are_filtered_by_source_code_and_coder(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        source = revision(session, "INT-002").source
        study = coded.study_id
        assert len(coding.codings(session, study, source=source)) == 1
        assert len(coding.codings(session, study, coder="ben")) == 2
        assert len(coding.codings(session, study, coder="ben", source=source)) == 1
        assert coding.codings(session, study, coder="nobody") == []


def test_a_code_brings_the_codes_below_it_and_not_its_namesakes(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        barriers = codebook.code_at(session, coded.study_id, "barriers")
        found = coding.codings(session, coded.study_id, code=barriers)
        assert {path for _, path, _ in paths(found)} == {"barriers", "barriers/transport"}


def test_coded_words_come_once_with_their_first_coding_and_no_more_than_asked_for(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        everywhere = session.scalars(select(Source)).all()
        with counting_statements(coded.evidence) as statements:
            first = coding.coded_words(session, coded.study_id, sources=everywhere, limit=2)
            assert paths(list(first.codings)) == [
                ("INT-001", "barriers/transport", "ana"),
                ("INT-001", "barriers", "ana"),
            ]
            assert len(statements) <= 6, statements
        assert first.total == 3
        in_one = [each for each in everywhere if each.key == "INT-002"]
        assert paths(list(coding.coded_words(session, coded.study_id, sources=in_one, limit=9).codings)) == [
            ("INT-002", "barriers-met", "ben")
        ]
        below = codebook.code_at(session, coded.study_id, "barriers/transport")
        left = coding.coded_words(session, coded.study_id, sources=everywhere, code=below, limit=9)
        assert (left.total, len(left.codings)) == (1, 1)
        without = {each.excerpt_id for each in left.codings}
        others = coding.coded_words(session, coded.study_id, sources=everywhere, without=without, limit=9)
        assert [each.code.path for each in others.codings] == ["barriers", "barriers-met"]
        assert coding.coded_words(session, coded.study_id, sources=[], limit=9).total == 0


def test_excerpts_are_placed_in_their_turns_however_many_there_are(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = home.actor("ana")
    text = "PARENT: I take two buses.\nWORKER: How far?\nPARENT: An hour."
    with home.session(ana) as session:
        source = add_source(session, home, key="INT-001", text=text)
        here = revision_of(session, source)
        turns = corpus.turns_of(session, here)
        starts = {each.number: each.start for each in turns} | {0: turns[0].end}  # 0: where one ends, before the next
        excerpts = {
            number: coding.excerpt_of(session, ana, revision=here, span=Span(start, start + 3)).id
            for number, start in starts.items()
        }
        monkeypatch.setattr(queries, "AT_ONCE", 2)
        with counting_statements(home.evidence) as statements:
            found = coding.turns_of_excerpts(session, set(excerpts.values()))
            assert len(statements) == 2, statements
    assert found == {excerpts[0]: 1, excerpts[1]: 1, excerpts[2]: 2, excerpts[3]: 3}


def test_codings_are_counted_by_source_as_they_are_by_code(coded: Home) -> None:
    def counted() -> tuple[dict[str, int], int]:
        with coded.session(coded.actor("ana"), writes=False) as session:
            keys = {each.id: each.key for each in session.scalars(select(Source))}
            by_source = coding.codings_by_source(session, coded.study_id)
            by_code = sum(each.codings for each in coding.counts_by_code(session, coded.study_id))
            return {keys[number]: count for number, count in by_source.items()}, by_code

    assert counted() == ({"INT-001": 3, "INT-002": 1}, 4)
    with coded.session(coded.actor("ana")) as session:
        source = corpus.source_keyed(session, coded.study_id, "INT-001")
        corpus.withdraw_source(session, coded.actor("ana"), source=source, reason="Asked to.")
    assert counted() == ({"INT-002": 1}, 1)


def test_codes_are_counted_for_themselves_over_codings_and_sources(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        counts = coding.counts_by_code(session, coded.study_id)
        assert [(each.path, each.codings, each.sources) for each in counts] == [
            ("barriers", 1, 1),
            ("barriers-met", 1, 1),
            ("barriers/transport", 2, 1),
        ]
        here = coding.counts_by_code(session, coded.study_id, revision=revision(session, "INT-002"))
        assert [each.path for each in here] == ["barriers-met"]


def test_a_withdrawn_source_gives_no_codings(coded: Home) -> None:
    with coded.session(coded.actor("ana")) as session:
        withdrawn = revision(session, "INT-001")
        withdrawn.source.withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)
        session.flush()  # the reads below ask the store
        assert coding.codings_on(session, withdrawn) == []
        assert paths(coding.codings(session, coded.study_id)) == [("INT-002", "barriers-met", "ben")]
        assert [each.path for each in coding.counts_by_code(session, coded.study_id)] == ["barriers-met"]


def test_a_member_of_another_study_sees_no_coding(coded: Home) -> None:
    with coded.session(coded.actor("omar"), writes=False) as session:
        assert coding.codings(session, coded.study_id) == []
        assert coding.counts_by_code(session, coded.study_id) == []
        assert coding.count_of_excerpts(session, coded.study_id) == 0


def test_excerpts_that_agree_with_their_text_are_not_listed(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        assert coding.count_of_excerpts(session, coded.study_id) == 3
        assert coding.mismatched_excerpts(session, coded.study_id) == []


@pytest.mark.parametrize("change", [{"quote": "other words"}, {"sha256": "0" * 64}, {"start": 7}, {"end": 25}])
def test_an_excerpt_that_no_longer_agrees_is_listed(coded: Home, change: dict[str, object]) -> None:
    with coded.unheld(Store.EVIDENCE) as session:
        number = session.scalars(select(Excerpt.id).where(Excerpt.end == 24)).one()
        session.execute(update(Excerpt).where(Excerpt.id == number).values(**change))
        assert [each.id for each in coding.mismatched_excerpts(session, coded.study_id)] == [number]


def test_an_excerpt_whose_text_changed_under_it_is_listed(coded: Home) -> None:
    with coded.unheld(Store.EVIDENCE) as session:
        revision_id = revision(session, "INT-002").id
        session.execute(update(Revision).where(Revision.id == revision_id).values(text=TEXT.replace("take", "miss")))
        assert len(coding.mismatched_excerpts(session, coded.study_id)) == 1


def test_an_excerpt_that_ends_past_its_text_is_listed_although_its_words_are_there(coded: Home) -> None:
    words = TEXT[-5:]
    with coded.unheld(Store.EVIDENCE) as session:
        place = {"revision_id": revision(session, "INT-002").id, "start": len(TEXT) - 5, "end": len(TEXT) + 1}
        session.add(Excerpt(study_id=coded.study_id, **place, quote=words, sha256=digest_of(words)))
        session.flush()  # the check asks the store
        assert [each.quote for each in coding.mismatched_excerpts(session, coded.study_id)] == [words]


def test_rows_for_tables_follow_the_order_given(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        rows = coding.rows_of(coding.codings(session, coded.study_id))
    assert [(row.source, row.start, row.end, row.coder) for row in rows] == [
        ("INT-001", 8, 24, "ana"),
        ("INT-001", 8, 24, "ben"),
        ("INT-001", 8, 40, "ana"),
        ("INT-002", 10, 14, "ben"),
    ]
    assert replace(rows[0], coder="ben") == rows[1]
    assert rows[3].quote == TEXT[10:14]
