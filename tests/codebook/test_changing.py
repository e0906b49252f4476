"""Changing and moving codes: names, paths, places, and two people at once."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ia_workbench import codebook
from ia_workbench.codebook import Code
from ia_workbench.kernel import Conflict, Refused
from tests.codebook.books import small
from tests.support import Home


@pytest.fixture
def session(home: Home) -> Iterator[Session]:
    """Offer a session of Ana's in which the study has codes."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        codebook.import_codebook(session, ana, study_id=home.study_id, file=small())
        yield session


def code(session: Session, home: Home, path: str) -> Code:
    return codebook.code_at(session, home.study_id, path)


def paths(session: Session, home: Home) -> list[str]:
    return [each.path for each in codebook.codes(session, home.study_id)]


def reword(session: Session, home: Home, path: str, seen: int | None = None, **words: Any) -> Code:
    found = code(session, home, path)
    wording = replace(codebook.wording_of(found), **words)
    return codebook.change_code(session, home.actor("ana"), code=found, wording=wording, seen=seen)


def test_renaming_leaves_key_and_path(session: Session, home: Home) -> None:
    renamed = reword(session, home, "family-time/missed", name="  Not\nkept ")
    assert (renamed.name, renamed.key, renamed.path) == ("Not kept", "missed", "family-time/missed")


def test_what_was_changed_meanwhile_is_a_conflict_and_a_sibling_moved_meanwhile_is_none(
    session: Session, home: Home
) -> None:
    seen, other = code(session, home, "family-time/missed").version, code(session, home, "family-time/moved")
    codebook.move_code(session, home.actor("ana"), code=other, parent=other.parent, place=0)
    codebook.move_code(session, home.actor("ana"), code=code(session, home, "family-time"), parent=None, place=1)
    reword(session, home, "family-time/missed", seen=seen, color=7)
    with pytest.raises(Conflict, match="changed by someone else after you opened it"):
        reword(session, home, "family-time/missed", seen=seen, color=8)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"name": "VISIT MOVED"}, "There is already a code family-time/moved here"),
        ({"color": 13}, "number from 1 to 12"),
        ({"scale": ("one",)}, "two to 9 steps"),
        ({"scale": ("one", "One")}, "words of its own"),
    ],
)
def test_what_cannot_be_read_beside_words_is_refused(
    session: Session, home: Home, words: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        reword(session, home, "family-time/missed", **words)


def test_a_moved_code_takes_all_below_it_along_and_stands_where_it_was_put(session: Session, home: Home) -> None:
    codebook.move_code(
        session, home.actor("ana"), code=code(session, home, "family-time"), parent=code(session, home, "travel")
    )
    assert paths(session, home) == [
        "travel", "travel/family-time", "travel/family-time/missed", "travel/family-time/moved",
    ]  # fmt: skip
    codebook.move_code(
        session, home.actor("ana"), code=code(session, home, "travel/family-time/moved"), parent=None, place=0
    )
    assert paths(session, home) == ["moved", "travel", "travel/family-time", "travel/family-time/missed"]


def test_a_key_that_is_taken_gets_a_number_and_a_name_that_is_taken_is_refused(session: Session, home: Home) -> None:
    ana = home.actor("ana")
    codebook.add_code(session, ana, study_id=home.study_id, name="Otherwise", key="moved")
    moved = codebook.move_code(
        session, ana, code=code(session, home, "moved"), parent=code(session, home, "family-time")
    )
    assert moved.path == "family-time/moved-2"
    codebook.add_code(session, ana, study_id=home.study_id, name="Missed visits")
    with pytest.raises(Refused, match="There is already a code family-time/missed here"):
        codebook.move_code(
            session, ana, code=code(session, home, "missed-visits"), parent=code(session, home, "family-time")
        )


def test_every_change_is_in_the_history_which_stays_as_it_is(session: Session, home: Home) -> None:
    reword(session, home, "travel", name="Rides", scale=("some", "much"))
    (change,) = codebook.changes(session, home.study_id, limit=1)
    before, after = change.before or {}, change.after or {}
    assert (change.by, before["name"], after["name"]) == ("ana", "Travel", "Rides")
    assert after["scale"] == ["some", "much"]
    change.by = "ben"
    with pytest.raises(Refused, match="The history of the codebook stays as it is"):
        session.flush()
    session.rollback()


def test_a_path_that_codes_had_before_leads_to_where_they_are_now(session: Session, home: Home) -> None:
    ana, study = home.actor("ana"), home.study_id
    parent = next(each for each in codebook.codes(session, study) if codebook.children(session, study, each.id))
    child = codebook.children(session, study, parent.id)[0]
    other = next(each for each in codebook.codes(session, study) if each.parent_id is None and each is not parent)
    old, below = parent.path, child.path
    codebook.move_code(session, ana, code=parent, parent=other)
    assert codebook.path_now(session, study, old) == parent.path != old
    assert codebook.path_now(session, study, below) == child.path
    codebook.take_out(session, ana, code=child, into=other)
    assert codebook.path_now(session, study, below) == other.path
    for same in ("", other.path, "never/was"):
        assert codebook.path_now(session, study, same) == same
