"""Writes about masks: one person masks a quote, another confirms what readers will see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ia_workbench import privacy
from ia_workbench.database import moment_of
from ia_workbench.findings import EvidenceLink
from ia_workbench.kernel import Conflict, Refused, digest_of
from ia_workbench.privacy import Act, Actor
from ia_workbench.release.models import Mask
from ia_workbench.release.queries import is_current, mask_of
from ia_workbench.release.rules import Replacement, masked_spans, stored_spans
from ia_workbench.release.showing import seen_of, shown_of

SECOND_PERSON = "You masked this quote yourself, {name}. Another person must confirm it."
LOADED_IT = "You loaded the mask of {evidence} from files, {name}. Another person must confirm it."
OTHER_WORDS = "The words of {evidence} changed after they were masked. Mask the quote again."
SHOWN_OTHERWISE = "What readers get of {evidence} changed after it was masked. Mask the quote again."
MASKED_MEANWHILE = "{evidence} changed after you opened it. Look at it as it is now, then mask it."
CHANGED_MEANWHILE = "{evidence} changed after you opened it. Look at what readers get now, then confirm it."


def mask_quote(
    session: Session, actor: Actor, *, link: EvidenceLink, replacements: Sequence[Replacement], seen: str
) -> Mask:
    """Mask the quote of an evidence link, or mask it anew, which drops the confirmation it had.

    No replacements means: nothing that readers get here identifies anyone. `seen` is what `seen_of` said of what was
    looked at; raises Conflict when the link or its mask changed since. Refuses as `masked_spans` does.
    """
    privacy.require(actor, Act.MASK, study_id=link.study_id)
    if seen != seen_of(link, mask_of(session, link)):
        raise Conflict(MASKED_MEANWHILE, evidence=link.key)
    mask = _set_mask(session, link, replacements, by=actor.username, at=moment_of(session))
    _note(session, actor, "mask-quote", link, replacements=len(mask.replacements))
    return mask


def _set_mask(
    session: Session,
    link: EvidenceLink,
    replacements: Sequence[Replacement],
    *,
    by: str,
    at: datetime,
    confirmed_in_file: str | None = None,
    loaded_by: str | None = None,
) -> Mask:
    mask = mask_of(session, link) or Mask(study_id=link.study_id, link_id=link.id)
    spans = masked_spans(link.excerpt.quote, replacements)
    mask.link = link
    mask.replacements = stored_spans(spans)
    mask.quote_sha256, mask.shown_sha256 = digest_of(link.excerpt.quote), shown_of(link, spans).digest
    mask.by, mask.at = by, at
    mask.confirmed_by = mask.confirmed_at = None
    mask.confirmed_in_file, mask.loaded_by = confirmed_in_file, loaded_by
    session.add(mask)
    session.flush()  # a second person confirms this very row, and two maskers must collide here
    return mask


def confirm_mask(session: Session, actor: Actor, *, mask: Mask, seen: str) -> Mask:
    """Confirm, as a second person, that what readers get of an evidence link identifies no one.

    `seen` is what `seen_of` said of what was looked at; raises Conflict when the link or its mask changed since.
    Refuses the person who masked it and who loaded it from files, and a mask that is not for the words as they stand.
    """
    privacy.require(actor, Act.MASK, study_id=mask.study_id)
    _refuse_first_person(actor, mask)
    if mask.quote_sha256 != digest_of(mask.link.excerpt.quote):
        raise Refused(OTHER_WORDS, evidence=mask.link.key)
    if seen != seen_of(mask.link, mask):
        raise Conflict(CHANGED_MEANWHILE, evidence=mask.link.key)
    if not is_current(mask, mask.link):
        raise Refused(SHOWN_OTHERWISE, evidence=mask.link.key)
    mask.confirmed_by, mask.confirmed_at = actor.username, moment_of(session)
    _note(session, actor, "confirm-mask", mask.link)
    return mask


def _refuse_first_person(actor: Actor, mask: Mask) -> None:
    if mask.by == actor.username:
        raise Refused(SECOND_PERSON, name=actor.username)
    if mask.loaded_by == actor.username:  # who masked is then their word alone
        raise Refused(LOADED_IT, evidence=mask.link.key, name=actor.username)


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
    """Put back a mask from a study's files; it waits until somebody else than its maker and the actor confirms it here.

    Only for those who manage the study. Whom the files name as second person is kept, to be exported again, and counts
    for nothing. Refuses one person in both places and anyone who is not in the study.
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
    loader, moment = actor.username, at or moment_of(session)
    mask = _set_mask(session, link, replacements, by=by, at=moment, confirmed_in_file=confirmed_by, loaded_by=loader)
    _note(session, actor, "restore-mask", link, by=by, confirmed_by=confirmed_by)
    return mask


def _note(session: Session, actor: Actor, act: str, link: EvidenceLink, **details: str | int | None) -> None:
    privacy.record(session, actor, act, subject=link.key, study_id=link.study_id, **details)
