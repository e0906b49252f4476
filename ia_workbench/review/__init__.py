"""The community accountability body's review: what its members say of a finding, and the team's answers.

Positions are kept as given, one a member and finding, and never averaged. Whoever contests a finding or raises a
concern is owed a dated answer. Members are known here by account; `body_summary` tells the rest of the world what was
said without saying who. Nothing here notes what anyone reads.
"""

from ia_workbench.review.models import Answer, Position
from ia_workbench.review.operations import LONGEST_TEXT, answer_concern, give_position
from ia_workbench.review.positions import Said, is_concern
from ia_workbench.review.queries import (
    answer_to,
    answers_to,
    body_summaries,
    body_summary,
    own_position,
    own_positions,
    position_by_guid,
    positions_on,
    unanswered_concerns,
)
from ia_workbench.review.rules import TIME_TO_ANSWER, answer_due

__all__ = [
    "LONGEST_TEXT",
    "TIME_TO_ANSWER",
    "Answer",
    "Position",
    "Said",
    "answer_concern",
    "answer_due",
    "answer_to",
    "answers_to",
    "body_summaries",
    "body_summary",
    "give_position",
    "is_concern",
    "own_position",
    "own_positions",
    "position_by_guid",
    "positions_on",
    "unanswered_concerns",
]
