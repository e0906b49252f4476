"""Writes of evidence: linking excerpts to findings, saying how readers see them, weighing what does not fit."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ia_workbench import coding, privacy
from ia_workbench.coding import EVIDENCE, ActKind, Excerpt, Part
from ia_workbench.corpus import Source, SourceKind
from ia_workbench.database import moment_of
from ia_workbench.findings.models import EvidenceLink, Finding
from ia_workbench.findings.operations.overtaking import refuse_overtaken
from ia_workbench.findings.operations.relinking import allowed_shown, link_state
from ia_workbench.findings.operations.snapshots import keep_snapshot_if_strength_changed
from ia_workbench.findings.rules import LinkRole, ShownAs, Stance, role_fits
from ia_workbench.kernel import Conflict, NotFound, Refused, has_words, is_numbered_key
from ia_workbench.privacy import Act, Actor

Words = Mapping[str, str]
KEY_PREFIX, KEY_WIDTH = "E", 4
NO_WORDS: Words = {}


def link_evidence(
    session: Session,
    actor: Actor,
    *,
    finding: Finding,
    excerpt: Excerpt,
    stance: Stance,
    role: LinkRole,
    lever: str | None = None,
    note: str = "",
    resolution: str | None = None,
    shown_as: ShownAs | None = None,
    paraphrase: Words = NO_WORDS,
    translation: Words = NO_WORDS,
    speaker: Words = NO_WORDS,
    by: str | None = None,
    at: datetime | None = None,
    key: str | None = None,
    request: str | None = None,
) -> EvidenceLink:
    """Link an excerpt to a finding under the next key (`E-0007`); keeps a snapshot when the strength changes with it.

    `shown_as` is the most that consent allows unless given; `by`, `at` and `key` are the actor, now and the next one
    unless a study is loaded. `request` names an act of the coding screen: sent twice it links once, undo takes it back.
    Refuses a key that is taken or malformed, withdrawn sources, debriefs, an excerpt twice in one role, and what does
    not go together or with the finding or the consent.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=finding.study_id)
    if (known := _made_by(session, actor, request)) is not None:
        return known
    source, by = _source_of(excerpt, finding), _named(actor, finding.study_id, by)
    _refuse_misfit(finding, stance, role, lever, resolution)
    link = EvidenceLink(
        study_id=finding.study_id,
        key=_key(session, finding.study_id, key),
        finding=finding,
        excerpt=excerpt,
        stance=stance,
        role=role,
        lever=lever,
        note=note.strip(),
        resolution=_words_or_none(resolution),
        shown_as=_shown_as(source, shown_as),
        by=by,
        at=at or moment_of(session),
        changed_by=by,
    )
    link.paraphrase, link.translation, link.speaker = dict(paraphrase), dict(translation), dict(speaker)
    return _added(session, actor, link, request)


def _made_by(session: Session, actor: Actor, request: str | None) -> EvidenceLink | None:
    """The link that an act made when it was first asked for; refuses a name that another act has."""
    act = coding.act_requested(session, actor, request)
    if act is None:
        return None
    made = coding.parts_of(act)[0]
    if act.kind is not ActKind.EVIDENCE:
        raise Conflict("This request was already used for another act. Send it under a new identifier.")
    link = session.scalars(select(EvidenceLink).where(EvidenceLink.guid == made.guid)).one_or_none()
    if link is None:
        raise NotFound("This link is no longer there.")
    return link


def _added(session: Session, actor: Actor, link: EvidenceLink, request: str | None) -> EvidenceLink:
    _add(session, link)
    if request is not None:
        made, source_id = Part(EVIDENCE, link.guid, None, link_state(link)), link.excerpt.revision.source_id
        coding.note(
            session, actor, ActKind.EVIDENCE, [made], study_id=link.study_id, source_id=source_id, request=request
        )
    keep_snapshot_if_strength_changed(session, actor.username, link.finding)
    details = {"finding": link.finding.key, "excerpt": str(link.excerpt.guid)}
    details |= {"stance": link.stance.value, "role": link.role.value}
    privacy.record(session, actor, "link-evidence", subject=link.key, study_id=link.study_id, **details)
    return link


