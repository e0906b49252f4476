"""The audit trail of both stores: who did what to which thing, and whether the chain holds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.privacy import AuditEntry, CommunityAuditEntry, Role
from ia_workbench.web.access import open_to
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.current import community_store

audit = Blueprint("audit", __name__, url_prefix="/audit")

READERS = (Role.LEAD, Role.ANALYST, Role.ADMINISTRATOR)
ON_A_PAGE = 100
ABOUT_PEOPLE = frozenset({"make-first-lead", "add-user", "set-password", "disable-user", "sign-in", "sign-out"})

Entry = AuditEntry | CommunityAuditEntry


@dataclass(frozen=True)
class Verified:
    """Whether a store's chain holds: how many entries, the first that does not follow (None: all do), the head."""

    store: Store
    entries: int
    broken_at: int | None
    head: str


@audit.get("")
@open_to(*READERS)
def trail() -> str:
    """Show the entries of one store, newest first, and whether both chains hold."""
    store = Store.PUBLISHED if request.args.get("store") == Store.PUBLISHED.value else Store.EVIDENCE
    with _reading(Store.EVIDENCE) as team, _reading(Store.PUBLISHED) as community:
        verified = [_verified(team, Store.EVIDENCE), _verified(community, Store.PUBLISHED)]
        entries = privacy.audit_entries(team if store is Store.EVIDENCE else community, store)
    theirs = frozenset(each.key for each in privacy.studies(session(), Store.EVIDENCE))
    shown = [each for each in reversed(entries) if _may_see(each, theirs)]
    page = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "team/people/audit.html",
        store=store,
        verified=verified,
        entries=shown[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        total=len(shown),
        page=page,
        pages=max(1, -(-len(shown) // ON_A_PAGE)),
    )


@contextmanager
def _reading(store: Store) -> Iterator[Session]:
    """Yield a session on a store; the community's is opened for the purpose."""
    if store is Store.EVIDENCE:
        yield session()
        return
    with community_store("read the audit trail of the community side") as community:
        yield community


def _verified(opened: Session, store: Store) -> Verified:
    entries: Sequence[Entry] = privacy.audit_entries(opened, store)
    broken_at = privacy.first_broken_entry(opened, store)
    return Verified(store, len(entries), broken_at, entries[-1].hash if entries else "")


def _may_see(entry: Entry, theirs: frozenset[str]) -> bool:
    """Administrators see every act; others those of their own studies, of themselves, and leads those about people."""
    who = actor()
    if who.role is Role.ADMINISTRATOR or entry.actor == who.username:
        return True
    if entry.study_key is None:
        return who.role is Role.LEAD and entry.act in ABOUT_PEOPLE
    return entry.study_key in theirs
