"""The bridge."""

from ia_workbench.release.models import Mask, Release

__all__ = ["Mask", "Release"]
