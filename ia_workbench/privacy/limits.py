"""Limiting an analyst to some sources of a study, and giving and taking single ones."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ia_workbench.database import moment_of
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.privacy.access import require
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.audit import record
from ia_workbench.privacy.models import Account, Membership, SourceGrant
from ia_workbench.privacy.queries import account_named
from ia_workbench.privacy.rules import Act, Role

Sources = Mapping[int, str]  # keys of sources by internal number: this room knows no source
ONLY_ANALYSTS = "{username} is {role}. Only an analyst can be limited to some sources."


def limit_member(session: Session, actor: Actor, *, study_id: int, username: str, sources: Sources) -> None:
    """Limit an analyst to these sources of a study, and to no others; from their next request on.

    `sources` are keys by internal number, of sources that the actor sees. Refuses who is no analyst of the study.
    """
    account, place = _place(session, actor, study_id, username)
    if account.role is not Role.ANALYST:
        raise Refused(ONLY_ANALYSTS, username=username, role=account.role.value)
    place.is_limited = True
    _take_all(session, study_id, account)
    _give(session, actor, study_id, account, sources)
    record(
        session, actor, "limit-member", subject=username, study_id=study_id, sources=sorted(sources.values()),
    )  # fmt: skip


def lift_limit(session: Session, actor: Actor, *, study_id: int, username: str) -> None:
    """Let a limited analyst read every source of the study again; refuses one who does already."""
    account, place = _place(session, actor, study_id, username)
    _refuse_unlimited(place, username)
    place.is_limited = False
    _take_all(session, study_id, account)
    record(session, actor, "lift-limit", subject=username, study_id=study_id)


def grant_sources(session: Session, actor: Actor, *, study_id: int, username: str, sources: Sources) -> None:
    """Give a limited analyst further sources; those they have stay."""
    account, place = _place(session, actor, study_id, username)
    _refuse_unlimited(place, username)
    known = granted_to(session, study_id, account.id)
    _give(session, actor, study_id, account, {number: key for number, key in sources.items() if number not in known})
    record(
        session, actor, "grant-sources", subject=username, study_id=study_id, sources=sorted(sources.values()),
    )  # fmt: skip


def revoke_sources(session: Session, actor: Actor, *, study_id: int, username: str, sources: Sources) -> None:
    """Take sources from a limited analyst, who no longer sees them from the next request on."""
    account, place = _place(session, actor, study_id, username)
    _refuse_unlimited(place, username)
    theirs = (SourceGrant.study_id == study_id, SourceGrant.account_id == account.id)
    session.execute(delete(SourceGrant).where(*theirs, SourceGrant.source_id.in_(sources)))
    record(
        session, actor, "revoke-sources", subject=username, study_id=study_id, sources=sorted(sources.values()),
    )  # fmt: skip


def granted_to(session: Session, study_id: int, account_id: int) -> frozenset[int]:
    """Return the internal numbers of the sources of a study that a limited analyst was given."""
    given = select(SourceGrant.source_id).where(SourceGrant.study_id == study_id, SourceGrant.account_id == account_id)
    return frozenset(session.scalars(given))


def limited_members(session: Session, study_id: int) -> Mapping[str, frozenset[int]]:
    """Return the analysts who are limited in a study, by username, with the sources they were given."""
    statement = select(Account.id, Account.username).join(Membership, Membership.account_id == Account.id)
    limited = statement.where(Membership.study_id == study_id, Membership.is_limited.is_(True))
    return {name: granted_to(session, study_id, number) for number, name in session.execute(limited)}


def _place(session: Session, actor: Actor, study_id: int, username: str) -> tuple[Account, Membership]:
    """Return an account and its place in a study, for whoever leads it; raises NotFound for who is not in it."""
    require(actor, Act.MANAGE_STUDY, study_id=study_id)
    account: Account = account_named(session, actor.store, username)
    found = select(Membership).where(Membership.account_id == account.id, Membership.study_id == study_id)
    place = session.scalars(found).one_or_none()
    if place is None:
        raise NotFound("{username} is not in this study.", username=username)
    return account, place


def _refuse_unlimited(place: Membership, username: str) -> None:
    if not place.is_limited:
        raise Refused("{username} reads every source of this study.", username=username)


def _take_all(session: Session, study_id: int, account: Account) -> None:
    theirs = (SourceGrant.study_id == study_id, SourceGrant.account_id == account.id)
    session.execute(delete(SourceGrant).where(*theirs))


def _give(session: Session, actor: Actor, study_id: int, account: Account, numbers: Collection[int]) -> None:
    now = moment_of(session)
    session.add_all(
        SourceGrant(
            study_id=study_id, account_id=account.id, source_id=number, granted_by=actor.username, granted_at=now
        )
        for number in numbers
    )
    session.flush()
