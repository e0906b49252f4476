"""Decisions about the body's review: what a member may say, what must be answered."""

from enum import StrEnum


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
