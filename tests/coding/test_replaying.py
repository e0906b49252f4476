"""The journal, replayed from its first act, gives the codings that are there; anything else is found."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from ia_workbench import codebook, coding
from ia_workbench.coding import Coding, CodingAct, GivenCoding
from ia_workbench.kernel import Span
from tests.coding.test_undoing import STEPS, Step, act, revision_in, stocked
from tests.support import Home

__all__ = ["stocked"]
PEOPLE = st.lists(st.sampled_from(["ana", "ben"]), min_size=30, max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, people=PEOPLE)
def test_any_sequence_of_acts_of_two_people_is_what_the_journal_tells(
    stocked: Home, steps: list[Step], people: list[str]
) -> None:
    actors = {name: stocked.actor(name) for name in ("ana", "ben")}
    with stocked.session(actors["ana"]) as session:
        revision = revision_in(session)
        for step, who in zip(steps, people, strict=False):
            act(session, actors[who], revision, step)
        found = coding.replayed(session, stocked.study_id)
        assert found.wrong == frozenset()
        assert found.untold == 0


def test_codings_that_came_with_a_study_are_told_of_by_no_act_and_nothing_is_wrong(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        code = codebook.code_at(session, stocked.study_id, "barriers")
        given = [GivenCoding(revision_in(session), Span(8, 11), code, ana.account_id or 0, stocked.clock())]
        coding.import_codings(session, ana, study_id=stocked.study_id, given=given)
        found = coding.replayed(session, stocked.study_id)
    assert (found.told, found.untold, found.wrong) == (0, 1, frozenset())


@pytest.mark.parametrize("what", ["changed", "gone", "told twice"])
def test_a_coding_that_no_act_explains_is_found(stocked: Home, what: str) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        code = codebook.code_at(session, stocked.study_id, "barriers")
        made = coding.apply_code(session, ana, revision=revision_in(session), span=Span(8, 11), code=code)
        guid = made.guid
        if what == "changed":
            session.execute(update(Coding).values(is_important=True))
        elif what == "gone":
            session.delete(made)
        else:
            act = session.scalars(select(CodingAct)).one()
            coding.note(session, ana, act.kind, coding.parts_of(act), study_id=act.study_id, source_id=act.source_id)
        session.flush()
        session.expire_all()
        assert coding.replayed(session, stocked.study_id).wrong == {guid}
