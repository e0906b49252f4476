"""What follows a code that is merged into another, and comes back with it: memos, and codes kept at hand."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding
from ia_workbench.codebook import Code
from ia_workbench.coding import Memo
from ia_workbench.kernel import Conflict, Refused
from ia_workbench.privacy import Actor
from tests.coding.test_code_acts import Desk, desk

__all__ = ["desk"]
FROM, INTO = "barriers/hours", "barriers/transport"


def noted(desk: Desk, path: str, words: str, *, who: str = "ana", is_private: bool = False) -> Memo:
    """A memo that somebody wrote on a code."""
    actor, about = acting(desk, who), coding.on_code(desk.code(path))
    memo = coding.add_memo(desk.session, actor, about=about, words=words, is_private=is_private)
    acting(desk, "ana")
    return memo


def acting(desk: Desk, who: str) -> Actor:
    """Hold the session to somebody, who is returned."""
    desk.session.flush()
    desk.session.info["actor"] = desk.home.actor(who)
    return desk.home.actor(who)


def words_on(desk: Desk, path: str, who: str = "ana") -> set[str]:
    """What the memos on a code say that somebody reads."""
    acting(desk, who)
    found = {each.words for each in coding.memos_about(desk.session, coding.on_code(desk.code(path)))}
    acting(desk, "ana")
    return found


def keep(desk: Desk, who: str, place: int, path: str) -> None:
    """Keep a code at hand as somebody."""
    actor = acting(desk, who)
    coding.keep_favourite(desk.session, actor, study_id=desk.home.study_id, place=place, code=desk.code(path))
    acting(desk, "ana")


def kept(desk: Desk, who: str) -> dict[int, str]:
    """Which codes somebody keeps at hand, by place."""
    found = coding.favourites_of(desk.session, acting(desk, who), desk.home.study_id)
    acting(desk, "ana")
    paths = {each.id: each.path for each in codebook.codes(desk.session, desk.home.study_id)}
    return {place: paths[number] for place, number in found.items()}


def undo(desk: Desk) -> None:
    coding.undo(desk.session, desk.home.actor("ana"), source=desk.revision.source)
    desk.session.expire_all()


def redo(desk: Desk) -> None:
    coding.redo(desk.session, desk.home.actor("ana"), source=desk.revision.source)
    desk.session.expire_all()


def change_memo(session: Session, actor: Actor, memo: Memo, words: str) -> None:
    coding.change_memo(session, actor, memo=memo, seen=memo.version, words=words, title="", is_private=False)


def test_memos_of_everyone_follow_a_merge_back_and_forth(desk: Desk) -> None:
    noted(desk, FROM, "Closed at six.")
    noted(desk, FROM, "I doubt it.", who="ben", is_private=True)
    noted(desk, INTO, "Buses.")
    removed = noted(desk, FROM, "Gone.")
    coding.remove_memo(desk.session, desk.home.actor("ana"), memo=removed)
    desk.merge(FROM, INTO)
    for _ in range(2):
        assert words_on(desk, INTO) == {"Closed at six.", "Buses."}
        assert words_on(desk, INTO, "ben") == {"Closed at six.", "Buses.", "I doubt it."}
        undo(desk)
        assert words_on(desk, INTO) == {"Buses."}
        assert words_on(desk, FROM, "ben") == {"Closed at six.", "I doubt it."}
        redo(desk)
    coding.restore_memo(desk.session, desk.home.actor("ana"), memo=removed)
    assert words_on(desk, INTO) == {"Closed at six.", "Buses.", "Gone."}


def test_what_a_memo_says_since_its_code_was_merged_is_no_reason_to_hold_back_an_undo(desk: Desk) -> None:
    memo = noted(desk, FROM, "Closed at six.")
    open_since = memo.version
    desk.merge(FROM, INTO)
    assert memo.version == open_since  # who writes in it meanwhile is not in the way
    change_memo(desk.session, desk.home.actor("ben"), memo, "Closed at five.")
    undo(desk)
    assert words_on(desk, FROM) == {"Closed at five."}


def test_a_memo_that_went_along_with_another_merge_since_is_not_pulled_back(desk: Desk) -> None:
    noted(desk, FROM, "Closed at six.")
    desk.merge(FROM, INTO)
    coding.merge_codes(desk.session, desk.home.actor("ben"), code=desk.code(INTO), into=desk.code("barriers-met"))
    with pytest.raises(Conflict, match="A memo on this code went along to another code since"):
        undo(desk)
    assert words_on(desk, "barriers-met") == {"Closed at six."}


def test_favourites_of_every_coder_follow_and_give_way_where_the_other_code_has_a_place(desk: Desk) -> None:
    keep(desk, "ana", 1, FROM)
    keep(desk, "ana", 4, INTO)
    keep(desk, "ben", 7, FROM)
    before = {"ana": {1: FROM, 4: INTO}, "ben": {7: FROM}}
    desk.merge(FROM, INTO)
    for _ in range(2):
        assert {who: kept(desk, who) for who in before} == {"ana": {4: INTO}, "ben": {7: INTO}}
        undo(desk)
        assert {who: kept(desk, who) for who in before} == before
        redo(desk)


def test_what_a_coder_keeps_at_hand_since_a_merge_stays_when_it_is_undone(desk: Desk) -> None:
    keep(desk, "ana", 1, FROM)
    keep(desk, "ben", 7, FROM)
    desk.merge(FROM, INTO)
    keep(desk, "ana", 2, INTO)  # which leaves 1
    keep(desk, "ben", 7, "barriers")
    undo(desk)
    assert (kept(desk, "ana"), kept(desk, "ben")) == ({2: INTO}, {7: "barriers"})


def test_a_code_with_memos_is_not_removed_but_its_memos_follow_a_merge(desk: Desk) -> None:
    memo = noted(desk, FROM, "Closed at six.", who="ben")
    ana = desk.home.actor("ana")
    with pytest.raises(Refused, match="Memos on barriers/hours: 1. Merge it into another code"):
        coding.remove_code(desk.session, ana, code=desk.code(FROM))
    coding.remove_memo(desk.session, desk.home.actor("ben"), memo=memo)
    coding.remove_code(desk.session, ana, code=desk.code(FROM))
    assert FROM not in {each.path for each in codebook.codes(desk.session, desk.home.study_id)}


def test_nobody_is_told_of_a_private_memo_on_a_code_that_they_remove_and_it_is_there_when_the_code_is(
    desk: Desk,
) -> None:
    noted(desk, FROM, "I doubt it.", who="ben", is_private=True)
    ana = desk.home.actor("ana")
    coding.remove_code(desk.session, ana, code=desk.code(FROM), place=desk.revision.source)
    acting(desk, "ben")
    assert [each.words for each in desk.session.scalars(select(Memo))] == ["I doubt it."]
    acting(desk, "ana")
    undo(desk)
    assert words_on(desk, FROM, "ben") == {"I doubt it."}


def test_a_code_is_not_taken_back_once_there_is_a_memo_on_it(desk: Desk) -> None:
    ana = desk.home.actor("ana")

    def add() -> Code:
        return codebook.add_code(desk.session, ana, study_id=desk.home.study_id, name="Rain")

    coding.change_in_place(desk.session, ana, study_id=desk.home.study_id, change=add, place=desk.revision.source)
    noted(desk, "rain", "Again.", who="ben")
    with pytest.raises(Conflict, match="Memos on rain: 1."):
        undo(desk)


def test_other_people_are_told_that_memos_changed_and_of_no_memo(desk: Desk) -> None:
    memo = noted(desk, FROM, "I doubt it.", who="ben", is_private=True)
    known = coding.last_act(desk.session, desk.home.study_id)
    guid = desk.code(FROM).guid
    desk.merge(FROM, INTO)
    found = coding.changes_since(desk.session, desk.revision, known)
    assert found.are_memos_changed
    assert [each.things for each in found.doings] == [(guid,)]
    assert memo.guid not in {thing for each in found.doings for thing in each.things}
