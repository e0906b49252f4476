"""Withdrawing a source: what each outcome takes, who may, and that the ledger knows before the store does."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ia_workbench import corpus, findings, privacy, publication, withdrawal
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import ImportedFile, Revision, Source, SourceFile, Turn, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink, Snapshot, Stage
from ia_workbench.kernel import NotAllowed, Refused
from ia_workbench.publication import Package
from ia_workbench.release import Mask, Release
from ia_workbench.withdrawal import Certificate, Ledger
from tests.release.test_operations import acts, copy, decide, published
from tests.support import Home
from tests.support.releasing import PARENT_SHOWN

STOP, EXCLUDE, DESTROY = WithdrawalOutcome


def ledger_of(home: Home) -> Ledger:
    return Ledger(home.settings.ledger_file)


def withdraw(
    home: Home,
    outcome: WithdrawalOutcome,
    key: str = "INT-001",
    username: str = "ana",
    ledger: Ledger | None = None,
) -> Certificate:
    actor = home.actor(username)
    with home.session(actor) as session:
        source = corpus.source_keyed(session, home.study_id, key)
        ledger = ledger or ledger_of(home)
        return withdrawal.withdraw_source(
            session, actor, ledger=ledger, source=source, outcome=outcome, reason="They asked us to."
        )


def count(home: Home, model: type) -> int:
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def source(home: Home, key: str = "INT-001") -> Source:
    with home.unheld(Store.EVIDENCE, writes=False) as session:
        return corpus.source_keyed(session, home.study_id, key)


def packages(home: Home) -> list[Package]:
    with home.unheld(Store.PUBLISHED, writes=False) as session:
        return list(session.scalars(select(Package).order_by(Package.id)))


def test_stopping_takes_what_readers_have_at_once_and_leaves_the_rest(ready: Home) -> None:
    decide(ready)
    copy(ready)
    before = {model: count(ready, model) for model in (Excerpt, EvidenceLink, Mask, Revision)}
    done = withdraw(ready, STOP)
    assert done.taken_from_readers == ("F-01",)
    assert {model: count(ready, model) for model in before} == before
    assert source(ready).withdrawn_as is STOP
    assert len(copy(ready)) == 1
    assert published(ready) == []
    assert not packages(ready)[0].is_emptied
    with ready.unheld(Store.EVIDENCE, writes=False) as session:
        (made,) = session.scalars(select(Release))
        assert made.withdrawal_reason == "A source that it rests on was withdrawn.", "and not the person's words"
        assert findings.finding_keyed(session, ready.study_id, "F-01").stage is Stage.WITHDRAWN


def test_what_readers_have_without_the_source_stays_with_them(ready: Home) -> None:
    decide(ready)
    copy(ready)
    with ready.session(ready.actor("ana")) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        link = findings.links_of(session, finding)[0]
        findings.unlink_evidence(session, ready.actor("ana"), link=link)
    again = decide(ready)
    copy(ready)
    done = withdraw(ready, EXCLUDE)
    assert done.taken_from_readers == ()
    assert len(copy(ready)) == 1, "the earlier package, which held the words, is emptied though its link was gone"
    assert [each.sha256 for each in published(ready)] == [again.sha256]
    assert [each.is_emptied for each in packages(ready)] == [True, False]


def test_excluding_takes_what_was_made_of_it_and_keeps_its_text(ready: Home) -> None:
    decide(ready)
    copy(ready)
    done = withdraw(ready, EXCLUDE)
    copy(ready)
    kinds = ("excerpts", "evidence-links", "masks", "packages")
    assert [done.counts[kind] for kind in kinds] == [1, 1, 1, 1]
    assert source(ready).title == "Source INT-001"
    with ready.unheld(Store.EVIDENCE, writes=False) as session:
        gone = source(ready)
        assert session.scalars(select(Revision.text).where(Revision.source_id == gone.id)).one()
        assert PARENT_SHOWN not in json.dumps([each.content for each in session.scalars(select(Release))])
    (package,) = packages(ready)
    assert package.content == {"finding_key": "F-01", "provenance": {"finding_version": 1}}
    assert (package.number, package.is_emptied) == (1, True)


def test_a_finding_can_be_released_again_without_the_source(ready: Home) -> None:
    first = decide(ready)
    copy(ready)
    withdraw(ready, EXCLUDE)
    copy(ready)
    with ready.session(ready.actor("ana")) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        findings.move_stage(session, ready.actor("ana"), finding=finding, stage=Stage.DRAFT)
    again = decide(ready)
    copy(ready)
    assert (again.content["provenance"]["finding_version"], again.sha256 != first.sha256) == (2, True)
    assert [(each.number, each.sha256) for each in published(ready)] == [(1, again.sha256)]


def test_destroying_leaves_a_key_and_how_it_went(ready: Home) -> None:
    done = withdraw(ready, DESTROY)
    gone = source(ready)
    assert (gone.key, gone.title, gone.kind, gone.is_destroyed) == ("INT-001", "INT-001", "interview", True)
    assert gone.participant_links == []
    assert done.counts["files"] == done.counts["texts"] == 1
    with ready.unheld(Store.EVIDENCE, writes=False) as session:
        assert session.scalars(select(Revision.id).where(Revision.source_id == gone.id)).all() == []
        file = session.get_one(SourceFile, gone.id)
        assert (file.name, file.content, file.sha256) == ("", b"", "0" * 64)
        assert privacy.first_broken_entry(session, Store.EVIDENCE) is None
    assert acts(ready)[-1] == "destroy-source"
    assert count(ready, Turn) > 0, "the turns of the others"


def test_a_finding_is_weighed_again_and_its_snapshots_know_no_digest_of_the_words(ready: Home) -> None:
    with ready.session(ready.actor("ana")) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        (digest,) = {each.excerpt.sha256 for each in findings.links_of(session, finding) if each.key == "E-0001"}
        findings.move_stage(session, ready.actor("ana"), finding=finding, stage=Stage.CHALLENGE)
        assert digest in json.dumps([each.content for each in session.scalars(select(Snapshot))])
    done = withdraw(ready, EXCLUDE)
    (weighed,) = done.findings
    with ready.unheld(Store.EVIDENCE, writes=False) as session:
        finding = findings.finding_keyed(session, ready.study_id, "F-01")
        assert findings.evaluation_of(session, finding).strength is weighed.after
        kept = list(session.scalars(select(Snapshot).order_by(Snapshot.id)))
        assert digest not in json.dumps([each.content for each in kept])
        assert kept[-1].content["reason"] == "withdrawal"
        assert kept[-1].content["evaluation"]["strength"] == weighed.after.value


def test_a_withdrawal_goes_further_and_never_back(ready: Home) -> None:
    withdraw(ready, STOP)
    withdraw(ready, DESTROY)
    for again in (STOP, EXCLUDE, DESTROY):
        with pytest.raises(Refused, match="INT-001 is withdrawn already"):
            withdraw(ready, again)
    assert [each.outcome for each in ledger_of(ready).withdrawals()] == [STOP, DESTROY]


def test_an_analyst_stops_what_readers_do_not_have_and_a_lead_does_the_rest(ready: Home) -> None:
    for outcome in (EXCLUDE, DESTROY):
        with pytest.raises(NotAllowed):
            withdraw(ready, outcome, username="ben")
    decide(ready)
    copy(ready)
    with pytest.raises(NotAllowed, match="Readers have F-01, which rests on INT-001"):
        withdraw(ready, STOP, username="ben")
    assert not source(ready).is_withdrawn
    assert not ledger_of(ready).path.exists(), "what is refused is in no ledger"


def test_the_ledger_holds_identifiers_and_no_reason(ready: Home) -> None:
    withdraw(ready, DESTROY)
    (line,) = ledger_of(ready).lines()
    facts = {name: line[name] for name in ("version", "outcome", "kind", "guid", "key", "by", "study", "sha256")}
    assert facts == {
        "version": 1,
        "outcome": "destroy",
        "kind": "source",
        "guid": str(source(ready).guid),
        "key": "INT-001",
        "by": "ana",
        "study": "cedar",
        "sha256": "0" * 64,
    }
    assert "asked" not in ledger_of(ready).path.read_text(encoding="utf-8")
    assert ledger_of(ready).path.stat().st_mode & 0o777 == 0o600


def test_what_the_disk_does_not_take_is_not_withdrawn(ready: Home, tmp_path: Path) -> None:
    nowhere = Ledger(tmp_path / "not there" / "withdrawals.jsonl")
    with pytest.raises(OSError, match="No such file"):
        withdraw(ready, DESTROY, ledger=nowhere)
    assert not source(ready).is_withdrawn
    assert count(ready, Mask) > 0


def test_only_what_readers_lost_is_emptied(ready: Home) -> None:
    decide(ready)
    copy(ready)
    with ready.unheld(Store.PUBLISHED) as session:
        guest = privacy.guest_in_published_store(session, ready.actor("ana"), ["cedar"])
        (package,) = session.scalars(select(Package))
        with pytest.raises(Refused, match="Readers still have F-01"):
            publication.empty_package(session, guest, package=package)


def test_destroying_reaches_files_of_a_batch_that_nobody_has_read_yet(ready: Home) -> None:
    actor = ready.actor("ana")
    with ready.session(actor) as session:
        file = corpus.file_of(session, corpus.source_keyed(session, ready.study_id, "INT-001"))
        file.sha256 = hashlib.sha256(file.content).hexdigest()
        record = corpus.SourceRecord(corpus.SourceKind.INTERVIEW, "parent")
        brought = [
            corpus.BroughtFile("other name.txt", file.content, record),
            corpus.BroughtFile(f"round.zip/north/{file.name}", b"PARENT: Other words.", record),
            corpus.BroughtFile("someone else.txt", b"PARENT: Mine.", record),
        ]
        corpus.start_batch(session, actor, study_id=ready.study_id, files=brought)
    withdraw(ready, DESTROY)
    with ready.unheld(Store.EVIDENCE, writes=False) as session:
        rows = session.scalars(select(ImportedFile).order_by(ImportedFile.position)).all()
        assert [each.name for each in rows] == ["", "", "someone else.txt"]
        assert [each.content for each in rows] == [None, b"PARENT: Other words.", b"PARENT: Mine."]
        assert rows[0].state is corpus.ImportState.DISCARDED


def test_a_batch_whose_last_waiting_file_is_destroyed_is_finished_and_one_with_others_goes_on(home: Home) -> None:
    ana = home.actor("ana")
    record = corpus.SourceRecord(corpus.SourceKind.INTERVIEW, "parent", key="INT-001")
    file = corpus.read_file("a.txt", b"A: hello\nB: you\nA: well\nB: so\n")
    with home.session(ana) as session:
        corpus.import_source(
            session, ana, study_id=home.study_id, record=record, file=file, found=corpus.find_turns(file.text)
        )
        same, other = (corpus.BroughtFile("c.txt", each, replace(record, key=None)) for each in (file.content, b"X: y"))
        brought = ([same], [same, other])
        guids = [corpus.start_batch(session, ana, study_id=home.study_id, files=each).guid for each in brought]
    withdraw(home, DESTROY)
    with home.session(ana, writes=False) as session:
        finished = [corpus.import_batch(session, home.study_id, each).finished_at is not None for each in guids]
    assert finished == [True, False]
