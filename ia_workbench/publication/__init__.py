"""Packages of released findings, in the published store."""

from ia_workbench.publication.models import Package
from ia_workbench.publication.rules import Audience

__all__ = ["Audience", "Package"]
