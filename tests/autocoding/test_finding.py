"""Finding over sources, and batches: what is read, what is shown, what is stored, and taking it back."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import autocoding, codebook, coding, corpus, language, privacy
from ia_workbench.autocoding import Found, Rule
from ia_workbench.autocoding import parts as cutting
from ia_workbench.coding import Autocoding, AutocodingRule, CodedUnit, Coding, RuleKind
from ia_workbench.corpus import Revision, Source, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import Conflict, NotAllowed, NotFound, Refused
from ia_workbench.privacy import READ_RAW, Actor
from tests.support import Home
from tests.support.materials import add_materials
from tests.support.sources import add_revision, add_source

ONE = "PARENT: The bus is late. The bus costs.\nINTERVIEWER: Which bus?\nPARENT: He removed them. Removing children."
TWO = "WORKER: No bus today.\nWORKER: Buses run."


@dataclass
class Desk:
    """Someone who autocodes in the home's study."""

    home: Home
    session: Session
    actor: Actor

    @property
    def code(self) -> codebook.Code:
        return codebook.code_at(self.session, self.home.study_id, "barriers/transport")

    def find(self, words: str, kind: RuleKind = RuleKind.PHRASE, unit: CodedUnit = CodedUnit.FOUND) -> Found:
        sources = autocoding.readable_sources(self.session, self.home.study_id)
        return autocoding.find(self.session, self.home.study_id, Rule(kind, words, unit), sources)

    def words(self, found: Found) -> list[str]:
        texts = dict(self.session.execute(select(Revision.id, Revision.text)).all())
        return [match.span.of(texts[each.revision_id]) for each in found.sources for match in each.matches]

    def begin(self, found: Found, request: str = "one", place: Source | None = None) -> Autocoding:
        rule = AutocodingRule(RuleKind.PHRASE, "the bus", CodedUnit.FOUND, found.read)
        return coding.begin_batch(
            self.session, self.actor, code=self.code, rule=rule, chosen=found.count, place=place, request=request
        )

    def accept(self, found: Found, request: str = "one", *, most: int = 99, place: Source | None = None) -> Autocoding:
        batch = self.begin(found, request, place)
        made = 0
        for together in autocoding.parts_of_batch(found.sources):
            for part in together[: most - made]:
                made += 1
                revision = self.session.get_one(Revision, part.revision_id)
                coding.apply_part(
                    self.session, self.actor, batch=batch, number=part.number, revision=revision, spans=part.spans
                )
        coding.finish_batch(self.session, self.actor, batch=batch)
        return batch

    def coded(self) -> list[str]:
        return sorted(each.excerpt.quote for each in self.session.scalars(select(Coding)))

    def source(self, key: str) -> Source:
        return corpus.source_keyed(self.session, self.home.study_id, key)


@pytest.fixture
def stocked(home: Home) -> Home:
    """The home with two sources and codes."""
    ana = home.actor("ana")
    with home.session(ana) as session:
        add_materials(session, home, ana)
        add_source(session, home, key="INT-001", text=ONE)
        add_source(session, home, key="INT-002", text=TWO)
    return home


def desk(home: Home, session: Session, who: str = "ben") -> Desk:
    return Desk(home, session, home.actor(who))


