"""Writes about people and studies: accounts, signing in and out, studies and their members, keys."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ia_workbench.database import Store, moment_of
from ia_workbench.kernel import NotAllowed, Refused, format_key
from ia_workbench.privacy.access import require
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.agreements import record_first_agreement
from ia_workbench.privacy.audit import record
from ia_workbench.privacy.looking_after import require_over
from ia_workbench.privacy.models import ACCOUNTS, MEMBERSHIPS, SIGN_INS, Account, KeyCounter, PublishedStudy, Study
from ia_workbench.privacy.passwords import PasswordHash, new_token, token_digest
from ia_workbench.privacy.queries import (
    DO_NOT_FIT,
    LONGEST_IDLE,
    LONGEST_SIGNED_IN,
    account_named,
    refuse_taken_name,
    sign_in_of,
)
from ia_workbench.privacy.rules import Act, Role

USERNAME_RULE = "A username has 1 to 40 letters, digits, dots, hyphens or underscores."
MOST_DIGITS = 9  # of a number that keys go on after
KEY_RULE = "A study key has 1 to 60 lower-case letters, digits and hyphens."


def make_first_lead(session: Session, username: str) -> Account:
    """Make the lead of a new home. The only account nobody else adds; refuses when the home has users.

    It counts as recorded that they signed the confidentiality agreement today, for a year: nobody else could say so.
    """
    if session.scalars(select(Account).limit(1)).first() is not None:
        raise Refused("This home already has users; add others with `ia-workbench user add`.")
    account: Account = _new_account(session, Store.EVIDENCE, username, Role.LEAD)
    session.flush()  # the entry names the account's own actor
    lead = Actor(username, Role.LEAD, account.id, frozenset(), Store.EVIDENCE)
    record(session, lead, "make-first-lead", subject=username)
    record_first_agreement(session, lead)
    return account


def add_user(session: Session, actor: Actor, *, username: str, role: Role, study_id: int | None = None) -> Any:
    """Add an account to the session's store, or an existing one of the same role to a further study.

    Returns the Account or CommunityAccount. Refuses a role of the other store, a name that is taken by another role or
    differs from another in capitals alone, and a study that is not the actor's. Where the other store is open as well,
    the caller asks there too (`refuse_taken_name`).
    """
    require(actor, Act.MANAGE_ACCOUNTS)
    if role.is_community != (actor.store is Store.PUBLISHED):
        raise Refused("A {role} belongs to the other store.", role=role.value)
    model, membership = ACCOUNTS[actor.store], MEMBERSHIPS[actor.store]
    account = session.scalars(select(model).where(model.username == username)).one_or_none()
    refuse_taken_name(session, actor.store, username, but=username)
    if account is not None and account.role != role:
        raise Refused("{username} exists already, as {role}.", username=username, role=account.role.value)
    if account is None:
        _refuse_another_administrator(session, actor, role)
        account = _new_account(session, actor.store, username, role)
        session.flush()  # the membership needs the account's number
    if study_id is not None:
        if actor.role is not Role.ADMINISTRATOR:
            require(actor, Act.MANAGE_ACCOUNTS, study_id=study_id)
        known = session.scalars(select(membership).filter_by(account_id=account.id, study_id=study_id)).first()
        if known is None:
            session.add(membership(account_id=account.id, study_id=study_id))
    record(session, actor, "add-user", subject=username, role=role.value)
    return account


def _refuse_another_administrator(session: Session, actor: Actor, role: Role) -> None:
    """Leave it to administrators to add more of them: a lead adds the first alone, or they could become one."""
    if role is Role.ADMINISTRATOR and actor.role is not Role.ADMINISTRATOR:
        found = session.scalars(select(Account).where(Account.role == Role.ADMINISTRATOR).limit(1)).first()
        if found is not None:
            raise NotAllowed("This home has an administrator, and only an administrator adds another.")


def _new_account(session: Session, store: Store, username: str, role: Role) -> Any:
    allowed = username.replace("-", "").replace("_", "").replace(".", "")
    if not (allowed.isascii() and allowed.isalnum() and len(username) <= 40):
        raise Refused(USERNAME_RULE)
    account = ACCOUNTS[store](username=username, role=role, created_at=moment_of(session))
    session.add(account)
    return account


def set_password(session: Session, actor: Actor, *, username: str, hashed: PasswordHash) -> None:
    """Set the password of an account (see `hash_password`): one's own, or another's for those who look after it.

    Browsers that are signed in with the old one are signed out: it may have been changed because somebody knows it.
    """
    if actor.username != username:
        require(actor, Act.MANAGE_ACCOUNTS)
    account = account_named(session, actor.store, username)
    if actor.account_id != account.id:
        require_over(session, actor, account)
    account.password_hash = hashed
    _sign_out_everywhere(session, actor.store, account.id)
    record(session, actor, "set-password", subject=username)


def disable_user(session: Session, actor: Actor, *, username: str) -> None:
    """Disable an account; its signed-in browsers are signed out at once."""
    require(actor, Act.MANAGE_ACCOUNTS)
    if username == actor.username:
        raise Refused("You cannot disable yourself. Ask another lead or an administrator.")
    account = account_named(session, actor.store, username)
    require_over(session, actor, account)
    if account.disabled_at is not None:
        raise Refused("{username} is disabled already.", username=username)
    account.disabled_at = moment_of(session)
    _sign_out_everywhere(session, actor.store, account.id)
    record(session, actor, "disable-user", subject=username)


def _sign_out_everywhere(session: Session, store: Store, account_id: int) -> None:
    model = SIGN_INS[store]
    session.execute(delete(model).where(model.account_id == account_id))


def open_sign_in(session: Session, store: Store, account: Any) -> str:
    """Sign a browser in as an account (Account or CommunityAccount); returns the token for its cookie.

    `account` comes from `account_fitting`, or from the demo's one-click sign-in. Refuses when it was disabled or its
    password changed since it was read. Sign-ins that ran out are removed: when someone was last here is kept no longer
    than it is needed.
    """
    current = account_named(session, store, account.username)
    if current.disabled_at is not None or current.password_hash != account.password_hash:
        raise NotAllowed(DO_NOT_FIT)
    token, now = new_token(), moment_of(session)
    _remove_ended(session, store, now)
    session.add(
        SIGN_INS[store](
            account_id=current.id,
            token_digest=token_digest(token),
            csrf_token=new_token(),
            created_at=now,
            seen_at=now,
        )
    )
    actor = Actor(current.username, current.role, current.id, frozenset(), store)
    record(session, actor, "sign-in", subject=current.username)
    return token


def _remove_ended(session: Session, store: Store, now: datetime) -> None:
    model = SIGN_INS[store]
    idle, old = model.seen_at < now - LONGEST_IDLE, model.created_at < now - LONGEST_SIGNED_IN
    session.execute(delete(model).where(or_(idle, old)))


def note_seen(session: Session, store: Store, token: str) -> None:
    """Renew a browser's idle time."""
    row = sign_in_of(session, store, token)
    if row is not None:
        row.seen_at = moment_of(session)


