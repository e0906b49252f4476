"""Who speaks, in words for readers outside the team: a standpoint, never an office and a role together."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ia_workbench.corpus import Participant, Source, SourceKind
from ia_workbench.release.clearance import LinkState, Obstacle
from ia_workbench.release.rules import points_at_few

BY_KIND: dict[SourceKind, dict[str, str]] = {
    SourceKind.FOCUS_GROUP: {"en": "A group", "es": "Un grupo"},
    SourceKind.OBSERVATION: {"en": "An observation", "es": "Una observación"},
    SourceKind.CASE_RECORD: {"en": "A case record", "es": "Un expediente"},
    SourceKind.INSTITUTIONAL_TEXT: {"en": "An institutional text", "es": "Un texto institucional"},
    SourceKind.SURVEY: {"en": "A survey answer", "es": "Una respuesta de encuesta"},
    SourceKind.QUANTITATIVE: {"en": "The numbers", "es": "Las cifras"},
}
BY_STANDPOINT: dict[str, dict[str, str]] = {
    "parent": {"en": "A parent", "es": "Una madre o un padre"},
    "youth": {"en": "A young person", "es": "Una persona joven"},
    "caregiver": {"en": "A foster parent", "es": "Una persona que acoge"},
    "kin": {"en": "A relative", "es": "Un familiar"},
    "frontline": {"en": "A worker", "es": "Una persona que trabaja en el caso"},
    "supervisor": {"en": "A supervisor", "es": "Una persona que supervisa"},
    "leadership": {"en": "A leader", "es": "Una persona que dirige"},
    "court": {"en": "Someone at the court", "es": "Alguien del tribunal"},
    "legal": {"en": "An attorney", "es": "Una abogada o un abogado"},
    "provider": {"en": "A provider", "es": "Una persona que presta servicios"},
    "advocate": {"en": "An advocate", "es": "Una defensora o un defensor"},
    "tribal": {"en": "Someone who speaks for a Tribe", "es": "Alguien que habla por una tribu"},
    "text": {"en": "An institutional text", "es": "Un texto institucional"},
}
ANYONE = {"en": "Someone", "es": "Alguien"}
FEW = (
    "{evidence} is told as “{words}”, and {count} of the register share the worker role and office of {source}. "
    "Whoever knows the place may know who spoke. Say the standpoint only, unless these words fit many."
)
SPEAKING_KINDS = frozenset({SourceKind.INTERVIEW, SourceKind.SURVEY, SourceKind.DEBRIEF})


def speaker_words(kind: SourceKind, standpoint: str, given: dict[str, str]) -> dict[str, str]:
    """Return who speaks, by language: the words given for this link, else general ones for the kind or standpoint.

    A standpoint that only this study knows is "someone": its own word could point at one person.
    """
    general = BY_STANDPOINT.get(standpoint, ANYONE) if kind in SPEAKING_KINDS else BY_KIND[kind]
    return {language: given.get(language) or general[language] for language in ("en", "es")}


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
        .where(Source.study_id == study_id, Source.worker_role.is_not(None))
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
