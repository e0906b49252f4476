"""Confidentiality agreements: who signed one, until when it holds, and who may record or end it.

Nobody of the team reads evidence without one (Praxis team agreement: a dated signature for each user, access that
expires). What is signed is a paper; here stands that it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.database import moment_of
from ia_workbench.kernel import NotAllowed, Refused
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.audit import record
from ia_workbench.privacy.looking_after import require_over
from ia_workbench.privacy.models import Account, Agreement
from ia_workbench.privacy.queries import account_named
from ia_workbench.privacy.rules import PERMISSIONS, Act

WARNED_BEFORE = timedelta(days=14)  # our convention: how early the end of an agreement is shown
NOT_OWN = "Nobody records their own agreement. Ask another lead, or an administrator."
TOO_LONG = "An agreement holds for a year at most: to {latest} when it was signed on {signed}."


@dataclass(frozen=True)
class AgreementState:
    """The agreement of one account that holds longest: its days, who recorded it, and when it was ended early."""

    signed_on: date
    until: date
    recorded_by: str
    ended_on: date | None
    holds: bool


def ends_soon(until: date, today: date) -> bool:
    """Say whether an agreement that holds until then ends within 14 days."""
    return until - today <= WARNED_BEFORE


def latest_end(signed_on: date) -> date:
    """Return the last day an agreement signed that day may hold: a year later, our convention; 28 for 29 February.

    In the last year that a date can have, the last day of that year.
    """
    if signed_on.year == MAXYEAR:
        return date.max
    is_leap_day = (signed_on.month, signed_on.day) == (2, 29)
    return signed_on.replace(year=signed_on.year + 1, day=28 if is_leap_day else signed_on.day)


def today_of(session: Session) -> date:
    """Return the present day, in UTC, by the session's clock."""
    return moment_of(session).date()


def record_agreement(
    session: Session, actor: Actor, *, username: str, signed_on: date, until: date | None = None
) -> Agreement:
    """Record that a lead or analyst signed; `until` is the last day it holds, by default and at most a year later.

    Whoever looks after the account may, for everyone but themselves; for themselves only where nobody else could.
    Refuses days that do not fit and roles that read no evidence.
    """
    account = account_named(session, actor.store, username)
    require_over(session, actor, account)
    if not account.role.reads_evidence or account.disabled_at is not None:
        raise Refused("{username} reads no evidence here, so no agreement is needed.", username=username)
    if account.id == actor.account_id and _someone_else(session, actor):
        raise NotAllowed(NOT_OWN)
    until = until or latest_end(signed_on)
    _refuse_days(signed_on, until, today_of(session))
    return _recorded(session, actor, account, signed_on, until)


def record_first_agreement(session: Session, lead: Actor) -> Agreement:
    """Record, for the first lead of a new home, that they signed today for a year: nobody else is there who could."""
    today = today_of(session)
    return _recorded(session, lead, account_named(session, lead.store, lead.username), today, latest_end(today))


def _recorded(session: Session, actor: Actor, account: Account, signed_on: date, until: date) -> Agreement:
    agreement = Agreement(
        account_id=account.id,
        signed_on=signed_on,
        until=until,
        recorded_by=actor.username,
        recorded_at=moment_of(session),
    )
    session.add(agreement)
    signed, last = signed_on.isoformat(), until.isoformat()
    record(session, actor, "record-agreement", subject=account.username, signed=signed, until=last)
    return agreement


def _someone_else(session: Session, actor: Actor) -> bool:
    """Say whether anybody else in this home could record an agreement."""
    roles = [role for role, acts in PERMISSIONS.items() if Act.MANAGE_ACCOUNTS in acts]
    statement = select(Account.id).where(Account.role.in_(roles), Account.disabled_at.is_(None))
    return session.scalars(statement.where(Account.id != actor.account_id).limit(1)).first() is not None


def _refuse_days(signed_on: date, until: date, today: date) -> None:
    if signed_on > today:
        raise Refused("Nobody has signed on {day} yet. Give the day on the paper.", day=signed_on.isoformat())
    if until > latest_end(signed_on):
        latest = latest_end(signed_on).isoformat()
        raise Refused(TOO_LONG, latest=latest, signed=signed_on.isoformat())
    if until < today or until < signed_on:
        raise Refused("That agreement ended on {day}. A new one has to be signed.", day=until.isoformat())


def end_agreement(session: Session, actor: Actor, *, username: str) -> None:
    """End whatever agreement of an account holds or is still to come; it counts from their next request on."""
    account = account_named(session, actor.store, username)
    require_over(session, actor, account)
    held = select(Agreement).where(Agreement.account_id == account.id, Agreement.ended_at.is_(None))
    rows = session.scalars(held.where(Agreement.until >= today_of(session))).all()
    if not rows:
        raise Refused("No agreement of {username} holds.", username=username)
    for row in rows:
        row.ended_at = moment_of(session)
    record(session, actor, "end-agreement", subject=username)


def agreement_states(session: Session) -> Mapping[int, AgreementState]:
    """Return the agreement of each account that holds, or held, longest, by the account's number; one query.

    Accounts without any are absent.
    """
    today = today_of(session)
    found: dict[int, AgreementState] = {}
    for row in session.scalars(select(Agreement).order_by(Agreement.until, Agreement.id)):
        holds = row.ended_at is None and row.signed_on <= today <= row.until
        known = found.get(row.account_id)
        if known is None or holds >= known.holds:
            ended = row.ended_at.date() if row.ended_at else None
            found[row.account_id] = AgreementState(row.signed_on, row.until, row.recorded_by, ended, holds)
    return found
