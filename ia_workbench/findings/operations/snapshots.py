"""Keeping a finding as it stood whenever its stage or its strength changed."""

from typing import Any

from sqlalchemy.orm import Session

from ia_workbench.database import moment_of
from ia_workbench.findings.documents import evaluation_json
from ia_workbench.findings.evaluations import evaluation_of
from ia_workbench.findings.models import EvidenceLink, Finding, Snapshot
from ia_workbench.findings.queries import links_of, newest_snapshot
from ia_workbench.findings.rules import Evaluation
from ia_workbench.kernel import new_guid


def keep_snapshot(session: Session, by: str, finding: Finding, *, reason: str) -> Snapshot:
    """Keep the finding as it stands, weighed under the study's rule."""
    return _keep(session, by, finding, evaluation_of(session, finding), reason)


def keep_snapshot_if_strength_changed(session: Session, by: str, finding: Finding) -> Snapshot | None:
    """Keep the finding when its strength is no longer that of its last snapshot; None when it is.

    Comparing with the last snapshot also notices what changed below in the meantime, such as a withdrawn source.
    """
    evaluation, last = evaluation_of(session, finding), newest_snapshot(session, finding)
    if last is not None and last.content["evaluation"]["strength"] == evaluation.strength.value:
        return None
    return _keep(session, by, finding, evaluation, "strength")


def _keep(session: Session, by: str, finding: Finding, evaluation: Evaluation, reason: str) -> Snapshot:
    snapshot = Snapshot(
        guid=new_guid(),
        study_id=finding.study_id,
        finding_id=finding.id,
        at=moment_of(session),
        by=by,
        stage=finding.stage,
        content=_content(session, finding, evaluation, reason),
    )
    session.add(snapshot)
    session.flush()  # the next comparison in this transaction must find it
    return snapshot


def _content(session: Session, finding: Finding, evaluation: Evaluation, reason: str) -> dict[str, Any]:
    return {
        "reason": reason,
        "title": finding.title,
        "statement": finding.statement,
        "plain": finding.plain,
        "levers": [{"lever": each.lever, "explanation": each.explanation} for each in finding.levers],
        "nodes": finding.nodes,
        "edges": finding.edges,
        "evaluation": evaluation_json(evaluation),
        "evidence": [_link_json(link) for link in links_of(session, finding)],
    }


def _link_json(link: EvidenceLink) -> dict[str, Any]:
    """Identify the words without repeating them: what a snapshot repeats, a withdrawn source could not take back."""
    return {
        "key": link.key,
        "excerpt": str(link.excerpt.guid),
        "sha256": link.excerpt.sha256,
        "stance": link.stance.value,
        "role": link.role.value,
        "lever": link.lever,
        "resolved": link.resolution is not None,
    }
