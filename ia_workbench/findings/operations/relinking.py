"""Taking a link of evidence back and making it again, for undo and redo at the coding screen.

Redo brings back the very link that undo took: with its GUID and under its own key (`E-0007`). Keys are never given to
something else: the number stays used up whether or not its link is there. The journal holds no words, so a link that
has some (a note, how it was weighed, what readers get instead) is not undone: they would be gone.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ia_workbench.coding import Excerpt, Part
from ia_workbench.corpus import ConsentScope, Source
from ia_workbench.findings.models import EvidenceLink, Finding
from ia_workbench.findings.operations.snapshots import keep_snapshot_if_strength_changed
from ia_workbench.findings.rules import LinkRole, ShownAs, Stance
from ia_workbench.kernel import Conflict
from ia_workbench.privacy import Act, Actor, require

NEEDS_CONSENT = {ShownAs.QUOTE: ConsentScope.QUOTE_IN_REPORT, ShownAs.PARAPHRASE: ConsentScope.PARAPHRASE}
HAS_WORDS = "{key} has words of its own, such as a note. Take it away on its page, where they can be read before."
CHANGED = "{key} was changed after it was linked. Look at it on its page."
GONE = "The words, the finding or the consent that this link rests on are no longer there."
TAKEN = "These words are evidence for the finding in this role again. Nothing was changed."


def link_state(link: EvidenceLink) -> dict[str, Any]:
    """Return all that makes a link what it is, by identifiers and the words of the method; none of its own words."""
    return {
        "key": link.key,
        "finding": str(link.finding.guid),
        "excerpt": str(link.excerpt.guid),
        "stance": link.stance.value,
        "role": link.role.value,
        "lever": link.lever,
        "shown_as": link.shown_as.value,
        "by": link.by,
        "at": link.at.isoformat(),
    }


def set_link_state(session: Session, actor: Actor, part: Part) -> None:
    """Make a link what a part says it was after it: there or gone. Part of undo and redo, which are entered.

    Keeps a snapshot of the finding when its strength changes. Raises Conflict when the link is not what the part says
    it was before, has words of its own, or can stand no more.
    """
    link = session.scalars(select(EvidenceLink).where(EvidenceLink.guid == part.guid)).one_or_none()
    key = (part.before or part.after or {}).get("key", "")
    if (link_state(link) if link else None) != part.before:
        raise Conflict(CHANGED, key=key)
    if link is None:
        _put_back(session, actor, part)
        return
    require(actor, Act.CHANGE_EVIDENCE, study_id=link.study_id)
    if has_own_words(link):
        raise Conflict(HAS_WORDS, key=key)
    finding = link.finding
    session.delete(link)
    session.flush()  # the finding is weighed without it
    keep_snapshot_if_strength_changed(session, actor.username, finding)


def allowed_shown(source: Source) -> list[ShownAs]:
    """Return how readers outside the team may get words of a source by its consent, the most first."""
    return [each for each in ShownAs if each not in NEEDS_CONSENT or source.consent.allows(NEEDS_CONSENT[each])]


def has_own_words(link: EvidenceLink) -> bool:
    """Say whether somebody wrote something on a link that would be gone with it."""
    return bool(link.note or link.resolution or link.paraphrase or link.translation or link.speaker)


def _put_back(session: Session, actor: Actor, part: Part) -> None:
    after = part.after or {}
    finding = session.scalars(select(Finding).where(Finding.guid == uuid.UUID(after["finding"]))).one_or_none()
    excerpt = session.scalars(select(Excerpt).where(Excerpt.guid == uuid.UUID(after["excerpt"]))).one_or_none()
    if finding is None or excerpt is None or excerpt.revision.source.is_withdrawn:
        raise Conflict(GONE)
    is_named = after["lever"] is None or after["lever"] in {each.lever for each in finding.levers}
    if not is_named or ShownAs(after["shown_as"]) not in allowed_shown(excerpt.revision.source):
        raise Conflict(GONE)
    require(actor, Act.CHANGE_EVIDENCE, study_id=finding.study_id)
    link = EvidenceLink(
        guid=part.guid,
        study_id=finding.study_id,
        key=after["key"],
        finding=finding,
        excerpt=excerpt,
        stance=Stance(after["stance"]),
        role=LinkRole(after["role"]),
        lever=after["lever"],
        note="",
        resolution=None,
        shown_as=ShownAs(after["shown_as"]),
        paraphrase={},
        translation={},
        speaker={},
        by=after["by"],
        at=datetime.fromisoformat(after["at"]),
        changed_by=actor.username,
    )
    try:
        with session.begin_nested():
            session.add(link)
            session.flush()  # the same words may have been linked in this role meanwhile
    except IntegrityError:
        raise Conflict(TAKEN) from None
    keep_snapshot_if_strength_changed(session, actor.username, finding)
