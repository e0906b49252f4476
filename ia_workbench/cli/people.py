"""`user`: people of the team and of the community."""

import sys
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


@program.group()
def user() -> None:
    """People: add, list, disable, set a password."""


@user.command("add")
@click.argument("username")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help=ROLE_HELP)
@takes_home
def add(home: Home, username: str, role: str) -> None:
    """Add someone as USERNAME: 1 to 40 letters, digits, dots, hyphens or underscores, which nobody else has.

    Reviewers and site leads are added to the published store, all others to the evidence store. Someone who is there
    in the same role joins a further study.

    Leads, analysts, reviewers and site leads join the study that `--study` names, or the only one there is.
    """
    wanted = Role(role)
    if wanted.is_community:
        with home.desk() as desk:
            _add_member(home, desk, username, wanted)
    else:
        _add_to_team(home, username, wanted)
    say(f"Added {username} as {role}. Give them a password with `ia-workbench user password {username}`.")


def _add_member(home: Home, desk: Desk, username: str, role: Role) -> None:
    privacy.require(desk.actor, Act.MANAGE_ACCOUNTS)
    privacy.refuse_taken_name(desk.session, Store.EVIDENCE, username)
    with home.published(reason="let the published store know the study and a new member", writes=True) as published:
        study = privacy.publish_study(published, desk.study)
        host = privacy.guest_in_published_store(published, desk.actor, [desk.study.key])
        privacy.add_user(published, host, username=username, role=role, study_id=study.id)


def _add_to_team(home: Home, username: str, role: Role) -> None:
    joins = role is not Role.ADMINISTRATOR and (home.study_key is not None or _has_studies(home))
    if joins:
        with home.desk(writes=True) as desk:
            privacy.add_user(desk.session, desk.actor, username=username, role=role, study_id=desk.study_id)
            _refuse_name_of_member(home, username)
        return
    with home.team(writes=True) as (session, actor):
        privacy.add_user(session, actor, username=username, role=role)
        _refuse_name_of_member(home, username)


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
        rows = [_row(account, "team") for account in privacy.accounts(session, Store.EVIDENCE)]
    with home.published(reason="list the community's accounts") as published:
        rows += [_row(account, "community") for account in privacy.accounts(published, Store.PUBLISHED)]
    cells = [(each["username"], each["role"], each["side"], each["disabled_at"] or "") for each in rows]
    give(rows, table(("username", "role", "side", "disabled"), cells), as_json=as_json)


def _row(account: Any, side: str) -> dict[str, Any]:
    return {
        "username": account.username,
        "role": account.role.value,
        "side": side,
        "has_password": account.password_hash is not None,
        "disabled_at": iso_utc(account.disabled_at) if account.disabled_at else None,
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
