"""Decisions about findings: vocabularies, independent units, the evidence rule, convergence."""

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
