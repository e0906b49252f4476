"""Settling: the words that stand there are confirmed, others are chosen, or an excerpt is left out; by whom is kept."""

import pytest

from ia_workbench import coding, corpus
from ia_workbench.coding import Standing
from ia_workbench.kernel import Conflict, Refused, Span
from tests.coding.test_correcting import TEXT, begin, coded, correct
from tests.support import Home


def test_confirmed_words_wait_no_more_and_say_who_confirmed_them(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, (hand,) = begin(session, home, ana, "hand you two times")
        made = correct(session, ana, source, ("two times", "three times"))
        with pytest.raises(Conflict, match="after you opened the page"):
            coding.confirm_words(session, ana, excerpt=hand, seen="0" * 64)
        coding.confirm_words(session, home.actor("ben"), excerpt=hand, seen=hand.sha256)
        assert coding.unsettled_on(session, source) == {}
        (listed,) = coding.reanchored_by(session, made.revision)
        assert (listed.waits, listed.listed.decided_by) == (False, "ben")
        with pytest.raises(Conflict):
            coding.confirm_words(session, ana, excerpt=hand, seen=hand.sha256)


def test_all_unchanged_words_are_confirmed_at_once_and_no_others(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, (hand, _, _) = begin(session, home, ana, "hand you two times", "The lady", "I take two buses")
        made = correct(session, ana, source, ("two times", "three times"))
        assert coding.confirm_unchanged(session, ana, source=source) == 2
        assert [each.waits for each in coding.reanchored_by(session, made.revision)] == [True, False, False]
        assert coding.unsettled_on(session, source) == {hand.id: Standing.CHANGED}
        with pytest.raises(Refused, match="No excerpt of INT-001"):
            coding.confirm_unchanged(session, ana, source=source)


def test_other_words_can_be_chosen_for_an_excerpt_whose_words_are_gone(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, (lady, buses) = begin(session, home, ana, "The lady", "I take two buses")
        correct(session, ana, source, ("The lady with the", "A"))
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        place = coding.find_quote(text, "A clipboard")
        with pytest.raises(Refused, match="are gone from the corrected text"):
            coding.confirm_words(session, ana, excerpt=lady, seen=lady.sha256)
        there = Span(buses.start, buses.end)
        with pytest.raises(Refused, match="an excerpt already"):
            coding.choose_words(session, ana, excerpt=lady, span=there, seen=lady.sha256)
        coding.choose_words(session, ana, excerpt=lady, span=place, seen=lady.sha256, expected_quote=place.of(text))
        assert (lady.quote, lady.revision.number) == ("A clipboard", 2)
        assert coding.unsettled_on(session, source) == {}
        made = corpus.newest_revision(session, source)
        assert [(each.before, each.after) for each in coding.reanchored_by(session, made)][0] == (
            "The lady", "A clipboard",
        )  # fmt: skip


def test_left_out_an_excerpt_goes_back_to_the_words_it_was_cut_from(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source, (hand,) = begin(session, home, ana, "hand you two times")
        correct(session, ana, source, ("two times", "three times"))
        correct(session, ana, source, ("three times", "four or five times"))
        assert hand.quote == "hand you four or five times"
        coding.leave_out(session, ana, excerpt=hand, seen=hand.sha256)
        assert (hand.quote, hand.revision.number) == ("hand you two times", 1)
        assert coding.unsettled_on(session, source) == {hand.id: Standing.GONE}
        assert coding.waiting_by_revision(session, source) == {}
        coded(session, home, ana, source, "hand you four or five times")  # its place is free
        assert coding.mismatched_excerpts(session, home.study_id) == []
        assert TEXT[hand.start : hand.end] == hand.quote
