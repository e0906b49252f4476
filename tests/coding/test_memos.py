"""Memos: notes beside a source or its words; comments of files become memos once and stay where they belong."""

import pytest
from sqlalchemy import select

from ia_workbench import coding, corpus
from ia_workbench.coding import Excerpt, Memo, MemoOrigin
from ia_workbench.kernel import NotAllowed, NotFound, Refused, Span
from ia_workbench.privacy.reads import reads_of
from tests.support import Home
from tests.support.commented_files import AUTHOR, commented_file, take_in

FIRST, SECOND = (place for place, each in enumerate(commented_file().changes) if each.what == "comment")


def test_comments_become_memos_on_the_words_they_cover(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(home, session)
        made = coding.take_comments(session, ana, source=source)
        assert [(each.words, each.excerpt.quote, each.comment) for each in made if each.excerpt] == [
            ("Which one?", "the court", FIRST),
            ("Check the audio.", "then", SECOND),
        ]
        assert {(each.origin, each.by) for each in made} == {(MemoOrigin.FILE_COMMENT, "ana")}
        assert list(coding.memos_of(session, source)) == made
        assert coding.mismatched_excerpts(session, home.study_id) == []


def test_who_wrote_a_comment_stands_in_the_memo_only_where_a_person_asks_for_it(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(home, session)
        (without,) = coding.take_comments(session, ana, source=source, comments=[FIRST])
        (named,) = coding.take_comments(session, ana, source=source, comments=[SECOND], with_authors=True)
        assert without.words == "Which one?"
        assert named.words == f"{AUTHOR}: Check the audio."


def test_a_comment_becomes_a_memo_once_and_again_only_after_its_memo_was_removed(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(home, session)
        (first,) = coding.take_comments(session, ana, source=source, comments=[FIRST])
        assert [each.comment for each in coding.take_comments(session, ana, source=source)] == [SECOND]
        assert coding.take_comments(session, ana, source=source, with_authors=True) == []
        coding.remove_memo(session, ana, memo=first)
        assert [each.comment for each in coding.take_comments(session, ana, source=source)] == [FIRST]


def test_what_is_no_comment_becomes_no_memo(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(home, session)
        others = {place for place, each in enumerate(commented_file().changes) if each.what != "comment"}
        assert others
        for place in (*others, 99):
            with pytest.raises(NotFound, match="not in the file"):
                coding.take_comments(session, ana, source=source, comments=[FIRST, place])
        assert list(coding.memos_of(session, source)) == []


def test_comments_are_taken_on_a_text_that_was_corrected_since(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(home, session)
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        shifted = text.replace("What did you do?", "What did you do, and when?").replace("And then?", "And?")
        coding.correct_source(session, ana, source=source, text=shifted)
        shifted = shifted.replace("INTERVIEWER: What", "INTERVIEWER: So what")
        coding.correct_source(session, ana, source=source, text=shifted)
        still, gone = coding.take_comments(session, ana, source=source)
        assert still.excerpt is not None
        assert still.excerpt.quote == "the court"
        assert still.excerpt.revision_id == corpus.newest_revision(session, source).id
        assert gone.excerpt is None
        assert coding.mismatched_excerpts(session, home.study_id) == []


def test_a_memo_goes_along_with_its_words_through_a_correction(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(home, session)
        coding.take_comments(session, ana, source=source)
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        made = coding.correct_source(session, ana, source=source, text=text.replace("What did", "And what did"))
        assert (made.same, made.changed, made.gone) == (2, 0, 0)
        there = [each.excerpt.quote for each in coding.memos_of(session, source) if each.excerpt]
        assert there == ["the court", "then"]


def test_a_memo_of_the_team_stands_beside_the_source_or_its_words(home: Home) -> None:
    ben = home.actor("ben")
    with home.session(home.actor("ana")) as session:
        take_in(home, session)
    with home.session(ben) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        revision = corpus.newest_revision(session, source)
        whole = coding.add_memo(session, ben, about=coding.on_source(source), words="  Read again.\n")
        start = corpus.text_of(session, revision).index("called")
        beside = coding.add_memo(
            session, ben, about=coding.on_words(revision, Span(start, start + 6)), words="By phone?"
        )
        assert (whole.words, whole.excerpt, whole.origin) == ("Read again.", None, MemoOrigin.TEAM)
        assert beside.excerpt is not None
        assert beside.excerpt.quote == "called"
        with pytest.raises(Refused, match="memo is empty"):
            coding.add_memo(session, ben, about=coding.on_source(source), words=" \n")
        with pytest.raises(Refused, match="at most 20000 characters"):
            coding.add_memo(session, ben, about=coding.on_source(source), words="x" * 20_001)
        with pytest.raises(Refused, match="holds only space"):
            coding.add_memo(session, ben, about=coding.on_words(revision, Span(12, 13)), words="x")


def test_a_memo_is_removed_by_who_made_it_or_a_lead_and_its_excerpt_stays(home: Home) -> None:
    ana, ben, carla = (home.actor(name) for name in ("ana", "ben", "carla"))
    with home.session(ana) as session:
        take_in(home, session)
    with home.session(ben) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        guids = [str(each.guid) for each in coding.take_comments(session, ben, source=source)]
    with home.session(carla) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        with pytest.raises(NotAllowed, match="another person's"):
            coding.remove_memo(session, carla, memo=coding.memo_by_guid(session, source, guids[0]))
    for who, guid in ((ben, guids[0]), (ana, guids[1])):
        with home.session(who) as session:
            source = corpus.source_keyed(session, home.study_id, "INT-001")
            coding.remove_memo(session, who, memo=coding.memo_by_guid(session, source, guid))
            with pytest.raises(NotFound, match="no longer there"):
                coding.memo_by_guid(session, source, guid)
            assert len(session.scalars(select(Excerpt)).all()) == 2


def test_memos_of_a_withdrawn_source_are_read_by_nobody_and_none_is_added(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(home, session)
        coding.take_comments(session, ana, source=source)
        corpus.withdraw_source(session, ana, source=source, reason="Asked for.")
        assert list(coding.memos_of(session, source)) == []
        with pytest.raises(Refused, match="withdrawn"):
            coding.take_comments(session, ana, source=source)
        with pytest.raises(Refused, match="withdrawn"):
            coding.add_memo(session, ana, about=coding.on_source(source), words="More.")


def test_memos_of_another_study_are_not_there(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        coding.take_comments(session, home.actor("ana"), source=take_in(home, session))
    with home.session(home.actor("omar"), writes=False) as session:
        assert session.scalars(select(Memo)).all() == []


def test_what_reading_changed_is_raw_words_whose_reading_is_in_the_trail(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        take_in(home, session)
    with home.session(ana, writes=False) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        assert reads_of(session) == {}
        changes = corpus.changes_of(session, source)
        assert "always" in {each.words for each in changes}
        assert reads_of(session) == {home.study_id: {"INT-001"}}
