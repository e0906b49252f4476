"""Carrying a withdrawal out in the store: what `operations` does at a person's word, and `applying` at the ledger's."""

import uuid
from collections.abc import Collection

from sqlalchemy.orm import Session

from ia_workbench import coding, corpus, findings, masking, privacy, release
from ia_workbench.corpus import Participant, Source, WithdrawalOutcome
from ia_workbench.database import moment_of
from ia_workbench.kernel import NotAllowed, Refused, has_words
from ia_workbench.privacy import Actor
from ia_workbench.withdrawal.certificates import Certificate, ParticipantCertificate, Reweighed
from ia_workbench.withdrawal.taking_out import EVIDENCE, FINDINGS, strength_of, take_out_share
from ia_workbench.withdrawal.ways import Speakers, ways_of

ACTS = {WithdrawalOutcome.EXCLUDE: "exclude-source", WithdrawalOutcome.DESTROY: "destroy-source"}
SEES_SOME = "You read some sources of this study only. Ask a lead to withdraw {key}, who may speak in others."


def carry_out(
    session: Session, actor: Actor, *, source: Source, outcome: WithdrawalOutcome, reason: str
) -> Certificate:
    """Do what `withdraw_source` does, but for the ledger: it says so already where a withdrawal is applied again."""
    resting = list(findings.resting_on(session, source))
    before = {each.key: strength_of(session, each) for each in resting}
    corpus.withdraw_source(session, actor, source=source, reason=reason, outcome=outcome)
    excerpts = release.excerpts_of(session, source)
    lost = tuple(each.key for each in release.readers_lose(session, source.study_id, excerpts))
    gave = sorted(release.evidence_keys_of(session, source))  # nothing tells it later: which briefs to ask back
    counts = _forget(session, actor, source, outcome)
    session.expire_all()  # rows were taken away that this session had read
    for finding in resting:
        findings.weigh_again(session, actor.username, finding)
    if outcome in ACTS:
        keys: dict[str, int | list[str]] = {EVIDENCE: gave, FINDINGS: [each.key for each in resting]}
        privacy.record(session, actor, ACTS[outcome], subject=source.key, study_id=source.study_id, **counts, **keys)
    weighed = tuple(Reweighed(each.key, before[each.key], strength_of(session, each)) for each in resting)
    return Certificate(source.key, outcome, moment_of(session), actor.username, counts, weighed, lost)


def carry_out_for_participant(
    session: Session,
    actor: Actor,
    *,
    participant: Participant,
    outcome: WithdrawalOutcome,
    reason: str,
    speakers: Speakers | None = None,
    leave: Collection[uuid.UUID] = (),
) -> ParticipantCertificate:
    """Do what `withdraw_participant` does, but for the ledger. Sources of `leave` have lines of their own there."""
    if not has_words(reason):
        raise Refused("Say why {key} is withdrawn.", key=participant.key)
    if participant.study_id in actor.limited_ids:  # they may speak in sources that the actor does not see
        raise NotAllowed(SEES_SOME, key=participant.key)
    corpus.withdraw_participant(session, actor, participant=participant, outcome=outcome)
    done = []
    for way in ways_of(session, participant, outcome, speakers):
        source = session.get_one(Source, way.number)
        if source.guid in leave:
            continue
        if way.share is not None:
            done.append(
                take_out_share(session, actor, share=way.share, outcome=outcome, reason=reason, label=way.label)
            )
        else:
            done.append(carry_out(session, actor, source=source, outcome=way.outcome, reason=reason))
    if outcome is WithdrawalOutcome.DESTROY:
        masking.forget_participant(session, participant)
        corpus.forget_participant(session, participant)
        session.expire_all()
    return ParticipantCertificate(participant.key, outcome, moment_of(session), actor.username, tuple(done))


def _forget(session: Session, actor: Actor, source: Source, outcome: WithdrawalOutcome) -> dict[str, int]:
    """Take a source out of every room, the highest first: each lets go of what the ones below take away."""
    counts = release.forget(session, actor, source, outcome)
    for room in (findings, masking, coding, corpus):
        counts |= room.forget(session, source, outcome)
    return {kind: count for kind, count in counts.items() if count}
