"""Decisions about the map that need no database."""

from enum import StrEnum


class NodeType(StrEnum):
    """What kind of step a node is."""

    DECISION = "decision"
    ACTION = "action"
    MEETING = "meeting"
    HEARING = "hearing"
    HAND_OFF = "hand-off"
    WAIT = "wait"
