"""What a member says of a finding, as a value, and how the positions of all are told in words.

Pure like `rules.py`, but it speaks the vocabulary of packages, which comes in by that room's front door.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ia_workbench.publication import Fit, PositionsInWords, Quantity
from ia_workbench.review.rules import is_most, is_several


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


def quantity_of(count: int, total: int) -> Quantity:
    """Say in words how many of those who answered took a position."""
    if is_most(count, total):
        return Quantity.MOST
    return Quantity.SEVERAL if is_several(count) else Quantity.A_FEW


def positions_in_words(counts: Mapping[Fit, int]) -> tuple[PositionsInWords, ...]:
    """Tell positions in words, in the order of `Fit`; positions that nobody took are left out."""
    total = sum(counts.values())
    taken = [fit for fit in Fit if counts.get(fit)]
    return tuple(PositionsInWords(fit, quantity_of(counts[fit], total)) for fit in taken)
