"""Vocabularies of packages, beside the words of `method`: nothing here may know the rooms of the evidence store."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

EXPORT_BRIEF = "export-brief"  # the act under which the audit trail notes that a brief was taken away
NOT_CLEARED = "[quote not cleared]"  # what a draft shows in place of words nobody has vouched for


class Audience(StrEnum):
    """For whom a finding was released."""

    BODY = "body"
    PUBLIC = "public"


class SourceKind(StrEnum):
    """The method class of the source behind a piece of evidence."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus-group"
    OBSERVATION = "observation"
    CASE_RECORD = "case-record"
    INSTITUTIONAL_TEXT = "institutional-text"
    SURVEY = "survey"
    QUANTITATIVE = "quantitative"


class Family(StrEnum):
    """A source family: a column of the convergence row, and as much as readers learn of who spoke."""

    FAMILY_VOICE = "family-voice"
    WORKER_VOICE = "worker-voice"
    LEADERSHIP = "leadership"
    PARTNER_VOICE = "partner-voice"
    TRIBAL_VOICE = "tribal-voice"
    OBSERVATION = "observation"
    CASE_RECORD = "case-record"
    INSTITUTIONAL_TEXT = "institutional-text"
    NUMBERS = "numbers"


class Cell(StrEnum):
    """What one source family says of the finding. A person may have refined `supports` or `mixed`."""

    SUPPORTS = "supports"
    AGREEMENT = "agreement"
    PARTIAL = "partial"
    MIXED = "mixed"
    DISSONANT = "dissonant"
    SILENT = "silent"
    NOT_EXAMINED = "not-examined"


class Passage(StrEnum):
    """What lies between a step of the map strip and the next one."""

    NONE = "none"
    PLAIN = "plain"
    HERE = "here"


class Fit(StrEnum):
    """A member's position: does the finding fit what they know?"""

    FITS = "fits"
    PARTLY = "partly"
    DOES_NOT_FIT = "does-not-fit"
    CANNOT_SAY = "cannot-say"


class Outcome(StrEnum):
    """What the team did about a concern."""

    CHANGED = "changed"
    NOT_CHANGED = "not-changed"


class Quantity(StrEnum):
    """How many members, in words: never a number or a share, so that no small group can be worked out."""

    A_FEW = "a-few"
    SEVERAL = "several"
    MOST = "most"


def emptied(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is left of a package that was emptied: which finding and which version of it, and no words."""
    version = int(content["provenance"]["finding_version"])
    return {"finding_key": content["finding_key"], "provenance": {"finding_version": version}}


def is_emptied(content: Mapping[str, Any]) -> bool:
    """Say whether a package's words were taken out of it."""
    return "evidence" not in content
