"""Writes about masks: one person masks a quote, another confirms what readers will see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import moment_of
from ia_workbench.findings import EvidenceLink
from ia_workbench.kernel import Refused, digest_of
from ia_workbench.privacy import Act, Actor
from ia_workbench.release.models import Mask
from ia_workbench.release.queries import mask_of
from ia_workbench.release.rules import Replacement, masked_spans, stored_spans

SECOND_PERSON = "You masked this quote yourself, {name}. Another person must confirm it."
OTHER_WORDS = "The words of {evidence} changed after they were masked. Mask the quote again."


def mask_quote(session: Session, actor: Actor, *, link: EvidenceLink, replacements: Sequence[Replacement]) -> Mask:
    """Mask the quote of an evidence link, or mask it anew, which drops the confirmation it had.

    No replacements means: nothing in this quote identifies anyone. Refuses as `masked_spans` does.
    """
    privacy.require(actor, Act.MASK, study_id=link.study_id)
    mask = _set_mask(session, link, replacements, by=actor.username, at=moment_of(session))
    _note(session, actor, "mask-quote", link, replacements=len(mask.replacements))
    return mask


def _set_mask(
    session: Session, link: EvidenceLink, replacements: Sequence[Replacement], *, by: str, at: datetime
) -> Mask:
    mask = mask_of(session, link) or Mask(study_id=link.study_id, link_id=link.id)
    mask.link = link
    mask.replacements = stored_spans(masked_spans(link.excerpt.quote, replacements))
    mask.quote_sha256 = digest_of(link.excerpt.quote)
    mask.by, mask.at = by, at
    mask.confirmed_by = mask.confirmed_at = None
    session.add(mask)
    session.flush()  # a second person confirms this very row, and two maskers must collide here
    return mask


def confirm_mask(session: Session, actor: Actor, *, mask: Mask) -> Mask:
    """Confirm, as a second person, that the quote as masked identifies no one.

    Refuses the person who masked it, and a mask whose quote has other words by now.
    """
    privacy.require(actor, Act.MASK, study_id=mask.study_id)
    if mask.by == actor.username:
        raise Refused(SECOND_PERSON, name=actor.username)
    if mask.quote_sha256 != digest_of(mask.link.excerpt.quote):
        raise Refused(OTHER_WORDS, evidence=mask.link.key)
    mask.confirmed_by, mask.confirmed_at = actor.username, moment_of(session)
    _note(session, actor, "confirm-mask", mask.link)
    return mask


def restore_mask(
    session: Session,
    actor: Actor,
    *,
    link: EvidenceLink,
    replacements: Sequence[Replacement],
    by: str,
    confirmed_by: str | None,
    at: datetime | None = None,
) -> Mask:
    """Put back a mask from a study's files, with the people who vouched for it there.

    Only for those who manage the study: it takes the files' word for who masked and who confirmed. Refuses one
    person in both places and anyone who is not in the study.
    """
    privacy.require(actor, Act.MANAGE_STUDY, study_id=link.study_id)
    if by == confirmed_by:
        raise Refused("{name} cannot confirm a mask of their own, in {evidence}.", name=by, evidence=link.key)
    members = {each.username for each in privacy.members_of(session, actor.store, link.study_id)}
    for name in (by, confirmed_by):
        if name is not None and name not in members:
            raise Refused(
                "{name}, named at the mask of {evidence}, is not in this study.", name=name, evidence=link.key
            )
    moment = at or moment_of(session)
    mask = _set_mask(session, link, replacements, by=by, at=moment)
    mask.confirmed_by, mask.confirmed_at = confirmed_by, moment if confirmed_by else None
    _note(session, actor, "restore-mask", link, by=by, confirmed_by=confirmed_by)
    return mask


def _note(session: Session, actor: Actor, act: str, link: EvidenceLink, **details: str | int | None) -> None:
    privacy.record(session, actor, act, subject=link.key, study_id=link.study_id, **details)
