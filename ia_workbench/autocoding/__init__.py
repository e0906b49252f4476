"""Autocoding: a rule finds words, a person looks at each place in its context and accepts what is to be coded.

Nothing is stored before that. A rule looks for a phrase, for a phrase in all its word forms, for a regular expression,
for the turns of a speaker, or for the answers to a question, and codes the words found, their sentences or their
turns. It reads the newest texts of sources that the person may read, as they were said: none that were withdrawn, and
no masked text. What is accepted is stored by `coding.begin_batch`, `coding.apply_part` and `coding.finish_batch`.
"""

from ia_workbench.autocoding.finding import Found, SourceMatches, find, readable_sources
from ia_workbench.autocoding.matching import LONGEST_WORDS, Match, Rule
from ia_workbench.autocoding.parts import BatchPart, parts_of_batch
from ia_workbench.autocoding.showing import Shown, ShownSource, coded_already, in_context, left_out, name_of

__all__ = [
    "LONGEST_WORDS",
    "BatchPart",
    "Found",
    "Match",
    "Rule",
    "Shown",
    "ShownSource",
    "SourceMatches",
    "coded_already",
    "find",
    "in_context",
    "left_out",
    "name_of",
    "parts_of_batch",
    "readable_sources",
]
