"""Masking whole sources: marks that people decide, pseudonyms, and the masked text that two people vouch for.

Proposals come from `privacy` (patterns, the study's names) and `language` (a model, where one is installed); people
decide. The masked text is a revision of its own whose edits lead each excerpt of the raw text to its masked words. It
counts only as long as nothing changed that it was made of.
"""

from ia_workbench.masking.deciding import add_mark, decide_mark, group_of, same_places
from ia_workbench.masking.everywhere import Reach, apply_to_all, reach_of
from ia_workbench.masking.exporting import masked_codings
from ia_workbench.masking.following import bring_along, outdate
from ia_workbench.masking.forgetting import forget, forget_participant, forget_share, marks_upon, names_known_of
from ia_workbench.masking.gate import KnownIdentity, known_identities
from ia_workbench.masking.identities import KEPT_AS_ONE, REPORTER_INSTEAD, names_of
from ia_workbench.masking.models import Mark, MarkStep, MaskedText, Pseudonym
from ia_workbench.masking.proposing import BY_PERSON, Looked, is_thorough, looked_for, propose_marks
from ia_workbench.masking.queries import (
    Standing,
    UsedIn,
    mark_by_guid,
    marks_of,
    marks_on,
    masked_text_of,
    masked_texts_of,
    pseudonym_by_guid,
    pseudonyms,
    settled_pseudonyms,
    signed_text_of,
    standing_by_source,
    standing_of,
    texts_to_sign,
    uses_of_pseudonyms,
)
from ia_workbench.masking.renaming import add_pseudonym, change_pseudonym, merge_pseudonyms, split_pseudonym
from ia_workbench.masking.restoring import GivenIdentity, GivenMark, restore_identities, restore_marks
from ia_workbench.masking.rules import UNDECIDED, Decision, MarkState, Replacement, TextState
from ia_workbench.masking.stepping import undo_decision
from ia_workbench.masking.texts import (
    MaskedQuote,
    make_masked_text,
    masked_quote,
    refuse_first_person,
    replacements_in,
    seen_of_text,
    send_back_masked_text,
    sign_masked_text,
)
from ia_workbench.masking.withholding import withhold_reporter

__all__ = [
    "masked_codings",
    "BY_PERSON",
    "Decision",
    "GivenIdentity",
    "GivenMark",
    "KEPT_AS_ONE",
    "KnownIdentity",
    "Looked",
    "Mark",
    "MarkState",
    "MarkStep",
    "MaskedQuote",
    "MaskedText",
    "Pseudonym",
    "REPORTER_INSTEAD",
    "Reach",
    "Replacement",
    "Standing",
    "TextState",
    "UNDECIDED",
    "UsedIn",
    "add_mark",
    "add_pseudonym",
    "apply_to_all",
    "change_pseudonym",
    "decide_mark",
    "forget",
    "forget_participant",
    "forget_share",
    "bring_along",
    "marks_upon",
    "names_known_of",
    "group_of",
    "known_identities",
    "looked_for",
    "make_masked_text",
    "mark_by_guid",
    "marks_of",
    "is_thorough",
    "marks_on",
    "masked_quote",
    "masked_text_of",
    "masked_texts_of",
    "merge_pseudonyms",
    "names_of",
    "outdate",
    "propose_marks",
    "pseudonym_by_guid",
    "pseudonyms",
    "reach_of",
    "refuse_first_person",
    "replacements_in",
    "restore_identities",
    "restore_marks",
    "same_places",
    "seen_of_text",
    "send_back_masked_text",
    "settled_pseudonyms",
    "sign_masked_text",
    "signed_text_of",
    "split_pseudonym",
    "standing_by_source",
    "standing_of",
    "texts_to_sign",
    "undo_decision",
    "uses_of_pseudonyms",
    "withhold_reporter",
]
