"""The fixed words of findings beside those of `method`: stages, release levels, source families, convergence cells."""

from enum import StrEnum


class Stage(StrEnum):
    """A finding's place in its life cycle."""

    THEME = "theme"
    DRAFT = "draft"
    CHALLENGE = "challenge"
    AGENCY_CHECK = "agency-check"
    BODY_REVIEW = "body-review"
    TEAM_DECISION = "team-decision"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class ReleaseLevel(StrEnum):
    """Who a finding is meant for in the end."""

    PUBLIC = "public"
    PRIVATE = "private"
    BLENDED = "blended"


class ConfidenceLevel(StrEnum):
    """How sure the team is, chosen by a person and never computed (CERQual-informed)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"


class SourceFamily(StrEnum):
    """The eight columns of the convergence matrix."""

    FAMILY_VOICE = "family-voice"
    WORKER_VOICE = "worker-voice"
    LEADERSHIP = "leadership"
    PARTNER_VOICE = "partner-voice"
    OBSERVATION = "observation"
    CASE_RECORD = "case-record"
    INSTITUTIONAL_TEXT = "institutional-text"
    NUMBERS = "numbers"


class Cell(StrEnum):
    """What one source family says of a finding. Silent: it could have spoken; not examined: nobody asked it."""

    SUPPORTS = "supports"
    MIXED = "mixed"
    DISSONANT = "dissonant"
    SILENT = "silent"
    NOT_EXAMINED = "not-examined"
