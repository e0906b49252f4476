"""Applying the ledger: to a store of before, for people without an agreement, once and for good; and participants."""

import shutil
import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from ia_workbench import codebook, coding, corpus, privacy, withdrawal
from ia_workbench.codebook import code_at
from ia_workbench.corpus import Participant, SourceKind, SourceParticipant, SourceRecord, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import NotAllowed, Refused, Span
from ia_workbench.masking import Pseudonym
from ia_workbench.privacy import Agreement, IdentifierClass
from ia_workbench.withdrawal import ParticipantCertificate
from tests.release.conftest import opened
from tests.release.test_operations import copy, decide
from tests.support import Home
from tests.support.counting import counting_statements
from tests.support.materials import CODES
from tests.withdrawal.test_operations import DESTROY, EXCLUDE, STOP, ledger_of, packages, source, withdraw


def withdraw_participant(home: Home, key: str, outcome: WithdrawalOutcome) -> ParticipantCertificate:
    ana = home.actor("ana")
    with home.session(ana) as session:
        person = corpus.participant_keyed(session, home.study_id, key)
        return withdrawal.withdraw_participant(
            session, ana, ledger=ledger_of(home), participant=person, outcome=outcome, reason="asked"
        )


def applied(home: Home) -> list[str]:
    with home.unheld(Store.EVIDENCE) as session:
        return [each.key for each in withdrawal.apply_ledger(session, "ines", ledger_of(home))]


def tell(home: Home) -> int:
    with home.unheld(Store.EVIDENCE) as session, home.unheld(Store.PUBLISHED) as published:
        return withdrawal.tell_published_store(session, published, "ines")


@pytest.fixture
def back(ready: Home, tmp_path: Path) -> Iterator[Home]:
    """A home with a release that readers have, destroyed since, whose stores are those of before."""
    decide(ready)
    copy(ready)
    ready.close()
    before = Path(shutil.copytree(ready.folder, tmp_path / "before"))
    withdraw(ready, DESTROY)
    copy(ready)
    ready.close()
    shutil.copy(ready.settings.ledger_file, before)
    home = opened(before, ready.study_id)
    yield home
    home.close()


def test_a_store_of_before_is_refused_until_the_ledger_is_applied_though_no_agreement_holds(back: Home) -> None:
    with back.unheld(Store.EVIDENCE) as session:
        session.execute(update(Agreement).values(until=datetime(2020, 1, 1, tzinfo=UTC).date()))
        with pytest.raises(Refused, match="is back in this store: INT-001"):
            withdrawal.refuse_unapplied(session, ledger_of(back))
    assert applied(back) == ["INT-001"]
    assert source(back).is_destroyed
    assert tell(back) == 1
    assert [each.is_emptied for each in packages(back)] == [True]
    assert (applied(back), tell(back)) == ([], 0)


def test_a_published_store_of_before_is_told_again(back: Home, ready: Home) -> None:
    assert [each.is_emptied for each in packages(ready)] == [True]
    back.close()
    ready.close()
    shutil.copy(back.folder / "published.sqlite3", ready.folder)
    assert [each.withdrawn_at for each in packages(ready)] == [None]
    assert tell(ready) == 1
    assert [each.is_emptied for each in packages(ready)] == [True]


def test_a_participant_goes_and_a_source_in_which_others_speak_is_only_stopped(ready: Home) -> None:
    with ready.unheld(Store.EVIDENCE) as session:
        person = corpus.participant_keyed(session, ready.study_id, "P-01")
        both = {"source_id": source(ready, "INT-014").id, "participant_id": person.id}
        session.add(SourceParticipant(study_id=ready.study_id, position=1, speaker="PARENT", **both))
        name = {"identifier_class": IdentifierClass.PERSON, "names": ["Brennick"], "instead": "Reed"}
        at = {"by": "ana", "at": ready.clock()}
        session.add(Pseudonym(study_id=ready.study_id, participant_id=person.id, **name, **at))
    done = withdraw_participant(ready, "P-01", DESTROY)
    assert [(each.key, each.outcome) for each in done.sources] == [("INT-001", DESTROY), ("INT-014", STOP)]
    with ready.unheld(Store.EVIDENCE, writes=False) as session:
        people = session.scalars(select(Participant).order_by(Participant.key)).all()
        assert [(each.key, each.withdrawn_at is not None) for each in people] == [("P-01", True), ("P-14", False)]
        assert session.scalars(select(Pseudonym)).all() == []
        labels = session.scalars(select(SourceParticipant.speaker)).all()
        assert set(labels) == {None}
    assert [(each.kind, each.key) for each in ledger_of(ready).withdrawals()] == [
        ("source", "INT-001"),
        ("source", "INT-014"),
        ("participant", "P-01"),
    ]
    assert applied(ready) == []


