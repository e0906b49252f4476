"""Withdrawing a source or a participant: marked, taken out of every room from the top down, and noted in the ledger."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, findings, masking, privacy, release
from ia_workbench.corpus import Participant, Source, SourceFile, WithdrawalOutcome
from ia_workbench.database import moment_of
from ia_workbench.findings import Finding, Strength
from ia_workbench.kernel import Refused, iso_utc
from ia_workbench.privacy import Actor
from ia_workbench.withdrawal.certificates import Certificate, ParticipantCertificate, Reweighed
from ia_workbench.withdrawal.ledger import PARTICIPANT, SOURCE, Ledger, LedgerEntry

ACTS = {WithdrawalOutcome.EXCLUDE: "exclude-source", WithdrawalOutcome.DESTROY: "destroy-source"}

EVIDENCE, FINDINGS = "evidence", "findings"  # which evidence (keys) it gave, and which findings rested on it


def withdraw_source(
    session: Session, actor: Actor, *, ledger: Ledger, source: Source, outcome: WithdrawalOutcome, reason: str
) -> Certificate:
    """Withdraw a source: stop its use, take out what was made of it, or destroy it; returns what was done.

    What readers have of it is taken from them. The ledger has its line when this returns: commit at once, then call
    `release.copy_releases`, and `clear_traces` unless it was only stopped. When the commit fails, the ledger makes the
    program finish it (`refuse_unapplied`). Refuses a missing reason and a source that is withdrawn as far already;
    raises NotAllowed unless a lead excludes, destroys, or takes from readers what they have.
    """
    done = carry_out(session, actor, source=source, outcome=outcome, reason=reason)
    ledger.append([_source_entry(session, actor, source, done)])
    return done


def withdraw_participant(
    session: Session, actor: Actor, *, ledger: Ledger, participant: Participant, outcome: WithdrawalOutcome, reason: str
) -> ParticipantCertificate:
    """Withdraw a participant, with every source in which they speak; returns what was done. As `withdraw_source`.

    A source in which nobody else speaks goes as far as they do. One in which others speak is stopped whole: their
    words are in its text, and the others did not ask for it to be destroyed.
    """
    done = carry_out_for_participant(session, actor, participant=participant, outcome=outcome, reason=reason)
    entries = [_source_entry(session, actor, _source(session, participant, each.key), each) for each in done.sources]
    ledger.append([*entries, _participant_entry(session, actor, participant, done)])
    return done


def carry_out(
    session: Session, actor: Actor, *, source: Source, outcome: WithdrawalOutcome, reason: str
) -> Certificate:
    """Do what `withdraw_source` does, but for the ledger: it says so already where a withdrawal is applied again."""
    resting = list(findings.resting_on(session, source))
    before = {each.key: _strength(session, each) for each in resting}
    corpus.withdraw_source(session, actor, source=source, reason=reason, outcome=outcome)
    lost = tuple(each.key for each in release.readers_lose(session, source))
    gave = sorted(release.evidence_keys_of(session, source))  # nothing tells it later: which briefs to ask back
    counts = _forget(session, actor, source, outcome)
    session.expire_all()  # rows were taken away that this session had read
    for finding in resting:
        findings.weigh_again(session, actor.username, finding)
    if outcome in ACTS:
        keys: dict[str, int | list[str]] = {EVIDENCE: gave, FINDINGS: [each.key for each in resting]}
        privacy.record(session, actor, ACTS[outcome], subject=source.key, study_id=source.study_id, **counts, **keys)
    weighed = tuple(Reweighed(each.key, before[each.key], _strength(session, each)) for each in resting)
    return Certificate(source.key, outcome, moment_of(session), actor.username, counts, weighed, lost)


def carry_out_for_participant(
    session: Session, actor: Actor, *, participant: Participant, outcome: WithdrawalOutcome, reason: str
) -> ParticipantCertificate:
    """Do what `withdraw_participant` does, but for the ledger."""
    if not reason.strip():
        raise Refused("Say why {key} is withdrawn.", key=participant.key)
    corpus.withdraw_participant(session, actor, participant=participant, outcome=outcome)
    done = []
    for source in corpus.sources_of(session, participant):
        reach = outcome if len(source.participant_links) == 1 else WithdrawalOutcome.STOP
        if source.withdrawn_as is None or not source.withdrawn_as.reaches(reach):
            done.append(carry_out(session, actor, source=source, outcome=reach, reason=reason))
    if outcome is WithdrawalOutcome.DESTROY:
        masking.forget_participant(session, participant)
        corpus.forget_participant(session, participant)
        session.expire_all()
    return ParticipantCertificate(participant.key, outcome, moment_of(session), actor.username, tuple(done))


def _forget(session: Session, actor: Actor, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take a source out of every room, the highest first: each lets go of what the ones below take away."""
    counts = release.forget(session, actor, source, outcome)
    for room in (findings, masking, coding, corpus):
        counts |= room.forget(session, source, outcome)
    return {kind: count for kind, count in counts.items() if count}


def _strength(session: Session, finding: Finding) -> Strength:
    return findings.evaluation_of(session, finding).strength


def _source(session: Session, participant: Participant, key: str) -> Source:
    return corpus.source_keyed(session, participant.study_id, key)


def _source_entry(session: Session, actor: Actor, source: Source, done: Certificate) -> LedgerEntry:
    study = privacy.study_numbered(session, source.study_id)
    digest = select(SourceFile.sha256).where(SourceFile.source_id == source.id)
    return LedgerEntry(
        at=iso_utc(done.at),
        outcome=done.outcome,
        study=study.key,
        study_guid=study.guid,
        kind=SOURCE,
        guid=source.guid,
        key=source.key,
        by=actor.username,
        sha256=session.scalars(digest).one_or_none(),
        counts=done.counts,
    )


def _participant_entry(
    session: Session, actor: Actor, participant: Participant, done: ParticipantCertificate
) -> LedgerEntry:
    study = privacy.study_numbered(session, participant.study_id)
    return LedgerEntry(
        at=iso_utc(done.at),
        outcome=done.outcome,
        study=study.key,
        study_guid=study.guid,
        kind=PARTICIPANT,
        guid=participant.guid,
        key=participant.key,
        by=actor.username,
    )
