"""What was done to a withdrawn source, told from the audit trail: it outlasts everything that was taken out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from ia_workbench import findings, privacy, release
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import Participant, Revision, Source, SourceParticipant, WithdrawalOutcome
from ia_workbench.database import Store
from ia_workbench.findings import EvidenceLink, Finding
from ia_workbench.privacy import AuditChoice, AuditEntry, AuditView, CommunityAuditEntry, Study
from ia_workbench.release import ExportedBrief, WrittenOut
from ia_workbench.withdrawal.carrying_out import ACTS
from ia_workbench.withdrawal.ledger import Ledger
from ia_workbench.withdrawal.taking_out import EVIDENCE, FINDINGS, SHARE_ACTS

STOPPED = "withdraw-source"
UNCOUNTED = frozenset({EVIDENCE, FINDINGS, "outcome", "participant"})  # what an entry says besides how much was taken

Entry = AuditEntry | CommunityAuditEntry


@dataclass(frozen=True)
class Withdrawn:
    """What was done to one source: the certificate, and what a person must still ask for.

    `counts` say of what kind how much was taken out; `findings` are the keys of those that rested on it. `backups` are
    the moments of those that were made before and hold it still. `is_with_readers_told` is False while the published
    store has not learned what its readers lose. With a `participant` (key) only their turns were taken out of it.
    """

    key: str
    outcome: WithdrawalOutcome
    at: datetime
    by: str
    reason: str
    counts: Mapping[str, int]
    findings: tuple[str, ...]
    briefs: tuple[ExportedBrief, ...]
    written_out: tuple[WrittenOut, ...]
    backups: tuple[datetime, ...]
    is_with_readers_told: bool
    participant: str | None = None


def withdrawn(session: Session, published_session: Session | None, source: Source, ledger: Ledger) -> Withdrawn | None:
    """Return what was done to a source; None for one that is in use.

    Without the published store, briefs that the community took away are not among those told.
    """
    outcome, study = source.withdrawn_as, session.get_one(Study, source.study_id)
    if outcome is None:
        return None
    entry = next(iter(_entries(session, study.key, source.key, (STOPPED, *ACTS.values()))), None)
    told = _told(session, published_session, source, outcome, entry, ledger)
    ever = release.evidence_keys_of(session, source)
    known = tuple(each.key for each in findings.resting_on(session, source))
    return replace(
        told,
        reason=source.withdrawal_reason or "",
        findings=told.findings or known,
        briefs=_briefs(session, published_session, study, set(_details(entry).get(EVIDENCE, ())) | ever),
    )


def shares_withdrawn(
    session: Session, published_session: Session | None, source: Source, ledger: Ledger
) -> list[Withdrawn]:
    """Return what was done to the shares of participants in a source, by who they are; none where nobody's was."""
    study = session.get_one(Study, source.study_id)
    entries = _entries(session, study.key, source.key, tuple(SHARE_ACTS.values()))
    found = []
    for link in source.participant_links:
        if link.withdrawal is not None:
            person = link.participant.key
            entry = next((each for each in entries if each.details.get("participant") == person), None)
            told = _told(session, published_session, source, link.withdrawal, entry, ledger)
            found.append(replace(told, reason=link.withdrawal_reason or "", participant=person))
    return found


def _told(
    session: Session,
    published_session: Session | None,
    source: Source,
    outcome: WithdrawalOutcome,
    entry: Entry | None,
    ledger: Ledger,
) -> Withdrawn:
    """What the trail tells of one withdrawal; `entry` is the one that tells what was taken out."""
    study, details = session.get_one(Study, source.study_id), _details(entry)
    at = entry.at if entry is not None else source.withdrawn_at
    waiting = release.releases_to_copy(session)
    return Withdrawn(
        key=source.key,
        outcome=outcome,
        at=at or source.imported_at,
        by=entry.actor if entry is not None else "",
        reason="",
        counts={name: int(count) for name, count in details.items() if name not in UNCOUNTED},
        findings=tuple(details.get(FINDINGS, ())),
        briefs=_briefs(session, published_session, study, set(details.get(EVIDENCE, ()))),
        written_out=tuple(release.written_out(session, study, [source.key])),
        backups=backups_before(ledger, at),
        is_with_readers_told=not any(each.study_id == study.id and each.withdrawn_at is not None for each in waiting),
    )


