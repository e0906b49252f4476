"""Several codes on the same words as one act."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding
from ia_workbench.codebook import Code
from ia_workbench.corpus import Revision
from ia_workbench.database import Store
from ia_workbench.kernel import Conflict, NotFound, Refused, Span
from ia_workbench.privacy import audit_entries
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source

TEXT = "PARENT: Dos autobuses y luego caminar."
PATHS = ("barriers", "barriers/transport", "barriers/hours")
SPAN = Span(8, 21)


@pytest.fixture
def stocked(home: Home) -> Home:
    """The home with codes and a source."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        add_source(session, home, key="INT-001", text=TEXT)
    return home


def place(session: Session, home: Home) -> tuple[Revision, list[Code]]:
    codes = [codebook.code_at(session, home.study_id, path) for path in PATHS]
    return session.scalars(select(Revision)).one(), codes


def given(session: Session, revision: Revision) -> list[str]:
    return sorted(each.code.path for each in coding.codings_on(session, revision))


def test_several_codes_are_one_act_one_entry_and_one_undo(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision, codes = place(session, stocked)
        known = len(audit_entries(session, Store.EVIDENCE))
        made = coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=[*codes, codes[0]])
        assert [each.code.path for each in made.values()] == list(PATHS)
        (entry,) = audit_entries(session, Store.EVIDENCE)[known:]
        assert (entry.act, entry.details) == ("apply-codes", {"codings": 3})
        coding.undo(session, ana, source=revision.source)
        assert given(session, revision) == []
        coding.redo(session, ana, source=revision.source)
        assert given(session, revision) == sorted(PATHS)


def test_what_was_there_before_is_no_part_of_the_act_and_stays_when_it_is_undone(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision, codes = place(session, stocked)
        first = coding.apply_code(session, ana, revision=revision, span=SPAN, code=codes[1])
        made = coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=codes)
        assert made[codes[1]].guid == first.guid
        coding.undo(session, ana, source=revision.source)
        assert given(session, revision) == [PATHS[1]]


def test_sending_it_twice_codes_once_and_another_act_needs_another_name(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision, codes = place(session, stocked)
        made = coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=codes, request="once")
        gone = made[codes[2]].guid
        coding.remove_coding(session, ana, coding=made[codes[2]])
        again = coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=codes, request="once")
        assert {each.guid for each in again.values()} == {each.guid for each in made.values()} - {gone}
        with pytest.raises(Conflict, match="already used for another coding"):
            coding.apply_codes(session, ana, revision=revision, span=Span(8, 11), codes=codes, request="once")
        with pytest.raises(Conflict, match="already used for another coding"):
            coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=codes[:1], request="once")


def test_sent_again_each_code_names_its_coding_whatever_became_of_it(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision, codes = place(session, stocked)
        made = coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=codes[:2], request="once")
        other = codebook.add_code(session, ana, study_id=stocked.study_id, name="another")
        coding.recode(session, ana, coding=made[codes[0]], code=other)
        assert coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=codes[:2], request="once") == made
        coding.merge_codes(session, ana, code=codes[1], into=codes[2])
        again = coding.apply_codes(
            session, ana, revision=revision, span=SPAN, codes=[codes[0], codes[2]], request="once"
        )
        assert again == {codes[0]: made[codes[0]], codes[2]: made[codes[1]]}


def test_no_code_and_a_code_of_another_study_are_refused(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        revision, codes = place(session, stocked)
        with pytest.raises(Refused, match="at least one code"):
            coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=[])
        foreign = Code(study_id=stocked.study_id + 1, key="x", path="x", name="x")
        with pytest.raises(NotFound):
            coding.apply_codes(session, ana, revision=revision, span=SPAN, codes=[codes[0], foreign])
        assert given(session, revision) == []


def test_a_rating_seen_before_another_changed_it_is_refused(stocked: Home) -> None:
    ana, ben = stocked.actor("ana"), stocked.actor("ben")
    with stocked.session(ana) as session:
        revision, codes = place(session, stocked)
        codes[0].scale = ["slight", "strong"]
        made = coding.apply_code(session, ben, revision=revision, span=SPAN, code=codes[0])
        seen = made.version
        coding.rate_coding(session, ana, coding=made, rating=1, seen=seen)
        with pytest.raises(Conflict, match="changed by someone else"):
            coding.rate_coding(session, ben, coding=made, rating=2, seen=seen)
        assert made.rating == 1
