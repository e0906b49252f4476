"""Masking whole sources: marks that people decide, pseudonyms, and the masked text that two people vouch for.

Proposals come from `privacy` (patterns, the study's names) and `language` (a model, where one is installed); people
decide. The masked text is a revision of its own whose edits lead each excerpt of the raw text to its masked words.
"""

from ia_workbench.masking.forgetting import forget, forget_participant
from ia_workbench.masking.models import Mark, MaskedText, Pseudonym
from ia_workbench.masking.rules import MarkState

__all__ = ["Mark", "MarkState", "MaskedText", "Pseudonym", "forget", "forget_participant"]
