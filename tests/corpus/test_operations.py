"""Taking sources in and withdrawing them: what is kept, what is refused, and what stays in the trail."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.corpus import (
    AttributeDefinition,
    AttributeScope,
    AttributeType,
    ConsentScope,
    PendingImport,
    PrivacyClass,
    Source,
    SourceKind,
    SourceRecord,
    StewardshipRecord,
)
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound, Refused, Span
from ia_workbench.privacy import Actor
from tests.support import Home

RECORD = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent", office="North", collectors=("ana",))
TALK = "P: They hand you two times.\nINTERVIEWER: And then?\nP: Then you take one. 😀\n"


def take_in(session: Session, home: Home, text: str = TALK, record: SourceRecord = RECORD, **further: object) -> Source:
    file = corpus.read_file("parent.txt", text.encode())
    actor: Actor = session.info["actor"]
    found = corpus.find_turns(file.text, record.convention)
    return corpus.import_source(
        session,
        actor,
        study_id=home.study_id,
        record=record,
        file=file,
        found=found,
        **further,  # type: ignore[arg-type]
    )


def acts(home: Home) -> list[tuple[str, str]]:
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return [(entry.act, entry.subject) for entry in privacy.audit_entries(session, Store.EVIDENCE)]


def test_an_analyst_takes_in_a_source_with_its_file_text_and_turns(home: Home) -> None:
    ben = home.actor("ben")
    with home.session(ben) as session:
        key = take_in(session, home).key
    with home.session(ben, writes=False) as session:
        source = corpus.source_keyed(session, home.study_id, key)
        assert (source.key, source.title, source.imported_by) == ("INT-001", "Interview INT-001", "ben")
        assert source.consent is ConsentScope.ANALYSIS_ONLY
        revision = corpus.newest_revision(session, source)
        assert (revision.number, revision.length, corpus.text_of(session, revision)) == (1, len(TALK), TALK)
        turns = corpus.turns_of(session, revision)
        assert [(turn.speaker, TALK[turn.speech_start : turn.end]) for turn in turns] == [
            ("P", "They hand you two times."),
            ("INTERVIEWER", "And then?"),
            ("P", "Then you take one. 😀"),
        ]
        file = corpus.file_of(session, source)
        assert (file.name, file.content, file.notes, file.convention) == ("parent.txt", TALK.encode(), [], None)


def test_taking_in_leaves_one_entry_without_content(home: Home) -> None:
    before = len(acts(home))
    with home.session(home.actor("ben")) as session:
        take_in(session, home)
    assert acts(home)[before:] == [("import-source", "INT-001")]


def test_people_and_cases_are_made_once_and_shared(home: Home) -> None:
    shared = replace(RECORD, participants=("P-02", "P-01"), case="C-01")
    with home.session(home.actor("ana")) as session:
        take_in(session, home, record=shared)
        take_in(session, home, "P: Another.\nI: One.\nP: Yes.", replace(shared, participants=("P-01",)))
    with home.session(home.actor("ana"), writes=False) as session:
        assert [each.key for each in corpus.participants(session, home.study_id)] == ["P-01", "P-02"]
        assert [each.key for each in corpus.case_clusters(session, home.study_id)] == ["C-01"]
        first, second = corpus.sources(session, home.study_id)
        assert [each.key for each in first.participants] == ["P-02", "P-01"]
        assert first.case == second.case


def test_keys_go_on_after_those_that_were_given(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        take_in(session, home, record=replace(RECORD, key="INT-014"))
        assert take_in(session, home, "one more", RECORD).key == "INT-015"
        assert take_in(session, home, "a policy", replace(RECORD, kind=SourceKind.INSTITUTIONAL_TEXT)).key == "TXT-001"


def test_a_loaded_source_keeps_who_took_it_in_and_when(home: Home) -> None:
    then = datetime(2025, 1, 1, tzinfo=UTC)
    with home.session(home.actor("ana")) as session:
        source = take_in(session, home, by="carla", at=then)
        assert (source.imported_by, source.imported_at) == ("carla", then)


def test_a_chosen_convention_stays_with_the_file_and_the_record(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        source = take_in(session, home, record=replace(RECORD, convention="paragraphs"))
        assert corpus.file_of(session, source).convention == "paragraphs"
        assert corpus.record_of(session, source).convention == "paragraphs"


def test_a_record_comes_back_as_it_went_in(home: Home) -> None:
    full = replace(
        RECORD, key="INT-007", title="T", subkind="family", worker_role="w", participants=("P-01",), case="C-01",
        agency="CCFS", date=date(2026, 2, 10), language="es", consent=ConsentScope.PARAPHRASE, text_id="X-1",
        event_id="EV-01", nodes=("N-13", "N-14"), speakers=(("P-01", "P"),), consent_on=date(2026, 2, 9),
        consent_until=date(2027, 2, 9), privacy_class=PrivacyClass.RESTRICTED, debriefed_on=date(2026, 2, 12),
        stewardship="ST-01", attributes=(("Room", "2"), ("Interpreter", "no")),
    )  # fmt: skip
    ana = home.actor("ana")
    with home.session(ana) as session:
        for name, kind in (("Room", AttributeType.NUMBER), ("Interpreter", AttributeType.YES_NO)):
            definition = AttributeDefinition(AttributeScope.SOURCE, name, kind)
            corpus.define_attribute(session, ana, study_id=home.study_id, definition=definition)
        terms = StewardshipRecord("ST-01", "Yaqan Nation", ConsentScope.PARAPHRASE)
        corpus.keep_stewardship(session, ana, study_id=home.study_id, record=terms)
    with home.session(home.actor("ana")) as session:
        take_in(session, home, record=full)
    with home.session(home.actor("ana"), writes=False) as session:
        assert corpus.record_of(session, corpus.source_keyed(session, home.study_id, "INT-007")) == full


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (replace(RECORD, office="Nort"), "This study has no office Nort; it has North, South."),
        (replace(RECORD, standpoint="neighbour"), "This study has no standpoint neighbour; it has parent"),
        (replace(RECORD, collectors=("ana", "rosa")), "This study has no collector rosa; it has ana, ben"),
        (replace(RECORD, nodes=("N 14",)), "N 14 cannot be the nodes"),
        (replace(RECORD, participants=("Maria",)), "Maria cannot be the participant"),
    ],
)
def test_a_record_that_names_what_the_study_does_not_know_is_refused_and_nothing_is_kept(
    home: Home, record: SourceRecord, sentence: str
) -> None:
    before = acts(home)
    with pytest.raises(Refused) as caught, home.session(home.actor("ana")) as session:
        take_in(session, home, record=record)
    assert sentence in str(caught.value)
    assert acts(home) == before
    with home.session(home.actor("ana"), writes=False) as session:
        assert list(corpus.sources(session, home.study_id)) == []


def test_a_study_may_add_standpoints_of_its_own(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        study = privacy.study_keyed(session, "cedar")
        study.settings = {**study.settings, "standpoints": ["neighbour"]}
        assert take_in(session, home, record=replace(RECORD, standpoint="neighbour")).standpoint == "neighbour"


def test_a_key_is_never_used_twice_not_even_after_withdrawal(home: Home) -> None:
    given = replace(RECORD, key="INT-001")
    with home.session(home.actor("ana")) as session:
        corpus.withdraw_source(session, home.actor("ana"), source=take_in(session, home, record=given), reason="asked")
    with pytest.raises(Refused, match="There is a source INT-001 already"), home.session(home.actor("ana")) as session:
        take_in(session, home, "other words", given)


def test_the_same_bytes_are_recognised_and_refused_unless_allowed(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        take_in(session, home, record=replace(RECORD, title="The first"))
    with pytest.raises(Refused) as caught, home.session(home.actor("ana")) as session:
        take_in(session, home)
    assert str(caught.value) == "parent.txt is in the study already, as INT-001, The first."
    with home.session(home.actor("ana")) as session:
        assert take_in(session, home, allow_same=True).key == "INT-002"


def test_withdrawn_bytes_do_not_come_back_unnoticed(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        corpus.withdraw_source(session, home.actor("ana"), source=take_in(session, home), reason="asked")
    with pytest.raises(Refused, match="INT-001 held, which was withdrawn"), home.session(home.actor("ana")) as session:
        take_in(session, home)


def test_turns_of_another_text_are_an_error_of_the_caller(home: Home) -> None:
    file = corpus.read_file("a.txt", b"short")
    with pytest.raises(ValueError, match="another text"), home.session(home.actor("ana")) as session:
        corpus.import_source(
            session, home.actor("ana"), study_id=home.study_id, record=RECORD, file=file, found=corpus.find_turns(TALK)
        )


def test_an_administrator_and_a_stranger_may_not_take_in_a_source(home: Home) -> None:
    file = corpus.read_file("a.txt", TALK.encode())
    for name, refusal in (("ada", NotFound), ("omar", NotFound)):
        with pytest.raises(refusal), home.session(home.actor(name)) as session:
            corpus.import_source(
                session, home.actor(name), study_id=home.study_id, record=RECORD, file=file, found=corpus.find_turns("")
            )
    ada = replace(home.actor("ada"), study_ids=frozenset({home.study_id}))
    with pytest.raises(NotAllowed), home.session(ada) as session:
        corpus.withdraw_source(session, ada, source=Source(study_id=home.study_id), reason="x")


def propose(home: Home, text: str = TALK, record: SourceRecord = RECORD) -> uuid.UUID:
    file = corpus.read_file("parent.txt", text.encode())
    with home.session(home.actor("ben")) as session:
        return corpus.propose_import(
            session,
            home.actor("ben"),
            study_id=home.study_id,
            record=record,
            file=file,
            found=corpus.find_turns(file.text, record.convention),
        ).guid


def test_a_proposed_import_waits_and_is_no_source_yet(home: Home) -> None:
    guid = propose(home)
    with home.session(home.actor("ana"), writes=False) as session:
        assert [each.guid for each in corpus.pending_imports(session, home.study_id)] == [guid]
        pending = corpus.pending_import(session, home.study_id, guid)
        assert (pending.by, pending.name, pending.text, pending.convention) == ("ben", "parent.txt", TALK, "name-colon")
        assert list(corpus.sources(session, home.study_id)) == []


def test_an_accepted_import_becomes_the_source_that_was_shown(home: Home) -> None:
    guid = propose(home, record=replace(RECORD, convention="paragraphs", nodes=("N-14",)))
    before = len(acts(home))
    with home.session(home.actor("ana")) as session:
        pending = corpus.pending_import(session, home.study_id, guid)
        source = corpus.accept_import(session, home.actor("ana"), pending=pending)
        assert (source.key, source.nodes, source.imported_by) == ("INT-001", ["N-14"], "ana")
        assert len(corpus.turns_of(session, corpus.newest_revision(session, source))) == 3
        assert corpus.file_of(session, source).content == TALK.encode()
    assert acts(home)[before:] == [("accept-import", "INT-001")]
    with pytest.raises(NotFound), home.session(home.actor("ana")) as session:
        corpus.pending_import(session, home.study_id, guid)


def test_a_person_may_settle_on_another_record_and_convention_when_accepting(home: Home) -> None:
    guid = propose(home)
    with home.session(home.actor("ana")) as session:
        pending = corpus.pending_import(session, home.study_id, guid)
        settled = replace(RECORD, title="Settled")
        found = corpus.turns_of_import(session, pending, "paragraphs")
        source = corpus.accept_import(session, home.actor("ana"), pending=pending, record=settled, found=found)
        assert source.title == "Settled"
        assert [each.speaker for each in corpus.turns_of(session, corpus.newest_revision(session, source))] == [
            None
        ] * 3


def test_a_discarded_import_leaves_nothing_but_its_entry(home: Home) -> None:
    guid = propose(home)
    with home.session(home.actor("ana")) as session:
        corpus.discard_import(session, home.actor("ana"), pending=corpus.pending_import(session, home.study_id, guid))
    with home.session(home.actor("ana"), writes=False) as session:
        assert session.scalars(select(PendingImport)).all() == []
    assert acts(home)[-1] == ("discard-import", str(guid))


def test_the_same_bytes_are_refused_on_accepting(home: Home) -> None:
    guid = propose(home)
    with home.session(home.actor("ana")) as session:
        take_in(session, home)
    with pytest.raises(Refused, match="in the study already"), home.session(home.actor("ana")) as session:
        corpus.accept_import(session, home.actor("ana"), pending=corpus.pending_import(session, home.study_id, guid))


def test_a_withdrawn_source_gives_no_words_to_anyone(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        source = take_in(session, home)
        revision = corpus.newest_revision(session, source)
        corpus.withdraw_source(session, home.actor("ana"), source=source, reason="The parent asked on the phone.")
        session.flush()  # the reads below ask the store
        assert source.is_withdrawn
        for read in (
            lambda: corpus.text_of(session, revision),
            lambda: corpus.words_at(session, revision, Span(0, 4)),
            lambda: corpus.file_of(session, source),
        ):
            with pytest.raises(Refused, match="INT-001 was withdrawn"):
                read()
    assert acts(home)[-1] == ("withdraw-source", "INT-001")


def test_withdrawing_needs_a_reason_and_happens_once(home: Home) -> None:
    with home.session(home.actor("ana")) as session:
        source = take_in(session, home)
        with pytest.raises(Refused, match="Say why INT-001 is withdrawn."):
            corpus.withdraw_source(session, home.actor("ana"), source=source, reason=" ")
        corpus.withdraw_source(session, home.actor("ana"), source=source, reason="asked")
        with pytest.raises(Refused, match="withdrawn already"):
            corpus.withdraw_source(session, home.actor("ana"), source=source, reason="asked")
