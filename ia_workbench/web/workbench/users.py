"""Users of both stores: who they are, adding one, a new password shown once, disabling."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ia_workbench import corpus, privacy
from ia_workbench.database import Store
from ia_workbench.kernel import NotFound, Refused
from ia_workbench.privacy import Act, Actor, PasswordHash, Role, Study
from ia_workbench.web.access import NOTHING_HERE, changes_data, open_to
from ia_workbench.web.addresses import url_of
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.translating import refusal_words
from ia_workbench.web.workbench.choosing import chosen
from ia_workbench.web.workbench.current import community_store, studies_of_the_home

users = Blueprint("users", __name__, url_prefix="/users")

MANAGERS = (Role.LEAD, Role.ADMINISTRATOR)
TEAM_ROLES = (Role.ANALYST, Role.LEAD, Role.ADMINISTRATOR)
COMMUNITY_ROLES = (Role.REVIEWER, Role.SITE_LEAD)


@dataclass(frozen=True)
class NewPassword:
    """A password that was just made; shown on one page and kept nowhere."""

    username: str
    password: str
    hashed: PasswordHash

    @classmethod
    def of(cls, username: str) -> "NewPassword":
        """Make one up. Hashing takes its time, so do this before the store is opened for writing."""
        password = privacy.new_password()
        return cls(username, password, privacy.hash_password(password))


@dataclass(frozen=True)
class Limit:
    """An analyst's place in a study: its sources, and which of them they read; None when they read all."""

    study: str
    sources: tuple[str, ...]
    theirs: frozenset[str] | None


@users.get("")
@open_to(*MANAGERS)
def every() -> str:
    """Show who signs in on both sides."""
    return _page()


def _page(*, sentence: str | None = None, made: NewPassword | None = None) -> str:
    mine = _studies()
    with community_store("list the users of the community side") as community:
        places = _places(mine, community)
        return render_template(
            "team/people/users.html",
            team=[each for each in privacy.accounts(session(), Store.EVIDENCE) if _is_shown(each, "evidence", places)],
            community=[
                each for each in privacy.accounts(community, Store.PUBLISHED) if _is_shown(each, "published", places)
            ],
            studies=mine,
            places=places,
            roles=[*TEAM_ROLES, *COMMUNITY_ROLES],
            agreements=privacy.agreement_states(session()),
            limits=_limits(mine),
            today=privacy.today_of(session()),
            ends_soon=privacy.ends_soon,
            sentence=sentence,
            made=made,
            filled=request.form,
        )


def _limits(mine: list[Study]) -> dict[str, list[Limit]]:
    """Return where each analyst of the manager's studies is limited, or could be, by username; leads alone limit."""
    if not actor().may(Act.MANAGE_STUDY):
        return {}
    found: dict[str, list[Limit]] = {}
    for each in mine:
        limited = privacy.limited_members(session(), each.id)
        keys = {source.id: source.key for source in corpus.sources(session(), each.id)}
        for account in privacy.members_of(session(), Store.EVIDENCE, each.id):
            if account.role is Role.ANALYST:
                given = limited.get(account.username)
                theirs = None if given is None else frozenset(keys[number] for number in given if number in keys)
                found.setdefault(account.username, []).append(Limit(each.key, tuple(keys.values()), theirs))
    return found


def _is_shown(account: Any, store: str, places: Mapping[tuple[str, str], list[str]]) -> bool:
    """Whether a manager sees someone: a lead those of their own studies and whom they can ask, the administrators."""
    is_near = (store, account.username) in places or account.username == actor().username
    return is_near or Role.ADMINISTRATOR in (actor().role, account.role)


def _studies() -> list[Study]:
    """The studies that the manager may add people to: their own, or for an administrator all there are."""
    if actor().role is not Role.ADMINISTRATOR:
        return list(privacy.studies(session(), Store.EVIDENCE))
    return studies_of_the_home()


def _places(mine: list[Study], community: Session) -> dict[tuple[str, str], list[str]]:
    """Return the keys of the manager's studies that each account is in, by store and username."""
    places: dict[tuple[str, str], list[str]] = {}
    for study in mine:
        for account in privacy.members_of(session(), Store.EVIDENCE, study.id):
            places.setdefault(("evidence", account.username), []).append(study.key)
        for account in _community_members(community, study):
            places.setdefault(("published", account.username), []).append(study.key)
    return places


def _community_members(community: Session, study: Study) -> list[Any]:
    try:
        published = privacy.published_study_keyed(community, study.key)
    except NotFound:
        return []
    return list(privacy.members_of(community, Store.PUBLISHED, published.id))


@users.post("")
@open_to(*MANAGERS)
@changes_data
def add() -> tuple[str, int] | str:
    """Add someone to a study, or to the home; a new account's password is shown once."""
    username = request.form.get("username", "").strip()
    try:
        role = chosen(request.form, "role", Role)
        made = NewPassword.of(username)
        is_new = _add(made, role, _study_named(request.form.get("study", "")))
    except NotFound:
        raise
    except Refused as refusal:
        session().rollback()
        return _page(sentence=refusal_words(refusal)), refusal.status
    return _page(made=made if is_new else None)


