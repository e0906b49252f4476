"""Receiving and withdrawing packages."""

from dataclasses import replace

import pytest

from ia_workbench import privacy, publication
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from ia_workbench.privacy import Actor
from ia_workbench.publication import Audience
from tests.support import Home
from tests.support.packages import PARENT_QUOTE, host, package_content, published_study_id, receive


def entries(home: Home) -> list[tuple[str, str]]:
    with home.unheld(Store.PUBLISHED) as session:
        return [(each.act, each.subject) for each in privacy.audit_entries(session, Store.PUBLISHED)]


def standing(home: Home, actor: Actor) -> list[tuple[int, str, str]]:
    with home.session(actor) as session:
        rows = publication.packages(session, published_study_id(home))
        return [(each.number, each.finding_key, each.audience.value) for each in rows]


def test_a_received_package_says_what_was_released(home: Home) -> None:
    package = receive(home, package_content())
    assert publication.content_of(package) == package_content()
    assert package.sha256 == package_content().sha256
    assert package.released_at == home.clock()


def test_receiving_the_same_content_again_changes_nothing(home: Home) -> None:
    first = receive(home, package_content())
    before = entries(home)
    assert receive(home, package_content()).id == first.id
    assert entries(home) == before
    assert before[-1] == ("receive-package", "F-01")


def test_a_finding_keeps_its_number_and_no_other_gets_it(home: Home) -> None:
    assert receive(home, package_content(finding_key="F-07")).number == 1
    assert receive(home, package_content(finding_key="F-02")).number == 2
    assert receive(home, package_content(finding_key="F-07", title="Changed")).number == 1
    ana = host(home)
    with home.session(ana) as session:
        package = publication.package_for(session, published_study_id(home), "F-02")
        publication.withdraw_package(session, ana, package=package)
    assert receive(home, package_content(finding_key="F-03")).number == 3
    assert receive(home, package_content(finding_key="F-02", title="Back")).number == 2


def test_a_later_package_replaces_the_one_before(home: Home) -> None:
    receive(home, package_content())
    receive(home, package_content(title="Changed"))
    with home.session(home.member("rosa")) as session:
        package = publication.package_for(session, published_study_id(home), "F-01")
        assert publication.content_of(package).title == "Changed"
    assert standing(home, home.member("rosa")) == [(1, "F-01", "body")]


def test_a_new_round_with_the_body_leaves_the_public_package_to_its_readers(home: Home) -> None:
    receive(home, package_content(audience=Audience.PUBLIC))
    receive(home, package_content(title="Changed"))
    assert standing(home, home.member("lee")) == [(1, "F-01", "public")]
    assert standing(home, home.member("rosa")) == [(1, "F-01", "body")]


def test_a_site_lead_sees_no_package_that_is_for_the_body(home: Home) -> None:
    receive(home, package_content())
    lee = home.member("lee")
    assert standing(home, lee) == []
    with home.session(lee) as session, pytest.raises(NotFound):
        publication.package_numbered(session, published_study_id(home), 1)


def test_a_public_package_replaces_the_one_for_the_body(home: Home) -> None:
    receive(home, package_content())
    receive(home, package_content(audience=Audience.PUBLIC))
    assert standing(home, home.member("rosa")) == standing(home, home.member("lee")) == [(1, "F-01", "public")]


def test_a_package_is_withdrawn_once_and_its_finding_is_still_told_by_its_number(home: Home) -> None:
    package = receive(home, package_content())
    ana = host(home)
    for _ in range(2):
        with home.session(ana) as session:
            stored = publication.package_with_digest(session, package.study_id, package.sha256)
            publication.withdraw_package(session, ana, package=stored)
            (last,) = publication.last_packages(session, package.study_id)
            assert (last.number, last.withdrawn_at is not None) == (package.number, True)
    with home.unheld(Store.PUBLISHED) as session:
        acts = [each.act for each in privacy.audit_entries(session, Store.PUBLISHED)]
    assert acts.count("withdraw-package") == 1


def test_a_withdrawn_package_is_gone_from_every_page(home: Home) -> None:
    package = receive(home, package_content(audience=Audience.PUBLIC))
    ana = host(home)
    with home.session(ana) as session:
        publication.withdraw_package(session, ana, package=session.merge(package))
    assert standing(home, home.member("rosa")) == standing(home, home.member("lee")) == []
    assert entries(home)[-1] == ("withdraw-package", "F-01")


def test_a_package_with_a_quote_that_nobody_cleared_is_not_received(home: Home) -> None:
    draft = package_content(evidence=(replace(PARENT_QUOTE, words=publication.NOT_CLEARED),))
    with pytest.raises(Refused, match="not cleared"):
        receive(home, draft)
    assert standing(home, home.member("rosa")) == []


@pytest.mark.parametrize("username", ["rosa", "lee"])
def test_members_may_not_receive_packages(home: Home, username: str) -> None:
    member = home.member(username)
    with home.session(member) as session, pytest.raises(NotAllowed):
        publication.receive_package(session, member, study_id=published_study_id(home), content=package_content())


def test_an_analyst_may_not_receive_packages(home: Home) -> None:
    analyst = host(home, "ben")
    with home.session(analyst) as session, pytest.raises(NotAllowed):
        publication.receive_package(session, analyst, study_id=published_study_id(home), content=package_content())


def test_a_lead_of_another_study_finds_nothing_here(home: Home) -> None:
    receive(home, package_content())
    with home.unheld(Store.PUBLISHED) as session:
        stranger = privacy.guest_in_published_store(session, home.actor("omar"), ["other"])
    assert standing(home, stranger) == []
    with home.session(stranger) as session, pytest.raises(NotFound):
        publication.receive_package(session, stranger, study_id=published_study_id(home), content=package_content())
