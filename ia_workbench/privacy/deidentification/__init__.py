"""What in a text may point at someone, and what could stand instead: rules alone, values in and values out."""

from ia_workbench.privacy.deidentification.generalising import generalised
from ia_workbench.privacy.deidentification.identities import (
    identity_of,
    listed_name,
    name_parts,
    places_listed,
    written_like,
)
from ia_workbench.privacy.deidentification.names import ListedName
from ia_workbench.privacy.deidentification.proposal import FoundBy, Proposal
from ia_workbench.privacy.deidentification.proposing import FoundEntity, propose
from ia_workbench.privacy.deidentification.pseudonyms import InventedName, in_form_of, invented_name, words_taken
from ia_workbench.privacy.deidentification.spelling import (
    FEWEST_LETTERS,
    FoldedText,
    Spelling,
    places_of_name,
    spelling_of,
    with_decoded,
)

__all__ = [
    "FEWEST_LETTERS",
    "FoldedText",
    "FoundBy",
    "FoundEntity",
    "InventedName",
    "ListedName",
    "Proposal",
    "Spelling",
    "generalised",
    "identity_of",
    "in_form_of",
    "invented_name",
    "listed_name",
    "name_parts",
    "places_listed",
    "places_of_name",
    "propose",
    "spelling_of",
    "with_decoded",
    "words_taken",
    "written_like",
]
