"""Decisions about the body's review: what must be answered, by when, and how positions are told in words."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ia_workbench.publication import Fit, PositionsInWords, Quantity

TIME_TO_ANSWER = timedelta(days=14)  # our convention
FEWEST_FOR_MOST = 3  # members: of one or two, "most" would name everybody; our convention
FEWEST_FOR_SEVERAL = 4  # members; our convention


@dataclass(frozen=True)
class Said:
    """What a member says of a finding; `quotes_not_to_use` are keys of evidence."""

    fit: Fit
    comment: str
    could_harm: bool
    quotes_not_to_use: tuple[str, ...]


def is_concern(said: Said) -> bool:
    """Say whether a position must be answered.

    It must when it says that the finding fits partly or not, holds a comment, warns of harm, or names a quote that is
    not to be used.
    """
    contests = said.fit in (Fit.PARTLY, Fit.DOES_NOT_FIT)
    return contests or bool(said.comment.strip()) or said.could_harm or bool(said.quotes_not_to_use)


def answer_due(given_on: date) -> date:
    """Return the last day on which the team must answer a concern."""
    return given_on + TIME_TO_ANSWER


def quantity_of(count: int, total: int) -> Quantity:
    """Say in words how many of those who answered took a position: most is more than half, several at least four."""
    if total >= FEWEST_FOR_MOST and count * 2 > total:
        return Quantity.MOST
    return Quantity.SEVERAL if count >= FEWEST_FOR_SEVERAL else Quantity.A_FEW


def positions_in_words(counts: Mapping[Fit, int]) -> tuple[PositionsInWords, ...]:
    """Tell positions in words, in the order of `Fit`; positions that nobody took are left out."""
    total = sum(counts.values())
    taken = [fit for fit in Fit if counts.get(fit)]
    return tuple(PositionsInWords(fit, quantity_of(counts[fit], total)) for fit in taken)


def order_that_tells_nothing(text: str) -> str:
    """Return a sort key for what members said: by digest, so that no order of members or times shows through."""
    return hashlib.sha256(text.encode()).hexdigest()
