"""Taking out of a source what one of its speakers said, while what the others said stays in use."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, findings, masking, privacy, release
from ia_workbench.corpus import Share, SourceParticipant, Turn, WithdrawalOutcome
from ia_workbench.database import moment_of
from ia_workbench.findings import Finding, Strength
from ia_workbench.privacy import Actor
from ia_workbench.withdrawal.certificates import Certificate, Reweighed

SHARE_ACTS = {WithdrawalOutcome.EXCLUDE: "exclude-share", WithdrawalOutcome.DESTROY: "destroy-share"}
EVIDENCE, FINDINGS = "evidence", "findings"  # which evidence (keys) it gave, and which findings rested on it


def take_out_share(
    session: Session,
    actor: Actor,
    *,
    share: Share,
    outcome: WithdrawalOutcome,
    reason: str,
    label: str | None = None,
    language: str | None = None,
) -> Certificate:
    """Take a participant's turns out of a source, with all that rests on a character of them; returns what was done.

    Excluding puts a text without their words in the place of the newest one and closes every earlier one and the file.
    Destroying overwrites them there too. `label` is noted as theirs; where it is not given, the turns tell. `language`
    is the one in which the text says that somebody withdrew, by default the source's.
    """
    source, told_in = share.source, language or share.source.language
    excerpts = coding.excerpts_touching(session, share.places)
    resting = list(findings.resting_on_excerpts(session, excerpts))
    before = {each.key: strength_of(session, each) for each in resting}
    lost = tuple(each.key for each in release.readers_lose(session, source.study_id, excerpts))
    gave = sorted(release.evidence_keys_from(session, excerpts))  # nothing tells it later: which briefs to ask back
    places = corpus.places_by_digest(session, share)
    _note(session, share, outcome, reason, label)
    counts = _forget(session, actor, share, outcome, excerpts)
    counts |= _take_out(session, actor, share, outcome, told_in)
    session.expire_all()  # rows were taken away that this session had read
    for finding in resting:
        findings.weigh_again(session, actor.username, finding)
    counts = {kind: count for kind, count in counts.items() if count}
    keys: dict[str, int | list[str]] = {EVIDENCE: gave, FINDINGS: [each.key for each in resting]}
    privacy.record(
        session, actor, SHARE_ACTS[outcome], subject=source.key, study_id=source.study_id,
        participant=share.participant.key, **counts, **keys,
    )  # fmt: skip
    weighed = tuple(Reweighed(each.key, before[each.key], strength_of(session, each)) for each in resting)
    return Certificate(
        source.key, outcome, moment_of(session), actor.username, counts, weighed, lost, share.participant.key, places,
        told_in,
    )  # fmt: skip


def strength_of(session: Session, finding: Finding) -> Strength:
    """Return the strength of a finding as it stands."""
    return findings.evaluation_of(session, finding).strength


def _note(session: Session, share: Share, outcome: WithdrawalOutcome, reason: str, label: str | None) -> None:
    """Note on the register's row how far their share goes; the row is made where an older copy lacks it."""
    source = share.source
    link = corpus.link_between(source, share.participant)
    if link is None:
        position = 1 + max((each.position for each in source.participant_links), default=-1)
        link = SourceParticipant(
            study_id=source.study_id, source_id=source.id, participant=share.participant, position=position
        )
        session.add(link)
    link.speaker = label or link.speaker or _label_there(session, share)
    link.withdrawal, link.withdrawal_reason = outcome, reason.strip()
    session.flush()


def _label_there(session: Session, share: Share) -> str | None:
    if not share.now:
        return None
    first = (Turn.revision_id == share.newest, Turn.start < share.now[0].end, Turn.end > share.now[0].start)
    return session.scalars(select(Turn.speaker).where(*first).order_by(Turn.number).limit(1)).first()


def _forget(
    session: Session, actor: Actor, share: Share, outcome: WithdrawalOutcome, excerpts: frozenset[int]
) -> dict[str, int]:
    """Take out what rests on their words, the highest room first: each lets go of what the ones below take away."""
    counts = release.forget_excerpts(session, actor, share.source, excerpts)
    counts |= findings.forget_excerpts(session, share.source.study_id, excerpts)
    counts |= masking.forget_share(session, share, outcome)
    counts |= coding.forget_rules(session, share.source, outcome)
    return counts | coding.forget_excerpts(session, excerpts)


def _take_out(
    session: Session, actor: Actor, share: Share, outcome: WithdrawalOutcome, language: str
) -> dict[str, int]:
    """Take out their words themselves; what rests on others' words goes along to the new text."""
    author = corpus.Author(actor.username, moment_of(session))
    emptied = corpus.take_out_turns(session, author, share, language)
    if emptied is not None:
        coding.follow_emptied(session, emptied)
        masking.bring_along(session, emptied.revision, corpus.stored_text(session, emptied.revision))
    counts = {"turns": share.turns, "listed-words": coding.clear_listed(session, share.places)}
    if outcome is WithdrawalOutcome.DESTROY:
        counts |= corpus.overwrite_turns(session, share)
    return counts
