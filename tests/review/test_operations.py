"""Giving a position and answering it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ia_workbench import privacy, publication, review
from ia_workbench.database import Store
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused
from ia_workbench.publication import Fit, Outcome
from ia_workbench.review import Answer, Position
from tests.support import Home
from tests.support.packages import host, package_content, published_study_id, receive


@pytest.fixture(autouse=True)
def _released(home: Home) -> None:
    receive(home, package_content())


def say(home: Home, username: str, **what: Any) -> Position:
    member = home.member(username)
    with home.session(member) as session:
        package = publication.package_numbered(session, published_study_id(home), 1)
        return review.give_position(session, member, package=package, **what)


def answer(home: Home, position: Position, username: str = "ana", **what: Any) -> Answer:
    actor = host(home, username)
    what = {"outcome": Outcome.CHANGED, "text": "The brief now says so."} | what
    with home.session(actor) as session:
        theirs = review.position_by_guid(session, position.guid)
        return review.answer_concern(session, actor, position=theirs, **what)


def due(home: Home, finding_key: str | None = None) -> list[str]:
    ana = host(home)
    with home.session(ana) as session:
        rows = review.unanswered_concerns(session, published_study_id(home), finding_key)
        return [row.account.username for row in rows]


def at(home: Home, day: int) -> None:
    home.clock = lambda: datetime(2026, 3, day, 12, 0, tzinfo=UTC)


def last_entry(home: Home) -> Any:
    with home.unheld(Store.PUBLISHED) as session:
        return privacy.audit_entries(session, Store.PUBLISHED)[-1]


def test_a_position_is_kept_as_given(home: Home) -> None:
    given = say(
        home,
        "marcus",
        fit=Fit.PARTLY,
        comment="  Es el autobús, no solo las horas.\r\n",
        language="es",
        could_harm=True,
        quotes_not_to_use=["E-0002", "E-0001", "E-0002"],
    )
    assert given.said == review.Said(Fit.PARTLY, "Es el autobús, no solo las horas.", True, ("E-0001", "E-0002"))
    assert given.language == "es"
    assert given.answer_due == date(2026, 3, 16)
    assert given.package_sha256 == package_content().sha256


def test_a_position_never_lands_on_words_that_the_member_did_not_read(home: Home) -> None:
    seen = package_content().words_sha256
    receive(home, package_content(audience=publication.Audience.PUBLIC, stage="released"))
    say(home, "rosa", fit=Fit.FITS, seen=seen)
    receive(home, package_content(plain=publication.Words("Other words.")))
    with pytest.raises(Conflict, match="changed while you were reading"):
        say(home, "rosa", fit=Fit.PARTLY, seen=seen)
    assert due(home) == []


def test_the_audit_trail_says_that_a_position_was_given_and_never_what_was_written(home: Home) -> None:
    say(home, "rosa", fit=Fit.PARTLY, comment="A letter puts my job at risk.")
    entry = last_entry(home)
    assert (entry.actor, entry.act, entry.subject) == ("rosa", "give-position", "F-01")
    assert entry.details == {}


def test_a_member_has_one_position_on_a_finding_and_may_change_it(home: Home) -> None:
    first = say(home, "rosa", fit=Fit.FITS)
    second = say(home, "rosa", fit=Fit.DOES_NOT_FIT, comment="On reflection, no.")
    assert second.id == first.id
    assert (second.edition, second.fit) == (2, Fit.DOES_NOT_FIT)
    assert due(home) == ["rosa"]


def test_plain_agreement_asks_for_no_answer(home: Home) -> None:
    assert say(home, "rosa", fit=Fit.FITS).answer_due is None
    assert due(home) == []


def test_a_concern_taken_back_asks_for_no_answer(home: Home) -> None:
    say(home, "rosa", fit=Fit.PARTLY)
    assert say(home, "rosa", fit=Fit.FITS).answer_due is None
    assert due(home) == []


def test_changing_words_does_not_give_the_team_more_time(home: Home) -> None:
    say(home, "rosa", fit=Fit.PARTLY)
    at(home, 10)
    assert say(home, "rosa", fit=Fit.PARTLY, comment="The bus, too.").answer_due == date(2026, 3, 16)


def test_an_answer_stands_until_the_member_says_something_else(home: Home) -> None:
    position = say(home, "rosa", fit=Fit.PARTLY)
    answer(home, position)
    assert due(home) == []
    at(home, 10)
    again = say(home, "rosa", fit=Fit.PARTLY, comment="That is not enough.")
    assert due(home) == ["rosa"]
    assert again.answer_due == date(2026, 3, 24)


def test_saying_the_same_again_leaves_the_answer_standing(home: Home) -> None:
    position = say(home, "rosa", fit=Fit.PARTLY, comment="The bus.")
    answer(home, position)
    receive(home, package_content(title="Changed"))
    again = say(home, "rosa", fit=Fit.PARTLY, comment="The bus. ")
    assert again.package_sha256 == package_content(title="Changed").sha256
    assert due(home) == []


def test_answering_again_replaces_the_answer(home: Home) -> None:
    position = say(home, "rosa", fit=Fit.PARTLY)
    first = answer(home, position)
    second = answer(home, position, outcome=Outcome.NOT_CHANGED, text="Travel is a finding of its own.", text_es=" ")
    assert second.id == first.id
    assert (second.outcome, second.text_es) == (Outcome.NOT_CHANGED, None)
    assert last_entry(home).details == {"outcome": "not-changed"}


def test_an_answer_is_not_replaced_by_someone_who_did_not_read_it(home: Home) -> None:
    position = say(home, "rosa", fit=Fit.PARTLY)
    first = answer(home, position, version=0)
    with pytest.raises(Conflict, match="ana answered this concern before you"):
        answer(home, position, version=0, text="Another answer.")
    second = answer(home, position, version=first.version, text="Another answer.")
    assert (second.text, second.version) == ("Another answer.", first.version + 1)


def test_an_answer_that_no_longer_stands_is_in_nobodys_way(home: Home) -> None:
    position = say(home, "rosa", fit=Fit.PARTLY)
    answer(home, position, version=0)
    say(home, "rosa", fit=Fit.DOES_NOT_FIT)
    assert answer(home, position, version=0).edition == 2


def test_an_answer_never_lands_on_words_that_were_changed_meanwhile(home: Home) -> None:
    position = say(home, "rosa", fit=Fit.PARTLY)
    say(home, "rosa", fit=Fit.DOES_NOT_FIT)
    with pytest.raises(Conflict, match="has changed what they say"):
        answer(home, position, edition=1)
    assert due(home) == ["rosa"]


@pytest.mark.parametrize("nothing", [" \n ", "\u200b", " \u2060\ufeff "])
def test_an_answer_needs_a_reason_that_can_be_read(home: Home, nothing: str) -> None:
    position = say(home, "rosa", fit=Fit.PARTLY)
    with pytest.raises(Refused, match="needs a reason"):
        answer(home, position, text=nothing)
    assert due(home) == ["rosa"]


def test_there_is_nothing_to_answer_when_no_concern_was_raised(home: Home) -> None:
    with pytest.raises(Refused, match="nothing to answer"):
        answer(home, say(home, "rosa", fit=Fit.FITS))


def test_only_a_lead_answers(home: Home) -> None:
    position = say(home, "rosa", fit=Fit.PARTLY)
    with pytest.raises(NotAllowed):
        answer(home, position, "ben")
    marcus = home.member("marcus")
    with home.session(marcus) as session, pytest.raises(NotFound):
        review.position_by_guid(session, position.guid)


def test_a_site_lead_takes_no_position(home: Home) -> None:
    receive(home, replace(package_content(), audience=publication.Audience.PUBLIC))
    with pytest.raises(NotAllowed):
        say(home, "lee", fit=Fit.FITS)


def test_a_quote_that_the_finding_does_not_show_cannot_be_ruled_out(home: Home) -> None:
    for key in ("E-0005", "E-9999"):
        with pytest.raises(Refused, match=f"no quote {key}"):
            say(home, "rosa", fit=Fit.FITS, quotes_not_to_use=[key])


def test_a_comment_of_more_than_ten_thousand_characters_is_refused(home: Home) -> None:
    say(home, "rosa", fit=Fit.FITS, comment="é" * 10_000)
    with pytest.raises(Refused, match="shorten"):
        say(home, "rosa", fit=Fit.FITS, comment="é" * 10_001)


def test_a_language_without_pages_is_refused(home: Home) -> None:
    with pytest.raises(Refused, match="language fr"):
        say(home, "rosa", fit=Fit.FITS, language="fr")
