"""How far each source goes when it, or someone who speaks in it, is withdrawn."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ia_workbench import corpus
from ia_workbench.corpus import Participant, Revision, Source, Turn, WithdrawalOutcome


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
    ways = (_of_participant(session, subject, each, outcome) for each in corpus.sources_of(session, subject))
    return sorted((each for each in ways if each is not None), key=lambda each: each.key)


def _of_participant(
    session: Session, subject: Participant, source: Source, outcome: WithdrawalOutcome
) -> SourceWay | None:
    others = [each.key for each in source.participants if each.id != subject.id]
    reach = WithdrawalOutcome.STOP if others else outcome
    is_so_far = source.withdrawn_as is not None and source.withdrawn_as.reaches(reach)
    return None if is_so_far else _way(session, source, reach, others)


def _way(session: Session, source: Source, outcome: WithdrawalOutcome, others: list[str]) -> SourceWay:
    turns = select(func.count(Turn.id)).join(Revision, Turn.revision_id == Revision.id)
    count = session.scalar(turns.where(Revision.source_id == source.id)) or 0
    return SourceWay(source.id, source.key, source.title, outcome, tuple(others), count)