def choose_language(session: Session, store: Store, token: str, language: str) -> None:
    """Remember the language a signed-in browser reads in (`en` or `es`)."""
    row = sign_in_of(session, store, token)
    if row is not None:
        row.language = language


def choose_presence(session: Session, actor: Actor, *, shown: bool) -> None:
    """Choose whether others of the team may see which source the actor has open. Where they are is never stored."""
    if actor.store is not Store.EVIDENCE or actor.account_id is None:
        raise NotAllowed("Only members of the team are shown to each other.")
    session.get_one(Account, actor.account_id).shows_presence = shown
    record(session, actor, "choose-presence", subject=actor.username, shown=shown)


def sign_out(session: Session, actor: Actor, *, token: str) -> None:
    """Sign a browser out."""
    row = sign_in_of(session, actor.store, token)
    if row is not None:
        session.delete(row)
    record(session, actor, "sign-out", subject=actor.username)


def create_study(
    session: Session, actor: Actor, *, key: str, title: str, question: str, site: str, settings: dict[str, Any]
) -> Study:
    """Create a study and put the actor in it; the caller holds the session to the wider actor (`act_as`).

    Refuses a key that is taken or malformed.
    """
    require(actor, Act.MANAGE_STUDY)
    if not (key and len(key) <= 60 and key.isascii() and key == key.lower() and key.replace("-", "").isalnum()):
        raise Refused(KEY_RULE)
    study = Study(key=key, title=title, question=question, site=site, settings=settings, created_at=moment_of(session))
    session.add(study)
    try:
        session.flush()  # the membership needs the study's number
    except IntegrityError:
        raise Refused("There is already a study called {key}.", key=key) from None
    session.add(MEMBERSHIPS[Store.EVIDENCE](account_id=actor.account_id, study_id=study.id))
    record(session, actor, "create-study", subject=key)
    return study


def publish_study(session: Session, study: Study) -> PublishedStudy:
    """Make or renew the study's row in the published store (an unheld session there): what the community may know."""
    known = session.scalars(select(PublishedStudy).where(PublishedStudy.key == study.key)).one_or_none()
    published = known or PublishedStudy(guid=study.guid, key=study.key, created_at=moment_of(session))
    published.title, published.question, published.site = study.title, study.question, study.site
    session.add(published)
    session.flush()  # memberships and packages need its number
    return published


def next_key(session: Session, *, study_id: int, prefix: str, width: int = 2) -> str:
    """Give out the next key of a prefix in a study. Never gives out a number twice, even after removals."""
    counter = session.get(KeyCounter, (study_id, prefix), with_for_update=True)
    if counter is None:
        counter = KeyCounter(study_id=study_id, prefix=prefix, last=0)
        session.add(counter)
    counter.last += 1
    session.flush()  # a second key in this transaction must see the first
    return format_key(prefix, counter.last, width)


def highest_keys(session: Session, study_id: int) -> dict[str, int]:
    """Return the highest number that was given out in a study, by prefix."""
    return {each.prefix: each.last for each in session.scalars(select(KeyCounter).filter_by(study_id=study_id))}


def note_key(session: Session, *, study_id: int, key: str) -> None:
    """Remember a key that came from outside (a loaded study), so that `next_key` goes on after it.

    Keys differ by more than capitals, so `int-004` counts as INT-004. A number of more digits than any that is given
    out stands in nobody's way.
    """
    prefix, _, number = key.upper().rpartition("-")
    if not prefix or not number.isdigit() or len(number) > MOST_DIGITS:
        return
    counter = session.get(KeyCounter, (study_id, prefix))
    if counter is None:
        counter = KeyCounter(study_id=study_id, prefix=prefix, last=0)
        session.add(counter)
    counter.last = max(counter.last, int(number))
