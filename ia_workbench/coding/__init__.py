"""Codings on text."""

from ia_workbench.coding.models import Coding, Excerpt

__all__ = ["Coding", "Excerpt"]
