"""Conventions of the review in plain values: when an answer is due, how many are "most", which order tells nothing."""

import hashlib
from datetime import date, timedelta

TIME_TO_ANSWER = timedelta(days=14)  # our convention
FEWEST_FOR_MOST = 3  # members: of one or two, "most" would name everybody; our convention
FEWEST_FOR_SEVERAL = 4  # members; our convention


def answer_due(given_on: date) -> date:
    """Return the last day on which the team must answer a concern."""
    return given_on + TIME_TO_ANSWER


def is_most(count: int, total: int) -> bool:
    """Say whether so many of those who answered are most of them: more than half, of three or more."""
    return total >= FEWEST_FOR_MOST and count * 2 > total


def is_several(count: int) -> bool:
    """Say whether so many are more than a few."""
    return count >= FEWEST_FOR_SEVERAL


def order_that_tells_nothing(text: str) -> str:
    """Return a sort key for what members said: by digest, so that no order of members or times shows through."""
    return hashlib.sha256(text.encode()).hexdigest()
