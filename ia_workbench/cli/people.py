"""`user`: people of the team and of the community."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.cli.home import Desk, Home
from ia_workbench.cli.output import give, note, say, table
from ia_workbench.cli.program import program, reads, takes_home
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound, Refused, iso_utc
from ia_workbench.privacy import Act, Actor, Role

ROLE_HELP = (
    "What they may do. Of the team: an administrator looks after users and reads no evidence; a lead runs the study "
    "and releases; an analyst works with the evidence. Of the community: a reviewer says whether findings fit; "
    "a site-lead reads public findings and exports their briefs."
)

DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True)
class Agreed:
    """That whoever adds someone says they signed, and the last day of it; None for the longest there is."""

    until: date | None


@program.group()
def user() -> None:
    """People: add, list, disable, set a password."""


@user.command("add")
@click.argument("username")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help=ROLE_HELP)
@click.option("--agreement-until", type=DAY, metavar="DATE", help="Last day of the agreement. [default: in a year]")
@click.option("--no-agreement", is_flag=True, help="They did not sign the confidentiality agreement: no raw text.")
@takes_home
def add(home: Home, username: str, role: str, agreement_until: datetime | None, no_agreement: bool) -> None:
    """Add someone as USERNAME: 1 to 40 letters, digits, dots, hyphens or underscores, which nobody else has.

    Reviewers and site leads are added to the published store, all others to the evidence store. Someone who is there
    in the same role joins a further study.

    Leads, analysts, reviewers and site leads join the study that `--study` names, or the only one there is.

    Whoever adds a lead or analyst says with it that they signed the confidentiality agreement, today and for a year.
    """
    wanted = Role(role)
    if wanted.is_community:
        with home.desk(for_accounts=True) as desk:
            _add_member(home, desk, username, wanted)
    else:
        until = agreement_until.date() if agreement_until else None
        _add_to_team(home, username, wanted, Agreed(until) if wanted.reads_evidence and not no_agreement else None)
    say(f"Added {username} as {role}. Give them a password with `ia-workbench user password {username}`.")


def _add_member(home: Home, desk: Desk, username: str, role: Role) -> None:
    privacy.require(desk.actor, Act.MANAGE_ACCOUNTS)
    privacy.refuse_taken_name(desk.session, Store.EVIDENCE, username)
    with home.published(reason="let the published store know the study and a new member", writes=True) as published:
        study = privacy.publish_study(published, desk.study)
        host = privacy.guest_in_published_store(published, desk.actor, [desk.study.key])
        privacy.add_user(published, host, username=username, role=role, study_id=study.id)


def _add_to_team(home: Home, username: str, role: Role, agreed: Agreed | None) -> None:
    joins = role is not Role.ADMINISTRATOR and (home.study_key is not None or _has_studies(home))
    if joins:
        with home.desk(writes=True, for_accounts=True) as desk:
            privacy.add_user(desk.session, desk.actor, username=username, role=role, study_id=desk.study_id)
            _refuse_name_of_member(home, username)
            day = _record_signed(desk.session, desk.actor, username, agreed)
    else:
        with home.team(writes=True) as (session, actor):
            privacy.add_user(session, actor, username=username, role=role)
            _refuse_name_of_member(home, username)
            day = _record_signed(session, actor, username, agreed)
    if day is not None:
        note(f"Recorded that {username} signed the confidentiality agreement today; it holds until {day.isoformat()}.")


def _record_signed(session: Session, actor: Actor, username: str, agreed: Agreed | None) -> date | None:
    """Record that someone signed today, unless an agreement of theirs holds already; return its last day."""
    if agreed is None or (agreed.until is None and _state_of(session, username) is not None):
        return None
    signed_on = privacy.today_of(session)
    made = privacy.record_agreement(session, actor, username=username, signed_on=signed_on, until=agreed.until)
    return made.until


def _state_of(session: Session, username: str) -> privacy.AgreementState | None:
    """Return the agreement of someone that holds, None where none does."""
    account = privacy.account_named(session, Store.EVIDENCE, username)
    state = privacy.agreement_states(session).get(account.id)
    return state if state is not None and state.holds else None


def _refuse_name_of_member(home: Home, username: str) -> None:
    with home.published(reason="see that nobody has the name there") as published:
        privacy.refuse_taken_name(published, Store.PUBLISHED, username)


def _has_studies(home: Home) -> bool:
    with home.team() as (session, _actor):
        return bool(privacy.studies(session, Store.EVIDENCE))


@user.command("list")
@reads
@takes_home
def list_users(home: Home, as_json: bool) -> None:
    """List everyone, of the team and of the community."""
    with home.team() as (session, actor):
        privacy.require(actor, Act.MANAGE_ACCOUNTS)
        states = privacy.agreement_states(session)
        rows = [_row(account, "team", states.get(account.id)) for account in privacy.accounts(session, Store.EVIDENCE)]
    with home.published(reason="list the community's accounts") as published:
        rows += [_row(account, "community") for account in privacy.accounts(published, Store.PUBLISHED)]
    headings = ("username", "role", "side", "agreement", "disabled")
    cells = [(each["username"], each["role"], each["side"], _told(each), each["disabled_at"] or "") for each in rows]
    give(rows, table(headings, cells), as_json=as_json)


def _told(row: Mapping[str, Any]) -> str:
    """Say of a row what its agreement is worth today."""
    agreement = row["agreement"]
    if agreement is None:
        return "none" if Role(row["role"]).reads_evidence else ""
    return f"until {agreement['until']}" if agreement["holds"] else "ended"


def _row(account: Any, side: str, agreement: privacy.AgreementState | None = None) -> dict[str, Any]:
    return {
        "username": account.username,
        "role": account.role.value,
        "side": side,
        "has_password": account.password_hash is not None,
        "agreement": _agreement_json(agreement) if agreement is not None else None,
        "disabled_at": iso_utc(account.disabled_at) if account.disabled_at else None,
    }


def _agreement_json(agreement: privacy.AgreementState) -> dict[str, Any]:
    ended = agreement.ended_on
    return {
        "signed_on": agreement.signed_on.isoformat(),
        "until": agreement.until.isoformat(),
        "ended_on": ended.isoformat() if ended else None,
        "holds": agreement.holds,
    }


@user.command("disable")
@click.argument("username")
@takes_home
def disable(home: Home, username: str) -> None:
    """Disable USERNAME, as `user list` shows them; their browsers are signed out at once."""
    if _store_of(home, username) is Store.EVIDENCE:
        with home.team(writes=True) as (session, actor):
            privacy.disable_user(session, actor, username=username)
    else:
        with home.team() as (session, actor), home.published(reason="disable a member", writes=True) as published:
            privacy.disable_user(published, _host(home, session, actor), username=username)
    say(f"Disabled {username}.")


@user.command("password")
@click.argument("username")
@click.option("--new", "makes_one", is_flag=True, help="Make one up and print it.")
@takes_home
def password(home: Home, username: str, makes_one: bool) -> None:
    """Set the password of USERNAME: asked for on a terminal, else read from the first line of the input.

    It has at least 15 characters. Their browsers are signed out.
    """
    store = _store_of(home, username)
    chosen = privacy.new_password() if makes_one else _asked()
    hashed = privacy.hash_password(chosen)
    if store is Store.EVIDENCE:
        with home.team(writes=True) as (session, actor):
            privacy.set_password(session, actor, username=username, hashed=hashed)
    else:
        with home.team() as (session, actor), home.published(reason="set a password", writes=True) as published:
            privacy.set_password(published, _host(home, session, actor), username=username, hashed=hashed)
    note(f"Set the password of {username}.")
    if makes_one:
        say(chosen)


def _asked() -> str:
    if sys.stdin.isatty():
        answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return answer
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Refused("No password came in. Type one, or let one be made up with `--new`.")
    return line


def _store_of(home: Home, username: str) -> Store:
    """Find the one store in which someone has an account."""
    with home.team() as (session, actor):
        privacy.require(actor, Act.MANAGE_ACCOUNTS)
        if any(account.username == username for account in privacy.accounts(session, Store.EVIDENCE)):
            return Store.EVIDENCE
    with home.published(reason="look someone up") as published:
        if any(account.username == username for account in privacy.accounts(published, Store.PUBLISHED)):
            return Store.PUBLISHED
    raise NotFound("There is no user called {username}.", username=username)


def _host(home: Home, session: Session, actor: Actor) -> Actor:
    """The team member as a guest in the published store, for accounts of the studies that are theirs."""
    keys = [study.key for study in privacy.studies(session, Store.EVIDENCE)]
    with home.published(reason="look up the guest") as published:
        return privacy.guest_in_published_store(published, actor, keys)
