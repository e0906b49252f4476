"""Applying the ledger to a store that does not know of a withdrawal: an older one, or one whose commit was lost."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy, release
from ia_workbench.corpus import AttributeValue, Participant, Source, SourceParticipant, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.masking import Pseudonym
from ia_workbench.privacy import Actor, Role
from ia_workbench.withdrawal.carrying_out import carry_out, carry_out_for_participant
from ia_workbench.withdrawal.ledger import PARTICIPANT, SHARE, SOURCE, Ledger, LedgerEntry
from ia_workbench.withdrawal.shares_again import missing_shares, person_of_share
from ia_workbench.withdrawal.taking_out import take_out_share

REASON = "Withdrawn before, as the ledger says."
UNAPPLIED = (
    "What was withdrawn is back in this store: {keys}. It came from an older copy, or the machine stopped in between. "
    "Run `ia-workbench doctor --apply-withdrawals` first."
)


def unapplied(session: Session, ledger: Ledger) -> list[LedgerEntry]:
    """Return what the ledger says and the evidence store (an unheld session) does not: shares of sources in the order
    in which they were taken out, then the rest; two queries, and three more where it tells of shares.

    Of several withdrawals of one thing the furthest counts; of shares each, since later ones tell places in texts that
    the earlier ones made. What a store does not hold is not missing there.
    """
    furthest: dict[uuid.UUID, LedgerEntry] = {}
    lines = ledger.withdrawals()
    for each in lines:
        known = furthest.get(each.guid)
        if each.kind != SHARE and (known is None or not known.outcome.reaches(each.outcome)):
            furthest[each.guid] = each
    shares = missing_shares(session, [each for each in lines if each.kind == SHARE])
    if not furthest:
        return shares
    reached = _sources_reached(session, furthest) | _people_reached(session, furthest)
    rest = [each for each in furthest.values() if each.guid in reached and not _reaches(reached[each.guid], each)]
    return [*shares, *rest]


def refuse_unapplied(session: Session, ledger: Ledger) -> None:
    """Refuse a store that holds what the ledger says was withdrawn."""
    missing = unapplied(session, ledger)
    if missing:
        raise Refused(UNAPPLIED, keys=", ".join(sorted({each.key for each in missing})))


def apply_ledger(session: Session, by: str, ledger: Ledger) -> list[LedgerEntry]:
    """Withdraw once more what the store does not know was withdrawn; returns what was applied. Done again, nothing.

    The session is an unheld one for writing: nobody may have signed an agreement that holds today. `by` stands in the
    trail. A share whose turns cannot be told in the text that is here comes back as a stop: its source was stopped
    whole. Afterwards come `tell_published_store` and `clear_traces`.
    """
    missing = unapplied(session, ledger)
    applied = [_apply_share(session, by, each) if each.kind == SHARE else each for each in missing]
    named = {each.guid for each in ledger.withdrawals()}
    for entry in missing:  # participants first: their own rows stay with them
        if entry.kind == PARTICIPANT:
            person = session.scalars(select(Participant).where(Participant.guid == entry.guid)).one()
            actor = _stand_in(by, {person.study_id})
            carry_out_for_participant(
                session, actor, participant=person, outcome=entry.outcome, reason=REASON, leave=named
            )
    left = [each for each in unapplied(session, ledger) if each.kind == SOURCE]
    for entry in left:  # what did not go with a participant
        source = session.scalars(select(Source).where(Source.guid == entry.guid)).one()
        actor = _stand_in(by, {source.study_id})
        carry_out(session, actor, source=source, outcome=entry.outcome, reason=REASON)
    return applied


def _apply_share(session: Session, by: str, entry: LedgerEntry) -> LedgerEntry:
    source = session.scalars(select(Source).where(Source.guid == entry.guid)).one()
    actor = _stand_in(by, {source.study_id})
    person = person_of_share(session, source, entry)
    share = corpus.share_at(session, source, person, entry.places)
    if share is not None:
        take_out_share(session, actor, share=share, outcome=entry.outcome, reason=REASON, language=entry.language)
        return entry
    if not source.is_withdrawn:
        carry_out(session, actor, source=source, outcome=WithdrawalOutcome.STOP, reason=REASON)
    return replace(entry, outcome=WithdrawalOutcome.STOP)


def tell_published_store(session: Session, published_session: Session, by: str) -> int:
    """Take every withdrawal across that the published store does not know, an older copy of it among them.

    Both sessions are unheld and for writing; commit the published one first. Returns how many were told.
    """
    release.wait_again(session, published_session)
    actor = _stand_in(by, {each.id for each in privacy.studies(session, Store.EVIDENCE)})
    return len(release.copy_releases(session, published_session, actor))


def _sources_reached(session: Session, guids: Iterable[uuid.UUID]) -> dict[uuid.UUID, WithdrawalOutcome | None]:
    columns = select(Source.guid, Source.withdrawn_at, Source.withdrawal).where(Source.guid.in_(guids))
    return {
        guid: (outcome or WithdrawalOutcome.STOP) if at is not None else None
        for guid, at, outcome in session.execute(columns)
    }


def _people_reached(session: Session, guids: Iterable[uuid.UUID]) -> dict[uuid.UUID, WithdrawalOutcome | None]:
    """How far participants are withdrawn as their own rows tell: destroyed is of whom nothing is left to forget."""
    labelled = (SourceParticipant.participant_id == Participant.id, SourceParticipant.speaker.is_not(None))
    noted = or_(
        select(AttributeValue.id).where(AttributeValue.participant_id == Participant.id).exists(),
        select(SourceParticipant.source_id).where(*labelled).exists(),
        select(Pseudonym.id).where(Pseudonym.participant_id == Participant.id).exists(),
    )
    columns = select(Participant.guid, Participant.withdrawn_at, noted).where(Participant.guid.in_(guids))
    return {
        guid: None if at is None else WithdrawalOutcome.EXCLUDE if is_noted else WithdrawalOutcome.DESTROY
        for guid, at, is_noted in session.execute(columns)
    }


def _reaches(reached: WithdrawalOutcome | None, entry: LedgerEntry) -> bool:
    return reached is not None and reached.reaches(entry.outcome)


def _stand_in(by: str, study_ids: set[int]) -> Actor:
    """A lead of these studies under the name of whoever applies the ledger: what it says was decided by a lead."""
    return Actor(by, Role.LEAD, None, frozenset(study_ids), Store.EVIDENCE, agreement_until=date.max)
