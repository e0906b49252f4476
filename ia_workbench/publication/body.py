"""What the community body said of a finding, as readers of a brief may know it: words, never numbers or names.

`review` makes these values and `briefs` prints them; they stand here because neither of the two knows the other.
"""

from dataclasses import dataclass
from datetime import date

from ia_workbench.publication.rules import Fit, Outcome, Quantity
from ia_workbench.publication.words import Words


@dataclass(frozen=True)
class PositionsInWords:
    """That a few, several or most of those who answered took a position."""

    fit: Fit
    quantity: Quantity


@dataclass(frozen=True)
class BodyAnswer:
    """The team's answer: changed or not, why, and on which day."""

    outcome: Outcome
    text: Words
    on: date


@dataclass(frozen=True)
class Concern:
    """What one member raised, in full and in their own language, with the answer (None: not yet answered).

    `text` may be empty: a member may tick "this could harm someone" and write nothing. `quotes_not_to_use` are keys of
    evidence. By when an answer is due is not told: it would tell on which day the member spoke.
    """

    fit: Fit
    text: str
    language: str
    could_harm: bool
    quotes_not_to_use: tuple[str, ...]
    answer: BodyAnswer | None


@dataclass(frozen=True)
class BodySummary:
    """Positions in words, in the order fits, partly, does not fit, cannot say (those nobody took are left out).

    `concerns` are those of members for whom the finding fits, fits partly or who cannot say; `dissent` are those of
    members for whom it does not fit. Both are complete, and their order tells nothing of who spoke or when. All of it
    is about one wording of the finding; `has_other_words` says that members also judged another, and nothing of how.
    """

    positions: tuple[PositionsInWords, ...]
    concerns: tuple[Concern, ...]
    dissent: tuple[Concern, ...]
    has_other_words: bool = False

    @property
    def unanswered(self) -> tuple[Concern, ...]:
        """The concerns, dissent included, that the team has not answered."""
        return tuple(each for each in (*self.concerns, *self.dissent) if each.answer is None)
