"""Changing what is noted: records with both versions kept apart, attributes, respondents who become participants."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.corpus import (
    AttributeDefinition,
    AttributeScope,
    AttributeType,
    ConsentScope,
    ReadFile,
    Respondent,
    Source,
    SourceKind,
    SourceRecord,
    StewardshipRecord,
)
from ia_workbench.database import Store
from ia_workbench.kernel import Conflict, NotFound, Refused
from ia_workbench.privacy import Actor
from tests.support import Home

RECORD = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent", participants=("P-01",), collectors=("ana",))
SURVEY = SourceRecord(kind=SourceKind.SURVEY, standpoint="frontline", collectors=("ana",))
ANSWERS = (
    Respondent("Respondent 1", (("Years in the job", "4"), ("Would you stay?", "yes"), ("Office", "North"))),
    Respondent("Respondent 2", (("Years in the job", "11.5"), ("Would you stay?", "No"), ("Office", ""))),
)


def take_in(
    session: Session, home: Home, record: SourceRecord = RECORD, text: str = "P: Hello.\n", **more: object
) -> Source:
    actor: Actor = session.info["actor"]
    file = replace(corpus.read_file("a.txt", text.encode()), **more)  # type: ignore[arg-type]
    found = corpus.find_turns(file.text)
    return corpus.import_source(session, actor, study_id=home.study_id, record=record, file=file, found=found)


def change(session: Session, source: Source, version: int | None = None, **fields: object) -> list[str]:
    record = replace(corpus.record_of(session, source), **fields)  # type: ignore[arg-type]
    return corpus.change_record(session, session.info["actor"], source=source, record=record, version=version)


def test_a_change_names_its_fields_in_the_trail_and_no_words(home: Home) -> None:
    with home.session(home.actor("ben")) as session:
        source = take_in(session, home)
        changed = change(session, source, consent=ConsentScope.PARAPHRASE, title="Mother of Quillfeather",
                         participants=("P-02", "P-01"), speakers=(("P-02", "P"),))  # fmt: skip
        assert changed == ["title", "participants", "consent", "speakers"]
        assert change(session, source) == []
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        entry = privacy.audit_entries(session, Store.EVIDENCE)[-1]
        assert (entry.act, entry.subject, entry.details) == (
            "change-record",
            "INT-001",
            dict.fromkeys(changed, "changed"),
        )
        source = session.scalars(select(Source)).one()
        assert [(each.participant.key, each.speaker) for each in source.participant_links] == [
            ("P-02", "P"), ("P-01", None),
        ]  # fmt: skip


def test_whoever_saves_second_is_told_and_writes_nothing_over(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        take_in(session, home)
    with home.session(home.actor("ana")) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        seen = source.version
        change(session, source, version=seen, participants=("P-05",))  # rows of their own: a version all the same
    with home.session(home.actor("ben")) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        with pytest.raises(Conflict, match="changed INT-001 after you opened it"):
            change(session, source, version=seen, title="Mine")
        assert corpus.record_of(session, source).participants == ("P-05",)


def test_a_record_keeps_its_key_and_its_source_must_be_in_use(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        source = take_in(session, home)
        with pytest.raises(Refused, match="keeps its key: this one is INT-001"):
            change(session, source, key="INT-002")
        with pytest.raises(Refused, match="no office Nowhere"):
            change(session, source, office="Nowhere")
        corpus.withdraw_source(session, session.info["actor"], source=source, reason="asked")
        with pytest.raises(Refused, match="its record stays"):
            change(session, source, title="Other")
    with home.session(home.actor("ana"), writes=False) as session:
        source = corpus.source_keyed(session, home.study_id, "INT-001")
        with pytest.raises(NotFound, match="nothing here"):
            corpus.change_record(session, home.actor("omar"), source=source, record=RECORD)


def test_a_collector_who_left_the_team_stays_one(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(session, home, replace(RECORD, collectors=("ben",)))
        source.collectors = ["someone.gone"]
        session.flush()  # as a study that was loaded without them holds it
        assert change(session, source, title="Other") == ["title"]
        with pytest.raises(Refused, match="no collector nobody"):
            change(session, source, collectors=("nobody",))


def test_consent_ends_with_its_last_day_and_a_steward_narrows_it(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        record = StewardshipRecord(
            "ST-01", "Yaqan Nation", ConsentScope.PARAPHRASE, approved_on=date(2026, 1, 1),
            approved_until=date(2026, 6, 30),
        )  # fmt: skip
        corpus.keep_stewardship(session, ana, study_id=home.study_id, record=record)
        source = take_in(session, home, replace(RECORD, consent=ConsentScope.QUOTE_TO_BODY,
                                                consent_until=date(2026, 5, 31)))  # fmt: skip
        assert source.scope_on(date(2026, 5, 31)) is ConsentScope.QUOTE_TO_BODY
        assert source.scope_on(date(2026, 6, 1)) is ConsentScope.ANALYSIS_ONLY
        change(session, source, stewardship="ST-01", consent_until=None)
        days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
        assert [source.scope_on(day).value for day in days] == [
            "analysis-only", "paraphrase", "paraphrase", "analysis-only",
        ]  # fmt: skip


def test_respondents_become_participants_with_typed_answers_and_nobody_twice(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        file = take_in(session, home, SURVEY, respondents=ANSWERS)
        links = [(each.participant.key, each.speaker) for each in file.participant_links]
        assert links == [("R-01", "Respondent 1"), ("R-02", "Respondent 2")]
        defined = corpus.attributes(session, home.study_id, AttributeScope.PARTICIPANT)
        assert [(each.name, each.type.value) for each in defined] == [
            ("Years in the job", "number"), ("Would you stay?", "yes-no"), ("Office", "choice"),
        ]  # fmt: skip
        said = corpus.attribute_values(session, home.study_id, AttributeScope.PARTICIPANT)
        assert list(said.values()) == [
            (("Years in the job", "4"), ("Would you stay?", "yes"), ("Office", "North")),
            (("Years in the job", "11.5"), ("Would you stay?", "no")),
        ]
        again = ReadFile("b.txt", "x", corpus.file_of(session, file).sha256, b"x", respondents=ANSWERS)
        assert corpus.already_there(session, home.study_id, SURVEY, again) == file
        named = replace(SURVEY, participants=("R-01", "P-09"), speakers=(("R-01", "Respondent 1"),))
        second = take_in(session, home, named, text="Other words.\n", respondents=ANSWERS)
        assert [each.key for each in second.participants] == ["R-01", "P-09", "R-03"], "who is named is not made anew"


def test_answers_that_do_not_fit_an_attribute_of_the_study_get_one_of_their_own(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        definition = AttributeDefinition(AttributeScope.PARTICIPANT, "Office", AttributeType.NUMBER)
        corpus.define_attribute(session, ana, study_id=home.study_id, definition=definition)
        take_in(session, home, replace(SURVEY, participants=("R-01",)), respondents=ANSWERS)
        further = (Respondent("A", (("Office (2)", "South"), ("Years in the job", "6"))),)
        take_in(session, home, SURVEY, text="More.\n", respondents=further)
        defined = {each.name: each for each in corpus.attributes(session, home.study_id, AttributeScope.PARTICIPANT)}
        assert list(defined) == ["Office", "Years in the job", "Would you stay?", "Office (2)"]
        assert defined["Office (2)"].choices == ["North", "South"]
        keys = [each.key for each in corpus.participants(session, home.study_id)]
        assert keys == ["R-01", "R-02", "R-03", "R-04"], "a key that a record gave to somebody is not given out"


def test_an_attribute_says_what_it_takes_and_goes_with_its_values(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(session, home)
        definition = AttributeDefinition(AttributeScope.SOURCE, "Room", AttributeType.NUMBER)
        attribute = corpus.define_attribute(session, ana, study_id=home.study_id, definition=definition)
        here = {"study_id": home.study_id, "scope": AttributeScope.SOURCE, "key": "INT-001"}
        corpus.set_attribute(session, ana, name="Room", value="2.0", **here)  # type: ignore[arg-type]
        assert corpus.record_of(session, source).attributes == (("Room", "2"),)
        with pytest.raises(Refused, match="north cannot be the attribute Room, which takes a number"):
            corpus.set_attribute(session, ana, name="Room", value="north", **here)  # type: ignore[arg-type]
        with pytest.raises(NotFound, match="no attribute Door"):
            corpus.set_attribute(session, ana, name="Door", value="1", **here)  # type: ignore[arg-type]
        with pytest.raises(Refused, match="There is an attribute Room of a source already"):
            corpus.define_attribute(session, ana, study_id=home.study_id, definition=definition)
        corpus.set_attribute(session, ana, name="Room", value=" ", **here)  # type: ignore[arg-type]
        assert corpus.record_of(session, source).attributes == ()
        corpus.set_attribute(session, ana, name="Room", value="3", **here)  # type: ignore[arg-type]
        assert corpus.remove_attribute(session, ana, attribute=attribute) == 1
        assert corpus.attributes(session, home.study_id) == []
        assert corpus.record_of(session, source).attributes == ()


def test_the_same_words_are_known_in_other_bytes_and_a_withdrawn_source_is_passed_over(home: Home) -> None:
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = take_in(session, home, text="P: They hand you two times – take one.\n")
        twin = "p\n\nTHEY hand\u00a0you two times; take one"
        assert corpus.same_words(session, home.study_id, twin) == source
        assert corpus.same_words(session, home.study_id, "They hand you three times") is None
        assert corpus.same_words(session, home.study_id, " …\n") is None
        corpus.withdraw_source(session, ana, source=source, reason="asked")
        assert corpus.same_words(session, home.study_id, twin) is None
