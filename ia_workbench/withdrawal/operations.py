"""Withdrawing a source or a participant: marked, taken out of every room from the top down, and noted in the ledger."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.corpus import Participant, Source, SourceFile, WithdrawalOutcome
from ia_workbench.kernel import iso_utc
from ia_workbench.privacy import Actor
from ia_workbench.withdrawal.carrying_out import carry_out, carry_out_for_participant
from ia_workbench.withdrawal.certificates import Certificate, ParticipantCertificate
from ia_workbench.withdrawal.ledger import PARTICIPANT, SHARE, SOURCE, Ledger, LedgerEntry
from ia_workbench.withdrawal.ways import Speakers


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
    session: Session,
    actor: Actor,
    *,
    ledger: Ledger,
    participant: Participant,
    outcome: WithdrawalOutcome,
    reason: str,
    speakers: Speakers | None = None,
) -> ParticipantCertificate:
    """Withdraw a participant, with every source in which they speak; returns what was done. As `withdraw_source`.

    A source in which nobody else speaks goes as far as they do. Of one in which others speak their turns go that far,
    and what the others said stays in use, where it is known under which label they speak: `speakers` say so by the key
    of a source, else the register. Where nobody knows, and for a stop, it is stopped whole. Refuses a label that the
    source does not have, or that is of somebody else in it.
    """
    done = carry_out_for_participant(
        session, actor, participant=participant, outcome=outcome, reason=reason, speakers=speakers
    )
    entries = [_entry(session, actor, participant, each) for each in done.sources]
    ledger.append([*entries, _participant_entry(session, actor, participant, done)])
    return done


def _entry(session: Session, actor: Actor, participant: Participant, done: Certificate) -> LedgerEntry:
    entry = _source_entry(session, actor, corpus.source_keyed(session, participant.study_id, done.key), done)
    if done.participant is None:
        return entry
    who, key = participant.guid, participant.key
    places, language = done.places, done.language
    return replace(entry, kind=SHARE, participant=who, participant_key=key, places=places, language=language)


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
