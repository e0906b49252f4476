"""Decisions about masking that need no database."""

from enum import StrEnum


class MarkState(StrEnum):
    """What a person decided about a mark."""

    PROPOSED = "proposed"
    ASKED = "asked"  # left to the second reader
    ACCEPTED = "accepted"
    REJECTED = "rejected"