def test_a_participant_comes_back_in_no_store_of_before(ready: Home, tmp_path: Path) -> None:
    ready.close()
    before = Path(shutil.copytree(ready.folder, tmp_path / "before"))
    withdraw_participant(ready, "P-01", EXCLUDE)
    shutil.copy(ready.settings.ledger_file, before)
    home = opened(before, ready.study_id)
    assert sorted(applied(home)) == ["INT-001", "P-01"]
    assert (source(home).withdrawn_as, applied(home)) == (EXCLUDE, [])
    home.close()


def test_a_participant_who_was_only_stopped_in_a_store_of_before_is_destroyed_there_too(
    ready: Home, tmp_path: Path
) -> None:
    with ready.unheld(Store.EVIDENCE) as session:
        person = corpus.participant_keyed(session, ready.study_id, "P-01")
        both = {"source_id": source(ready, "INT-014").id, "participant_id": person.id}
        session.add(SourceParticipant(study_id=ready.study_id, position=1, speaker="TASHA", **both))
        name = {"identifier_class": IdentifierClass.PERSON, "names": ["Brennick"], "instead": "Reed"}
        at = {"by": "ana", "at": ready.clock()}
        session.add(Pseudonym(study_id=ready.study_id, participant_id=person.id, **name, **at))
    withdraw_participant(ready, "P-01", STOP)
    ready.close()
    before = Path(shutil.copytree(ready.folder, tmp_path / "before"))
    withdraw_participant(ready, "P-01", DESTROY)
    shutil.copy(ready.settings.ledger_file, before)
    home = opened(before, ready.study_id)
    assert sorted(applied(home)) == ["INT-001", "P-01"]
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        assert session.scalars(select(Pseudonym.names)).all() == []
        assert "TASHA" not in session.scalars(select(SourceParticipant.speaker)).all()
    assert applied(home) == []
    home.close()


def test_of_two_leads_at_once_one_withdraws_and_the_other_is_told(ready: Home) -> None:
    told: list[str] = []

    def try_it(username: str) -> None:
        try:
            withdraw(ready, EXCLUDE, username=username)
            told.append("done")
        except Refused as refusal:
            told.append(str(refusal))

    leads = [threading.Thread(target=try_it, args=(name,)) for name in ("ana", "ines")]
    for each in leads:
        each.start()
    for each in leads:
        each.join()
    assert sorted(told) == ["INT-001 is withdrawn already.", "done"]
    assert len(ledger_of(ready).withdrawals()) == 1


def test_who_codes_meanwhile_is_refused_and_nothing_is_half_done(ready: Home) -> None:
    ben = ready.actor("ben")
    with ready.session(ready.actor("ana")) as session:
        codebook.import_codebook(session, ready.actor("ana"), study_id=ready.study_id, file=CODES)
    with ready.session(ben, writes=False) as session:
        revision = corpus.newest_revision(session, corpus.source_keyed(session, ready.study_id, "INT-001"))
    withdraw(ready, DESTROY)
    with ready.session(ben) as session:
        code = code_at(session, ready.study_id, "barriers")
        with pytest.raises(Refused):
            coding.apply_code(session, ben, revision=revision, span=Span(0, 5), code=code)
    with ready.unheld(Store.EVIDENCE, writes=False) as session:
        assert session.scalars(select(coding.Coding)).all() == []


def test_who_sees_some_sources_only_withdraws_no_participant(ready: Home) -> None:
    ana = ready.actor("ana")
    with ready.session(ana) as session:
        privacy.limit_member(
            session, ana, study_id=ready.study_id, username="ben", sources={source(ready).id: "INT-001"}
        )
    ben = ready.actor("ben")
    with ready.session(ben) as session:
        person = corpus.participant_keyed(session, ready.study_id, "P-01")
        with pytest.raises(NotAllowed, match="some sources of this study only"):
            withdrawal.withdraw_participant(
                session, ben, ledger=ledger_of(ready), participant=person, outcome=STOP, reason="asked"
            )


def test_who_withdrew_is_in_no_new_source(ready: Home) -> None:
    withdraw_participant(ready, "P-01", STOP)
    ana = ready.actor("ana")
    record = SourceRecord(kind=SourceKind.INTERVIEW, standpoint="parent", participants=("P-01",))
    file = corpus.read_file("new.txt", b"PARENT: Once more.")
    found = corpus.find_turns(file.text)
    with ready.session(ana) as session, pytest.raises(Refused, match="P-01 withdrew from this study"):
        corpus.import_source(session, ana, study_id=ready.study_id, record=record, file=file, found=found)


def test_looking_at_the_ledger_takes_two_queries_however_long_it_is(ready: Home) -> None:
    withdraw(ready, DESTROY)
    ledger = ledger_of(ready)
    ledger.append([replace(ledger.withdrawals()[0], guid=uuid.uuid4(), key=f"INT-{n}") for n in range(50)])
    with ready.unheld(Store.EVIDENCE, writes=False) as session, counting_statements(ready.evidence) as queries:
        assert withdrawal.unapplied(session, ledger) == []
    assert len(queries) <= 2
