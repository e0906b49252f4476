"""People, studies and the audit trail, once in each store; the two never share an account."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ia_workbench.database import EvidenceBase, Identified, PublishedBase, Store
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.guarding import Guarded
from ia_workbench.privacy.rules import Role


class AccountColumns(Identified):
    """Someone who signs in. `password_hash` is None until a password is set: such an account cannot sign in."""

    username: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    password_hash: Mapped[str | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SignInColumns:
    """One signed-in browser. Only the SHA-256 of its token is kept, so a stolen database signs nobody in."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    csrf_token: Mapped[str]
    language: Mapped[str | None]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class AuditColumns:
    """One act: who, what, on which thing, when. Identifiers only, never content; chained by hash."""

    sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    act: Mapped[str]
    study_key: Mapped[str | None]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class StudyColumns(Identified):
    """One Institutional Analysis at one site."""

    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    question: Mapped[str]
    site: Mapped[str]
    created_at: Mapped[datetime]


# ------------------------------------------------------------------ evidence store


class Account(AccountColumns, EvidenceBase):
    """A member of the team or an administrator. `shows_presence`: others may see which source they have open."""

    __tablename__ = "account"
    shows_presence: Mapped[bool] = mapped_column(default=True)


class SignIn(SignInColumns, EvidenceBase):
    """A team member's signed-in browser."""

    __tablename__ = "sign_in"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    account: Mapped[Account] = relationship()


class Study(StudyColumns, Guarded, EvidenceBase):
    """A study with its settings: `offices` (list of names) and `rule` (the evidence rule: name, version, required)."""

    __tablename__ = "study"
    needs_clearance = False  # who waits for an agreement may know which study it is for
    settings: Mapped[dict[str, Any]]

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.in_(actor.study_ids)


class KeyChoice(EvidenceBase):
    """The keys that a member of the team chose for acts, by the act's name (`{"pick": "x"}`; "" is no key).

    What is not named has its usual key. `uses_letters` is whether keys of one character do anything at all.
    """

    __tablename__ = "key_choice"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    uses_letters: Mapped[bool]
    chords: Mapped[dict[str, Any]]


class Agreement(EvidenceBase):
    """That a team member signed the confidentiality agreement, and until when it holds (that day included).

    Without one that holds they read no evidence. It is recorded by someone; `ended_at` takes it back early.
    """

    __tablename__ = "agreement"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    signed_on: Mapped[date]
    until: Mapped[date]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Membership(EvidenceBase):
    """A team member's place in a study; a limited one reads only the sources given to them."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "study_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    is_limited: Mapped[bool] = mapped_column(default=False)


class SourceGrant(EvidenceBase):
    """That a member whose place in a study is limited may read one source of it, told by its internal number."""

    __tablename__ = "source_grant"
    __table_args__ = (UniqueConstraint("account_id", "source_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    source_id: Mapped[int]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]


class KeyCounter(EvidenceBase):
    """The highest number given out for a key prefix in a study: keys are never reused, even after removal."""

    __tablename__ = "key_counter"
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), primary_key=True)
    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class AuditEntry(AuditColumns, EvidenceBase):
    """An act in the evidence store."""

    __tablename__ = "audit_entry"


# ------------------------------------------------------------------ published store


class CommunityAccount(AccountColumns, PublishedBase):
    """A reviewer (member of the community accountability body) or a site lead."""

    __tablename__ = "community_account"


class CommunitySignIn(SignInColumns, PublishedBase):
    """A reviewer's or site lead's signed-in browser."""

    __tablename__ = "community_sign_in"
    account_id: Mapped[int] = mapped_column(ForeignKey("community_account.id"), index=True)
    account: Mapped[CommunityAccount] = relationship()


class PublishedStudy(StudyColumns, Guarded, PublishedBase):
    """What the community side knows of a study; same key and GUID as in the evidence store."""

    __tablename__ = "published_study"

    @classmethod
    def guard(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.id.in_(actor.study_ids)


class CommunityMembership(PublishedBase):
    """A reviewer's or site lead's place in a study."""

    __tablename__ = "community_membership"
    __table_args__ = (UniqueConstraint("account_id", "study_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("community_account.id"))
    study_id: Mapped[int] = mapped_column(ForeignKey("published_study.id"), index=True)


class CommunityAuditEntry(AuditColumns, PublishedBase):
    """An act in the published store."""

    __tablename__ = "community_audit_entry"


# ------------------------------------------------------------------ the same table of either store

ACCOUNTS: dict[Store, Any] = {Store.EVIDENCE: Account, Store.PUBLISHED: CommunityAccount}
MEMBERSHIPS: dict[Store, Any] = {Store.EVIDENCE: Membership, Store.PUBLISHED: CommunityMembership}
SIGN_INS: dict[Store, Any] = {Store.EVIDENCE: SignIn, Store.PUBLISHED: CommunitySignIn}
STUDIES: dict[Store, Any] = {Store.EVIDENCE: Study, Store.PUBLISHED: PublishedStudy}
ENTRIES: dict[Store, Any] = {Store.EVIDENCE: AuditEntry, Store.PUBLISHED: CommunityAuditEntry}
