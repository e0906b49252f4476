"""Codes and their versions; the levers."""

from ia_workbench.codebook.models import Code, Codebook, CodebookVersion, Lever

__all__ = ["Code", "Codebook", "CodebookVersion", "Lever"]
