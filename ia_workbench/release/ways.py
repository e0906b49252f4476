"""How far each source goes when it, or someone who speaks in it, is withdrawn."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench.corpus import Participant, Revision, Source, SourceParticipant, Turn, WithdrawalOutcome


@dataclass(frozen=True)
class SourceWay:
    """How far one source goes: its `outcome`, the other participants in it (`others`, keys), and its turns."""

    number: int
    key: str
    title: str
    outcome: WithdrawalOutcome
    others: tuple[str, ...]
    turns: int


def ways_of(session: Session, subject: Source | Participant, outcome: WithdrawalOutcome) -> list[SourceWay]:
    """Return how far each source goes, by key; a participant's that went so far already are left out.

    A source goes as far as it is asked to, and so does one in which a participant speaks alone. One in which others
    speak is stopped as a whole: they did not ask for theirs to be taken out.
    """
    if isinstance(subject, Source):
        return [_way(session, subject, outcome, [each.key for each in subject.participants])]
    links = session.scalars(select(SourceParticipant).where(SourceParticipant.participant_id == subject.id)).all()
    ways = (_of_participant(session, subject, session.get_one(Source, each.source_id), outcome) for each in links)
    return sorted((each for each in ways if each is not None), key=lambda each: each.key)


def _of_participant(
    session: Session, subject: Participant, source: Source, outcome: WithdrawalOutcome
) -> SourceWay | None:
    others = [each.key for each in source.participants if each.id != subject.id]
    reach = WithdrawalOutcome.STOP if others else outcome
    return None if goes_so_far(source, reach) else _way(session, source, reach, others)


def goes_so_far(source: Source, outcome: WithdrawalOutcome) -> bool:
    """Say whether a source is withdrawn already with this outcome or one that goes further."""
    order = list(WithdrawalOutcome)
    done = source.withdrawal or (WithdrawalOutcome.STOP if source.is_withdrawn else None)
    return done is not None and order.index(done) >= order.index(outcome)


def _way(session: Session, source: Source, outcome: WithdrawalOutcome, others: list[str]) -> SourceWay:
    turns = select(func.count(Turn.id)).join(Revision, Turn.revision_id == Revision.id)
    count = session.scalar(turns.where(Revision.source_id == source.id)) or 0
    return SourceWay(source.id, source.key, source.title, outcome, tuple(others), count)
