"""A coder's own nine codes, and those given last."""

from functools import partial

import pytest
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus
from ia_workbench.codebook import Code
from ia_workbench.kernel import NotAllowed, NotFound, Refused, Span
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source


@pytest.fixture
def stocked(home: Home) -> Home:
    """The home with codes and a source."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        add_source(session, home, key="INT-001", text="PARENT: Two buses and then I walk.")
    return home


def code_at(session: Session, home: Home, path: str) -> Code:
    """The code of a path."""
    return codebook.code_at(session, home.study_id, path)


def test_a_place_holds_one_code_and_a_code_has_one_place(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        hours, barriers = (code_at(session, stocked, path) for path in ("barriers/hours", "barriers"))
        keep = partial(coding.keep_favourite, session, ana, study_id=stocked.study_id)
        keep(place=1, code=hours)
        keep(place=2, code=barriers)
        keep(place=9, code=hours)
        assert coding.favourites_of(session, ana, stocked.study_id) == {2: barriers.id, 9: hours.id}
        keep(place=2, code=hours)
        assert coding.favourites_of(session, ana, stocked.study_id) == {2: hours.id}
        keep(place=2, code=None)
        assert coding.favourites_of(session, ana, stocked.study_id) == {}


def test_favourites_are_everyones_own(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        hours = code_at(session, stocked, "barriers/hours")
        coding.keep_favourite(session, ana, study_id=stocked.study_id, place=1, code=hours)
    with stocked.session(ben) as session:
        assert coding.favourites_of(session, ben, stocked.study_id) == {}
        coding.keep_favourite(session, ben, study_id=stocked.study_id, place=1, code=hours)
    with stocked.session(ana) as session:
        assert list(coding.favourites_of(session, ana, stocked.study_id)) == [1]


def test_a_tenth_place_another_study_and_other_roles_are_refused(stocked: Home) -> None:
    ana, ada = stocked.actor("ana"), stocked.actor("ada")
    with stocked.session(ana) as session:
        hours = code_at(session, stocked, "barriers/hours")
        with pytest.raises(Refused, match="1 to 9"):
            coding.keep_favourite(session, ana, study_id=stocked.study_id, place=10, code=hours)
        for who, error in ((stocked.actor("omar"), NotFound), (ada, (NotAllowed, NotFound))):
            with pytest.raises(error):
                coding.keep_favourite(session, who, study_id=stocked.study_id, place=1, code=hours)


def test_the_codes_given_last_come_newest_first_and_each_once(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    given = [("barriers", 8), ("barriers/hours", 12), ("barriers-met", 14), ("barriers/hours", 8)]
    for who in (ana, ben):
        with stocked.session(who) as session:
            source = corpus.source_keyed(session, stocked.study_id, "INT-001")
            revision = corpus.newest_revision(session, source)
            for path, start in given if who is ana else given[:1]:
                code = code_at(session, stocked, path)
                coding.apply_code(session, who, revision=revision, span=Span(start, 17), code=code)
    with stocked.session(ana, writes=False) as session:
        numbers = {each.id: each.path for each in codebook.codes(session, stocked.study_id)}
        recent = [numbers[each] for each in coding.recent_codes(session, ana, stocked.study_id)]
        assert recent == ["barriers/hours", "barriers-met", "barriers"]
        assert (
            coding.recent_codes(session, ana, stocked.study_id, most=1)
            == coding.recent_codes(session, ana, stocked.study_id)[:1]
        )
        assert [numbers[each] for each in coding.recent_codes(session, ben, stocked.study_id)] == ["barriers"]
