"""Sentences of what is spoken: every word is in exactly one, none goes over a turn, and they are found once a text."""

from bisect import bisect_left
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ia_workbench import corpus, language
from ia_workbench.corpus import Revision, RevisionSentences, Source, WithdrawalOutcome, sentence_ends
from ia_workbench.kernel import NotFound, Span
from tests.support import Home
from tests.support.sources import add_source, revision_of

TEXT = "PARENT: They hand you two times. You say yes to one\nWORKER: or you have none! 👩‍👧 Was it so? "


@st.composite
def spoken(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text of turns, each a label and a speech of words, marks, blanks and characters beyond 16 bits."""
    speech = st.text(alphabet=st.sampled_from("ab .!?\n\u00a0\U0001f469é…"), max_size=24)
    turns = draw(st.lists(st.tuples(st.sampled_from(("", "P: ", "Dr. A.: ")), speech), max_size=6))
    text, speeches = "", []
    for label, words in turns:
        text += label
        if words:
            speeches.append(Span(len(text), len(text) + len(words)))
        text += words + "\n"
    return text, speeches


@st.composite
def cut(draw: st.DrawFn, length: int) -> list[Span]:
    """Sentences anywhere: in order and apart, some across turns."""
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=12)))
    return [Span(start, end) for start, end in pairwise(edges) if draw(st.booleans())]


@given(st.data(), spoken())
@settings(max_examples=300, deadline=None)
def test_every_word_is_in_one_sentence_and_no_sentence_leaves_its_turn(
    data: st.DataObject, made: tuple[str, list[Span]]
) -> None:
    text, speeches = made
    ends = sentence_ends(text, data.draw(cut(len(text))), speeches)
    assert ends == sorted(set(ends))
    for speech in speeches:
        here = [each for each in ends if speech.start < each <= speech.end]
        assert bool(here) == bool(speech.of(text).strip())
        starts = [speech.start, *here[:-1]]
        words = [text[start:end] for start, end in zip(starts, here, strict=False)]
        assert all(each.strip() and each == each.rstrip() for each in words)
        assert not here or not text[here[-1] : speech.end].strip()
    assert all(any(each.start < end <= each.end for each in speeches) for end in ends)


@given(st.data(), spoken())
@settings(max_examples=200, deadline=None)
def test_a_sentence_that_lies_in_one_turn_ends_where_it_was_found_to_end(
    data: st.DataObject, made: tuple[str, list[Span]]
) -> None:
    text, speeches = made
    found = data.draw(cut(len(text)))
    ends = sentence_ends(text, found, speeches)
    for each in found:
        home = [speech for speech in speeches if speech.start <= each.start and each.end <= speech.end]
        if home and each.of(text).strip():
            assert each.start + len(each.of(text).rstrip()) in ends


def test_sentences_are_those_of_the_language_room_within_each_turn(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        revision = revision_of(session, add_source(session, home, key="INT-001", text=TEXT))
        ends = corpus.sentence_ends_of(session, revision)
        turns = corpus.turns_of(session, revision)
        starts = [max([turn.speech_start for turn in turns if turn.speech_start < end] + [0]) for end in ends]
        words = [
            TEXT[max(start, ends[at - 1] if at else 0) : end].strip()
            for at, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]
    assert words[:3] == ["They hand you two times.", "You say yes to one", "or you have none!"]
    assert " ".join(words[3:]) == "👩‍👧 Was it so?"


def test_what_is_kept_is_not_found_again_unless_the_rules_are_others(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        revision = revision_of(session, add_source(session, home, key="INT-001", text=TEXT))
        assert corpus.kept_sentence_ends(session, revision) is None
        corpus.keep_sentences(session, ana, revision=revision, ends=[9])
        assert corpus.sentence_ends_of(session, revision) == [9]
        kept = session.get_one(RevisionSentences, revision.id)
        assert kept.pipeline == language.sentence_rules("en")
        kept.pipeline = "sentencizer-en-0"
        assert corpus.kept_sentence_ends(session, revision) is None
        assert len(corpus.sentence_ends_of(session, revision)) > 1


def test_sentences_are_kept_once_and_go_with_their_text(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = add_source(session, home, key="INT-001", text=TEXT)
        revision = revision_of(session, source)
        for ends in ([9], [9, 12]):
            corpus.keep_sentences(session, ana, revision=revision, ends=ends)
        assert session.scalar(select(func.count()).select_from(RevisionSentences)) == 1
    with home.session(ana) as session:
        source = session.scalars(select(Source)).one()
        corpus.forget(session, source, WithdrawalOutcome.DESTROY)
        assert session.scalar(select(func.count()).select_from(RevisionSentences)) == 0
        assert session.scalar(select(func.count()).select_from(Revision)) == 0


def test_the_sentences_of_a_text_that_is_gone_or_anothers_are_not_kept(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        revision = revision_of(session, add_source(session, home, key="INT-001", text=TEXT))
    with home.session(home.actor("omar")) as session, pytest.raises(NotFound):
        corpus.keep_sentences(session, home.actor("omar"), revision=revision, ends=[9])


def test_one_finds_the_sentence_of_a_place_by_its_end() -> None:
    ends = sentence_ends("Yes. No.", [Span(0, 4), Span(5, 8)], [Span(0, 8)])
    assert ends == [4, 8]
    assert [bisect_left(ends, place + 1) for place in (0, 3, 4, 7)] == [0, 0, 1, 1]
