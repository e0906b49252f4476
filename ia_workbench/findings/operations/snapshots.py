"""Keeping a finding as it stood whenever its stage or its strength changed."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.coding import Excerpt
from ia_workbench.database import moment_of
from ia_workbench.findings.documents import evaluation_json
from ia_workbench.findings.evaluations import evaluation_of
from ia_workbench.findings.models import EvidenceLink, Finding, Snapshot
from ia_workbench.findings.queries import newest_snapshot
from ia_workbench.findings.rules import Evaluation
from ia_workbench.kernel import new_guid
from ia_workbench.privacy import beyond_limits


def keep_snapshot(session: Session, by: str, finding: Finding, *, reason: str) -> Snapshot:
    """Keep the finding as it stands, weighed under the study's rule."""
    return _keep(session, by, finding, evaluation_of(session, finding, for_the_record=True), reason)


def keep_snapshot_if_strength_changed(session: Session, by: str, finding: Finding) -> Snapshot | None:
    """Keep the finding when its strength is no longer that of its last snapshot; None when it is.

    Comparing with the last snapshot also notices what changed below in the meantime, such as a withdrawn source.
    """
    evaluation = evaluation_of(session, finding, for_the_record=True)
    last = newest_snapshot(session, finding)
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
        "evidence": _evidence(session, finding),
    }


def _evidence(session: Session, finding: Finding) -> list[dict[str, Any]]:
    """Identify the words without repeating them: what a snapshot repeats, a withdrawn source could not take back.

    All of them, also where whoever acts reads only some.
    """
    columns = (EvidenceLink.key, EvidenceLink.stance, EvidenceLink.role, EvidenceLink.lever, EvidenceLink.resolution)
    statement = select(*columns, Excerpt.guid, Excerpt.sha256).join(EvidenceLink.excerpt)
    here = statement.where(EvidenceLink.finding_id == finding.id).order_by(EvidenceLink.id)
    with beyond_limits(session, reason="keep a finding with all its evidence"):
        rows = session.execute(here).all()
    return [
        {
            "key": row.key,
            "excerpt": str(row.guid),
            "sha256": row.sha256,
            "stance": row.stance.value,
            "role": row.role.value,
            "lever": row.lever,
            "resolved": row.resolution is not None,
        }
        for row in rows
    ]
