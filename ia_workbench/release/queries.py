"""Reads of the bridge: masks by evidence link, releases by finding, what readers have that the team took back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from ia_workbench import corpus
from ia_workbench.coding import Excerpt
from ia_workbench.corpus import ConsentScope, Revision
from ia_workbench.database import moment_of
from ia_workbench.findings import EvidenceLink, Finding, ShownAs
from ia_workbench.kernel import digest_of
from ia_workbench.privacy import beyond_limits
from ia_workbench.publication import Audience
from ia_workbench.release.models import Mask, Release
from ia_workbench.release.needed import NEEDED
from ia_workbench.release.showing import needs_mask, shown_of, spans_of


def mask_of(session: Session, link: EvidenceLink) -> Mask | None:
    """Return the mask of one evidence link's quote, whether it counts or not; None when nobody masked it yet."""
    return session.scalars(select(Mask).where(Mask.link_id == link.id)).one_or_none()


def masks_for(session: Session, finding: Finding) -> Mapping[int, Mask]:
    """Return the masks of a finding's evidence, by the internal number of the link."""
    statement = select(Mask).join(EvidenceLink, Mask.link_id == EvidenceLink.id)
    found = session.scalars(statement.where(EvidenceLink.finding_id == finding.id))
    return {mask.link_id: mask for mask in found}


def is_current(mask: Mask, link: EvidenceLink) -> bool:
    """Say whether a mask was made for the quote as it stands, and for all that readers would get with it."""
    is_of_these_words = mask.quote_sha256 == digest_of(link.excerpt.quote)
    return is_of_these_words and mask.shown_sha256 == shown_of(link, spans_of(link, mask)).digest


def counts(mask: Mask | None, link: EvidenceLink) -> bool:
    """Say whether a mask counts for a link as it stands now: nothing changed since, confirmed by another person."""
    if mask is None or mask.confirmed_by in (None, mask.by):
        return False
    return is_current(mask, link)


def masks_to_confirm(session: Session, study_id: int, username: str) -> Sequence[Mask]:
    """Return the masks that wait for a second person and that this one may confirm, by evidence key.

    Each with its link, finding and words loaded, in one query.
    """
    link = contains_eager(Mask.link)
    words = link.joinedload(EvidenceLink.excerpt).joinedload(Excerpt.revision).joinedload(Revision.source)
    statement = select(Mask).join(Mask.link).join(EvidenceLink.finding).order_by(EvidenceLink.key)
    statement = statement.options(link.contains_eager(EvidenceLink.finding), words)
    waiting = statement.where(Mask.study_id == study_id, Mask.confirmed_by.is_(None), Mask.by != username)
    return [each for each in session.scalars(waiting) if may_be_confirmed(each, username)]


def may_be_confirmed(mask: Mask, username: str) -> bool:
    """Say whether this person may confirm a mask as it stands: neither its maker nor who loaded it from files."""
    link = mask.link
    is_shown = needs_mask(link) and not link.excerpt.revision.source.is_withdrawn
    return is_shown and username not in (mask.by, mask.loaded_by) and is_current(mask, link)


def releases(session: Session, study_id: int, finding: Finding | None = None) -> Sequence[Release]:
    """Return the releases of a study, or of one finding, oldest first."""
    statement = select(Release).where(Release.study_id == study_id).order_by(Release.id)
    if finding is not None:
        statement = statement.where(Release.finding_id == finding.id)
    return session.scalars(statement).all()


def has_met_body(earlier: Iterable[Release]) -> bool:
    """Say whether members were given a finding, of all its releases: one reached them and was not taken back."""
    given = (each for each in earlier if each.copied_at is not None and each.withdrawn_at is None)
    return any(each.audience is Audience.BODY for each in given)


def standing_releases(session: Session, study_id: int, finding: Finding | None = None) -> list[Release]:
    """Return the releases that readers have now, or will once they are copied: neither replaced nor taken back."""
    return standing(releases(session, study_id, finding))


def standing(decided: Iterable[Release]) -> list[Release]:
    """Return which of these releases, oldest first, readers have: a public one replaces every earlier one of its
    finding, one for the body leaves a public one standing (as `publication.receive_package` has it).
    """
    found: list[Release] = []
    for release in decided:
        if release.withdrawn_at is None:
            found = [each for each in found if not _replaces(release, each)]
            found.append(release)
    return found


def _replaces(later: Release, earlier: Release) -> bool:
    is_for_all = later.audience is Audience.PUBLIC or earlier.audience is Audience.BODY
    return later.finding_id == earlier.finding_id and is_for_all


@dataclass(frozen=True)
class Outlived:
    """A release that readers have although some of its evidence may not be with them any more: `evidence` are its keys.

    The team took it back, or consent or a steward's approval ended or no longer reaches as far as it is shown.
    """

    release: Release
    finding_key: str
    evidence: tuple[str, ...]


def outlived_releases(session: Session, study_id: int, finding: Finding | None = None) -> list[Outlived]:
    """Return what readers have and should not, by today's consent among others (`Outlived`); three queries.

    The same whoever asks: an analyst who is limited to some sources is told of every one.
    """
    had = standing_releases(session, study_id, finding)
    if not had:
        return []
    scopes = _scopes(session, study_id)
    found = [_outlived(release, scopes) for release in had]
    return [each for each in found if each.evidence]


def evidence_taken_back(session: Session, release: Release) -> tuple[str, ...]:
    """Return the keys of evidence in a release that may not be with its readers any more (`Outlived`); two queries."""
    return _outlived(release, _scopes(session, release.study_id)).evidence


def _scopes(session: Session, study_id: int) -> dict[str, ConsentScope]:
    """How far the words of each piece of evidence may travel today; those of withdrawn sources are not among them."""
    statement = (
        select(EvidenceLink.key, Revision.source_id)
        .join(Excerpt, EvidenceLink.excerpt_id == Excerpt.id)
        .join(Revision, Excerpt.revision_id == Revision.id)
        .where(EvidenceLink.study_id == study_id)
    )
    with beyond_limits(session, reason="see what readers may have"):
        linked = session.execute(statement).all()
    scopes = corpus.scopes_on(session, study_id, moment_of(session).date())
    return {key: scopes[number] for key, number in linked if number in scopes}


def _outlived(release: Release, scopes: Mapping[str, ConsentScope]) -> Outlived:
    had = [each for each in release.content["evidence"] if not _may_be_with_readers(release, each, scopes)]
    return Outlived(release, str(release.content["finding_key"]), tuple(str(each["key"]) for each in had))


def _may_be_with_readers(release: Release, evidence: Mapping[str, Any], scopes: Mapping[str, ConsentScope]) -> bool:
    scope = scopes.get(str(evidence["key"]))
    needed = NEEDED.get((ShownAs(str(evidence["shown"])), release.audience))
    return scope is not None and (needed is None or scope.allows(needed))


def releases_to_copy(session: Session) -> Sequence[Release]:
    """Return the releases and withdrawals that have not reached the published store, oldest first."""
    return session.scalars(select(Release).where(Release.copied_at.is_(None)).order_by(Release.id)).all()
