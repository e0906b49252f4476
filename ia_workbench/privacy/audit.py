"""The audit trail: one entry for each act, in the same transaction, identifiers only, chained by hash.

The chain detects an entry that was edited, removed, inserted or moved. It does not by itself detect that the newest
entries were cut off: for that, note the head (`audit verify` prints it) outside the database.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, and_, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from ia_workbench.database import Store, moment_of
from ia_workbench.kernel import iso_utc
from ia_workbench.privacy.actors import Actor
from ia_workbench.privacy.held_queries import HeldQuery, HeldRow
from ia_workbench.privacy.models import ENTRIES, STUDIES, AuditEntry, CommunityAuditEntry

FIRST_HASH = "0" * 64
STUDY_KEYS = "keys_of_studies"  # in `session.info`
AT_ONCE = 1000  # entries held in memory while a trail is verified
IDENTIFIER = re.compile(r"[A-Za-z0-9._:/@+-]{1,120}\Z")


def record(
    session: Session,
    actor: Actor,
    act: str,
    *,
    subject: str,
    study_id: int | None = None,
    **details: str | int | list[str] | None,
) -> None:
    """Add the audit entry of one act to the transaction.

    `act` is a verb and a noun (`apply-code`), `subject` the key, path or GUID of the thing, `details` further
    identifiers (one, or a list) and counts. Raises ValueError for anything that could hold content: a value with a
    space or another character that no identifier has.
    """
    lists = [value for value in details.values() if isinstance(value, list)]
    for value in (act, subject, *details.values(), *chain.from_iterable(lists)):
        if isinstance(value, str) and not IDENTIFIER.match(value):
            raise ValueError(f"the audit trail takes identifiers only, not {act} with free text")
    last = LAST[actor.store].row(session)
    entry = _Entry(
        last.sequence + 1 if last else 1,
        moment_of(session),
        actor.username,
        act,
        _key_of(session, actor.store, study_id),
        subject,
        {name: value for name, value in details.items() if value is not None},
        last.hash if last else FIRST_HASH,
    )
    ENTRY[actor.store].store(session, **entry._asdict(), hash=hash_of(entry))


class _Entry(NamedTuple):
    """An entry that is about to be stored, under the names of its columns."""

    sequence: int
    at: datetime
    actor: str
    act: str
    study_key: str | None
    subject: str
    details: dict[str, Any]
    previous_hash: str


def know_study_key(session: Session, study_id: int, key: str) -> None:
    """Tell a session the key of a study that it has just read, so that its entries need not ask for it."""
    session.info.setdefault(STUDY_KEYS, {})[session.info.get("actor"), study_id] = key


def _key_of(session: Session, store: Store, study_id: int | None) -> str | None:
    """Return the key of a study, None for one that the actor is not in; a key once found is known to the session."""
    if study_id is None:
        return None
    known: dict[Any, str] = session.info.setdefault(STUDY_KEYS, {})
    whose = (session.info.get("actor"), study_id)
    if whose not in known:
        found = STUDY_KEY[store].row(session, study=study_id)
        if found is None:
            return None
        known[whose] = str(found.key)
    return known[whose]


def _last(table: Any) -> HeldQuery:
    return HeldQuery(select(table.sequence, table.hash).order_by(table.sequence.desc()).limit(1).with_for_update())


def _study_key(table: Any) -> HeldQuery:
    return HeldQuery(select(table.key).where(table.id == bindparam("study")))


LAST = {store: _last(table) for store, table in ENTRIES.items()}
STUDY_KEY = {store: _study_key(table) for store, table in STUDIES.items()}
ENTRY = {store: HeldRow(table) for store, table in ENTRIES.items()}


def hash_of(entry: AuditEntry | CommunityAuditEntry | _Entry) -> str:
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
    for entry in session.scalars(select(table).order_by(table.sequence).execution_options(yield_per=AT_ONCE)):
        if (entry.sequence, entry.previous_hash) != (expected_sequence, expected_hash) or entry.hash != hash_of(entry):
            return entry.sequence
        expected_hash, expected_sequence = entry.hash, entry.sequence + 1
    return None


@dataclass(frozen=True)
class AuditHead:
    """How long a trail is, and the hash of its newest entry; None where there is none."""

    entries: int
    head: str | None


def audit_head(session: Session, store: Store) -> AuditHead:
    """Return length and head of a store's trail without reading it."""
    table = ENTRIES[store]
    newest = select(table.hash).order_by(table.sequence.desc()).limit(1)
    return AuditHead(session.scalar(select(func.count(table.sequence))) or 0, session.scalar(newest))


@dataclass(frozen=True)
class AuditView:
    """Which entries somebody may see: their own, those of these studies, and these acts that are of no study.

    Of a study in `sources`, told by its key, they see besides what was done to these sources (keys) and names no other.
    """

    username: str
    study_keys: frozenset[str]
    acts_of_no_study: frozenset[str] = frozenset()
    sources: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditChoice:
    """Which of the entries one may see are asked for: this act, all but that one, on or with this key."""

    act: str | None = None
    but: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class AuditPage:
    """Some entries of a trail, newest first, and how many there are to be seen in all."""

    entries: tuple[AuditEntry | CommunityAuditEntry, ...]
    total: int


def audit_page(
    session: Session,
    store: Store,
    view: AuditView | None = None,
    choice: AuditChoice | None = None,
    *,
    offset: int = 0,
    limit: int | None,
) -> AuditPage:
    """Return one page of a store's trail, newest first: of what a view shows and a choice asks for, or of all there is.

    `limit` None returns all.
    """
    table = ENTRIES[store]
    shown = [*_shown(table, view), *_chosen(table, choice or AuditChoice())]
    page = select(table).where(*shown).order_by(table.sequence.desc()).offset(offset).limit(limit)
    total = session.scalar(select(func.count(table.sequence)).where(*shown)) or 0
    return AuditPage(tuple(session.scalars(page)), total)


def _shown(table: Any, view: AuditView | None) -> list[ColumnElement[bool]]:
    if view is None:
        return []
    of_no_study = and_(table.study_key.is_(None), table.act.in_(view.acts_of_no_study))
    on_sources = [_only_on(table, study_key, keys) for study_key, keys in view.sources.items()]
    return [or_(table.actor == view.username, table.study_key.in_(view.study_keys), of_no_study, *on_sources)]


def _only_on(table: Any, study_key: str, keys: frozenset[str]) -> ColumnElement[bool]:
    """What was done in a study to one of these sources; not where details list sources beside it, as JSON does."""
    details = cast(table.details, Text)
    names_no_other = or_(~details.contains('"sources": ['), details.contains('"sources": ["' + table.subject + '"]'))
    return and_(table.study_key == study_key, table.subject.in_(keys), names_no_other)


def _chosen(table: Any, choice: AuditChoice) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if choice.act is not None:
        conditions.append(table.act == choice.act)
    if choice.but is not None:
        conditions.append(table.act != choice.but)
    if choice.key is not None:
        quoted = json.dumps(choice.key, ensure_ascii=False)  # a key stands in the details as JSON writes it
        conditions.append(or_(table.subject == choice.key, cast(table.details, Text).contains(quoted, autoescape=True)))
    return conditions


def audit_entries(session: Session, store: Store) -> list[AuditEntry | CommunityAuditEntry]:
    """Return all entries of a store's trail, oldest first."""
    table = ENTRIES[store]
    return list(session.scalars(select(table).order_by(table.sequence)))