def _details(entry: Entry | None) -> dict[str, Any]:
    return dict(entry.details) if entry is not None else {}


def _briefs(
    session: Session, published_session: Session | None, study: Study, evidence: set[str]
) -> tuple[ExportedBrief, ...]:
    exported = release.exported_briefs(session, published_session, study)
    return tuple(each for each in exported if evidence & set(each.evidence))


def participant_withdrawn_as(session: Session, participant: Participant) -> WithdrawalOutcome | None:
    """Return how far a participant was withdrawn, by the trail; None for one who was not."""
    if participant.withdrawn_at is None:
        return None
    key = session.get_one(Study, participant.study_id).key
    entry = next(iter(_entries(session, key, participant.key, ("withdraw-participant",))), None)
    return WithdrawalOutcome(entry.details["outcome"]) if entry is not None else WithdrawalOutcome.STOP


def backups_before(ledger: Ledger, at: datetime | None = None) -> tuple[datetime, ...]:
    """Return when backups were begun that the ledger knows, oldest first; only those before a moment, if given.

    One of the same second is among them: moments are kept to the second, and it may hold what was withdrawn then.
    """
    made = (datetime.fromisoformat(each) for each in ledger.backups())
    return tuple(each for each in made if at is None or each <= at)


def evidence_withdrawn(session: Session, study_id: int) -> dict[str, tuple[str, ...]]:
    """Return, by the key of a finding, the sources (keys) that were withdrawn from under it and nobody has dealt with.

    Of a source that was only stopped the links still stand: unlinking them deals with it. Of what was excluded or
    destroyed nothing stands: saving or moving the finding in a later second does; in the same one nobody has read it.
    """
    found: dict[str, set[str]] = {}
    linked = select(Finding.key, Source.key).join(EvidenceLink.finding).join(EvidenceLink.excerpt)
    linked = linked.join(Excerpt.revision).join(Revision.source)
    for key, source in session.execute(linked.where(Finding.study_id == study_id, Source.withdrawn_at.is_not(None))):
        found.setdefault(key, set()).add(source)
    for key, source in _taken_out_since(session, study_id):
        found.setdefault(key, set()).add(source)
    return {key: tuple(sorted(sources)) for key, sources in sorted(found.items())}


def _taken_out_since(session: Session, study_id: int) -> Iterator[tuple[str, str]]:
    """Yield finding and source of what was taken out since somebody saved or moved the finding."""
    further = select(Source.id).where(Source.study_id == study_id, Source.withdrawal.in_(list(ACTS)))
    shares = SourceParticipant.study_id == study_id, SourceParticipant.withdrawal.is_not(None)
    taken = union_all(further, select(SourceParticipant.source_id).where(*shares)).limit(1)
    if session.execute(taken).first() is None:
        return  # nothing was: the trail is long, and this is asked for each page
    changed = {each.key: each.changed_at for each in findings.findings(session, study_id)}
    for entry in _entries(session, session.get_one(Study, study_id).key, None, (*ACTS.values(), *SHARE_ACTS.values())):
        for key in entry.details.get(FINDINGS, ()):
            if key in changed and changed[key] <= entry.at:
                yield key, entry.subject


def _entries(session: Session, study_key: str, key: str | None, acts: tuple[str, ...]) -> list[Entry]:
    """The entries that tell what was taken out of which source, newest first."""
    view = AuditView(username="", study_keys=frozenset({study_key}))
    found = [
        each
        for act in acts
        for each in privacy.audit_page(session, Store.EVIDENCE, view, AuditChoice(act=act, key=key), limit=None).entries
        if key is None or each.subject == key
    ]
    return sorted(found, key=lambda each: each.sequence, reverse=True)
