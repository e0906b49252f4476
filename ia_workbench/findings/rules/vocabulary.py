"""The fixed words of findings: stances, roles, stages, strengths, source families and convergence cells."""

from enum import StrEnum


class Stance(StrEnum):
    """What an evidence link says of its finding. `complicates` is always shown and counts neither for nor against."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    COMPLICATES = "complicates"


class LinkRole(StrEnum):
    """Which part of a finding an evidence link speaks to."""

    HAPPENS = "happens"
    PRODUCED_BY = "produced-by"
    IMPACT = "impact"
    COUNTER = "counter"


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


class Strength(StrEnum):
    """What the evidence rule makes of a finding."""

    ESTABLISHED = "established"
    EMERGING = "emerging"
    THIN = "thin"


class ShownAs(StrEnum):
    """What readers outside the team may get of an evidence link: masked words, a paraphrase, or only that it counts."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    COUNT = "count"


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
