"""Suggestions in a study: up to date with every act, and never from what somebody may not read."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import codebook, coding, corpus, privacy, suggestions
from ia_workbench.coding import Coding
from ia_workbench.corpus import Revision
from ia_workbench.kernel import NotAllowed, Span
from ia_workbench.privacy import Actor
from ia_workbench.suggestions import Memory, Suggestion
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_source, revision_of

TEXTS = {
    "INT-001": "PARENT: The bus takes two hours to the visit.",
    "INT-002": "PARENT: The judge moved the court date again.",
    "INT-003": "PARENT: Two buses and two hours, and then the judge.",
}


@dataclass
class Desk:
    """Someone who selects words."""

    home: Home
    session: Session
    actor: Actor
    memory: Memory

    def revision(self, key: str) -> Revision:
        return revision_of(self.session, corpus.source_keyed(self.session, self.home.study_id, key))

    def apply(self, key: str, path: str) -> Coding:
        revision = self.revision(key)
        code = codebook.code_at(self.session, self.home.study_id, path)
        return coding.apply_code(self.session, self.actor, revision=revision, span=Span(8, revision.length), code=code)

    def suggested(self, words: str) -> list[Suggestion]:
        likely = self.memory.likely(self.session, self.home.study_id, words)
        return suggestions.shown(self.session, self.home.study_id, likely)

    def paths(self, words: str) -> list[str]:
        return [each.code.path for each in self.suggested(words)]


@pytest.fixture
def stocked(home: Home) -> Home:
    """The home with three sources and codes."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        for key, text in TEXTS.items():
            add_source(session, home, key=key, text=text)
    return home


def desk(home: Home, session: Session, who: str = "ana", memory: Memory | None = None) -> Desk:
    return Desk(home, session, home.actor(who), memory or Memory())


def test_suggestions_follow_every_act_of_coding_at_once(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        ana = desk(stocked, session)
        assert ana.paths("the bus takes hours") == []
        made = ana.apply("INT-001", "barriers/transport")
        (suggestion,) = ana.suggested("the bus takes hours")
        assert suggestion.code.path == "barriers/transport"
        assert [(each.source, each.turn, each.words) for each in suggestion.seen] == [
            ("INT-001", 1, TEXTS["INT-001"][8:])
        ]
        coding.recode(
            session, ana.actor, coding=made, code=codebook.code_at(session, stocked.study_id, "barriers/hours")
        )
        assert ana.paths("the bus takes hours") == ["barriers/hours"]
        coding.undo(session, ana.actor, source=ana.revision("INT-001").source)
        assert ana.paths("the bus takes hours") == ["barriers/transport"]
        coding.remove_coding(session, ana.actor, coding=made)
        assert ana.paths("the bus takes hours") == []


def test_what_was_learned_step_by_step_is_what_would_be_learned_anew(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        ana = desk(stocked, session)
        for key, path in (("INT-001", "barriers/transport"), ("INT-002", "barriers/hours"), ("INT-003", "barriers")):
            ana.paths("the judge")
            ana.apply(key, path)
        for words in ("two hours by bus", "the judge moved it"):
            anew = Memory().likely(session, stocked.study_id, words)
            assert ana.memory.likely(session, stocked.study_id, words) == anew


def test_a_limited_analyst_is_suggested_nothing_from_sources_of_others(stocked: Home) -> None:
    memory = Memory()
    with stocked.session(stocked.actor("ana")) as session:
        ana = desk(stocked, session, memory=memory)
        ana.apply("INT-001", "barriers/transport")
        ana.apply("INT-002", "barriers/hours")
        given = {ana.revision("INT-002").source_id: "INT-002"}
        privacy.limit_member(session, ana.actor, study_id=stocked.study_id, username="ben", sources=given)
        assert ana.paths("the bus takes hours")[0] == "barriers/transport"
    with stocked.session(stocked.actor("ben")) as session:
        ben = desk(stocked, session, "ben", memory)
        assert ben.paths("the bus takes hours to the visit") in ([], ["barriers/hours"])
        assert ben.paths("the judge moved the date") == ["barriers/hours"]
    with stocked.session(stocked.actor("omar")) as session:
        assert desk(stocked, session, "omar", memory).paths("the judge moved the date") == []


def test_a_withdrawn_source_speaks_no_more(stocked: Home) -> None:
    memory = Memory()
    with stocked.session(stocked.actor("ana")) as session:
        ana = desk(stocked, session, memory=memory)
        ana.apply("INT-001", "barriers/transport")
        assert ana.paths("the bus") == ["barriers/transport"]
        ana.revision("INT-001").source.withdrawn_at = stocked.clock()
    with stocked.session(stocked.actor("ana")) as session:
        assert desk(stocked, session, memory=memory).paths("the bus") == []


def test_corrected_words_are_learned_anew(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        ana = desk(stocked, session)
        made = ana.apply("INT-001", "barriers/transport")
        assert ana.paths("tramway") == []
        source = made.excerpt.revision.source
        coding.correct_source(session, ana.actor, source=source, text=TEXTS["INT-001"].replace("bus", "tramway"))
        assert ana.paths("tramway") == ["barriers/transport"]


def test_only_a_lead_switches_suggestions_off_and_blind_coding_does_too(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        study = privacy.study_numbered(session, stocked.study_id)
        assert suggestions.are_on(study)
        suggestions.switch_suggestions(session, stocked.actor("ana"), study=study, on=False)
        assert not suggestions.are_on(study)
        suggestions.switch_suggestions(session, stocked.actor("ana"), study=study, on=True)
        assert suggestions.are_on(study)
        study.settings = {**study.settings, "blind": True}
        assert not suggestions.are_on(study)
        with pytest.raises(NotAllowed):
            suggestions.switch_suggestions(session, stocked.actor("ben"), study=study, on=False)


def test_words_that_are_learned_from_are_noted_only_where_they_are_shown(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        ana = desk(stocked, session)
        ana.apply("INT-001", "barriers/transport")
        ana.apply("INT-002", "barriers/hours")
    with stocked.session(stocked.actor("ana")) as session:
        memory = Memory()
        likely = memory.likely(session, stocked.study_id, "the bus to the visit")
        privacy.forget_reads(session)
        session.expunge_all()
        suggestions.shown(session, stocked.study_id, likely[:1])
        assert privacy.reads_of(session) == {stocked.study_id: frozenset({"INT-001"})}
        assert len(session.scalars(select(Coding)).all()) == 2
