"""Texts at work are kept in memory; what may be read is asked of the store each time."""

import pytest

from ia_workbench import corpus, privacy
from ia_workbench.corpus.kept_texts import KEPT_FOR, TEXTS, KeptTexts
from ia_workbench.kernel import NotFound, Refused, Span
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.sources import add_source

TEXT = "PARENT: They hand you two times.\n"


class Clock:
    """Seconds that pass when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_text_is_kept_for_five_minutes_after_it_was_last_asked_for() -> None:
    clock = Clock()
    texts = KeptTexts(clock)
    texts.keep("a", "words")
    clock.now += KEPT_FOR
    assert texts.known("a") == "words"
    clock.now += KEPT_FOR
    assert texts.known("a") == "words"
    clock.now += KEPT_FOR + 1
    assert texts.known("a") is None
    assert texts.known("b") is None


def test_what_was_asked_for_the_longest_ago_goes_first_and_what_is_too_long_is_not_kept() -> None:
    texts = KeptTexts(Clock(), most=10)
    texts.keep("a", "12345")
    texts.keep("b", "12345")
    assert texts.known("a") is not None  # so that b is the last that anyone asked for
    texts.keep("c", "1")
    assert [texts.known(each) for each in "abc"] == ["12345", None, "1"]
    texts.keep("d", "x" * 11)
    assert [texts.known(each) for each in "acd"] == ["12345", "1", None]


def test_words_are_cut_from_what_is_kept_and_each_reading_is_noted(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=TEXT)
        text = corpus.newest_revision_at(session, home.study_id, "INT-001")
        assert corpus.words_at(session, text, Span(0, 6)) == "PARENT"
        for again in (
            lambda span: corpus.words_at(session, text, span),
            lambda span: corpus.newest_words(session, "cedar", "INT-001", number=1, span=span).words,
        ):
            privacy.forget_reads(session)
            with counting_statements(home.evidence) as statements:
                assert again(Span(8, 12)) == "They"
            assert not [each for each in statements.sent if "revision.text" in each]
            assert privacy.reads_of(session) == {home.study_id: frozenset({"INT-001"})}


def test_what_is_kept_is_given_to_nobody_to_whom_the_store_gives_nothing(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=TEXT)
        revision = corpus.newest_revision_at(session, home.study_id, "INT-001")
        corpus.words_at(session, revision, Span(0, 6))
        assert TEXTS.known(revision.sha256) == TEXT
        privacy.limit_member(session, home.actor("ana"), study_id=home.study_id, username="ben", sources={})
    for other in ("ben", "ada"):
        with home.session(home.actor(other), writes=False) as session:
            assert corpus.newest_words(session, "cedar", "INT-001", number=1, span=Span(0, 6)) is None
            with pytest.raises(NotFound):
                corpus.words_at(session, revision, Span(0, 6))
    with home.session(home.actor("ana")) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        corpus.withdraw_source(session, home.actor("ana"), source=source, reason="Asked to.")
        session.flush()
        assert corpus.newest_words(session, "cedar", "INT-001", number=1, span=Span(0, 6)) is None
        with pytest.raises(Refused, match="INT-001 was withdrawn"):
            corpus.words_at(session, revision, Span(0, 6))


def test_a_text_that_is_not_what_its_digest_says_is_not_kept(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        add_source(session, home, key="INT-001", text=TEXT)
        revision = corpus.newest_revision_at(session, home.study_id, "INT-001")
        revision.sha256 = "another"
        assert corpus.text_of(session, revision) == TEXT
        assert TEXTS.known("another") is None
