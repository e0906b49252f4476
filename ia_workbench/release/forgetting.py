"""What a withdrawal takes out of the bridge: what readers have of a source, its masks, and its words in packages.

A release says by its own row what is to hold (decision 018), so the published store learns it by `copy_releases`, as
late as it must, and as often as it likes.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ia_workbench import privacy, publication
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import Revision, Source, WithdrawalOutcome, rows_changed
from ia_workbench.database import Store, moment_of
from ia_workbench.findings import EvidenceLink, Finding
from ia_workbench.kernel import NotAllowed
from ia_workbench.privacy import Act, Actor, AuditChoice
from ia_workbench.publication import Package
from ia_workbench.release.models import Mask, Release
from ia_workbench.release.operations import decide_withdrawal
from ia_workbench.release.queries import releases, standing_releases

REASON = "A source that it rests on was withdrawn."  # never the person's own words: more people read this
NEEDS_A_LEAD = (
    "Readers have {findings}, which rests on {source}. Ask a lead to withdraw it: then readers lose it at once."
)


def evidence_keys_of(session: Session, source: Source) -> frozenset[str]:
    """Return the keys of all evidence a source ever gave, unlinked evidence too: the audit trail knows whose it was."""
    return evidence_keys_from(session, excerpts_of(session, source))


def evidence_keys_from(session: Session, excerpts: Collection[int]) -> frozenset[str]:
    """Return the keys of all evidence that these excerpts (numbers) ever gave, unlinked evidence too."""
    linked = set(session.scalars(select(EvidenceLink.key).where(EvidenceLink.excerpt_id.in_(excerpts))))
    guids = {str(each) for each in session.scalars(select(Excerpt.guid).where(Excerpt.id.in_(excerpts)))}
    made = privacy.audit_page(session, Store.EVIDENCE, None, AuditChoice(act="link-evidence"), limit=None).entries
    return frozenset(linked | {each.subject for each in made if each.details.get("excerpt") in guids})


def excerpts_of(session: Session, source: Source) -> frozenset[int]:
    """Return the numbers of the excerpts of a source."""
    numbers = select(Excerpt.id).join(Excerpt.revision).where(Revision.source_id == source.id)
    return frozenset(session.scalars(numbers))


def releases_resting_on(session: Session, study_id: int, excerpts: Collection[int]) -> list[Release]:
    """Return the releases, standing or not, whose package shows or counts one of these excerpts, oldest first."""
    keys = evidence_keys_from(session, excerpts)
    found = (each for each in releases(session, study_id) if not each.is_emptied)
    return [each for each in found if any(str(shown["key"]) in keys for shown in each.content["evidence"])]


def readers_lose(session: Session, study_id: int, excerpts: Collection[int]) -> list[Finding]:
    """Return the findings that readers have and that show or count one of these excerpts, by key."""
    standing = {each.id for each in standing_releases(session, study_id)}
    numbers = {each.finding_id for each in releases_resting_on(session, study_id, excerpts) if each.id in standing}
    return list(session.scalars(select(Finding).where(Finding.id.in_(numbers)).order_by(Finding.key)))


def forget(session: Session, actor: Actor, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take from readers what rests on a source, and with excluding its masks and the words in every package of it.

    The packages wait to be told to the published store (`copy_releases`). Raises NotAllowed when readers have some and
    the actor may not take it from them. Returns how many of each.
    """
    excerpts = excerpts_of(session, source)
    if outcome is not WithdrawalOutcome.STOP:
        return forget_excerpts(session, actor, source, excerpts)
    return {"findings-with-readers": _take_from_readers(session, actor, source, excerpts)}


def forget_excerpts(session: Session, actor: Actor, source: Source, excerpts: Collection[int]) -> dict[str, int]:
    """Take from readers what rests on excerpts (numbers) of a source, their masks, and their words in every package.

    Otherwise as `forget`.
    """
    affected = releases_resting_on(session, source.study_id, excerpts)
    lost = _take_from_readers(session, actor, source, excerpts)
    _empty(session, actor, affected)
    links = select(EvidenceLink.id).where(EvidenceLink.excerpt_id.in_(excerpts))
    masks = rows_changed(session, delete(Mask).where(Mask.link_id.in_(links)))
    return {"findings-with-readers": lost, "packages": len(affected), "masks": masks}


def _take_from_readers(session: Session, actor: Actor, source: Source, excerpts: Collection[int]) -> int:
    lost = readers_lose(session, source.study_id, excerpts)
    if lost and not actor.may(Act.RELEASE):
        raise NotAllowed(NEEDS_A_LEAD, findings=", ".join(each.key for each in lost), source=source.key)
    for finding in lost:
        decide_withdrawal(session, actor, finding=finding, reason=REASON)
    return len(lost)


def _empty(session: Session, actor: Actor, affected: Sequence[Release]) -> None:
    now = moment_of(session)
    for release in affected:
        if release.withdrawn_at is None:  # readers have it no more, but it was only replaced
            release.withdrawn_by, release.withdrawn_at, release.withdrawal_reason = actor.username, now, REASON
        release.content = publication.emptied(release.content)
        release.copied_at = None
    session.flush()  # what follows is deleted past the session


def wait_again(session: Session, published_session: Session) -> int:
    """Let every withdrawal wait that the published store does not know, though it was told: it is an older copy.

    `published_session` is an unheld one. Returns how many wait again.
    """
    there = {each.id: each.key for each in privacy.studies(published_session, Store.PUBLISHED)}
    packages = {(there[each.study_id], each.sha256): each for each in published_session.scalars(select(Package))}
    waiting = 0
    told = select(Release).where(Release.withdrawn_at.is_not(None), Release.copied_at.is_not(None))
    for each in session.scalars(told):
        package = packages.get((privacy.study_numbered(session, each.study_id).key, each.sha256))
        if package is not None and (package.withdrawn_at is None or each.is_emptied > package.is_emptied):
            each.copied_at = None
            waiting += 1
    session.flush()  # the copy looks for what waits
    return waiting
