"""No masked text is made or signed in which a name stands that the study knows, whatever was decided about marks."""

import pytest

from ia_workbench import masking
from ia_workbench.kernel import Refused
from ia_workbench.masking import Decision
from ia_workbench.privacy import IdentifierClass, Study
from tests.support import Home
from tests.support.masking import decide_all, make, marked, mask_whole, named_source, sign


def test_a_name_on_the_list_that_was_rejected_everywhere_keeps_the_text_from_being_made(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source, Decision.REJECT)
        with pytest.raises(Refused, match="stands in the masked text of INT-001: a name on the study's list"):
            make(session, ana, source)


def test_a_spelling_of_an_identity_that_was_overlooked_keeps_the_text_from_being_signed(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        mask_whole(session, ana, ben, source)
        text = "WORKER: The lady of the house, quillfeathers as everyone says, was in.\n"
        other = named_source(session, home, key="INT-002", text=text)
        decide_all(session, ana, other, Decision.REJECT)
        make(session, ana, other)
        masking.add_pseudonym(
            session, ana, study_id=home.study_id, identifier_class=IdentifierClass.PERSON,
            names=["Oriel Quillfeather"], instead="Robin Lane",
        )  # fmt: skip
        with pytest.raises(Refused, match="“quillfeathers” stands .*: a spelling of an identity of the study"):
            sign(session, ben, other)


def test_a_name_that_came_onto_the_list_after_the_text_was_made_keeps_it_from_being_signed(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source)
        make(session, ana, source)
        study = session.get_one(Study, home.study_id)
        study.settings = {"names": [*study.settings["names"], "Packing Plant"]}
        with pytest.raises(Refused, match="“packing plant” stands|“packing” stands|“plant” stands"):
            sign(session, ben, source)


def test_places_and_dates_are_no_gate(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        marked(session, ana, source)
        masking.add_pseudonym(
            session, ana, study_id=home.study_id, identifier_class=IdentifierClass.PLACE, names=["Two"], instead="there"
        )
        assert [each.words for each in masking.known_identities(session, home.study_id)] == []
        decide_all(session, ana, source)
        assert make(session, ana, source).by == "ana"
