"""Applying the ledger to a store that does not know of a withdrawal: an older one, or one whose commit was lost."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import privacy, release
from ia_workbench.corpus import AttributeValue, Participant, Source, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Actor, Role
from ia_workbench.withdrawal.carrying_out import carry_out, carry_out_for_participant
from ia_workbench.withdrawal.ledger import PARTICIPANT, SOURCE, Ledger, LedgerEntry

REASON = "Withdrawn before, as the ledger says."
UNAPPLIED = (
    "What was withdrawn is back in this store: {keys}. It came from an older copy, or the machine stopped in between. "
    "Run `ia-workbench doctor --apply-withdrawals` first."
)


def unapplied(session: Session, ledger: Ledger) -> list[LedgerEntry]:
    """Return what the ledger says and the evidence store (an unheld session) does not, oldest first; two queries.

    Of several withdrawals of one thing the furthest counts. What a store does not hold is not missing there.
    """
    furthest: dict[object, LedgerEntry] = {}
    for each in ledger.withdrawals():
        known = furthest.get(each.guid)
        if known is None or not known.outcome.reaches(each.outcome):
            furthest[each.guid] = each
    return [each for each in furthest.values() if _is_missing(session, each)] if furthest else []


def refuse_unapplied(session: Session, ledger: Ledger) -> None:
    """Refuse a store that holds what the ledger says was withdrawn."""
    missing = unapplied(session, ledger)
    if missing:
        raise Refused(UNAPPLIED, keys=", ".join(sorted({each.key for each in missing})))


def apply_ledger(session: Session, by: str, ledger: Ledger) -> list[LedgerEntry]:
    """Withdraw once more what the store does not know was withdrawn; returns what was applied. Done again, nothing.

    The session is an unheld one for writing: nobody may have signed an agreement that holds today. `by` stands in the
    trail. Afterwards come `tell_published_store` and `clear_traces`.
    """
    missing = unapplied(session, ledger)
    for entry in sorted(missing, key=lambda each: each.kind == SOURCE):  # a participant's own row stays with them
        if entry.kind == PARTICIPANT:
            person = session.scalars(select(Participant).where(Participant.guid == entry.guid)).one()
            actor = _stand_in(by, {person.study_id})
            carry_out_for_participant(session, actor, participant=person, outcome=entry.outcome, reason=REASON)
    for entry in missing:
        source = session.scalars(select(Source).where(Source.guid == entry.guid)).one_or_none()
        if source is not None and _is_missing(session, entry):
            actor = _stand_in(by, {source.study_id})
            carry_out(session, actor, source=source, outcome=entry.outcome, reason=REASON)
    return missing


def tell_published_store(session: Session, published_session: Session, by: str) -> int:
    """Take every withdrawal across that the published store does not know, an older copy of it among them.

    Both sessions are unheld and for writing; commit the published one first. Returns how many were told.
    """
    release.wait_again(session, published_session)
    actor = _stand_in(by, {each.id for each in privacy.studies(session, Store.EVIDENCE)})
    return len(release.copy_releases(session, published_session, actor))


def _is_missing(session: Session, entry: LedgerEntry) -> bool:
    if entry.kind == SOURCE:
        source = session.scalars(select(Source).where(Source.guid == entry.guid)).one_or_none()
        return source is not None and not (source.withdrawn_as and source.withdrawn_as.reaches(entry.outcome))
    person = session.scalars(select(Participant).where(Participant.guid == entry.guid)).one_or_none()
    if person is None:
        return False
    noted = select(AttributeValue.id).where(AttributeValue.participant_id == person.id).limit(1)
    is_noted = entry.outcome is WithdrawalOutcome.DESTROY and session.scalars(noted).first() is not None
    return person.withdrawn_at is None or is_noted


def _stand_in(by: str, study_ids: set[int]) -> Actor:
    """A lead of these studies under the name of whoever applies the ledger: what it says was decided by a lead."""
    return Actor(by, Role.LEAD, None, frozenset(study_ids), Store.EVIDENCE, agreement_until=date.max)
