"""Marks: looked for once and again, decided one by one or together, added, applied everywhere, taken back."""

import pytest
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, masking
from ia_workbench.kernel import Conflict, Refused, Span
from ia_workbench.masking import Decision, Mark, MarkState
from ia_workbench.privacy import Actor, IdentifierClass, Study
from tests.support import Home
from tests.support.masking import NO_MODEL, TEXT, decide_all, make, marked, named_source
from tests.support.sources import add_source

PERSON = IdentifierClass.PERSON


def at(marks: list[Mark], words: str) -> Mark:
    return next(each for each in marks if each.words == words)


def test_looking_proposes_names_numbers_and_employers_and_looking_again_changes_nothing(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        marks = marked(session, ana, source)
        assert all(each.words == TEXT[each.start : each.end] for each in marks)
        assert {each.words for each in marks} == {
            "TASHA BRENNICK", "Tasha Brennick", "Tasha", "Brennick", "Halvorsen Packing", "555-301-8821",
        }  # fmt: skip
        assert {each.state for each in marks} == {MarkState.PROPOSED}
        people = [each for each in marks if each.identifier_class is PERSON]
        assert len({each.pseudonym_id for each in people}) == 1, "one person, one pseudonym"
        first, last = people[0].pseudonym.instead.split()
        assert at(marks, "Tasha").instead == first
        assert at(marks, "Brennick").instead == last
        assert at(marks, "TASHA BRENNICK").instead == f"{first} {last}".upper()
        assert at(marks, "Halvorsen Packing").instead == "a packing plant"
        before = [(each.id, each.version) for each in marks]
        assert [(each.id, each.version) for each in marked(session, ana, source)] == before


SHARED = """WORKER: What do they pay you at Save-Rite, Ada?
ADA: Fifteen dollars, so $600 a week. We waited three months.
"""


def test_a_name_of_the_list_is_what_the_study_says_it_is(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home, text=SHARED)
        study = session.get_one(Study, home.study_id)
        study.settings = {"names": ["Save-Rite"]}
        assert at(marked(session, ana, source), "Save-Rite").identifier_class is PERSON
        study.settings = {"names": ["Save-Rite"], "name_classes": {"Save-Rite": "organisation"}}
        mark = at(list(marked(session, ana, add_source(session, home, key="INT-002", text=SHARED + "\n"))), "Save-Rite")
        assert mark.identifier_class is IdentifierClass.ORGANISATION
        assert mark.instead == "an agency"


def test_a_study_that_asks_to_be_thorough_stays_so_until_it_asks_for_the_usual(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home, text=SHARED)
        study = session.get_one(Study, home.study_id)
        shared = {"$600", "three months"}

        def words(thorough: bool | None) -> set[str]:
            marks = masking.propose_marks(session, ana, source=source, model=NO_MODEL, thorough=thorough)
            return {each.words for each in marks}

        assert not shared & words(None)
        assert not masking.is_thorough(study)
        assert shared <= words(True)
        assert shared <= words(None), "kept for the study"
        assert shared <= {each.words for each in marked(session, ana, source)}
        assert not shared & words(False)
        assert not masking.is_thorough(study)


def test_accepting_all_places_of_a_person_leaves_the_others(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        marks = marked(session, ana, named_source(session, home))
        changed = masking.decide_mark(session, ana, mark=at(marks, "Tasha"), decision=Decision.ACCEPT, all_places=True)
        assert {each.identifier_class for each in changed} == {PERSON}
        assert len(changed) == 5
        assert at(marks, "Halvorsen Packing").state is MarkState.PROPOSED
        assert changed[0].decided_by == "ana"


def test_other_words_for_a_person_hold_in_every_place_and_for_this_place_only_there(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        marks = marked(session, ana, named_source(session, home))
        masking.decide_mark(
            session, ana, mark=at(marks, "Tasha"), decision=Decision.ACCEPT, instead="Dana Reed", all_places=True
        )
        assert (at(marks, "Tasha").instead, at(marks, "Brennick").instead) == ("Dana", "Reed")
        masking.decide_mark(session, ana, mark=at(marks, "Brennick"), decision=Decision.ACCEPT, instead="my name")
        assert (at(marks, "Tasha").instead, at(marks, "Brennick").instead) == ("Dana", "my name")


def test_who_decides_after_someone_else_did_is_told(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        mark = marked(session, ana, named_source(session, home))[0]
        version = mark.version
        masking.decide_mark(session, ana, mark=mark, decision=Decision.REJECT, version=version)
        with pytest.raises(Conflict, match="ana decided this mark after you opened it"):
            masking.decide_mark(session, ben, mark=mark, decision=Decision.ACCEPT, version=version)


def test_words_that_were_rejected_are_not_proposed_again(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source, Decision.REJECT)
        assert {each.state for each in marked(session, ana, source)} == {MarkState.REJECTED}


def test_what_was_missed_is_marked_whole_and_takes_the_place_of_a_proposal(home: Home) -> None:
    ana = home.actor("ana")
    text = "PARENT: Rene\u0301e\u0308\u0323 came to Halvorsen Packing with me.\n"
    with home.session(ana) as session:
        source = named_source(session, home, text=text)
        stored = corpus.text_of(session, corpus.newest_revision(session, source))
        marked(session, ana, source)
        start = stored.index("Ren")
        end = stored.index(" came") - 1  # leaves a dot below behind
        mark = masking.add_mark(
            session, ana, source=source, span=Span(start, end), identifier_class=PERSON, instead="Lee"
        )
        assert mark.words == stored[start : end + 1], "the accent goes with its letter"
        wide = Span(stored.index("Halvorsen"), stored.index(" with"))
        made = masking.add_mark(
            session, ana, source=source, span=wide, identifier_class=IdentifierClass.ORGANISATION, instead="work"
        )
        assert [each.id for each in masking.marks_of(session, source) if each.start >= wide.start] == [made.id]
        with pytest.raises(Refused, match="masked already"):
            masking.add_mark(session, ana, source=source, span=wide, identifier_class=PERSON, instead="work")


@pytest.mark.parametrize(
    ("instead", "sentence"), [("", "Say what readers see"), ("Tasha B.", "still holds"), ("x" * 201, "at most 200")]
)
def test_words_for_readers_that_tell_too_much_or_nothing_are_refused(home: Home, instead: str, sentence: str) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        marks = marked(session, ana, named_source(session, home))
        with pytest.raises(Refused, match=sentence):
            masking.decide_mark(session, ana, mark=at(marks, "Tasha"), decision=Decision.ACCEPT, instead=instead)


def test_a_decision_is_applied_in_all_sources_and_what_others_decided_stays(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        here = named_source(session, home)
        there = named_source(session, home, key="INT-002", text="PARENT: I saw Tasha, then Mrs. Brennick left.\n")
        rejected = at(marked(session, ben, there), "Tasha")
        masking.decide_mark(session, ben, mark=rejected, decision=Decision.REJECT)
        mark = at(marked(session, ana, here), "Tasha Brennick")
        masking.decide_mark(session, ana, mark=mark, decision=Decision.ACCEPT, all_places=True)
        reach = masking.reach_of(session, mark=mark)
        assert (reach.places, reach.sources) == (1, 1)
        assert masking.apply_to_all(session, ana, mark=mark) == reach
        marks = list(masking.marks_of(session, there))
        assert rejected.state is MarkState.REJECTED
        brennick = next(each for each in marks if "Brennick" in each.words)
        assert brennick.state is MarkState.ACCEPTED
        assert brennick.pseudonym_id == mark.pseudonym_id
        masking.undo_decision(session, ana, source=there)
        assert brennick.state is MarkState.PROPOSED, "taken back where it reached"


def test_decisions_are_taken_back_one_after_another_and_never_those_of_somebody_else(home: Home) -> None:
    ana, ben = home.actor("ana"), home.actor("ben")
    with home.session(ana) as session:
        source = named_source(session, home)
        mark = at(marked(session, ana, source), "555-301-8821")
        masking.decide_mark(session, ana, mark=mark, decision=Decision.ASK)
        masking.decide_mark(session, ana, mark=mark, decision=Decision.ACCEPT, instead="a number")
        masking.undo_decision(session, ana, source=source)
        assert (mark.state, mark.instead) == (MarkState.ASKED, "[telephone number]")
        masking.undo_decision(session, ana, source=source)
        assert (mark.state, mark.decided_by) == (MarkState.PROPOSED, None)
        with pytest.raises(Refused, match="nothing of yours to take back"):
            masking.undo_decision(session, ana, source=source)
        masking.decide_mark(session, ana, mark=mark, decision=Decision.REJECT)
        masking.decide_mark(session, ben, mark=mark, decision=Decision.ACCEPT)
        with pytest.raises(Conflict, match="ben changed a mark"):
            masking.undo_decision(session, ana, source=source)


def test_taking_back_an_added_mark_removes_it(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        place = Span(TEXT.index("married"), TEXT.index("married") + 7)
        masking.add_mark(
            session, ana, source=source, span=place, identifier_class=IdentifierClass.RARE_FACT, instead="other"
        )
        masking.undo_decision(session, ana, source=source)
        assert not masking.marks_of(session, source)


def _corrected(session: Session, actor: Actor, source: corpus.Source, old: str, new: str) -> None:
    text = corpus.text_of(session, corpus.newest_revision(session, source))
    coding.correct_source(session, actor, source=source, text=text.replace(old, new))


def test_a_corrected_text_keeps_decisions_on_the_same_words_and_asks_anew_about_others(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source)
        make(session, ana, source)
        _corrected(session, ana, source, "555-301-8821", "555-301-8822")
        assert not masking.marks_of(session, source)
        assert masking.standing_of(session, source).state is masking.TextState.OUTDATED
        marks = marked(session, ana, source)
        assert {each.words: each.state for each in marks if each.state is not MarkState.ACCEPTED} == {
            "555-301-8822": MarkState.PROPOSED
        }
        text = corpus.text_of(session, corpus.newest_revision(session, source))
        assert all(each.words == text[each.start : each.end] for each in marks)


def test_a_new_wording_of_an_identity_is_seen_everywhere_and_outdates_what_shows_it(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source)
        make(session, ana, source)
        known = at(list(masking.marks_of(session, source)), "Tasha").pseudonym
        masking.change_pseudonym(session, ana, pseudonym=known, instead="Dana Reed")
        assert at(list(masking.marks_of(session, source)), "Brennick").instead == "Reed"
        assert masking.standing_of(session, source).state is masking.TextState.OUTDATED
        with pytest.raises(Refused, match="still holds"):
            masking.change_pseudonym(session, ana, pseudonym=known, instead="Tasha Brennick")


def test_one_identity_becomes_two_and_two_become_one(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = named_source(session, home)
        decide_all(session, ana, source)
        known = at(list(masking.marks_of(session, source)), "Tasha").pseudonym
        names = list(known.names)
        assert "Brennick" in names
        assert "Tasha Brennick" in names
        other = masking.split_pseudonym(session, ana, pseudonym=known, names=["Brennick"], instead="Ms. Hill")
        assert at(list(masking.marks_of(session, source)), "Brennick").instead == "Ms. Hill"
        masking.merge_pseudonyms(session, ana, into=known, other=other)
        assert set(known.names) == set(names)
        assert at(list(masking.marks_of(session, source)), "Brennick").pseudonym_id == known.id
