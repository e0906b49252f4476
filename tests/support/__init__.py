"""What many tests need: a real home with people and a study, and sessions as one of them."""

from tests.support.homes import Home, make_home, open_demo

__all__ = ["Home", "make_home", "open_demo"]