def _study_named(key: str) -> Study | None:
    found = next((each for each in _studies() if each.key == key), None)
    if key and found is None:
        raise NotFound(NOTHING_HERE)
    return found


def _add(made: NewPassword, role: Role, study: Study | None) -> bool:
    """Add someone on the side that their role belongs to; says whether they had no password yet, and now have it."""
    if not role.is_community:
        with community_store("see that nobody has the name there") as community:
            privacy.refuse_taken_name(community, Store.PUBLISHED, made.username)
        is_new = _added(session(), actor(), made, role, study.id if study else None)
        signed_on = _day("signed_on")
        if signed_on is not None and role.reads_evidence:
            privacy.record_agreement(session(), actor(), username=made.username, signed_on=signed_on)
        return is_new
    privacy.refuse_taken_name(session(), Store.EVIDENCE, made.username)
    if study is None:
        raise Refused("Choose the study whose findings they are to see.")
    with _community_writing(study) as (community, guest):
        return _added(community, guest, made, role, privacy.published_study_keyed(community, study.key).id)


def _added(store: Session, manager: Actor, made: NewPassword, role: Role, study_id: int | None) -> bool:
    is_known = made.username in {each.username for each in privacy.accounts(store, manager.store)}
    privacy.add_user(store, manager, username=made.username, role=role, study_id=study_id)
    if is_known:
        return False
    privacy.set_password(store, manager, username=made.username, hashed=made.hashed)
    return True


@contextmanager
def _community_writing(study: Study | None = None) -> Iterator[tuple[Session, Actor]]:
    """Open the published store as a manager from the team's side, with the study known there; commits at the end."""
    with community_store("a manager of the team looks after community accounts", writes=True) as community:
        if study is not None:
            privacy.publish_study(community, study)
        keys = [study.key] if study is not None else [each.key for each in _studies()]
        yield community, privacy.guest_in_published_store(community, actor(), keys)


@users.post("/password")
@open_to(*MANAGERS)
@changes_data
def password() -> str:
    """Make a new password for someone; it is shown once."""
    made = NewPassword.of(request.form.get("username", ""))
    if request.form.get("store") == Store.PUBLISHED.value:
        with _community_writing() as (community, guest):
            privacy.set_password(community, guest, username=made.username, hashed=made.hashed)
    else:
        privacy.set_password(session(), actor(), username=made.username, hashed=made.hashed)
    return _page(made=made)


@users.post("/agreement")
@open_to(*MANAGERS)
@changes_data
def agreement() -> tuple[str, int] | Response:
    """Record that someone signed the confidentiality agreement, or end it."""
    username, ends = request.form.get("username", ""), request.form.get("act") == "end"
    try:
        if ends:
            privacy.end_agreement(session(), actor(), username=username)
        else:
            privacy.record_agreement(
                session(), actor(), username=username, signed_on=_needed_day("signed_on"), until=_day("until")
            )
    except NotFound:
        raise
    except Refused as refusal:
        return _page(sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("users.every", said="agreement-ended" if ends else "agreement-recorded"), code=303)


@users.post("/limit")
@open_to(Role.LEAD)
@changes_data
def limit() -> tuple[str, int] | Response:
    """Limit an analyst to the sources that are ticked, or let them read all again."""
    username, here = request.form.get("username", ""), _study_named(request.form.get("study", ""))
    try:
        if here is None:
            raise NotFound(NOTHING_HERE)
        if request.form.get("reads") == "all":
            privacy.lift_limit(session(), actor(), study_id=here.id, username=username)
        else:
            found = [corpus.source_keyed(session(), here.id, key) for key in request.form.getlist("source")]
            sources = {each.id: each.key for each in found}
            privacy.limit_member(session(), actor(), study_id=here.id, username=username, sources=sources)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("users.every", said="limit-saved"), code=303)


def _needed_day(name: str) -> date:
    day = _day(name)
    if day is None:
        raise Refused("Give the day on which the agreement was signed.")
    return day


def _day(name: str) -> date | None:
    """Read a day of a form as browsers send it, 2026-03-02; None when it is empty."""
    given = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Refused("Write a day as year, month and day: 2026-03-02.") from None


@users.post("/disable")
@open_to(*MANAGERS)
@changes_data
def disable() -> tuple[str, int] | Response:
    """Disable an account; its browsers are signed out at once."""
    username = request.form.get("username", "")
    try:
        if request.form.get("store") == Store.PUBLISHED.value:
            with _community_writing() as (community, guest):
                privacy.disable_user(community, guest, username=username)
        else:
            privacy.disable_user(session(), actor(), username=username)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(sentence=refusal_words(refusal)), refusal.status
    return redirect(url_of("users.every", said="user-disabled"), code=303)
