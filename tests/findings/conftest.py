"""A home with sources, codes, levers and a map, ready for findings."""

import pytest

from tests.support import Home
from tests.support.evidence import stock


@pytest.fixture
def stocked(home: Home) -> Home:
    """The home with seven sources (see tests/support/evidence.py)."""
    stock(home)
    return home
