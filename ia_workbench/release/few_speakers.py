"""Speakers whom the team described, where few of the register share their worker role and office."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.corpus import Participant, Source, SourceKind, SourceParticipant
from ia_workbench.release.clearance import LinkState, Obstacle
from ia_workbench.release.rules import points_at_few
from ia_workbench.release.speakers import SPEAKING_KINDS, speaker_words

FEW = "{evidence} is told as “{words}”; in the register, {count} with the worker role and office of {source}."


def speaker_warnings(session: Session, study_id: int, states: Iterable[LinkState]) -> list[Obstacle]:
    """Return what to look at once more: speakers whom a person described, with few in their worker role and office.

    Words that the program chooses name a standpoint and no role. One query, if there is anything to ask.
    """
    described = [state for state in states if _is_described(state)]
    if not described:
        return []
    sharing = _sharing(session, study_id)
    few = [(state, sharing[_role_and_office(state.source.worker_role, state.source.office)]) for state in described]
    return [_warning(state, count) for state, count in few if points_at_few(count)]


def few_sharing(session: Session, source: Source) -> int:
    """Return how many participants share the worker role and office of a source, if they are few; else 0. One query."""
    if not source.worker_role:
        return 0
    count = _sharing(session, source.study_id)[_role_and_office(source.worker_role, source.office)]
    return count if points_at_few(count) else 0


def _is_described(state: LinkState) -> bool:
    source, given = state.source, state.link.speaker
    people_speak = source.kind in SPEAKING_KINDS or source.kind is SourceKind.FOCUS_GROUP
    is_narrower = any(given.values()) and given != speaker_words(source.kind, source.standpoint, {})
    return people_speak and bool(source.worker_role) and not source.is_withdrawn and is_narrower


def _sharing(session: Session, study_id: int) -> Counter[tuple[str, str]]:
    """How many participants of the register share each worker role and office."""
    statement = (
        select(Source.worker_role, Source.office, Participant.id)
        .join(Source.participant_links)
        .join(Participant)
        .where(Source.study_id == study_id, Source.worker_role.is_not(None), SourceParticipant.withdrawal.is_(None))
    )
    return Counter(
        place for place, _ in {(_role_and_office(role, at), who) for role, at, who in session.execute(statement)}
    )


def _role_and_office(role: str | None, office: str | None) -> tuple[str, str]:
    return (role or "").strip().casefold(), (office or "").strip().casefold()


def _warning(state: LinkState, count: int) -> Obstacle:
    words = state.link.speaker.get("en") or next(iter(state.link.speaker.values()))
    facts = (("evidence", state.link.key), ("words", words), ("count", str(count)), ("source", state.source.key))
    return Obstacle(FEW, facts, state.link.key, state.source.key)
