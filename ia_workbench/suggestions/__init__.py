"""Suggestions: the codes that selected words are likely to be given, by what the team has coded so far.

Worked out on this machine, in memory alone, from sources that the person may read; shown with the excerpts that speak
for each, and never applied by itself. `make measure-suggestions` tells how good they are (docs/suggestions.md).
"""

from ia_workbench.suggestions.keeping import Memory, coded_excerpts, readable
from ia_workbench.suggestions.operations import switch_suggestions
from ia_workbench.suggestions.queries import BLIND, Seen, Suggestion, are_on, shown, touching
from ia_workbench.suggestions.rules import CodedExcerpt, Likely, Neighbours, most_frequent

__all__ = [
    "BLIND",
    "CodedExcerpt",
    "Likely",
    "Memory",
    "Neighbours",
    "Seen",
    "Suggestion",
    "are_on",
    "coded_excerpts",
    "most_frequent",
    "readable",
    "shown",
    "switch_suggestions",
    "touching",
]
