"""The community body's positions and the team's answers."""

from ia_workbench.review.models import Answer, Position
from ia_workbench.review.rules import Fit, Outcome

__all__ = ["Answer", "Fit", "Outcome", "Position"]
