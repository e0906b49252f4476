"""The audit trail: one entry for each act, in the same transaction, identifiers only, chained by hash.

The chain detects an entry that was edited, removed, inserted or moved. It does not by itself detect that the newest
entries were cut off: for that, note the head (`audit verify` prints it) outside the database.
"""

import hashlib
import json
import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.database import Store, moment_of
from ia_workbench.kernel import iso_utc
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.models import ENTRIES, STUDIES, AuditEntry, CommunityAuditEntry

FIRST_HASH = "0" * 64
IDENTIFIER = re.compile(r"[A-Za-z0-9._:/@+-]{1,120}\Z")


def record(
    session: Session, actor: Actor, act: str, *, subject: str, study_id: int | None = None, **details: str | int | None
) -> None:
    """Add the audit entry of one act to the transaction.

    `act` is a verb and a noun (`apply-code`), `subject` the key, path or GUID of the thing, `details` further
    identifiers and counts. Raises ValueError for anything that could hold content: a value with a space or other
    character that no identifier has.
    """
    table = ENTRIES[actor.store]
    for value in (act, subject, *details.values()):
        if isinstance(value, str) and not IDENTIFIER.match(value):
            raise ValueError(f"the audit trail takes identifiers only, not {act} with free text")
    study = session.get(STUDIES[actor.store], study_id) if study_id is not None else None
    last = session.scalars(select(table).order_by(table.sequence.desc()).limit(1).with_for_update()).first()
    entry = table(
        sequence=last.sequence + 1 if last else 1,
        at=moment_of(session),
        actor=actor.username,
        act=act,
        study_key=study.key if study else None,
        subject=subject,
        details={name: value for name, value in details.items() if value is not None},
        previous_hash=last.hash if last else FIRST_HASH,
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    session.flush()  # the next entry of this transaction reads this one's hash


def hash_of(entry: AuditEntry | CommunityAuditEntry) -> str:
    """Return the SHA-256 of an entry's canonical form and the hash before it, as 64 hexadecimal digits."""
    canonical: list[Any] = [
        entry.sequence,
        iso_utc(entry.at),
        entry.actor,
        entry.act,
        entry.study_key,
        entry.subject,
        entry.details,
        entry.previous_hash,
    ]
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken_entry(session: Session, store: Store) -> int | None:
    """Return the sequence number of the first entry that does not follow from the one before; None if all do."""
    table = ENTRIES[store]
    expected_hash, expected_sequence = FIRST_HASH, 1
    entry: AuditEntry | CommunityAuditEntry
    for entry in session.scalars(select(table).order_by(table.sequence)):
        if (entry.sequence, entry.previous_hash) != (expected_sequence, expected_hash) or entry.hash != hash_of(entry):
            return entry.sequence
        expected_hash, expected_sequence = entry.hash, entry.sequence + 1
    return None


def audit_entries(session: Session, store: Store) -> list[AuditEntry | CommunityAuditEntry]:
    """Return all entries of a store's trail, oldest first."""
    table = ENTRIES[store]
    return list(session.scalars(select(table).order_by(table.sequence)))
