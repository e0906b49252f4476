"""Who speaks, in words for readers outside the team: a standpoint, never an office and a role together."""

from ia_workbench.corpus import SourceKind

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
SPEAKING_KINDS = frozenset({SourceKind.INTERVIEW, SourceKind.SURVEY, SourceKind.DEBRIEF})


def speaker_words(kind: SourceKind, standpoint: str, given: dict[str, str]) -> dict[str, str]:
    """Return who speaks, by language: the words given for this link, else general ones for the kind or standpoint.

    A standpoint that only this study knows is "someone": its own word could point at one person.
    """
    general = BY_STANDPOINT.get(standpoint, ANYONE) if kind in SPEAKING_KINDS else BY_KIND[kind]
    return {language: given.get(language) or general[language] for language in ("en", "es")}