def unlink_evidence(session: Session, actor: Actor, *, link: EvidenceLink, version: int | None = None) -> None:
    """Take an evidence link away; the excerpt and its codings stay. Keeps a snapshot when the strength changes.

    `version` is the version of the link that the person had before them: Conflict when someone has saved another since.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=link.study_id)
    refuse_overtaken(session, link, version)
    finding = link.finding
    session.delete(link)
    session.flush()  # the finding is weighed without it
    keep_snapshot_if_strength_changed(session, actor.username, finding)
    privacy.record(session, actor, "unlink-evidence", subject=link.key, study_id=link.study_id, finding=finding.key)


def resolve_link(
    session: Session, actor: Actor, *, link: EvidenceLink, resolution: str | None, version: int | None = None
) -> None:
    """Say how a contrary link was weighed, or open it again with None; keeps a snapshot when the strength changes.

    `version` is the version of the link that the writer had before them: Conflict when someone has saved another since.
    Refuses a link that supports: it has nothing to resolve.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=link.study_id)
    if link.stance is Stance.SUPPORTS:
        raise Refused("{key} supports the finding; there is nothing to resolve.", key=link.key)
    refuse_overtaken(session, link, version)
    link.resolution, link.changed_by = _words_or_none(resolution), actor.username
    session.flush()  # the finding is weighed with it
    keep_snapshot_if_strength_changed(session, actor.username, link.finding)
    state = "resolved" if link.resolution else "open"
    privacy.record(session, actor, "resolve-link", subject=link.key, study_id=link.study_id, state=state)


def describe_link(
    session: Session,
    actor: Actor,
    *,
    link: EvidenceLink,
    note: str | None = None,
    shown_as: ShownAs | None = None,
    paraphrase: Words | None = None,
    translation: Words | None = None,
    speaker: Words | None = None,
    version: int | None = None,
) -> None:
    """Change the note of a link and how readers outside the team see it; what is None stays as it is.

    `version` is the version of the link that the writer had before them: Conflict when someone has saved another since.
    Refuses showing more than the source's consent allows.
    """
    privacy.require(actor, Act.CHANGE_EVIDENCE, study_id=link.study_id)
    refuse_overtaken(session, link, version)
    if shown_as is not None:
        link.shown_as = _shown_as(link.excerpt.revision.source, shown_as)
    link.note = link.note if note is None else note.strip()
    link.paraphrase = link.paraphrase if paraphrase is None else dict(paraphrase)
    link.translation = link.translation if translation is None else dict(translation)
    link.speaker = link.speaker if speaker is None else dict(speaker)
    link.changed_by = actor.username
    privacy.record(session, actor, "describe-link", subject=link.key, study_id=link.study_id)


def _key(session: Session, study_id: int, key: str | None) -> str:
    if key is None:
        return privacy.next_key(session, study_id=study_id, prefix=KEY_PREFIX, width=KEY_WIDTH)
    if not is_numbered_key(key):
        raise Refused("{key} is no key of evidence; write it like E-0007.", key=key)
    same = select(EvidenceLink.key).where(
        EvidenceLink.study_id == study_id, func.lower(EvidenceLink.key) == key.lower()
    )
    taken = session.scalars(same).first()
    if taken is not None:
        raise Refused("There is already evidence {key} in this study.", key=taken)
    privacy.note_key(session, study_id=study_id, key=key)
    return key


def _source_of(excerpt: Excerpt, finding: Finding) -> Source:
    if excerpt.study_id != finding.study_id:
        raise NotFound("This excerpt is no longer there.")
    source = excerpt.revision.source
    if source.is_withdrawn:
        raise Refused("{key} was withdrawn and cannot be evidence.", key=source.key)
    if source.kind is SourceKind.DEBRIEF:
        raise Refused("{key} is a debrief and never counts as evidence. Link the source it speaks of.", key=source.key)
    return source


def _refuse_misfit(finding: Finding, stance: Stance, role: LinkRole, lever: str | None, resolution: str | None) -> None:
    if not role_fits(stance, role):
        raise Refused("Evidence that supports a finding cannot have the role counter.")
    if resolution is not None and stance is Stance.SUPPORTS:
        raise Refused("Only evidence that contradicts or complicates has a resolution.")
    if lever is not None and role is not LinkRole.PRODUCED_BY:
        raise Refused("Only evidence with the role produced-by anchors a lever.")
    if lever is not None and lever not in {named.lever for named in finding.levers}:
        raise Refused(
            "{finding} does not name the lever {lever}. Add it there first.", finding=finding.key, lever=lever
        )


def _shown_as(source: Source, wanted: ShownAs | None) -> ShownAs:
    allowed = allowed_shown(source)
    if wanted is not None and wanted not in allowed:
        raise Refused(
            "The consent for {key} is {scope}: readers may not get this as a {shown}.",
            key=source.key,
            scope=source.consent.value,
            shown=wanted.value,
        )
    return wanted or allowed[0]


def _named(actor: Actor, study_id: int, by: str | None) -> str:
    if by is None or by == actor.username:
        return actor.username
    privacy.require(actor, Act.MANAGE_STUDY, study_id=study_id)
    return by


def _words_or_none(words: str | None) -> str | None:
    return words.strip() if words is not None and has_words(words) else None


def _add(session: Session, link: EvidenceLink) -> None:
    source, finding, role = link.excerpt.revision.source.key, link.finding.key, link.role.value
    session.add(link)
    try:
        session.flush()  # the finding is weighed with it, and the same link may be there already
    except IntegrityError:
        raise Refused(
            "These words of {source} are already evidence for {finding} with the role {role}.",
            source=source,
            finding=finding,
            role=role,
        ) from None
