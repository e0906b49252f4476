"""Who sees which positions, and what the rest of the world is told."""

from dataclasses import fields
from datetime import date

import pytest

from ia_workbench import publication, review
from ia_workbench.database import PublishedBase, Store
from ia_workbench.kernel import NotFound
from ia_workbench.privacy import Actor
from ia_workbench.publication import BodyAnswer, BodySummary, Concern, Fit, Outcome, PositionsInWords, Quantity, Words
from tests.support import Home
from tests.support.packages import host, package_content, published_study_id, receive


@pytest.fixture(autouse=True)
def _reviewed(home: Home) -> None:
    """Rosa says it fits partly and was answered; Marcus says in Spanish that it does not fit."""
    receive(home, package_content())
    receive(home, package_content(finding_key="F-02", title="Another"))
    study_id = published_study_id(home)
    rosa, marcus, ana = home.member("rosa"), home.member("marcus"), host(home)
    with home.session(rosa) as session:
        package = publication.package_for(session, study_id, "F-01")
        review.give_position(session, rosa, package=package, fit=Fit.PARTLY, comment="It is the bus.", could_harm=True)
    with home.session(marcus) as session:
        for key, fit in (("F-01", Fit.DOES_NOT_FIT), ("F-02", Fit.FITS)):
            package = publication.package_for(session, study_id, key)
            review.give_position(session, marcus, package=package, fit=fit, comment="No es así.", language="es")
    with home.session(ana) as session:
        position = next(
            each for each in review.positions_on(session, study_id, "F-01") if each.account.username == "rosa"
        )
        review.answer_concern(
            session, ana, position=position, outcome=Outcome.CHANGED, text="We name it.", text_es="Lo decimos."
        )


def seen_by(home: Home, actor: Actor) -> list[str]:
    with home.session(actor) as session:
        return [each.account.username for each in review.positions_on(session, published_study_id(home), "F-01")]


def test_members_see_their_own_position_and_the_team_sees_all(home: Home) -> None:
    assert seen_by(home, home.member("rosa")) == ["rosa"]
    assert seen_by(home, home.member("marcus")) == ["marcus"]
    assert seen_by(home, host(home)) == ["rosa", "marcus"]
    assert seen_by(home, host(home, "ben")) == ["rosa", "marcus"]


def test_members_see_the_answer_to_their_own_position_only(home: Home) -> None:
    study_id = published_study_id(home)
    rosa, marcus = home.member("rosa"), home.member("marcus")
    with home.session(rosa) as session:
        own = review.own_position(session, rosa, study_id=study_id, finding_key="F-01")
        assert own is not None
        answer = review.answer_to(session, own)
        assert answer is not None
        assert answer.text == "We name it."
    with home.session(marcus) as session:
        theirs = review.own_positions(session, marcus, study_id=study_id)
        assert [each.finding_key for each in theirs] == ["F-01", "F-02"]
        assert review.answers_to(session, theirs) == []


def test_somebody_elses_position_is_as_absent_as_one_that_does_not_exist(home: Home) -> None:
    with home.session(host(home)) as session:
        guid = review.positions_on(session, published_study_id(home), "F-01")[0].guid
    marcus = home.member("marcus")
    with home.session(marcus) as session, pytest.raises(NotFound):
        review.position_by_guid(session, guid)


def test_the_summary_holds_everything_said_and_nobody_who_said_it(home: Home) -> None:
    with home.session(host(home)) as session:
        summary = review.body_summary(session, published_study_id(home), "F-01")
    assert summary.positions == (
        PositionsInWords(Fit.PARTLY, Quantity.A_FEW),
        PositionsInWords(Fit.DOES_NOT_FIT, Quantity.A_FEW),
    )
    answer = BodyAnswer(Outcome.CHANGED, Words("We name it.", "Lo decimos."), date(2026, 3, 2))
    assert summary.concerns == (Concern(Fit.PARTLY, "It is the bus.", "en", True, (), answer),)
    assert summary.dissent == (Concern(Fit.DOES_NOT_FIT, "No es así.", "es", False, (), None),)
    assert summary.unanswered == summary.dissent
    assert "rosa" not in repr(summary)


def test_a_finding_that_nobody_answered_has_an_empty_summary(home: Home) -> None:
    with home.session(host(home)) as session:
        summary = review.body_summary(session, published_study_id(home), "F-99")
    assert (summary.positions, summary.concerns, summary.dissent) == ((), (), ())


def test_the_summary_is_of_the_words_that_stand_or_of_those_it_is_asked_for(home: Home) -> None:
    before = package_content()
    receive(home, package_content(plain=Words("Other words.")))
    with home.session(host(home)) as session:
        study_id = published_study_id(home)
        stands = review.body_summary(session, study_id, "F-01")
        asked = review.body_summary(session, study_id, "F-01", before)
        owed = review.unanswered_concerns(session, study_id, "F-01")
    assert stands == BodySummary((), (), (), has_other_words=True)
    assert (len(asked.positions), asked.has_other_words) == (2, False)
    assert [each.comment for each in owed] == ["No es así."], "an answer is owed whatever became of the words"


def test_a_finding_that_was_taken_back_has_no_words_to_be_judged(home: Home) -> None:
    with home.session(host(home)) as session:
        study_id = published_study_id(home)
        publication.withdraw_package(session, host(home), package=publication.package_for(session, study_id, "F-01"))
        assert review.body_summary(session, study_id, "F-01") == BodySummary((), (), (), has_other_words=True)


def test_concerns_without_an_answer_are_found_by_study_and_by_finding(home: Home) -> None:
    study_id = published_study_id(home)
    with home.session(host(home)) as session:
        assert [each.finding_key for each in review.unanswered_concerns(session, study_id)] == ["F-01", "F-02"]
        assert [each.finding_key for each in review.unanswered_concerns(session, study_id, "F-02")] == ["F-02"]


def test_nothing_in_the_published_store_notes_what_anyone_reads(home: Home) -> None:
    words = ("read_", "viewed", "opened", "visited", "dwell", "address", "agent", "device")
    with home.unheld(Store.PUBLISHED):
        columns = [
            f"{table.name}.{column.name}" for table in PublishedBase.metadata.tables.values() for column in table.c
        ]
    assert [each for each in columns if any(word in each for word in words)] == []


def test_a_concern_has_no_place_for_a_name_or_an_hour() -> None:
    names = {field.name for field in fields(Concern)}
    assert names == {"fit", "text", "language", "could_harm", "quotes_not_to_use", "answer"}
