"""Which entries of the audit trail somebody may see, on pages and by commands."""

from collections.abc import Callable, Collection

from sqlalchemy.orm import Session

from ia_workbench.database import Store
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.audit import AuditView
from ia_workbench.privacy.queries import studies
from ia_workbench.privacy.rules import Role

ABOUT_PEOPLE = frozenset(
    {
        "make-first-lead", "add-user", "set-password", "disable-user", "sign-in", "sign-out", "record-agreement",
        "end-agreement",
    }
)  # fmt: skip


def audit_view(
    session: Session, actor: Actor, store: Store, keys_of: Callable[[int], Collection[str]]
) -> AuditView | None:
    """Return what of a store's trail an actor may see, by their session on the evidence store; None is everything.

    Administrators see every act; others those of their own studies and of themselves, and leads those about people. In
    a study of which they read some sources only, analysts see in the team's trail what was done to those: `keys_of`
    says which they are, by the study's number.
    """
    if actor.role is Role.ADMINISTRATOR:
        return None
    theirs = studies(session, Store.EVIDENCE)
    limited = [each for each in theirs if each.id in actor.limited_ids and store is Store.EVIDENCE]
    return AuditView(
        actor.username,
        frozenset(each.key for each in theirs if each not in limited),
        ABOUT_PEOPLE if actor.role is Role.LEAD else frozenset(),
        {each.key: frozenset(keys_of(each.id)) for each in limited},
    )
