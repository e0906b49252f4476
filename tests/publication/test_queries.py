"""Finding packages by number, by finding and by what they say."""

import pytest

from ia_workbench import publication
from ia_workbench.kernel import NotFound
from tests.support import Home
from tests.support.packages import package_content, published_study_id, receive


def test_a_package_is_found_by_number_and_by_finding(home: Home) -> None:
    receive(home, package_content(finding_key="F-07"))
    receive(home, package_content(finding_key="F-02"))
    study_id = published_study_id(home)
    with home.session(home.member("rosa")) as session:
        assert publication.package_numbered(session, study_id, 2).finding_key == "F-02"
        assert publication.package_for(session, study_id, "F-07").number == 1
        assert [each.finding_key for each in publication.packages(session, study_id)] == ["F-07", "F-02"]


def test_a_replaced_package_is_found_by_its_digest_alone(home: Home) -> None:
    receive(home, package_content())
    receive(home, package_content(title="Changed"))
    study_id = published_study_id(home)
    with home.session(home.member("rosa")) as session:
        first = publication.package_with_digest(session, study_id, package_content().sha256)
        assert publication.content_of(first) == package_content()
        assert publication.package_numbered(session, study_id, 1).id != first.id
        with pytest.raises(NotFound):
            publication.package_with_digest(session, study_id, "0" * 64)


def test_what_is_absent_is_not_found(home: Home) -> None:
    study_id = published_study_id(home)
    with home.session(home.member("rosa")) as session:
        assert publication.packages(session, study_id) == []
        with pytest.raises(NotFound):
            publication.package_numbered(session, study_id, 1)
        with pytest.raises(NotFound):
            publication.package_for(session, study_id, "F-01")
