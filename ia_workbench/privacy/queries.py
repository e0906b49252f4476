"""Reads of people, studies and who is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Select, bindparam, func, null, select
from sqlalchemy.orm import Session, joinedload

from ia_workbench.database import Store, moment_of
from ia_workbench.kernel import NotAllowed, NotFound, Refused
from ia_workbench.privacy.access import NOTHING_HERE
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.held_queries import HeldQuery
from ia_workbench.privacy.models import (
    ACCOUNTS,
    MEMBERSHIPS,
    SIGN_INS,
    STUDIES,
    Account,
    Agreement,
    KeyChoice,
    Membership,
    PublishedStudy,
    SourceGrant,
    Study,
)
from ia_workbench.privacy.passwords import password_fits, token_digest
from ia_workbench.privacy.rules import Role

LONGEST_IDLE = timedelta(minutes=30)
LONGEST_SIGNED_IN = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how stale "last seen" may be: a write on every request would lock out coders

DO_NOT_FIT = "That username and password do not go together."
AnyStudy = TypeVar("AnyStudy", Study, PublishedStudy)


@dataclass(frozen=True)
class SignedIn:
    """A browser that is signed in: who acts, its CSRF token, and the language chosen (None: the browser's).

    `uses_letters` says whether keys of one character act for this person. `is_stale` says that its idle time should be
    renewed: at most once a minute, to spare the write lock. `shows_presence` says that others may see which source they
    have open; nobody sees where a community member is.
    """

    actor: Actor
    csrf_token: str
    language: str | None
    uses_letters: bool
    is_stale: bool
    shows_presence: bool


def account_named(session: Session, store: Store, username: str) -> Any:
    """Return the account (Account or CommunityAccount) of that name, disabled or not; raises NotFound."""
    model = ACCOUNTS[store]
    account = session.scalars(select(model).where(model.username == username)).one_or_none()
    if account is None:
        raise NotFound("There is no user called {username}.", username=username)
    return account


def refuse_taken_name(session: Session, store: Store, username: str, *, but: str | None = None) -> None:
    """Refuse a username that someone has in a store, in capitals or not; `but` is a name that may be had.

    Whoever adds a user asks the store of the other side as well, wherever both are open: a name is one person.
    """
    model = ACCOUNTS[store]
    taken = session.scalars(select(model.username).where(func.lower(model.username) == username.lower()))
    for name in taken:
        if name != but:
            raise Refused("There is a user called {name} already. Choose another name.", name=name)


def account_fitting(session: Session, store: Store, *, username: str, password: str) -> Any:
    """Return the account that a username and password go together with, for `open_sign_in`.

    Refuses with one and the same sentence, after the same work, whether the name or the password is wrong. The work
    takes a tenth of a second on purpose: `session` only reads, or every writer would wait for each guess.
    """
    model = ACCOUNTS[store]
    account = session.scalars(select(model).where(model.username == username)).one_or_none()
    fits = password_fits(account.password_hash if account else None, password)
    if account is None or not fits or account.disabled_at is not None:
        raise NotAllowed(DO_NOT_FIT)
    return account


def accounts(session: Session, store: Store) -> Sequence[Any]:
    """Return every account of a store, by name."""
    model = ACCOUNTS[store]
    return session.scalars(select(model).order_by(model.username)).all()


def first_lead(session: Session) -> Account:
    """Return the lead that `init` made; raises NotFound when the home has none."""
    lead = session.scalars(
        select(Account).where(Account.role == Role.LEAD, Account.disabled_at.is_(None)).order_by(Account.id).limit(1)
    ).first()
    if lead is None:
        raise NotFound("This home has no lead yet. Run `ia-workbench init` first.")
    return lead


def actor_for(session: Session, store: Store, username: str) -> Actor:
    """Return the actor of an account with the studies it is in; raises NotFound when absent or disabled."""
    account = account_named(session, store, username)
    if account.disabled_at is not None:
        raise NotFound("There is no user called {username}.", username=username)
    return _actor_of(session, store, account)


def _actor_of(session: Session, store: Store, account: Any) -> Actor:
    if store is Store.PUBLISHED:
        of_account = MEMBERSHIPS[store].account_id == account.id
        ids = session.scalars(select(MEMBERSHIPS[store].study_id).where(of_account))
        return Actor(account.username, account.role, account.id, frozenset(ids), store)
    today = moment_of(session).date()
    return _member(session, account, PLACES.rows(session, account=account.id, today=today))


def _member(session: Session, account: Any, places: Sequence[Any]) -> Actor:
    """Return an account of the team as an actor, by the rows of `_places`."""
    limited = frozenset(each.study_id for each in places if each.is_limited and each.study_id is not None)
    return Actor(
        account.username,
        account.role,
        account.id,
        frozenset(each.study_id for each in places if each.study_id is not None),
        Store.EVIDENCE,
        agreement_until=places[0].until,
        limited_ids=limited,
        source_ids=_granted(session, account.id, limited) if limited else frozenset(),
    )


def _places() -> tuple[Any, ...]:
    """Return the columns of a study of an account and the last day of its agreement that holds on `today`."""
    today: BindParameter[date] = bindparam("today", type_=Agreement.until.type)
    holds = (Agreement.ended_at.is_(None), Agreement.signed_on <= today, Agreement.until >= today)
    until = select(func.max(Agreement.until)).where(Agreement.account_id == Account.id, *holds).scalar_subquery()
    return Membership.study_id, Membership.is_limited, until.label("until")


def _at_places(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Have a row for each study of an account, and one where it has none."""
    return statement.outerjoin(Membership, Membership.account_id == Account.id)


PLACES = HeldQuery(_at_places(select(*_places()).select_from(Account)).where(Account.id == bindparam("account")))


def _granted(session: Session, account_id: int, study_ids: frozenset[int]) -> frozenset[int]:
    given = select(SourceGrant.source_id).where(SourceGrant.account_id == account_id)
    return frozenset(session.scalars(given.where(SourceGrant.study_id.in_(study_ids))))


def guest_in_published_store(session: Session, team_member: Actor, study_keys: Sequence[str]) -> Actor:
    """Return a team member as an actor in the published store, where they have no account of their own.

    `session` is an unheld one on the published store; `study_keys` are the studies they are in on their own side.
    """
    ids = session.scalars(select(PublishedStudy.id).where(PublishedStudy.key.in_(study_keys)))
    until = team_member.agreement_until
    return Actor(team_member.username, team_member.role, None, frozenset(ids), Store.PUBLISHED, agreement_until=until)


def signed_in_by(session: Session, store: Store, token: str, now: datetime) -> SignedIn | None:
    """Return who a browser's token signs in; None when unknown, idle for 30 minutes, 12 hours old, or disabled."""
    moment: dict[str, Any] = {"today": moment_of(session).date()} if store is Store.EVIDENCE else {}
    rows = SIGNED_IN[store].rows(session, token=token_digest(token), **moment)
    row = rows[0] if rows else None
    if row is None or row.disabled_at is not None:
        return None
    if now - row.seen_at > LONGEST_IDLE or now - row.created_at > LONGEST_SIGNED_IN:
        return None
    return SignedIn(
        _member(session, row, rows) if store is Store.EVIDENCE else _actor_of(session, store, row),
        row.csrf_token,
        row.language,
        uses_letters=row.uses_letters is not False,
        is_stale=now - row.seen_at >= SEEN_EVERY,
        shows_presence=bool(row.shows_presence),
    )


def _signed_in(store: Store) -> Select[*tuple[Any, ...]]:
    """Select a browser that is signed in, and its account under the names that an account has; of the team, by places.

    Every request asks this, so that it is one question.
    """
    model, account = SIGN_INS[store], ACCOUNTS[store]
    its = (account.id, account.username, account.role, account.disabled_at)
    columns = (model.csrf_token, model.language, model.created_at, model.seen_at, *its)
    chosen: tuple[Any, ...] = (null().label("uses_letters"), null().label("shows_presence"))
    if store is Store.EVIDENCE:
        chosen = (KeyChoice.uses_letters, Account.shows_presence, *_places())
    statement = select(*columns, *chosen).join(account, account.id == model.account_id)
    if store is Store.EVIDENCE:
        statement = _at_places(statement.outerjoin(KeyChoice, KeyChoice.account_id == account.id))
    return statement.where(model.token_digest == bindparam("token"))


SIGNED_IN = {store: HeldQuery(_signed_in(store)) for store in Store}


def sign_in_of(session: Session, store: Store, token: str) -> Any:
    """Return the row (SignIn or CommunitySignIn) of a browser's token with its account; None when unknown."""
    model = SIGN_INS[store]
    statement = select(model).where(model.token_digest == token_digest(token)).options(joinedload(model.account))
    return session.scalars(statement).one_or_none()


def studies(session: Session, store: Store) -> Sequence[Any]:
    """Return the studies (Study or PublishedStudy) the session's actor is in, by key."""
    model = STUDIES[store]
    return session.scalars(select(model).order_by(model.key)).all()


def study_keyed(session: Session, key: str) -> Study:
    """Return a study of the evidence store by its key; raises NotFound when absent or not the actor's."""
    return _there(session.scalars(select(Study).where(Study.key == key)).one_or_none())


def study_numbered(session: Session, study_id: int) -> Study:
    """Return a study of the evidence store by its internal number; raises NotFound when absent or not the actor's."""
    return _there(session.get(Study, study_id))


def published_study_keyed(session: Session, key: str) -> PublishedStudy:
    """Return a study of the published store by its key; raises NotFound when absent or not the actor's."""
    return _there(session.scalars(select(PublishedStudy).where(PublishedStudy.key == key)).one_or_none())


def _there(study: AnyStudy | None) -> AnyStudy:
    if study is None:
        raise NotFound(NOTHING_HERE)
    return study


def members_of(session: Session, store: Store, study_id: int) -> Sequence[Any]:
    """Return the accounts that are in a study, by name."""
    account, membership = ACCOUNTS[store], MEMBERSHIPS[store]
    statement = select(account).join(membership, membership.account_id == account.id)
    return session.scalars(statement.where(membership.study_id == study_id).order_by(account.username)).all()
