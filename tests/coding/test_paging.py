"""The words of a code a page at a time, and codings for files: the same as reading everything, for the same people."""

from collections.abc import Iterator
from itertools import groupby

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, privacy
from ia_workbench.coding import Coding, CodingRow
from ia_workbench.corpus import Source
from ia_workbench.kernel import Span
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.materials import add_materials
from tests.support.sources import add_source

KEYS = ("INT-003", "INT-001", "INT-002")
LINES = [f"PARENT: Line {number} of what was said about the visits." for number in range(12)]
Told = tuple[str, int, str, tuple[tuple[str, str], ...]]  # source, start, words, and who gave which code


@pytest.fixture
def coded(home: Home) -> Home:
    """The home with three sources: words coded once, by two people, with a code and one below it, on two texts."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        for key in KEYS:
            add_source(session, home, key=key, text="\n".join(LINES))
    for key in KEYS:
        for place in range(11, -1, -1):
            apply(home, "ana", key, place, "barriers")
    for username, place, path in (
        ("ben", 0, "barriers"),
        ("ana", 0, "barriers/transport"),
        ("ben", 0, "barriers/hours"),
        ("ana", 5, "barriers/hours"),
        ("ben", 6, "barriers-met"),
    ):
        apply(home, username, "INT-002", place, path)
    with home.session(ana) as session:
        source = source_of(session, "INT-002")
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        coding.correct_source(session, ana, source=source, text=text.replace("Line 3 of what was said about", "On"))
    return home


def apply(home: Home, username: str, key: str, place: int, path: str) -> None:
    """Code some words in the line of that place."""
    actor, start = home.actor(username), sum(len(line) + 1 for line in LINES[:place])
    with home.session(actor) as session:
        revision = corpus.newest_revision(session, source_of(session, key))
        code = codebook.code_at(session, home.study_id, path)
        span = Span(start + 8, start + 20)
        coding.apply_code(session, actor, revision=revision, span=span, code=code)


def source_of(session: Session, key: str) -> Source:
    return session.scalars(select(Source).where(Source.key == key)).one()


def everything(session: Session, home: Home, path: str) -> list[Told]:
    """Return what all pages of a code must have, from reading all codings with their rows."""
    every = coding.codings(session, home.study_id, code=codebook.code_at(session, home.study_id, path))
    every.sort(key=lambda each: (place_of(each), each.excerpt_id, each.code.path, each.coder.username))
    return [
        (*place_of(its[0])[:2], its[0].excerpt.quote, tuple((each.code.path, each.coder.username) for each in its))
        for its in (list(same) for _excerpt, same in groupby(every, key=lambda each: each.excerpt_id))
    ]


def place_of(each: Coding) -> tuple[str, int, int]:
    return each.excerpt.revision.source.key, each.excerpt.start, each.excerpt.end


def pages(session: Session, home: Home, path: str, size: int) -> Iterator[coding.CodePage]:
    code, offset = codebook.code_at(session, home.study_id, path), 0
    while True:
        page = coding.code_page(session, home.study_id, code, offset=offset, limit=size)
        if not page.shown:
            return
        yield page
        offset += size


def told(page: coding.CodePage, paths: dict[int, str]) -> list[Told]:
    return [
        (
            page.sources[each.source_id].key,
            each.start,
            each.quote,
            tuple((paths[it.code_id], it.coder) for it in each.given),
        )
        for each in page.shown
    ]


@pytest.mark.parametrize("path", ["barriers", "barriers/hours", "barriers-met"])
@pytest.mark.parametrize("size", [1, 5, 100])
def test_all_pages_together_are_all_there_is_in_order_however_they_are_cut(coded: Home, path: str, size: int) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        paths = {each.id: each.path for each in codebook.codes(session, coded.study_id)}
        every = list(pages(session, coded, path, size))
        assert [each for page in every for each in told(page, paths)] == everything(session, coded, path)
        codings = coding.codings(session, coded.study_id, code=codebook.code_at(session, coded.study_id, path))
        for page in every:
            assert page.total == len(codings)
            assert page.own == sum(each.code.path == path for each in codings)
            assert page.excerpt_count == len({each.excerpt_id for each in codings})
            assert page.coders == sorted({each.coder.username for each in codings})


def test_each_excerpt_of_a_page_has_the_turn_that_it_begins_in(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        for page in pages(session, coded, "barriers", 4):
            assert {each.id: each.turn for each in page.shown} == coding.turns_of_excerpts(
                session, {each.id for each in page.shown}
            )


def test_a_page_is_noted_as_a_read_of_just_the_sources_it_shows(coded: Home) -> None:
    with coded.session(coded.actor("ben"), writes=False) as session:
        for page in pages(session, coded, "barriers", 6):
            assert privacy.reads_of(session) == {coded.study_id: frozenset(each.key for each in page.sources.values())}
            privacy.forget_reads(session)


def test_somebody_limited_is_shown_and_told_their_sources_alone(coded: Home) -> None:
    with coded.session(coded.actor("ana")) as session:
        given = {source_of(session, "INT-002").id: "INT-002"}
        privacy.limit_member(session, coded.actor("ana"), study_id=coded.study_id, username="ben", sources=given)
    with coded.session(coded.actor("ben"), writes=False) as session:
        (page,) = pages(session, coded, "barriers", 100)
        assert {each.key for each in page.sources.values()} == {"INT-002"}
        assert (page.excerpt_count, list(page.excerpts)) == (12, [source_of(session, "INT-002").id])
        assert {each.source for each in coding.exported_codings(session, coded.study_id)} == {"INT-002"}
        assert privacy.reads_of(session) == {coded.study_id: frozenset({"INT-002"})}


def test_what_was_withdrawn_is_neither_shown_nor_counted_nor_read(coded: Home) -> None:
    ana = coded.actor("ana")
    with coded.session(ana) as session:
        corpus.withdraw_source(session, ana, source=source_of(session, "INT-002"), reason="taken-back")
    with coded.session(ana, writes=False) as session:
        (page,) = pages(session, coded, "barriers", 100)
        assert {each.key for each in page.sources.values()} == {"INT-001", "INT-003"}
        assert (page.total, page.coders) == (24, ["ana"])
        rows = coding.exported_codings(session, coded.study_id)
        assert {each.source for each in rows} == {"INT-001", "INT-003"}
        assert privacy.reads_of(session) == {coded.study_id: frozenset({"INT-001", "INT-003"})}


def test_codings_for_files_are_those_of_their_rows_and_a_read_of_just_their_sources(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        source = source_of(session, "INT-002")
        codes = {path: codebook.code_at(session, coded.study_id, path) for path in ("barriers", "barriers/hours")}
        for code in (None, *codes.values()):
            for only in (None, source):
                for coder in (None, "ben", "nobody"):
                    privacy.forget_reads(session)
                    found = coding.exported_codings(session, coded.study_id, source=only, code=code, coder=coder)
                    reads = privacy.reads_of(session).get(coded.study_id, frozenset())
                    every = coding.codings(session, coded.study_id, source=only, code=code, coder=coder)
                    raw = {source.id: corpus.raw_revisions(session, source)}
                    texts = [
                        coding.earlier_text(each.excerpt, raw) if each.excerpt.revision.source_id == source.id else None
                        for each in every
                    ]
                    assert [as_row(each) for each in found] == coding.rows_of(every, texts=texts)
                    assert reads == {each.source for each in found}
        assert any(each.text == 1 for each in coding.exported_codings(session, coded.study_id, source=source))


def as_row(each: coding.ExportedCoding) -> CodingRow:
    return CodingRow(
        each.source, each.start, each.end, each.quote, each.code, each.coder, each.at, each.text, each.rating,
        each.important,
    )  # fmt: skip


def test_a_page_takes_few_queries_however_many_codings_it_shows(coded: Home) -> None:
    with coded.session(coded.actor("ana"), writes=False) as session:
        code = codebook.code_at(session, coded.study_id, "barriers")
        with counting_statements(coded.evidence) as few:
            coding.code_page(session, coded.study_id, code, offset=0, limit=1)
        with counting_statements(coded.evidence) as many:
            coding.code_page(session, coded.study_id, code, offset=0, limit=12)
        assert len(few) == len(many) <= 10, str(many)
