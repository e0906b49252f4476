"""People, roles, studies, access and the audit trail.

This room knows no one else: it deals in actors, guarded rows and identifiers. A session held to an actor shows only
rows of that actor's studies, in whichever room the table lives (see `docs/architecture.md`, "Access").
"""

from ia_workbench.privacy.access import require
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.audit import audit_entries, first_broken_entry, record
from ia_workbench.privacy.guarding import (
    Guarded,
    HeldSession,
    act_as,
    guarded_classes,
    session_for,
    unheld_session,
    visible_to,
)
from ia_workbench.privacy.models import (
    Account,
    AuditEntry,
    CommunityAccount,
    CommunityAuditEntry,
    PublishedStudy,
    Study,
)
from ia_workbench.privacy.operations import (
    add_user,
    choose_language,
    create_study,
    disable_user,
    highest_keys,
    make_first_lead,
    next_key,
    note_key,
    note_seen,
    open_sign_in,
    publish_study,
    set_password,
    sign_in,
    sign_out,
)
from ia_workbench.privacy.passwords import SHORTEST_PASSWORD, new_password, new_token
from ia_workbench.privacy.queries import (
    SignedIn,
    account_named,
    accounts,
    actor_for,
    first_lead,
    guest_in_published_store,
    is_seen_stale,
    members_of,
    published_study_keyed,
    signed_in_by,
    studies,
    study_keyed,
)
from ia_workbench.privacy.rules import Act, Role, may

__all__ = [
    "SHORTEST_PASSWORD",
    "Account",
    "Act",
    "Actor",
    "AuditEntry",
    "CommunityAccount",
    "CommunityAuditEntry",
    "Guarded",
    "HeldSession",
    "PublishedStudy",
    "Role",
    "SignedIn",
    "Study",
    "account_named",
    "accounts",
    "act_as",
    "actor_for",
    "add_user",
    "audit_entries",
    "choose_language",
    "create_study",
    "disable_user",
    "first_broken_entry",
    "first_lead",
    "guarded_classes",
    "guest_in_published_store",
    "is_seen_stale",
    "make_first_lead",
    "may",
    "members_of",
    "new_password",
    "new_token",
    "highest_keys",
    "next_key",
    "note_key",
    "note_seen",
    "open_sign_in",
    "publish_study",
    "published_study_keyed",
    "record",
    "require",
    "session_for",
    "set_password",
    "sign_in",
    "sign_out",
    "signed_in_by",
    "studies",
    "study_keyed",
    "unheld_session",
    "visible_to",
]
