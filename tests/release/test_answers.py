"""What the team answers the body passes the same look for known names as a package does."""

import pytest

from ia_workbench import findings, privacy, publication, release, review
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from ia_workbench.privacy import Actor
from ia_workbench.publication import Audience, Fit, Outcome
from ia_workbench.review import Answer
from tests.support import Home


@pytest.fixture
def concern(ready: Home) -> Home:
    """A home in whose body Rosa raised a concern about F-01."""
    ana, rosa = ready.actor("ana"), ready.member("rosa")
    with ready.session(ana) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        release.decide_release(session, ana, finding=finding, audience=Audience.BODY)
    with ready.session(ana) as session, ready.unheld(Store.PUBLISHED) as published:
        release.copy_releases(session, published, ana)
    with ready.session(rosa) as session:
        package = publication.package_for(session, *rosa.study_ids, "F-01")
        review.give_position(session, rosa, package=package, fit=Fit.PARTLY, comment="The bus.")
    return ready


def answer(home: Home, actor: Actor, text: str, text_es: str | None = None) -> Answer:
    with home.unheld(Store.PUBLISHED, writes=False) as lookup:
        guest = privacy.guest_in_published_store(lookup, actor, ["cedar"])
    with home.session(actor, writes=False) as session, home.session(guest) as published:
        (position,) = review.positions_on(published, *guest.study_ids, "F-01")
        return release.answer_concern(
            session,
            published,
            actor,
            study=privacy.study_keyed(session, "cedar"),
            position=position,
            outcome=Outcome.CHANGED,
            text=text,
            text_es=text_es,
        )


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("We asked Ms Okoro again.", "“Ms. Okoro” stands in the answer: masked in E-0001"),
        ("We asked P\u201301 again.", "“P-01” stands in the answer: a key of a participant"),
        ("See INT 001.", "“INT-001” stands in the answer: a key of a source"),
        ("It is case C\u201101.", "“C-01” stands in the answer: a key of a case"),
        ("See tasha brennick int 001.", "“tasha_brennick_int-001” stands in the answer: the name of a file"),
    ],
)
def test_an_answer_that_points_at_somebody_is_refused_in_both_languages(concern: Home, words: str, what: str) -> None:
    ana = concern.actor("ana")
    with pytest.raises(Refused, match=what):
        answer(concern, ana, words)
    with pytest.raises(Refused, match=what.replace("the answer", "the answer in Spanish")):
        answer(concern, ana, "We asked again.", words)


def test_a_listed_name_in_small_letters_does_not_hide_it_in_the_same_answer(concern: Home) -> None:
    ana = concern.actor("ana")
    with concern.session(ana) as session:
        study = privacy.study_keyed(session, "cedar")
        study.settings = {**study.settings, "names": ["Carol Whitcombe"]}
    with pytest.raises(Refused, match="“Carol Whitcombe” stands in the answer"):
        answer(concern, ana, "We heard ms. whitcombe and Ms. Whitcombe again.")


def test_an_answer_in_plain_words_reaches_the_body(concern: Home) -> None:
    made = answer(concern, concern.actor("ana"), "We asked again.", "Volvimos a preguntar.")
    assert (made.text, made.text_es, made.by) == ("We asked again.", "Volvimos a preguntar.", "ana")


def test_only_a_lead_of_the_study_answers(concern: Home) -> None:
    with pytest.raises(NotAllowed):
        answer(concern, concern.actor("ben"), "We asked again.")


def test_an_answer_on_a_finding_that_is_gone_is_still_looked_through(concern: Home) -> None:
    ana = concern.actor("ana")
    with concern.unheld(Store.PUBLISHED, writes=False) as lookup:
        guest = privacy.guest_in_published_store(lookup, ana, ["cedar"])
    with concern.session(ana) as session, concern.session(guest) as published:
        (position,) = review.positions_on(published, *guest.study_ids, "F-01")
        findings.finding_keyed(session, concern.study_id, "F-01").key = "F-99"
        session.flush()  # the answer's finding is looked up in the store
        study = privacy.study_keyed(session, "cedar")
        with pytest.raises(Refused, match="a key of a participant"):
            release.answer_concern(
                session, published, ana, study=study, position=position, outcome=Outcome.CHANGED, text="P-01"
            )
        session.rollback()


def test_a_concern_of_another_study_is_not_there(concern: Home) -> None:
    ana = concern.actor("ana")
    with concern.unheld(Store.PUBLISHED) as published, concern.session(ana) as session:
        study = privacy.study_keyed(session, "cedar")
        (position,) = review.positions_on(published, *concern.member("rosa").study_ids, "F-01")
        position.study_id += 1
        with pytest.raises(NotFound), published.no_autoflush:
            release.answer_concern(
                session, published, ana, study=study, position=position, outcome=Outcome.CHANGED, text="Yes."
            )
        published.rollback()
