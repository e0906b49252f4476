"""What left the program as a file, by the audit trails of both stores: briefs, and files with whole sources."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import Store
from ia_workbench.privacy import AuditChoice, AuditEntry, AuditView, CommunityAuditEntry, Study
from ia_workbench.publication import EXPORT_BRIEF, Audience

# Commands that write what they read into files: the trail names a read of raw words by the command that made it.
WRITE_WORDS = frozenset({"study.export", "coding.export"})


@dataclass(frozen=True)
class ExportedBrief:
    """A brief that somebody took away: what it holds (`evidence` keys), in which format (`docx`, `html`), who, when.

    `is_draft` is a preview of a finding that was not released; `side` says whose trail notes it, the team's (evidence)
    or the community's (published).
    """

    finding_key: str
    audience: Audience
    file_format: str
    sha256: str
    is_draft: bool
    evidence: tuple[str, ...]
    by: str
    side: Store
    at: datetime


@dataclass(frozen=True)
class WrittenOut:
    """Files that a command wrote with raw words in them: which command (`study.export`), who, when, whose words."""

    command: str
    by: str
    at: datetime
    sources: tuple[str, ...]


def exported_briefs(
    session: Session, published_session: Session | None, study: Study, finding_key: str | None = None
) -> list[ExportedBrief]:
    """Return the briefs of a study, or of one of its findings, that were taken away, oldest first.

    Without the published store only those that the team took.
    """
    sides = ((session, Store.EVIDENCE), (published_session, Store.PUBLISHED))
    found = [
        _brief(each, store)
        for opened, store in sides
        if opened is not None
        for each in _entries(opened, store, study.key, EXPORT_BRIEF, finding_key)
    ]
    return sorted(found, key=lambda each: each.at)


def written_out(session: Session, study: Study, source_keys: Collection[str]) -> list[WrittenOut]:
    """Return which files were written with words of any of these sources, oldest first."""
    found = [
        WrittenOut(str(each.details["where"]), each.actor, each.at, tuple(sorted(theirs)))
        for each in _entries(session, Store.EVIDENCE, study.key, privacy.READ_RAW, None)
        if each.details.get("where") in WRITE_WORDS and (theirs := set(each.details["sources"]) & set(source_keys))
    ]
    return sorted(found, key=lambda each: each.at)


def _entries(
    session: Session, store: Store, study_key: str, act: str, key: str | None
) -> Iterator[AuditEntry | CommunityAuditEntry]:
    view = AuditView(username="", study_keys=frozenset({study_key}))
    page = privacy.audit_page(session, store, view, AuditChoice(act=act, key=key), limit=None)
    in_order = sorted(page.entries, key=lambda each: each.sequence)  # several fall into one second
    return (each for each in in_order if key is None or each.subject == key)


def _brief(entry: AuditEntry | CommunityAuditEntry, side: Store) -> ExportedBrief:
    return ExportedBrief(
        finding_key=entry.subject,
        audience=Audience(entry.details["audience"]),
        file_format=str(entry.details["format"]),
        sha256=str(entry.details["sha256"]),
        is_draft=bool(entry.details.get("draft")),
        evidence=tuple(entry.details["evidence"]),
        by=entry.actor,
        side=side,
        at=entry.at,
    )
