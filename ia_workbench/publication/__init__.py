"""Packages of released findings, in the published store.

A package is all that a reviewer's page or a finding brief needs: cleared, hashed, complete in itself. `PackageContent`
is what it says (frozen values, strict JSON), `Package` the stored row. `BodySummary` is what the community body said of
it, in words. This room knows nothing of the evidence store, and its vocabularies are its own.
"""

from ia_workbench.method import LinkRole, ShownAs, Stance, Strength
from ia_workbench.publication.body import BodyAnswer, BodySummary, Concern, PositionsInWords
from ia_workbench.publication.content import (
    AgencyResponse,
    Confidence,
    Counts,
    Evidence,
    FamilyCell,
    LeverShown,
    PackageContent,
    Provenance,
    Recommendation,
    Rule,
    RuleLine,
    StripStep,
    StudyFacts,
)
from ia_workbench.publication.models import Package
from ia_workbench.publication.operations import empty_package, receive_package, record_export, withdraw_package
from ia_workbench.publication.queries import (
    content_of,
    last_packages,
    package_for,
    package_numbered,
    package_with_digest,
    packages,
)
from ia_workbench.publication.reading import canonical_json
from ia_workbench.publication.rules import (
    EXPORT_BRIEF,
    NOT_CLEARED,
    Audience,
    Cell,
    Family,
    Fit,
    Outcome,
    Passage,
    Quantity,
    SourceKind,
    emptied,
    is_emptied,
)
from ia_workbench.publication.words import LANGUAGES, Said, Words

__all__ = [
    "EXPORT_BRIEF",
    "LANGUAGES",
    "NOT_CLEARED",
    "AgencyResponse",
    "Audience",
    "BodyAnswer",
    "BodySummary",
    "Cell",
    "Concern",
    "Confidence",
    "Counts",
    "Evidence",
    "Family",
    "FamilyCell",
    "Fit",
    "LeverShown",
    "LinkRole",
    "Outcome",
    "Package",
    "PackageContent",
    "Passage",
    "PositionsInWords",
    "Provenance",
    "Quantity",
    "Recommendation",
    "Rule",
    "RuleLine",
    "Said",
    "ShownAs",
    "SourceKind",
    "Stance",
    "Strength",
    "StripStep",
    "StudyFacts",
    "Words",
    "canonical_json",
    "content_of",
    "last_packages",
    "package_for",
    "package_numbered",
    "package_with_digest",
    "packages",
    "receive_package",
    "record_export",
    "empty_package",
    "emptied",
    "is_emptied",
    "withdraw_package",
]
