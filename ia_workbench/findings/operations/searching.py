"""Writes of negative-case searches: that someone looked for what speaks against a finding."""

from datetime import date

from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import moment_of
from ia_workbench.findings.models import Finding, NegativeCaseSearch
from ia_workbench.findings.operations.snapshots import keep_snapshot_if_strength_changed
from ia_workbench.kernel import Refused
from ia_workbench.privacy import Act, Actor


def record_search(
    session: Session,
    actor: Actor,
    *,
    finding: Finding,
    query: str,
    note: str,
    by: str | None = None,
    on: date | None = None,
) -> NegativeCaseSearch:
    """Record a search for evidence against a finding: who, when, how and what was found.

    `by` and `on` are the actor and today unless given; only who manages the study records for another. Keeps a
    snapshot when the strength changes with it. Refuses a search that does not say how it was made.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=finding.study_id)
    if by is not None and by != actor.username:
        privacy.require(actor, Act.MANAGE_STUDY, study_id=finding.study_id)
    if not query.strip():
        raise Refused("Say how you searched: the words, codes or people you looked for.")
    search = NegativeCaseSearch(
        study_id=finding.study_id,
        finding_id=finding.id,
        by=by or actor.username,
        on=on or moment_of(session).date(),
        query=query.strip(),
        note=note.strip(),
    )
    session.add(search)
    session.flush()  # the finding is weighed with it
    keep_snapshot_if_strength_changed(session, actor.username, finding)
    privacy.record(session, actor, "record-search", subject=finding.key, study_id=finding.study_id)
    return search