def test_every_kind_of_rule_finds_what_it_says(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session:
        ben = desk(stocked, session)
        assert ben.words(ben.find("the bus")) == ["The bus", "The bus"]
        assert ben.words(ben.find("bus", unit=CodedUnit.SENTENCE))[:2] == ["The bus is late.", "The bus costs."]
        assert ben.words(ben.find("worker", RuleKind.SPEAKER)) == ["No bus today.", "Buses run."]
        assert ben.words(ben.find("which bus", RuleKind.QUESTION)) == ["He removed them. Removing children."]
        assert ben.words(ben.find(r"bus(es)? \w+", RuleKind.PATTERN)) == [
            "bus is",
            "bus costs",
            "bus today",
            "Buses run",
        ]


@pytest.mark.skipif(not language.has_word_forms("en"), reason="no English language model is installed")
def test_word_forms_find_every_form_of_each_word(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session:
        ben = desk(stocked, session)
        assert ben.words(ben.find("remove", RuleKind.FORMS)) == ["removed", "Removing"]
        assert ben.words(ben.find("removes child", RuleKind.FORMS)) == ["Removing children"]
        assert ben.find("remove", RuleKind.FORMS).without_forms == ()


def test_a_language_without_word_forms_is_told(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        add_source(session, stocked, key="INT-003", text="MADRE: El niño. Los niños.", language="es")
        ana = desk(stocked, session, "ana")
        found = ana.find("niño", RuleKind.FORMS)
        assert "es" in found.without_forms
        assert ana.words(found) == ["niño"]


def test_withdrawn_sources_masked_texts_and_those_of_others_are_never_read(stocked: Home) -> None:
    ana = stocked.actor("ana")
    with stocked.session(ana) as session:
        masked = add_revision(session, desk(stocked, session).source("INT-001"), "PARENT: The masked bus.", number=2)
        masked.kind = corpus.RevisionKind.MASKED
        desk(stocked, session).source("INT-002").withdrawn_at = stocked.clock()
    with stocked.session(ana) as session:
        assert desk(stocked, session, "ana").words(desk(stocked, session, "ana").find("bus")) == ["bus", "bus", "bus"]
        privacy.limit_member(session, ana, study_id=stocked.study_id, username="ben", sources={})
    with stocked.session(stocked.actor("ben")) as session:
        assert desk(stocked, session).find("bus").count == 0
    with stocked.session(stocked.actor("omar")) as session:
        assert desk(stocked, session, "omar").find("bus").count == 0


def test_what_is_shown_has_its_context_and_says_who_coded_it_already(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        ana = desk(stocked, session, "ana")
        found = ana.find("the bus")
        revision = session.get_one(Revision, found.sources[0].revision_id)
        coding.apply_code(session, ana.actor, revision=revision, span=found.sources[0].matches[0].span, code=ana.code)
        for who, is_own in (("ana", True), ("ben", False)):
            (shown,) = autocoding.in_context(session, found, ana.code, me=who, first=0, limit=9)
            first, second = shown.matches
            assert (first.left, first.words, first.right[:9]) == ("PARENT: ", "The bus", " is late.")
            assert (first.coder, first.is_own, second.coder) == ("ana", is_own, None)
            names = autocoding.coded_already(session, found, ana.code, me=who)
            assert names == {first.name: is_own}
        (page,) = autocoding.in_context(session, found, ana.code, me="ana", first=1, limit=1)
        assert [each.name for each in page.matches] == [second.name]
        assert autocoding.left_out(found, [first.name])[0].matches == found.sources[0].matches[1:]


def test_a_batch_is_one_act_that_is_undone_and_redone_as_one(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session:
        ben = desk(stocked, session)
        found = ben.find("bus")
        ben.accept(found, place=ben.source("INT-001"))
        assert ben.coded() == ["bus"] * 4
        coding.undo(session, ben.actor, source=ben.source("INT-001"))
        assert ben.coded() == []
        coding.redo(session, ben.actor, source=ben.source("INT-001"))
        assert ben.coded() == ["bus"] * 4
        assert coding.mismatched_excerpts(session, stocked.study_id) == []


def test_a_batch_that_was_interrupted_is_gone_on_with_and_codes_everything_once(
    stocked: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "MOST_AT_ONCE", 1)
    with stocked.session(stocked.actor("ben")) as session:
        ben = desk(stocked, session)
        found = ben.find("bus")
        ben.accept(found, most=1)
    with stocked.session(stocked.actor("ben")) as session:
        ben = desk(stocked, session)
        coding.remove_coding(session, ben.actor, coding=session.scalars(select(Coding)).first())
        ben.accept(found)
        ben.accept(found)
        assert len(ben.coded()) == found.count - 1  # what was removed meanwhile is not made again
        assert len(session.scalars(select(Autocoding)).all()) == 1


def test_taking_back_removes_what_nobody_changed_and_keeps_the_rest(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session:
        ben = desk(stocked, session)
        batch = ben.accept(ben.find("bus"))
        changed, gone, *_rest = session.scalars(select(Coding).order_by(Coding.id)).all()
        coding.mark_important(session, ben.actor, coding=changed, is_important=True)
        coding.remove_coding(session, ben.actor, coding=gone)
        (standing,) = coding.autocodings(session, stocked.study_id)
        assert (standing.made, standing.unchanged, standing.changed, standing.gone) == (4, 2, 1, 1)
        back = coding.take_back(session, ben.actor, batch=batch)
        assert (back.removed, back.changed, back.gone) == (2, 1, 1)
        assert session.scalars(select(Coding)).all() == [changed]
        with pytest.raises(Refused):
            coding.take_back(session, ben.actor, batch=batch)
        coding.undo(session, ben.actor, source=ben.source("INT-002"))
        assert len(ben.coded()) == 3


def test_a_batch_is_its_makers_and_its_leads_alone(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session:
        guid = desk(stocked, session).accept(desk(stocked, session).find("bus")).guid
    with stocked.session(stocked.actor("carla")) as session:
        batch = coding.autocoding_by_guid(session, stocked.study_id, guid)
        with pytest.raises(NotAllowed):
            coding.take_back(session, stocked.actor("carla"), batch=batch)
    with stocked.session(stocked.actor("ana")) as session:
        batch = coding.autocoding_by_guid(session, stocked.study_id, guid)
        assert coding.take_back(session, stocked.actor("ana"), batch=batch).removed == 4
    with stocked.session(stocked.actor("omar")) as session, pytest.raises(NotFound):
        coding.autocoding_by_guid(session, stocked.study_id, guid)


def test_a_request_is_for_one_batch_and_a_corrected_text_for_none(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session:
        ben = desk(stocked, session)
        found = ben.find("bus")
        ben.begin(found)
        with pytest.raises(Conflict):
            ben.begin(ben.find("the bus"))
        revision = session.get_one(Revision, found.sources[0].revision_id)
        coding.correct_source(session, ben.actor, source=revision.source, text=ONE.replace("late", "never"))
        with pytest.raises(Conflict):
            ben.accept(found)


def test_the_words_of_a_rule_are_noted_when_read_and_go_with_a_withdrawal(stocked: Home) -> None:
    with stocked.session(stocked.actor("ben")) as session:
        batch = desk(stocked, session).accept(desk(stocked, session).find("bus"))
        number = batch.id
    with stocked.session(stocked.actor("ben")) as session:
        privacy.forget_reads(session)
        assert coding.autocodings(session, stocked.study_id)[0].batch.words == "the bus"
        assert privacy.reads_of(session) == {stocked.study_id: frozenset({f"autocoding-{number}"})}
        entries = [str(each.details) + each.subject for each in privacy.audit_entries(session, Store.EVIDENCE)]
        assert not any("bus" in each for each in entries)
    with stocked.unheld(Store.EVIDENCE) as session:
        source = session.scalars(select(Source).where(Source.key == "INT-002")).one()
        coding.forget(session, source, WithdrawalOutcome.EXCLUDE)
    with stocked.session(stocked.actor("ben")) as session:
        batch = session.get_one(Autocoding, number)
        assert (batch.words, len(batch.sources)) == ("", 1)
        assert desk(stocked, session).coded() == ["bus"] * 3


def test_withheld_words_leave_the_rules_that_read_the_source(stocked: Home) -> None:
    with stocked.session(stocked.actor("ana")) as session:
        ana = desk(stocked, session, "ana")
        found = ana.find("bus")
        batch = ana.begin(found)
        batch.words = "what Okoro said"
        pattern = ana.begin(found, "two")
        pattern.kind, pattern.words = RuleKind.PATTERN, "Ok(oro|wu)"
        coding.batches.withhold_in_rules(session, ana.source("INT-001"), ["Okoro"], "the reporter")
        assert (batch.words, pattern.words) == ("what the reporter said", "")


def test_reading_is_not_noted_as_shown_where_the_reads_are_let_go_of(stocked: Home) -> None:
    assert READ_RAW
    with stocked.session(stocked.actor("ben")) as session:
        desk(stocked, session).find("today")
        privacy.forget_reads(session)
        assert privacy.reads_of(session) == {}
