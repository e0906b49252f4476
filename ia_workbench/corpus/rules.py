"""Decisions about sources that need no database: vocabularies, consent, the keys of new sources."""

from enum import StrEnum


class SourceKind(StrEnum):
    """The method class of a source. A debrief can be read and searched but is never counted as evidence."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus-group"
    OBSERVATION = "observation"
    CASE_RECORD = "case-record"
    INSTITUTIONAL_TEXT = "institutional-text"
    SURVEY = "survey"
    QUANTITATIVE = "quantitative"
    DEBRIEF = "debrief"


class ConsentScope(StrEnum):
    """How far the words of a source may travel. Ordered: each scope allows what the ones before it allow.

    The order is that of docs/commands.md; that the body stands above the report is our convention: members of the body
    live where the speakers live.
    """

    ANALYSIS_ONLY = "analysis-only"
    PARAPHRASE = "paraphrase"
    QUOTE_IN_REPORT = "quote-in-report"
    QUOTE_TO_BODY = "quote-to-body"

    def allows(self, wanted: "ConsentScope") -> bool:
        """Say whether this scope reaches as far as the one wanted."""
        order = list(ConsentScope)
        return order.index(self) >= order.index(wanted)


class RevisionKind(StrEnum):
    """Why a revision exists."""

    ORIGINAL = "original"
    CORRECTED = "corrected"
    MASKED = "masked"


STANDPOINTS = (
    "parent", "youth", "caregiver", "kin", "frontline", "supervisor", "leadership",
    "court", "legal", "provider", "advocate", "tribal", "text",
)  # fmt: skip
FAMILY_STANDPOINTS = frozenset({"parent", "youth", "caregiver", "kin"})

KEY_PREFIXES = {
    SourceKind.INTERVIEW: ("INT", 3),
    SourceKind.FOCUS_GROUP: ("GRP", 2),
    SourceKind.OBSERVATION: ("OBS", 2),
    SourceKind.CASE_RECORD: ("REC", 2),
    SourceKind.INSTITUTIONAL_TEXT: ("TXT", 3),
    SourceKind.SURVEY: ("SUR", 2),
    SourceKind.QUANTITATIVE: ("DAT", 2),
    SourceKind.DEBRIEF: ("DEB", 2),
}  # prefix and width of the keys of new sources
