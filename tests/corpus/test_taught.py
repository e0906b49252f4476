"""Conventions that a study was taught: kept without words, used on their own, forgotten when nothing needs them."""

from dataclasses import replace

import pytest

from ia_workbench import corpus, privacy
from ia_workbench.corpus import SourceKind, SourceRecord, TaughtConvention
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from tests.support import Home

RECORD = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent")
TALK = "§ Ana // Quartz.\n§ Ben Ruiz // No.\n§ Ana // Yes.\n"


def teach(home: Home, who: str = "ben", name: str = "odd") -> None:
    actor = home.actor(who)
    with home.session(actor) as session:
        corpus.teach_convention(
            session, actor, study_id=home.study_id, name=name, example="§ Ana // Quartz.", speaker="Ana"
        )


def propose(home: Home, convention: str | None = None) -> str:
    actor = home.actor("ben")
    with home.session(actor) as session:
        file = corpus.read_file("talk.txt", TALK.encode())
        found = corpus.find_turns(file.text, convention, taught=corpus.taught_rules(session, home.study_id))
        pending = corpus.propose_import(session, actor, study_id=home.study_id, record=RECORD, file=file, found=found)
        return corpus.accept_import(session, actor, pending=pending).key


def test_what_a_study_was_taught_is_kept_without_words_and_read_by_on_its_own(home: Home) -> None:
    teach(home)
    key = propose(home)
    with home.session(home.actor("ana"), writes=False) as session:
        (taught,) = corpus.taught_conventions(session, home.study_id)
        kept = (taught.name, taught.example, taught.speaker, taught.by)
        assert kept == ("odd", "§ NAME // …", "NAME", "ben")
        assert "Ana" not in taught.pattern
        source = corpus.source_keyed(session, home.study_id, key)
        turns = corpus.turns_of(session, corpus.newest_revision(session, source))
        assert [turn.speaker for turn in turns] == ["Ana", "Ben Ruiz", "Ana"]
        assert corpus.record_of(session, source).convention == "odd"


def test_one_that_a_file_needs_is_not_forgotten_and_another_is(home: Home) -> None:
    teach(home)
    teach(home, name="other")
    propose(home, "odd")
    actor = home.actor("ana")
    with home.session(actor) as session:
        with pytest.raises(Refused, match="cannot be forgotten"):
            corpus.forget_convention(session, actor, taught=corpus.taught_convention(session, home.study_id, "odd"))
        corpus.forget_convention(session, actor, taught=corpus.taught_convention(session, home.study_id, "other"))
        assert [rule.name for rule in corpus.taught_rules(session, home.study_id)] == ["odd"]
        with pytest.raises(NotFound):
            corpus.taught_convention(session, home.study_id, "other")
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        entries = list(privacy.audit_entries(session, Store.EVIDENCE))[-1:]
    assert [entry.act for entry in entries] == ["forget-convention"]
    assert "other" not in entries[0].subject


def test_a_name_is_taught_once_and_is_none_of_ours(home: Home) -> None:
    teach(home)
    for name in ("odd", "name-colon"):
        with pytest.raises(Refused, match="already"):
            teach(home, name=name)


def test_only_whoever_changes_evidence_teaches(home: Home) -> None:
    with pytest.raises(NotFound):
        teach(home, who="omar")
    ada = replace(home.actor("ada"), study_ids=frozenset({home.study_id}))
    with pytest.raises(NotAllowed), home.session(ada) as session:
        corpus.add_taught(session, ada, study_id=home.study_id, rule=corpus.rule_of("odd", "§ Ana // a", "Ana"))


def test_a_study_knows_only_what_it_was_taught_itself(home: Home) -> None:
    teach(home)
    with home.session(home.actor("ana"), writes=False) as session:
        assert corpus.taught_rules(session, home.study_id + 1) == ()
        assert session.query(TaughtConvention).count() == 1


def test_a_source_read_by_a_taught_convention_can_be_corrected_and_keeps_its_speakers(home: Home) -> None:
    teach(home)
    key = propose(home)
    ana = home.actor("ana")
    with home.session(ana) as session:
        source = corpus.source_keyed(session, home.study_id, key)
        made = corpus.correct_source(session, ana, source=source, text=TALK.replace("Quartz", "Marble"))
        assert [each.speaker for each in corpus.turns_of(session, made)] == ["Ana", "Ben Ruiz", "Ana"]
