"""The audit trail of both stores: who did what to which thing, and whether the chain holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from ia_workbench import corpus, privacy
from ia_workbench.database import Store
from ia_workbench.privacy import AuditChoice, AuditView, Role
from ia_workbench.web.access import open_to
from ia_workbench.web.sessions import actor, session
from ia_workbench.web.workbench.current import community_store

audit = Blueprint("audit", __name__, url_prefix="/audit")

READERS = (Role.LEAD, Role.ANALYST, Role.ADMINISTRATOR)
ON_A_PAGE = 100
LAST_PAGE = 10**9  # of any trail; stores count no further than so many entries


@dataclass(frozen=True)
class Chain:
    """A store's trail: its length and head, and, when asked for, whether it holds and where it is first broken."""

    store: Store
    entries: int
    head: str
    is_verified: bool
    broken_at: int | None


@audit.get("")
@open_to(*READERS)
def trail() -> str:
    """Show the entries of one store, newest first, and with `verify` whether both chains hold."""
    store = Store.PUBLISHED if request.args.get("store") == Store.PUBLISHED.value else Store.EVIDENCE
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    with _reading(Store.EVIDENCE) as team, _reading(Store.PUBLISHED) as community:
        chains = [_chain(team, Store.EVIDENCE), _chain(community, Store.PUBLISHED)]
        opened = team if store is Store.EVIDENCE else community
        choice, view = _choice(), _view(store)
        found = privacy.audit_page(opened, store, view, choice, offset=(page - 1) * ON_A_PAGE, limit=ON_A_PAGE)
        reads = privacy.audit_page(opened, store, view, _reads(choice), limit=0).total
    return render_template(
        "team/people/audit.html",
        store=store,
        chains=chains,
        entries=found.entries,
        total=found.total,
        reads=reads,
        choice=choice,
        asked={name: value for name in ("act", "on") if (value := request.args.get(name, "").strip())},
        page=page,
        pages=max(1, -(-found.total // ON_A_PAGE)),
    )


def _choice() -> AuditChoice:
    """What the address asks for. Reads of raw text are many: they are shown when asked for."""
    act, key = request.args.get("act", "").strip() or None, request.args.get("on", "").strip() or None
    return AuditChoice(act=act, but=None if act else privacy.READ_RAW, key=key)


def _reads(choice: AuditChoice) -> AuditChoice:
    return AuditChoice(act=privacy.READ_RAW, key=choice.key)


@contextmanager
def _reading(store: Store) -> Iterator[Session]:
    """Yield a session on a store; the community's is opened for the purpose."""
    if store is Store.EVIDENCE:
        yield session()
        return
    with community_store("read the audit trail of the community side") as community:
        yield community


def _chain(opened: Session, store: Store) -> Chain:
    trail = privacy.audit_head(opened, store)
    is_verified = "verify" in request.args
    broken_at = privacy.first_broken_entry(opened, store) if is_verified else None
    return Chain(store, trail.entries, trail.head or "", is_verified, broken_at)


def _view(store: Store) -> AuditView | None:
    return privacy.audit_view(
        session(), actor(), store, lambda study_id: [each.key for each in corpus.sources(session(), study_id)]
    )
