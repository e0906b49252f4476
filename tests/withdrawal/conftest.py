"""Homes with a finding that may be released, as tests of the bridge have them."""

from tests.release.conftest import homes_with_finding, ready

__all__ = ["homes_with_finding", "ready"]
