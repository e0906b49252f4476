"""The community application on a store with three findings, one of them public, and some that were answered."""

from collections.abc import Callable

import pytest
from flask import Flask

from ia_workbench import privacy, publication, review
from ia_workbench.database import Store
from ia_workbench.kernel import utc_now
from ia_workbench.privacy import Actor, Role
from ia_workbench.publication import Audience, Fit, Outcome, Strength, Words
from ia_workbench.web import create_community_app
from tests.support import Home
from tests.support.browsing import Browser, signed_in
from tests.support.packages import host, package_content, published_study_id, receive

BUS = "It is the bus as much as the hours."
DISSENT = "No es el formulario."
ANSWER = "The brief now names the bus."


@pytest.fixture
def community(home: Home) -> Flask:
    """The application. Finding 1 is public, 2 and 3 are for the body; rosa and marcus answered 1, the team rosa."""
    home.clock = utc_now
    receive(home, package_content(audience=Audience.PUBLIC))
    receive(
        home, package_content(finding_key="F-02", plain=Words("Court reports count visits.", "Los informes cuentan."))
    )
    receive(home, package_content(finding_key="F-03", plain=Words("The wait starts again."), strength=Strength.THIN))
    say(home, home.member("rosa"), Fit.PARTLY, BUS, "en")
    say(home, home.member("marcus"), Fit.DOES_NOT_FIT, DISSENT, "es")
    ana = host(home)
    with home.session(ana) as session:
        position = review.positions_on(session, published_study_id(home), "F-01")[0]
        review.answer_concern(
            session, ana, position=position, outcome=Outcome.CHANGED, text=ANSWER, text_es="Ahora nombra el autobús."
        )
    return create_community_app(home.settings, home.published)


def say(home: Home, member: Actor, fit: Fit, comment: str, language: str) -> None:
    """Have a member answer finding F-01."""
    with home.session(member) as session:
        package = publication.package_for(session, published_study_id(home), "F-01")
        review.give_position(session, member, package=package, fit=fit, comment=comment, language=language)


@pytest.fixture
def outsider(home: Home) -> Actor:
    """`olga`, who reviews another study, which has no finding."""
    with home.session(home.actor("omar"), writes=False) as evidence, home.unheld(Store.PUBLISHED) as session:
        other = privacy.publish_study(session, privacy.study_keyed(evidence, "other"))
        omar = privacy.guest_in_published_store(session, home.actor("omar"), ["other"])
        privacy.add_user(session, omar, username="olga", role=Role.REVIEWER, study_id=other.id)
    return home.member("olga")


@pytest.fixture
def enter(home: Home, community: Flask) -> Callable[[str], Browser]:
    """Sign someone in and return their browser."""
    return lambda username: signed_in(community, home, home.member(username))
