"""What a withdrawal takes out of this room: evidence links of a source, and what snapshots say of its words."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ia_workbench.coding import Excerpt
from ia_workbench.corpus import Revision, Source, WithdrawalOutcome, rows_changed
from ia_workbench.findings.models import EvidenceLink, Finding, Snapshot
from ia_workbench.findings.operations.snapshots import keep_snapshot

WITHDRAWAL = "withdrawal"  # why a snapshot was kept


def resting_on(session: Session, source: Source) -> Sequence[Finding]:
    """Return the findings with evidence from a source, by key."""
    return resting_on_excerpts(session, _excerpts(session, source))


def resting_on_excerpts(session: Session, excerpts: Collection[int]) -> Sequence[Finding]:
    """Return the findings with evidence from these excerpts (numbers), by key."""
    linked = select(EvidenceLink.finding_id).where(EvidenceLink.excerpt_id.in_(excerpts))
    return session.scalars(select(Finding).where(Finding.id.in_(linked)).order_by(Finding.key)).all()


def weigh_again(session: Session, by: str, finding: Finding) -> None:
    """Keep a finding as it stands after evidence of it was withdrawn, weighed anew by the study's rule."""
    keep_snapshot(session, by, finding, reason=WITHDRAWAL)


def forget(session: Session, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take away every evidence link of a source, and the digests of its words in snapshots; returns how many of each.

    A short quote could be found again by its digest. Statements are the team's own and stay. Stopping takes nothing.
    """
    if outcome is WithdrawalOutcome.STOP:
        return {}
    return forget_excerpts(session, source.study_id, _excerpts(session, source))


def forget_excerpts(session: Session, study_id: int, excerpts: Collection[int]) -> dict[str, int]:
    """Take away the evidence links of excerpts (numbers), and the digests of their words in snapshots.

    Returns how many of each.
    """
    guids = {str(each) for each in session.scalars(select(Excerpt.guid).where(Excerpt.id.in_(excerpts)))}
    snapshots = 0
    for snapshot in session.scalars(select(Snapshot).where(Snapshot.study_id == study_id)):
        kept = [_without_words(each, guids) for each in snapshot.content["evidence"]]
        if kept != snapshot.content["evidence"]:
            snapshot.content = snapshot.content | {"evidence": kept}
            snapshots += 1
    session.flush()  # what follows is deleted past the session
    links = rows_changed(session, delete(EvidenceLink).where(EvidenceLink.excerpt_id.in_(excerpts)))
    return {"evidence-links": links, "snapshots": snapshots}


def _excerpts(session: Session, source: Source) -> frozenset[int]:
    numbers = select(Excerpt.id).join(Excerpt.revision).where(Revision.source_id == source.id)
    return frozenset(session.scalars(numbers))


def _without_words(evidence: dict[str, Any], guids: set[str]) -> dict[str, Any]:
    if evidence.get("excerpt") not in guids:
        return evidence
    return {name: value for name, value in evidence.items() if name not in ("excerpt", "sha256")} | {"withdrawn": True}
