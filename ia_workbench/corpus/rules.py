"""Decisions about sources that need no database: vocabularies, consent, the keys of new sources."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from ia_workbench.kernel import digest_of

WORD = re.compile(r"\w+")


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


class PrivacyClass(StrEnum):
    """How much harm the words of a source could do outside the team. Our convention."""

    PUBLIC = "public"  # published by its author: a law, a policy, a blank form
    INTERNAL = "internal"  # no family in it, and not published
    CONFIDENTIAL = "confidential"  # people speak of themselves or of families
    RESTRICTED = "restricted"  # sealed or specially protected: reporters, health, treatment, court files


class WithdrawalOutcome(StrEnum):
    """How far a withdrawal goes; each does what the ones before it do."""

    STOP = "stop"  # the words can be neither read nor quoted and count for nothing
    EXCLUDE = "exclude"  # codings, excerpts and evidence are removed too
    DESTROY = "destroy"  # file, text and record are overwritten; a key and a date remain

    def reaches(self, wanted: "WithdrawalOutcome") -> bool:
        """Say whether this outcome goes at least as far as the one wanted."""
        order = list(WithdrawalOutcome)
        return order.index(self) >= order.index(wanted)


class AttributeScope(StrEnum):
    """What an attribute is a property of."""

    SOURCE = "source"
    PARTICIPANT = "participant"
    CASE = "case"


class AttributeType(StrEnum):
    """How the values of an attribute are written and compared."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes-no"
    CHOICE = "choice"


class ImportState(StrEnum):
    """What became of one file of a batch."""

    QUEUED = "queued"  # not read yet
    WAITING = "waiting"  # read, and shown to a person
    TAKEN = "taken"  # a source of the study
    SAME = "same"  # the study had these bytes already
    REFUSED = "refused"
    DISCARDED = "discarded"


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
RESPONDENTS = "R"  # prefix of the keys of respondents of a survey


def privacy_class_of(kind: SourceKind) -> PrivacyClass:
    """Return the privacy class of a source of which nobody said otherwise."""
    return PrivacyClass.INTERNAL if kind is SourceKind.INSTITUTIONAL_TEXT else PrivacyClass.CONFIDENTIAL


def scope_on(day: date, consent: ConsentScope, until: date | None, allowed: ConsentScope | None = None) -> ConsentScope:
    """Return how far words may travel on a day: as far as the speaker's consent and what a steward allows both reach.

    A consent holds up to and with the day `until`; afterwards the words may only be analysed, as before any consent to
    more. `allowed` None: the words have no steward.
    """
    if until is not None and day > until:
        return ConsentScope.ANALYSIS_ONLY
    return consent if allowed is None or allowed.allows(consent) else allowed


def words_of(text: str) -> str:
    """Return the words of a text alone, in small letters with one space between: what two copies of it share."""
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def words_digest(text: str) -> str:
    """Return the SHA-256 of a text's words (`words_of`)."""
    return digest_of(words_of(text))
